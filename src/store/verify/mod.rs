//! Recomputes the books: numbers, chain, postings, what was given back, credits, bills. Nothing is believed that can be
//! computed again, and every finding says where it is, what it means for the money and what to do.

mod across;
mod beside;
mod bills;
mod cards;
mod documents;
mod expected;
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

use std::collections::{BTreeMap, BTreeSet};
use std::{io, thread};

use super::engine::Engine;
use super::outside::Remembered;
use super::{Result, StoreError, Tx};

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
        let broken = |of: &Invariant| {
            self.findings.iter().any(|finding| finding.breaks() == Some(*of) || finding.leaves_in_doubt().contains(of))
        };
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
    held: Held,
}

/// What was held against invariants.
#[derive(Default)]
struct Held {
    looked_at: BTreeMap<Invariant, u64>,
    /// Those for which a check did not come to its end, so that nobody can say that they hold.
    unsure: BTreeSet<Invariant>,
}

impl Held {
    fn add(&mut self, of: Invariant, many: u64) {
        let known = self.looked_at.entry(of).or_default();
        *known = known.saturating_add(many);
    }

    fn join(&mut self, other: Self) {
        other.looked_at.into_iter().for_each(|(of, many)| self.add(of, many));
        self.unsure.extend(other.unsure);
    }

    /// The invariants that were looked at to the end.
    fn sure(mut self) -> BTreeMap<Invariant, u64> {
        self.looked_at.retain(|of, _| !self.unsure.contains(of));
        self.looked_at
    }
}

impl Meter<'_> {
    fn step(&mut self, by: u64) {
        self.done = self.done.saturating_add(by).min(self.total);
        (self.tell)(self.done, self.total);
    }

    /// So many more things were held against an invariant.
    fn count(&mut self, of: Invariant, many: usize) {
        self.held.add(of, u64::try_from(many).unwrap_or(u64::MAX));
    }

    /// Nobody can say that these hold.
    fn doubt(&mut self, of: &[Invariant]) {
        self.held.unsure.extend(of);
    }

    /// Goes through a check of some invariants. Damage that it came upon before its end is told, and leaves these in doubt; so does a
    /// server that answers no more.
    fn check(
        &mut self,
        tx: &mut Tx<'_>,
        found: &mut Vec<Finding>,
        of: &[Invariant],
        check: impl FnOnce(&mut Tx<'_>, &mut Self, &mut Vec<Finding>) -> Result<()>,
    ) -> Result<()> {
        if tx.is_silent() {
            self.doubt(of);
            return Ok(());
        }
        let checked = check(tx, self, found);
        self.unless_damaged(checked, found, of).map(|_| ())
    }

    /// What a check of some invariants came to; nothing where it came upon damage, which is told.
    fn unless_damaged<T>(&mut self, checked: Result<T>, found: &mut Vec<Finding>, of: &[Invariant]) -> Result<Option<T>> {
        match checked {
            Ok(checked) => Ok(Some(checked)),
            Err(error) => {
                self.doubt(of);
                damage(Err(error), found).map(|()| None)
            }
        }
    }
}

/// One part of the look at the books, with the invariants that it is a check of.
type Part<'a> = (&'a [Invariant], &'a (dyn Fn(&mut Tx<'_>, &mut Meter<'_>, &mut Vec<Finding>) -> Result<()> + Sync));

