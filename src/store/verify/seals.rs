//! Checkpoints and keys against the chain, and the chain against what is remembered outside the database.

use std::collections::BTreeMap;

use super::documents::differing;
use super::{Finding, Invariant, Meter, damage};
use crate::domain::digest::BEGINNING;
use crate::domain::document::{Document, Effect};
use crate::domain::ids::{DeskNo, DocumentNumber};
use crate::domain::request::Job;
use crate::domain::seal::NextKey;
use crate::store::document::{account_name, number, parse};
use crate::store::engine::unsigned;
use crate::store::outside::{Head, Remembered};
use crate::store::seal::{self, DeskKey, Sealed};
use crate::store::{Result, Row, StoreError, Tx, migrate};

/// How many of a desk's newest documents are looked at when it opens, where no checkpoint stands nearer.
const AT_OPENING: u64 = 5_000;

/// The columns that tell a document from its row, in the order in which [`differing`] reads them.
pub(super) const COLUMNS: &str =
    "desk, sequence, previous, hash, body, paper, id, request, job, at_us, offset_min, business_date,
    clerk, member, currency, total_minor, request_hash";

/// What checkpoints, keys and what is remembered are a check of.
pub(super) const OF: [Invariant; 3] = [Invariant::Seals, Invariant::Keys, Invariant::Outside];

/// Every checkpoint and key, and every desk's head outside.
pub(super) fn check(
    tx: &mut Tx<'_>,
    remembered: Option<&Remembered>,
    meter: &mut Meter<'_>,
    found: &mut Vec<Finding>,
) -> Result<()> {
    let keys = seal::keys(tx)?;
    meter.check(tx, found, &[Invariant::Seals], |tx, meter, found| {
        let sealed = seal::all(tx)?;
        meter.count(Invariant::Seals, sealed.len());
        sealed.iter().try_for_each(|one| check_seal(tx, one, &keys, found))?;
        unsealed(tx, found)
    })?;
    meter.check(tx, found, &[Invariant::Keys], |tx, meter, found| {
        meter.count(Invariant::Keys, keys.len());
        check_keys(tx, &keys, found)
    })?;
    meter.step(1);
    let Some(remembered) = remembered else { return Ok(()) };
    meter.check(tx, found, &[Invariant::Outside], |tx, meter, found| {
        meter.count(Invariant::Outside, remembered.heads.len());
        remembered.heads.keys().try_for_each(|desk| check_outside(tx, remembered, *desk, found))
    })
}

/// What is looked at when a desk opens: each desk's head outside, its last checkpoint, the documents since, and triggers in the file.
pub fn at_opening(tx: &mut Tx<'_>, remembered: &Remembered) -> Result<Vec<Finding>> {
    let mut found = Vec::new();
    damage(look(tx, remembered, &mut found), &mut found)?;
    found.extend(migrate::triggers(tx)?.into_iter().map(|text| Finding::File { text }));
    Ok(found)
}

fn look(tx: &mut Tx<'_>, remembered: &Remembered, found: &mut Vec<Finding>) -> Result<()> {
    let keys = seal::keys(tx)?;
    for desk in remembered.heads.keys() {
        let last = seal::last(tx, *desk)?;
        if let Some(last) = &last {
            check_seal(tx, last, &keys, found)?;
        }
        since(tx, *desk, last.as_ref(), found)?;
        check_outside(tx, remembered, *desk, found)?;
    }
    Ok(())
}

