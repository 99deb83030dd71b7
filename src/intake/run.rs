//! Takes what comes in to the books: in batches, each kept whole with the place to go on from.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::item::{Aside, Incoming, NewBill, NewMember, Place, Reject};
use super::rejects::Rejects;
use super::{Incomings, IntakeError};
use crate::domain::digest::Digest;

/// Things that are kept together.
const BATCH: usize = 1_000;
/// Lines of a usual bill, to weigh bills with many more.
const USUAL_LINES: usize = 20;
/// Things that are kept together even where the source has no place to go on from; those would be counted twice after that.
const LARGEST_BATCH: usize = 8_000;

/// What is kept together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// Bills that balance.
    pub bills: Vec<NewBill>,
    /// Members.
    pub members: Vec<NewMember>,
    /// Bills to keep aside.
    pub asides: Vec<Aside>,
    /// What could not be read.
    pub rejects: Vec<Reject>,
    /// Records that are no sale.
    pub control: u64,
    lines: usize,
}

/// What became of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is new and was kept.
    New,
    /// It is the one that is there.
    Same,
    /// It is the one that is there, of somebody who was erased since; nothing was written.
    Erased,
    /// Another one is there under the same key; nothing was written.
    Changed {
        /// The first difference as it stands in the books.
        was: String,
        /// The same as it came now.
        now: String,
    },
    /// It was kept aside, for a reason that only the books know.
    Aside {
        /// The reason.
        reason: String,
    },
}

/// Where an import's things are kept.
pub trait Sink {
    /// What can go wrong there.
    type Error;

    /// Keeps a batch and, in the same transaction, `mark.after(batch, &outcomes)`: all of it or nothing. The outcomes are
    /// one for each bill, then one for each member, in the batch's order. Answers the mark that was kept.
    fn keep(&mut self, batch: &Batch, mark: &Mark) -> Result<Mark, Self::Error>;
}

/// How far an import has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Sum over the start of the source, so that another file of the same name is noticed.
    pub fingerprint: Digest,
    /// Where to go on.
    pub place: Place,
    /// Whether it came to the end.
    pub done: bool,
    /// Figures so far.
    pub counts: Counts,
}

impl Mark {
    /// An import that begins.
    pub fn begin(fingerprint: Digest) -> Self {
        Self { fingerprint, place: Place { byte: 0, line: 1 }, done: false, counts: Counts::default() }
    }

    /// The mark once a batch has been kept with these outcomes.
    pub fn after(&self, batch: &Batch, outcomes: &[Outcome]) -> Self {
        let mut mark = self.clone();
        mark.counts.add(batch, outcomes);
        mark
    }
}

/// Figures of an import.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Bills in the books now: new ones and those that were there.
    pub bills: u64,
    /// Lines of those bills.
    pub lines: u64,
    /// Bills that were new.
    pub new: u64,
    /// Bills that were there already.
    pub same: u64,
    /// Of those that were there already, bills of people who were erased since.
    pub erased: u64,
    /// Bills that are there under the same key with other content; nothing of them was written.
    pub changed: u64,
    /// Lines of those.
    pub changed_lines: u64,
    /// Bills kept aside.
    pub aside: u64,
    /// Lines of those.
    pub aside_lines: u64,
    /// Rows or records that could not be read.
    pub rejected: u64,
    /// Lines lost by those.
    pub rejected_lines: u64,
    /// Records that are no sale.
    pub control: u64,
    /// Members that were new or changed.
    pub members: u64,
    /// Members that were there already.
    pub members_same: u64,
    /// Sum of all lines read of bills, before rounding: imported, changed and aside.
    pub raw_sum: Decimal,
    /// Sum of the lines of bills in the books, as the source has them.
    pub kept_raw_sum: Decimal,
    /// Sum of the gross of bills in the books.
    pub kept_sum: Decimal,
    /// The first bills that came changed, by number, with what differs.
    pub conflicts: Vec<Conflict>,
}

/// A bill that came changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Its number.
    pub number: String,
    /// What the books have.
    pub was: String,
    /// What came now.
    pub now: String,
}

/// Conflicts that are remembered in full.
const MOST_CONFLICTS: usize = 20;

impl Counts {
    /// Every line read: imported, changed, aside and rejected.
    pub fn lines_read(&self) -> u64 {
        self.lines + self.changed_lines + self.aside_lines + self.rejected_lines
    }

