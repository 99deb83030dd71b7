//! Recomputes the books: numbers, chain, postings, what was given back, credits, bills. Nothing is believed that can be
//! computed again, and every finding says where it is, what it means for the money and what to do.

mod across;
mod beside;
mod bills;
mod cards;
mod documents;
mod finding;
mod given;
mod given_before;
mod invariant;
mod limits;
mod money;
mod names;
mod notes;
mod people;
mod rest;
mod roles;
mod said;
mod seals;
mod search;
mod seen;

use std::collections::BTreeMap;
use std::thread;

use super::engine::sqlite;
use super::error::Broken;
use super::outside::Remembered;
use super::{Result, StoreError, Tx, migrate};

pub use cards::CardPlace;
pub use finding::Finding;
pub use invariant::Invariant;
pub use seals::at_opening;

/// What a look at the books came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What was found: what is wrong before what is only to be known.
    pub findings: Vec<Finding>,
    /// How many things each invariant was held against.
    pub looked_at: BTreeMap<Invariant, u64>,
}

impl Report {
    /// The invariants that hold, with how many things each was held against.
    pub fn holding(&self) -> impl Iterator<Item = (Invariant, u64)> {
        let broken = |of: &Invariant| self.findings.iter().any(|finding| finding.breaks() == Some(*of));
        self.looked_at.iter().filter(move |(of, _)| !broken(of)).map(|(of, count)| (*of, *count))
    }

    /// How many things are wrong.
    pub fn wrong(&self) -> usize {
        self.findings.iter().filter(|finding| !finding.is_note()).count()
    }

    /// How many of them make the figures doubtful.
    pub fn damage(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_damage()).count()
    }
}

/// Tells how much of how much has been looked at.
struct Meter<'a> {
    done: u64,
    total: u64,
    tell: &'a mut dyn FnMut(u64, u64),
    looked_at: BTreeMap<Invariant, u64>,
}

impl Meter<'_> {
    fn step(&mut self, by: u64) {
        self.done = self.done.saturating_add(by).min(self.total);
        (self.tell)(self.done, self.total);
    }

    /// So many more things were held against an invariant.
    fn count(&mut self, of: Invariant, many: usize) {
        let known = self.looked_at.entry(of).or_default();
        *known = known.saturating_add(u64::try_from(many).unwrap_or(u64::MAX));
    }
}

/// One part of the look at the books.
type Part<'a> = &'a dyn Fn(&mut Tx<'_>, &mut Meter<'_>, &mut Vec<Finding>) -> Result<()>;

/// Looks at everything; `progress` hears how much of how much is done. What is kept outside the database is held against the
/// books where it is given.
pub fn verify(tx: &mut Tx<'_>, remembered: Option<&Remembered>, progress: &mut dyn FnMut(u64, u64)) -> Result<Report> {
    let total = count(tx, "document")? + count(tx, "bill")? + 11;
    let mut meter = Meter { done: 0, total, tell: progress, looked_at: BTreeMap::new() };
    let mut found = Vec::new();
    let seals = |tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>| seals::check(tx, remembered, meter, found);
    let sealed =
        |tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>| rest::check_sealed(tx, remembered, meter, found);
    let parts: [Part<'_>; 10] = [
        &documents::check,
        &seals,
        &bills::check,
        &given::check,
        &money::check,
        &rest::check_sums,
        &sealed,
        &rest::check_paper,
        &rest::check_erasures,
        &search::check,
    ];
    let second = tx.second_file()?;
    thread::scope(|scope| {
        // The engine looks at its own file while the books are computed again.
        let beside = second.map(|file| scope.spawn(move || sqlite::faults(&file)));
        for part in parts {
            let looked = part(tx, &mut meter, &mut found);
            let is_over = !tx.is_file() && matches!(looked, Err(StoreError::Rule { .. }));
            damage(looked, &mut found)?;
            if is_over {
                // A server answers no more within a transaction in which it refused something.
                return Ok(());
            }
        }
        let faults = match beside {
            Some(look) => look.join().map_err(|_| StoreError::Engine("the look at the file broke off".to_owned()))?,
            None => tx.file_faults(),
        };
        damage(file(tx, faults, &mut meter, &mut found), &mut found)
    })?;
    let order = |finding: &Finding| (finding.is_note(), !finding.is_damage(), finding.breaks() != Some(Invariant::File));
    found.sort_by_key(order);
    Ok(Report { findings: found, looked_at: meter.looked_at })
}

fn count(tx: &mut Tx<'_>, table: &str) -> Result<u64> {
    let row = tx.one(&format!("SELECT COUNT(*) FROM {table} WHERE site = ?1"), &[tx.site()])?;
    row.map_or(Ok(0), |row| row.number(0))
}

/// Damage that a part came upon is what was looked for, and so are figures that cannot be added up.
fn damage(looked: Result<()>, found: &mut Vec<Finding>) -> Result<()> {
    match looked {
        Err(StoreError::Damaged { place, found: value, .. }) => {
            found.push(Finding::File { text: format!("{place}: {value}") });
            Ok(())
        }
        Err(StoreError::Money(_) | StoreError::Rule { broken: Broken::Range, .. }) => {
            found.push(Finding::File { text: "figures that cannot be added up".to_owned() });
            Ok(())
        }
        other => other,
    }
}

/// What the engine says about its own file, and what is in it that no migration made.
fn file(tx: &mut Tx<'_>, faults: Result<Vec<String>>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    found.extend(faults?.into_iter().map(|text| Finding::File { text }));
    found.extend(migrate::strangers(tx)?.into_iter().map(|text| Finding::File { text }));
    meter.count(Invariant::File, 1);
    meter.step(1);
    Ok(())
}