/// The documents since a checkpoint, each against its sum, its columns and its posting, and the desk's counter against the last.
fn since(tx: &mut Tx<'_>, desk: DeskNo, last: Option<&Sealed>, found: &mut Vec<Finding>) -> Result<()> {
    let end = seal::ends(tx, desk)?;
    let sealed = last.map_or(0, |sealed| sealed.checkpoint.number.sequence);
    let from = sealed.max(end.sequence.saturating_sub(AT_OPENING));
    let before = DocumentNumber { desk, sequence: from };
    let mut head = if from == 0 { Some(BEGINNING) } else { seal::hash_of(tx, before)? };
    let mut expected = from;
    let mut read: Vec<Document> = Vec::new();
    let sql = format!("SELECT {COLUMNS} FROM document WHERE site = ?1 AND desk = ?2 AND sequence > ?3 ORDER BY sequence");
    tx.scan(&sql, &[tx.site(), desk.into(), unsigned(from)?], &mut |row| {
        let (document, previous, hash, body) = (number(&row, 0)?, row.digest(2)?, row.digest(3)?, row.bytes(4)?);
        expected += 1;
        if document.sequence != expected {
            found.push(Finding::Gap { desk, missing: DocumentNumber { desk, sequence: expected } });
        }
        let follows = expected != document.sequence || head.is_none_or(|head| head == previous);
        if previous.after(body) != hash || !follows {
            found.push(Finding::Chain { document });
        }
        (head, expected) = (Some(hash), document.sequence);
        match parse(body) {
            None => found.push(Finding::Unreadable { document }),
            Some(parsed) => {
                if let Some(column) = differing(&row, &parsed) {
                    found.push(Finding::Column { document, column });
                }
                read.push(parsed);
            }
        }
        Ok(())
    })?;
    postings(tx, desk, from, &read, found)?;
    let counted = seal::counted(tx, desk)?;
    if counted != end {
        found.push(Finding::Counter { desk, counted: counted.sequence, last: end.sequence });
    }
    Ok(())
}

/// The postings of documents against what these say.
fn postings(tx: &mut Tx<'_>, desk: DeskNo, from: u64, documents: &[Document], found: &mut Vec<Finding>) -> Result<()> {
    type Line = (i64, String, String, i64);
    let mut kept: BTreeMap<u64, Vec<Line>> = BTreeMap::new();
    let sql = "SELECT sequence, no, account, currency, amount_minor FROM posting
        WHERE site = ?1 AND desk = ?2 AND sequence > ?3 ORDER BY sequence, no";
    tx.scan(sql, &[tx.site(), desk.into(), unsigned(from)?], &mut |row| {
        let line = (row.int(1)?, row.string(2)?, row.string(3)?, row.int(4)?);
        kept.entry(row.number(0)?).or_default().push(line);
        Ok(())
    })?;
    for document in documents {
        let said = (1_i64..).zip(&document.quote.journal).map(|(no, entry)| {
            (no, account_name(&entry.account), entry.amount.currency().code().to_owned(), entry.amount.minor())
        });
        if kept.remove(&document.number.sequence).unwrap_or_default() != said.collect::<Vec<Line>>() {
            found.push(Finding::Beside { document: document.number });
        }
    }
    Ok(())
}

/// A checkpoint: made by the key in force then, over a document that is there with that sum.
fn check_seal(tx: &mut Tx<'_>, sealed: &Sealed, keys: &[DeskKey], found: &mut Vec<Finding>) -> Result<()> {
    let checkpoint = &sealed.checkpoint;
    let document = checkpoint.number;
    if seal::hash_of(tx, document)? != Some(checkpoint.head) {
        found.push(Finding::SealElsewhere { document });
        return Ok(());
    }
    let of_desk = keys.iter().filter(|key| key.desk == document.desk && key.from_sequence <= document.sequence);
    let key = of_desk.max_by_key(|key| key.no).filter(|key| key.no == sealed.key_no);
    let bytes = checkpoint.bytes().map_err(|error| StoreError::Engine(error.to_string()))?;
    if !key.is_some_and(|key| key.public.signed(&bytes, &sealed.signature)) {
        found.push(Finding::Seal { document });
    }
    Ok(())
}

/// Documents that close a shift and have no checkpoint.
fn unsealed(tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let sql = "SELECT d.desk, d.sequence FROM document d WHERE d.site = ?1 AND d.job = ?2 AND NOT EXISTS
        (SELECT 1 FROM checkpoint c WHERE c.site = d.site AND c.desk = d.desk AND c.sequence = d.sequence)
        ORDER BY d.desk, d.sequence";
    for row in tx.query(sql, &[tx.site(), Job::CloseShift.name().into()])? {
        found.push(Finding::SealMissing { document: number(&row, 0)? });
    }
    Ok(())
}