    /// Adds what became of a batch.
    fn add(&mut self, batch: &Batch, outcomes: &[Outcome]) {
        let mut outcomes = outcomes.iter();
        for (bill, outcome) in batch.bills.iter().zip(outcomes.by_ref().take(batch.bills.len())) {
            self.add_bill(bill, outcome);
        }
        for (_, outcome) in batch.members.iter().zip(outcomes.by_ref().take(batch.members.len())) {
            match outcome {
                Outcome::New | Outcome::Changed { .. } => self.members += 1,
                Outcome::Same | Outcome::Erased => self.members_same += 1,
                Outcome::Aside { .. } => self.aside += 1,
            }
        }
        self.control += batch.control;
        for reject in &batch.rejects {
            self.rejected += 1;
            self.rejected_lines += reject.rows;
        }
        for aside in &batch.asides {
            self.aside += 1;
            self.aside_lines += aside.rows;
            self.raw_sum += aside.raw_sum;
        }
    }

    fn add_bill(&mut self, bill: &NewBill, outcome: &Outcome) {
        self.raw_sum += bill.raw_sum;
        match outcome {
            Outcome::New | Outcome::Same | Outcome::Erased => {
                self.bills += 1;
                self.lines += bill.rows;
                self.kept_raw_sum += bill.raw_sum;
                self.kept_sum += bill.bill().gross().map(|gross| gross.decimal()).unwrap_or_default();
                let count = if *outcome == Outcome::New { &mut self.new } else { &mut self.same };
                *count += 1;
                self.erased += u64::from(*outcome == Outcome::Erased);
            }
            Outcome::Changed { was, now } => {
                self.changed += 1;
                self.changed_lines += bill.rows;
                if self.conflicts.len() < MOST_CONFLICTS {
                    let number = bill.bill().number.clone();
                    self.conflicts.push(Conflict { number, was: was.clone(), now: now.clone() });
                }
            }
            Outcome::Aside { .. } => {
                self.aside += 1;
                self.aside_lines += bill.rows;
            }
        }
    }
}

/// How an import is getting on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Lines read.
    pub lines: u64,
}

/// Why an import stopped.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E> {
    /// The source.
    #[error(transparent)]
    Intake(#[from] IntakeError),
    /// The books.
    #[error(transparent)]
    Sink(E),
}

/// Imports everything that a reader gives. `begun` is the mark of an import that stopped on the way, or a new one; what a
/// killed run had not kept is read again. Answers the figures of the whole import, earlier runs of it included.
pub fn run<S: Sink>(
    incomings: &mut dyn Incomings,
    sink: &mut S,
    begun: Mark,
    rejects: &mut Rejects,
    on_progress: &mut dyn FnMut(Progress),
) -> Result<Counts, RunError<S::Error>> {
    let mut mark = begun;
    let mut batch = Batch::default();
    while let Some(incoming) = incomings.next() {
        batch.take(incoming?);
        let place = if batch.weight() >= BATCH { incomings.place() } else { None };
        if place.is_some() || batch.weight() >= LARGEST_BATCH {
            mark.place = place.unwrap_or(mark.place);
            mark = keep(&mut batch, sink, &mark, rejects)?;
            on_progress(Progress { bytes: incomings.read_byte(), lines: mark.counts.lines_read() });
        }
    }
    mark.place = incomings.place().unwrap_or(mark.place);
    mark.done = true;
    mark = keep(&mut batch, sink, &mark, rejects)?;
    on_progress(Progress { bytes: incomings.read_byte(), lines: mark.counts.lines_read() });
    Ok(mark.counts)
}

/// Rejects go to their file first: a run killed in between writes them again, and drops what it finds beyond its mark.
fn keep<S: Sink>(batch: &mut Batch, sink: &mut S, mark: &Mark, rejects: &mut Rejects) -> Result<Mark, RunError<S::Error>> {
    for reject in &batch.rejects {
        rejects.write(reject)?;
    }
    rejects.flush()?;
    let kept = sink.keep(batch, mark).map_err(RunError::Sink)?;
    *batch = Batch::default();
    Ok(kept)
}

impl Batch {
    fn take(&mut self, incoming: Incoming) {
        match incoming {
            Incoming::Bill(bill) => {
                self.lines += bill.bill().lines.len();
                self.bills.push(*bill);
            }
            Incoming::Member(member) => self.members.push(*member),
            Incoming::Aside(aside) => self.asides.push(*aside),
            Incoming::Reject(reject) => self.rejects.push(*reject),
            Incoming::Control { .. } => self.control += 1,
        }
    }

    /// How large it is, in bills of usual length.
    fn weight(&self) -> usize {
        let things = self.bills.len() + self.members.len() + self.asides.len() + self.rejects.len();
        things.max(self.lines / USUAL_LINES)
    }
}