/// Looks at everything; `progress` hears how much of how much is done. What is kept outside the database is held against the
/// books where it is given. Every part sees the books at one moment; where they are a file that can be had twice, half of the parts
/// look at the same time as the others, and may see what was booked since those began.
pub fn verify(tx: &mut Tx<'_>, remembered: Option<&Remembered>, progress: &mut dyn FnMut(u64, u64)) -> Result<Report> {
    let (mut found, mut total) = (Vec::new(), 11);
    for table in ["document", "bill"] {
        damage(count(tx, table).map(|many| total += many), &mut found)?;
        if tx.is_silent() {
            return Ok(Report { findings: found, looked_at: BTreeMap::new() });
        }
    }
    let mut meter = Meter { done: 0, total, tell: progress, held: Held::default() };
    let seals = |tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>| seals::check(tx, remembered, meter, found);
    let sealed =
        |tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>| rest::check_sealed(tx, remembered, meter, found);
    let first: [Part<'_>; 3] = [(&documents::OF, &documents::check), (&seals::OF, &seals), (&bills::OF, &bills::check)];
    let then: [Part<'_>; 8] = [
        (&[Invariant::Lines, Invariant::Payments], &given::check),
        (&[Invariant::Credits], &money::check),
        (&[Invariant::Brought, Invariant::Events], &rest::check_sums),
        (&[Invariant::Sealed], &sealed),
        (&[Invariant::Paper], &rest::check_paper),
        (&[], &rest::check_erasures),
        (&[Invariant::Search], &search::check),
        (&[Invariant::File], &rest::check_file),
    ];
    match tx.second_file()? {
        Some(mut second) => thread::scope(|scope| {
            let beside = thread::Builder::new().spawn_scoped(scope, || look_beside(&mut second, &then)).map_err(no_thread)?;
            let looked = look(tx, &first, &mut meter, &mut found);
            let beside = beside.join().map_err(|_| StoreError::Engine("the look at the file broke off".to_owned()));
            looked?;
            let (done, held, found_beside) = beside??;
            meter.step(done);
            meter.held.join(held);
            let is_told = |finding: &Finding| matches!(finding, Finding::File { .. }) && found.contains(finding);
            let untold: Vec<_> = found_beside.into_iter().filter(|finding| !is_told(finding)).collect();
            found.extend(untold);
            Ok::<_, StoreError>(())
        })?,
        None => look(tx, &[&first[..], &then[..]].concat(), &mut meter, &mut found)?,
    }
    if tx.is_silent() && !found.iter().any(Finding::is_damage) {
        return Err(StoreError::Engine("the server answered no more".to_owned()));
    }
    let order = |finding: &Finding| (finding.is_note(), !finding.is_damage(), finding.breaks() != Some(Invariant::File));
    found.sort_by_key(order);
    Ok(Report { findings: found, looked_at: meter.held.sure() })
}

/// That the system gives this program no more threads, which says nothing of the books.
fn no_thread(error: io::Error) -> StoreError {
    StoreError::NoThread(error.to_string())
}

/// Goes through parts, one after the other.
fn look(tx: &mut Tx<'_>, parts: &[Part<'_>], meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    parts.iter().try_for_each(|(of, part)| meter.check(tx, found, of, part))
}

/// What a look at other parts did: steps, what was held against invariants, and what was found.
type Looked = (u64, Held, Vec<Finding>);

/// Goes through parts on a connection of their own.
fn look_beside(second: &mut Engine, parts: &[Part<'_>]) -> Result<Looked> {
    let mut found = Vec::new();
    let mut meter = Meter { done: 0, total: u64::MAX, tell: &mut |_, _| {}, held: Held::default() };
    second.read(|tx| look(tx, parts, &mut meter, &mut found))?;
    Ok((meter.done, meter.held, found))
}

fn count(tx: &mut Tx<'_>, table: &str) -> Result<u64> {
    let row = tx.one(&format!("SELECT COUNT(*) FROM {table} WHERE site = ?1"), &[tx.site()])?;
    row.map_or(Ok(0), |row| row.number(0))
}

/// Damage that a part came upon is what was looked for. Each is told once.
fn damage(looked: Result<()>, found: &mut Vec<Finding>) -> Result<()> {
    let Err(error) = looked else { return Ok(()) };
    tell(found, Finding::of_damage(&error).ok_or(error)?);
    Ok(())
}

/// Tells of what may be told already.
fn tell(found: &mut Vec<Finding>, finding: Finding) {
    if !found.contains(&finding) {
        found.push(finding);
    }
}