/// A desk's first key, which signs from the beginning; and each later one against the document that brought it in, whose signature
/// is held against the key before.
fn check_keys(tx: &mut Tx<'_>, keys: &[DeskKey], found: &mut Vec<Finding>) -> Result<()> {
    let mut brought: BTreeMap<(DeskNo, u32), DeskKey> = BTreeMap::new();
    let sql = "SELECT desk, sequence, body FROM document WHERE site = ?1 AND job IN (?2, ?3) ORDER BY desk, sequence";
    let jobs = [tx.site(), Job::RotateKey.name().into(), Job::ReAnchor.name().into()];
    tx.scan(sql, &jobs, &mut |row| bring(&row, keys, &mut brought, found))?;
    for key in keys {
        let first = key.no == 1 && key.from_sequence == 1;
        if !first && brought.remove(&(key.desk, key.no)).as_ref() != Some(key) {
            found.push(Finding::Key { desk: key.desk, no: key.no });
        }
    }
    found.extend(brought.into_keys().map(|(desk, no)| Finding::Key { desk, no }));
    Ok(())
}

fn bring(row: &Row, keys: &[DeskKey], brought: &mut BTreeMap<(DeskNo, u32), DeskKey>, found: &mut Vec<Finding>) -> Result<()> {
    let DocumentNumber { desk, sequence } = number(row, 0)?;
    let Some(document) = parse(row.bytes(2)?) else { return Ok(()) };
    for effect in &document.quote.effects {
        let Effect::ChangeKey { no, public, signature } = effect else { continue };
        let before = keys.iter().find(|key| key.desk == desk && key.no + 1 == *no);
        let bytes = NextKey { desk, no: *no, public: *public }.bytes().map_err(|error| StoreError::Engine(error.to_string()))?;
        // Only a confirmed restore brings in a key that nothing vouches for: the one before may be lost.
        let vouched = match signature {
            Some(signature) => before.is_some_and(|before| before.public.signed(&bytes, signature)),
            None => document.quote.job == Job::ReAnchor,
        };
        if !vouched {
            found.push(Finding::Key { desk, no: *no });
        }
        brought.insert((desk, *no), DeskKey { desk, no: *no, public: *public, from_sequence: sequence });
    }
    Ok(())
}

/// A desk's chain against what is remembered of it, and its key against the one that is kept.
fn check_outside(tx: &mut Tx<'_>, remembered: &Remembered, desk: DeskNo, found: &mut Vec<Finding>) -> Result<()> {
    let key = seal::key(tx, desk)?;
    match remembered.heads.get(&desk).copied().flatten() {
        Some(head) => check_head(tx, desk, head, found)?,
        None if key.is_none() => {}
        // A desk that was being enrolled when the rest was recalled is known by now.
        None => match remembered.outside.head(desk) {
            Ok(Some(head)) => check_later_head(tx, desk, head, found)?,
            _ => found.push(Finding::Forgotten { desk }),
        },
    }
    // A desk gets its key before its first document.
    if key.is_none() && seal::ends(tx, desk)?.sequence > 0 {
        found.push(Finding::Key { desk, no: 1 });
    }
    if let Some(key) = key {
        // One that cannot be read is as good as none, which the finding says; the look goes on.
        let kept = remembered.outside.key(desk, key.no).ok().flatten();
        if kept.is_none_or(|kept| kept.public() != key.public) {
            found.push(Finding::KeyLost { desk });
        }
    }
    Ok(())
}

/// A head that was recalled before the books were looked at: they reach as far.
fn check_head(tx: &mut Tx<'_>, desk: DeskNo, remembered: Head, found: &mut Vec<Finding>) -> Result<()> {
    let document = DocumentNumber { desk, sequence: remembered.sequence };
    if remembered != Head::NONE && seal::hash_of(tx, document)?.is_none() {
        let last = DocumentNumber { desk, sequence: seal::ends(tx, desk)?.sequence };
        found.push(Finding::Behind { remembered: document, last });
    }
    check_later_head(tx, desk, remembered, found)
}

/// A head that may have been written after the moment at which the books are looked at: where they reach as far, the document has
/// its sum.
fn check_later_head(tx: &mut Tx<'_>, desk: DeskNo, head: Head, found: &mut Vec<Finding>) -> Result<()> {
    let document = DocumentNumber { desk, sequence: head.sequence };
    if seal::hash_of(tx, document)?.is_some_and(|hash| hash != head.hash) {
        found.push(Finding::Rebuilt { document });
    }
    Ok(())
}
