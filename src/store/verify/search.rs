//! What is searched against what it was made from: members, cards, and goods that were sold. Who is erased is found by nothing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Finding, Invariant, Meter};
use crate::domain::bill::Bill;
use crate::store::member::{fold, searched};
use crate::store::tally::digest;
use crate::store::{Result, Tx, Value};

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let mut wrong = BTreeSet::new();
    let mut texts = BTreeMap::new();
    tx.text_scan(&mut |number, text, has_own_triples| {
        texts.insert(number, has_own_triples.then(|| short(text)));
    })?;
    let mut starts: BTreeMap<i64, u64> = BTreeMap::new();
    tx.scan("SELECT member_place, start FROM name_start WHERE site = ?1", &[tx.site()], &mut |row| {
        let known = starts.entry(row.int(0)?).or_default();
        *known = known.wrapping_add(short(row.text(1)?));
        Ok(())
    })?;
    let mut looked_at = 0;
    searched(tx, &mut |of| {
        looked_at += 1;
        let begun = of.starts.iter().fold(0_u64, |sum, start| sum.wrapping_add(short(start)));
        let same_text = texts.remove(&of.number).flatten() == Some(short(&of.text));
        if !same_text || starts.remove(&of.number).unwrap_or_default() != begun {
            wrong.insert(of.what);
        }
    })?;
    wrong.extend(texts.into_keys().chain(starts.into_keys()).map(|number| number.to_string()));
    found.extend(wrong.into_iter().map(|what| Finding::Search { what }));
    meter.count(Invariant::Search, looked_at);
    meter.step(1);
    Ok(())
}

/// Goods that the lines of bills name, to be held against the list that is searched.
#[derive(Default)]
pub(super) struct Goods {
    texts: HashMap<String, HashSet<String>>,
    /// Whether a bill could not be read, so that what it sold is not known.
    pub unread: bool,
}

impl Goods {
    /// Adds what a bill sold.
    pub(super) fn add(&mut self, bill: &Bill) {
        for line in &bill.lines {
            match self.texts.get_mut(&line.item) {
                Some(texts) if texts.contains(&line.text) => {}
                Some(texts) => drop(texts.insert(line.text.clone())),
                None => drop(self.texts.insert(line.item.clone(), HashSet::from([line.text.clone()]))),
            }
        }
    }

    /// Compares them with the list.
    pub(super) fn check(mut self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let (mut wrong, mut looked_at) = (BTreeSet::new(), 0);
        tx.scan("SELECT code, text, folded FROM item WHERE site = ?1", &[tx.site()], &mut |row| {
            let (code, text, folded) = (row.text(0)?, row.text(1)?, row.text(2)?);
            looked_at += 1;
            // Goods that came in before the list keep their accents.
            let is_folded = folded == fold(text) || folded == text.to_lowercase() || folded == text.to_ascii_lowercase();
            let was_sold = self.texts.get_mut(code).is_some_and(|texts| texts.remove(text)) || self.unread;
            if !is_folded || !was_sold {
                wrong.insert(code.to_owned());
            }
            Ok(())
        })?;
        wrong.extend(self.texts.into_iter().filter(|(_, texts)| !texts.is_empty()).map(|(code, _)| code));
        found.extend(wrong.into_iter().map(|what| Finding::Search { what }));
        meter.count(Invariant::Search, looked_at);
        Ok(())
    }
}

/// The first bytes of a text's sum: enough to tell damage.
fn short(text: &str) -> u64 {
    let sum = digest(&[Value::from(text)]).0;
    sum.iter().take(8).fold(0, |short, byte| short << 8 | u64::from(*byte))
}
