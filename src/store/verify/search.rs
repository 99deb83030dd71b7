//! What is searched against what it was made from: members, cards, and goods that were sold. Who is erased is found by nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, Invariant, Meter};
use crate::store::member::{fold, searched};
use crate::store::tally::digest;
use crate::store::{Result, Tx, Value};

pub(super) fn check(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let mut wrong = BTreeSet::new();
    let mut texts = BTreeMap::new();
    tx.text_scan(&mut |number, text| {
        texts.insert(number, short(text));
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
        let same_text = texts.remove(&of.number) == Some(short(&of.text));
        if !same_text || starts.remove(&of.number).unwrap_or_default() != begun {
            wrong.insert(of.what);
        }
    })?;
    wrong.extend(texts.into_keys().chain(starts.into_keys()).map(|number| number.to_string()));
    goods(tx, &mut looked_at, &mut wrong)?;
    found.extend(wrong.into_iter().map(|what| Finding::Search { what }));
    meter.count(Invariant::Search, looked_at);
    meter.step(1);
    Ok(())
}

/// The list of goods against the lines of bills.
fn goods(tx: &mut Tx<'_>, looked_at: &mut usize, wrong: &mut BTreeSet<String>) -> Result<()> {
    let mut listed = BTreeSet::new();
    tx.scan("SELECT code, text, folded FROM item WHERE site = ?1", &[tx.site()], &mut |row| {
        let (code, text, folded) = (row.string(0)?, row.string(1)?, row.text(2)?);
        *looked_at += 1;
        // Goods that came in before the list keep their accents.
        if folded != fold(&text) && folded != text.to_lowercase() && folded != text.to_ascii_lowercase() {
            wrong.insert(code.clone());
        }
        listed.insert((code, text));
        Ok(())
    })?;
    let mut sold = BTreeSet::new();
    tx.scan("SELECT item, text FROM bill_line WHERE site = ?1 GROUP BY item, text", &[tx.site()], &mut |row| {
        sold.insert((row.string(0)?, row.string(1)?));
        Ok(())
    })?;
    wrong.extend(listed.symmetric_difference(&sold).map(|(code, _)| code.clone()));
    Ok(())
}

/// The first bytes of a text's sum: enough to tell damage.
fn short(text: &str) -> u64 {
    let sum = digest(&[Value::from(text)]).0;
    sum.iter().take(8).fold(0, |short, byte| short << 8 | u64::from(*byte))
}
