//! Recomputes the books: numbers, chain, postings, what was given back, credits, bills. Nothing is believed that can be
//! computed again, and every finding says where it is, what it means for the money and what to do.

mod beside;
mod bills;
mod documents;
mod finding;
mod given;
mod money;
mod people;

use super::{Result, StoreError, Tx};

pub use finding::Finding;

/// Tells how much of how much has been looked at.
struct Meter<'a> {
    done: u64,
    total: u64,
    tell: &'a mut dyn FnMut(u64, u64),
}

impl Meter<'_> {
    fn step(&mut self, by: u64) {
        self.done = self.done.saturating_add(by).min(self.total);
        (self.tell)(self.done, self.total);
    }
}

/// One part of the look at the books.
type Part = fn(&mut Tx<'_>, &mut Meter<'_>, &mut Vec<Finding>) -> Result<()>;

/// Looks at everything; `progress` hears how much of how much is done. The findings that are wrong come before those that
/// are only to be known.
pub fn verify(tx: &mut Tx<'_>, progress: &mut dyn FnMut(u64, u64)) -> Result<Vec<Finding>> {
    let total = count(tx, "document")? + count(tx, "bill")? + 4;
    let mut meter = Meter { done: 0, total, tell: progress };
    let mut found = Vec::new();
    let parts: [Part; 5] = [file, documents::check, bills::check, given::check, money::check];
    for part in parts {
        match part(tx, &mut meter, &mut found) {
            Err(StoreError::Damaged { place, found: value, .. }) => {
                found.push(Finding::File { text: format!("{place}: {value}") })
            }
            other => other?,
        }
    }
    found.sort_by_key(Finding::is_note);
    Ok(found)
}

fn count(tx: &mut Tx<'_>, table: &str) -> Result<u64> {
    let row = tx.one(&format!("SELECT COUNT(*) FROM {table} WHERE site = ?1"), &[tx.site()])?;
    row.map_or(Ok(0), |row| row.number(0))
}

/// What the engine says about its own file.
fn file(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    found.extend(tx.file_faults()?.into_iter().map(|text| Finding::File { text }));
    meter.step(1);
    Ok(())
}
