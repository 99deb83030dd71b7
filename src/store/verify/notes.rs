//! Clerks' notes against the sums that documents hold of them. A note may be gone, once the person its document is about is.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use crate::domain::digest::Digest;
use crate::domain::document::{Document, Effect};
use crate::domain::ids::{DocumentNumber, MemberId};
use crate::store::document::number;
use crate::store::{Result, Tx, person};

/// What documents say of notes.
#[derive(Default)]
pub(super) struct Notes {
    written: BTreeMap<DocumentNumber, (Digest, Option<MemberId>)>,
    erased: BTreeSet<MemberId>,
}

impl Notes {
    /// Adds what a document says.
    pub(super) fn add(&mut self, document: &Document) {
        if let Some(sum) = document.note {
            self.written.insert(document.number, (sum, document.quote.subject.member));
        }
        for effect in &document.quote.effects {
            if let Effect::ErasePerson { member } = effect {
                self.erased.insert(*member);
            }
        }
    }

    /// Compares it with the notes that are kept.
    pub(super) fn check(&self, tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let mut kept = BTreeSet::new();
        tx.scan("SELECT desk, sequence, salt, text FROM note WHERE site = ?1", &[tx.site()], &mut |row| {
            let document = number(&row, 0)?;
            let sum = person::read_note(&row, 2).ok().map(|note| note.sum());
            let same = self.written.get(&document).is_some_and(|(written, _)| sum == Some(*written));
            // What a document says of its note that cannot be read is not known.
            if !same && !found.contains(&Finding::Unreadable { document }) {
                found.push(Finding::Note { document });
            }
            kept.insert(document);
            Ok(())
        })?;
        for (document, (_, member)) in self.written.iter().filter(|(document, _)| !kept.contains(*document)) {
            let forgotten = match member {
                Some(member) => self.erased.contains(member) || !person::is_known(tx, *member)?,
                None => false,
            };
            if !forgotten {
                found.push(Finding::Note { document: *document });
            }
        }
        Ok(())
    }
}
