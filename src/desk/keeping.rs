//! What a desk keeps outside the database. It is enrolled once, with a key of its own; after each posting the head of its chain is
//! remembered; and when it opens, both are held against the book. Where they disagree the desk only reads.

use std::collections::BTreeSet;
use std::path::Path;

use super::erasure::Unerased;
use super::{Desk, DeskError, Posted};
use crate::domain::document::{Document, Effect};
use crate::domain::ids::DeskNo;
use crate::domain::quote::{AtDesk, WaitingKey};
use crate::domain::request::{Envelope, Request};
use crate::domain::say::Saying;
use crate::domain::seal::{Checkpoint, NextKey, SecretKey};
use crate::store::outside::{Head, Outside};
use crate::store::seal::{self, Sealed};
use crate::store::verify::{Finding, at_opening, verify};
use crate::store::{Store, StoreError, Tx};
use crate::text::{Language, Words};

/// Why a desk only reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOnly {
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
}

impl ReadOnly {
    /// What is wrong, what it means for the money, and the way out.
    pub fn say(&self) -> Saying {
        self.findings.first().map_or_else(|| Saying::new("desk-read-only"), Finding::say)
    }

    pub(super) fn error(&self) -> DeskError {
        let say = self.say();
        DeskError::ReadOnly { text: Words::new(Language::En).saying(&say), say }
    }

    /// Whether nothing in the book itself is wrong: it is only not the one that is remembered.
    pub(super) fn is_only_adrift(&self) -> bool {
        self.findings.iter().all(|finding| finding.mended_by_anchor().is_some())
    }

    /// Whether a manager may confirm that the books were restored on purpose: nothing in the book itself is wrong, and what is
    /// remembered of this desk is another book's.
    pub(super) fn is_adrift(&self, desk: DeskNo) -> bool {
        let of: Vec<_> = self.findings.iter().map(Finding::mended_by_anchor).collect();
        of.iter().all(Option::is_some) && of.contains(&Some(desk))
    }
}

/// What is kept, as it stood when the desk opened or last posted.
#[derive(Debug, Clone, Default)]
pub(super) struct Keeping {
    /// Why the desk only reads, if it does.
    pub read_only: Option<ReadOnly>,
    /// Why the last head could not be remembered; the book is then ahead of it, and sound.
    pub unremembered: Option<String>,
    /// Why somebody who was erased is not yet gone from every file.
    pub unerased: Option<Unerased>,
    /// The desks that were found enrolled here, with their keys at hand.
    enrolled: BTreeSet<DeskNo>,
}

/// Enrols a desk where that was not done before, and holds the book against what is kept outside.
pub(super) fn open(store: &mut Store, desk: DeskNo) -> Result<Keeping, DeskError> {
    // Where nothing can be written now, a desk is enrolled when it first posts.
    let enrolled = if store.only_looks() { Ok(()) } else { enrol(store, desk) };
    let findings = match enrolled {
        Ok(()) => look(store, desk)?,
        Err(DeskError::Store(error @ (StoreError::Damaged { .. } | StoreError::Lacking(_)))) => {
            vec![Finding::of_damage(&error).ok_or(error)?]
        }
        Err(error) => return Err(error),
    };
    let read_only = (!findings.is_empty()).then_some(ReadOnly { findings });
    Ok(Keeping { read_only, ..Keeping::default() })
}

fn look(store: &mut Store, desk: DeskNo) -> Result<Vec<Finding>, DeskError> {
    let remembered = store.outside().recall(desk)?;
    store.read(|tx| at_opening(tx, &remembered).map_err(DeskError::from))
}

/// Recomputes the whole books beside a desk that is open on them: what makes the figures doubtful, the gravest first.
///
/// # Errors
/// When the books cannot be opened a second time or be read to the end.
pub fn look_through(books: &Path, desk: DeskNo) -> Result<Vec<Finding>, DeskError> {
    let mut store = Store::open_existing(books)?;
    let remembered = store.outside().recall(desk)?;
    let report = store.read(|tx| verify(tx, Some(&remembered), &mut |_, _| {}).map_err(DeskError::from))?;
    Ok(report.findings.into_iter().filter(Finding::is_damage).collect())
}

/// Gives a desk its first key. What is there already is never made anew, so that this may stop at any point and begin again.
fn enrol(store: &mut Store, desk: DeskNo) -> Result<(), DeskError> {
    if store.read(|tx| seal::key(tx, desk).map_err(DeskError::from))?.is_some() {
        return Ok(());
    }
    let outside = store.outside().clone();
    store.write(|tx| {
        if seal::key(tx, desk)?.is_some() {
            return Ok(());
        }
        // A desk that posted had a key: where this computer knows the books already, its row was taken away.
        if outside.is_sealed()? && seal::counted(tx, desk)?.sequence > 0 {
            return Ok(());
        }
        // Before the key: another desk of this computer that sees a key here expects to find where that desk's chain stood.
        let head = seal::counted(tx, desk)?;
        if outside.head(desk)?.is_none() {
            outside.keep_head(desk, head)?;
        }
        // Made while no other program can write, so that two that open at once make one.
        let key = outside.make_key(desk, 1)?;
        Ok(seal::add_key(tx, desk, 1, key.public(), 1)?)
    })
}

/// What a request about the desk itself needs from outside the database.
#[derive(Default)]
pub(super) struct Brought {
    about_desk: bool,
    waiting: Option<WaitingKey>,
    adrift: bool,
    remembered: Option<Head>,
    signing: Option<(u32, SecretKey)>,
}

impl Desk {
    /// Why this desk only reads, if it does.
    pub fn read_only(&self) -> Option<&ReadOnly> {
        self.keeping.read_only.as_ref()
    }

    /// Takes in what a look through the whole books found: where anything is wrong the desk only reads from now on.
    pub fn take_in(&mut self, findings: Vec<Finding>) {
        if self.keeping.read_only.is_none() && !findings.is_empty() {
            self.keeping.read_only = Some(ReadOnly { findings });
        }
    }

    /// What came of a request; where that was about a bill which is not as it came in, the desk only reads from now on, and says so.
    pub(super) fn noticed<T>(&mut self, came: Result<T, DeskError>) -> Result<T, DeskError> {
        let Err(DeskError::BillChanged(bill)) = came else { return came };
        let why = ReadOnly { findings: vec![Finding::BillChanged { bill }] };
        let error = why.error();
        self.take_in(why.findings);
        Err(error)
    }

    /// An error where this desk only reads.
    pub(super) fn may_write(&self) -> Result<(), DeskError> {
        self.read_only().map_or(Ok(()), |why| Err(why.error()))
    }

    /// Why a request is not booked although its rules allow it: the desk only reads. Confirming a restore is the way out of that.
    pub(super) fn stopped(&self, envelope: &Envelope) -> Option<ReadOnly> {
        let confirms = matches!(envelope.request, Request::ReAnchor(_));
        self.read_only().filter(|why| !(confirms && why.is_adrift(envelope.desk))).cloned()
    }

    /// Sees to it that a desk may post from here: that it is enrolled, and not on another computer.
    pub(super) fn enrolled(&mut self, desk: DeskNo) -> Result<(), DeskError> {
        if self.read_only().is_some() || self.keeping.enrolled.contains(&desk) {
            return Ok(());
        }
        enrol(&mut self.store, desk)?;
        let key = self.store.read(|tx| seal::key(tx, desk).map_err(DeskError::from))?.ok_or(DeskError::NoKey(desk))?;
        if self.store.outside().key(desk, key.no)?.is_none_or(|kept| kept.public() != key.public) {
            return Err(DeskError::NoKey(desk));
        }
        self.keeping.enrolled.insert(desk);
        Ok(())
    }

    /// Brings what a request about the desk itself needs.
    pub(super) fn bring(&mut self, envelope: &Envelope) -> Result<Brought, DeskError> {
        let desk = envelope.desk;
        let mut brought = Brought::default();
        brought.about_desk = match envelope.request {
            Request::OpenShift(_) | Request::CloseShift(_) | Request::RotateKey(_) | Request::ReAnchor(_) => true,
            _ => return Ok(brought),
        };
        self.enrolled(desk)?;
        let outside = self.store.outside().clone();
        let Some(in_force) = self.store.read(|tx| seal::key(tx, desk).map_err(DeskError::from))? else { return Ok(brought) };
        let own = match outside.key(desk, in_force.no) {
            // A key that cannot be read is as good as none where books and outside are brought together again.
            Err(_) if matches!(envelope.request, Request::ReAnchor(_)) => None,
            key => key?.filter(|key| key.public() == in_force.public),
        };
        match envelope.request {
            Request::CloseShift(_) => brought.signing = own.map(|key| (in_force.no, key)),
            Request::RotateKey(_) => brought.waiting = Some(waiting(&outside, desk, in_force.no, own.as_ref())?),
            Request::ReAnchor(_) => {
                brought.adrift = self.read_only().is_some_and(|why| why.is_adrift(desk));
                brought.remembered = outside.head(desk).ok().flatten();
                if brought.adrift && own.is_none() {
                    brought.waiting = Some(waiting(&outside, desk, in_force.no, None)?);
                }
            }
            _ => {}
        }
        Ok(brought)
    }

    /// Remembers where the chain stands after a posting. That it could not be remembered does not undo what is posted.
    pub(super) fn remember(&mut self, posted: &Posted) {
        let Document { number, quote, .. } = &posted.document;
        let head = Head { sequence: number.sequence, hash: posted.hash };
        let restored = quote.effects.iter().any(|effect| matches!(effect, Effect::ReAnchor { .. }));
        let outside = self.store.outside();
        let kept = if restored { outside.replace_head(number.desk, head) } else { outside.keep_head(number.desk, head) };
        self.keeping.unremembered = kept.err().map(|error| error.to_string());
        if restored {
            match open(&mut self.store, self.number) {
                Ok(keeping) => {
                    self.keeping = keeping;
                    if self.read_only().is_none() {
                        self.finish_erasures();
                    }
                }
                // It goes on reading only, until it is opened again.
                Err(error) => self.keeping.unremembered = Some(error.to_string()),
            }
        }
    }

    /// That nobody is known to have seen the recovery code.
    fn unseen_code(&self) -> Option<Saying> {
        match self.store.outside().is_code_unseen() {
            Ok(false) => None,
            // What cannot be read there is told by whatever needs it.
            Ok(true) | Err(_) => Some(Saying::new("desk-code-unseen")),
        }
    }

    /// What to tell whoever stands at this desk about its books, where something is to be told.
    pub(super) fn trouble(&self) -> Option<Saying> {
        let unremembered = |error: &String| Saying::new("desk-unremembered").with("error", error.as_str());
        let kept = self.keeping.unremembered.as_ref().map(unremembered);
        let of_books = self.read_only().map(ReadOnly::say).or(kept).or_else(|| self.unfinished());
        of_books.or_else(|| self.clock_doubt()).or_else(|| self.unseen_code())
    }
}

/// The key that waits to be a desk's next one, vouched for by the one in force where that is at hand.
fn waiting(outside: &Outside, desk: DeskNo, no: u32, own: Option<&SecretKey>) -> Result<WaitingKey, DeskError> {
    let no = no.saturating_add(1);
    let public = outside.make_key(desk, no)?.public();
    let bytes = NextKey { desk, no, public }.bytes()?;
    Ok(WaitingKey { public, signature: own.map(|key| key.sign(&bytes)) })
}

impl Brought {
    /// What a quote may look at of the desk itself.
    pub(super) fn at_desk(&self, tx: &mut Tx<'_>, desk: DeskNo) -> Result<AtDesk, DeskError> {
        if !self.about_desk {
            return Ok(AtDesk::default());
        }
        Ok(AtDesk {
            shift: seal::open_shift(tx, desk)?,
            key: seal::key(tx, desk)?.map(|key| (key.no, key.public)),
            waiting: self.waiting,
            adrift: self.adrift,
            remembered: self.remembered.map(|head| (head.sequence, head.hash)),
        })
    }

    /// Seals the chain up to a document that closes a shift, in its transaction.
    pub(super) fn seal(&self, tx: &mut Tx<'_>, posted: &Posted) -> Result<(), DeskError> {
        let Document { number, at, quote, .. } = &posted.document;
        if !quote.effects.iter().any(|effect| matches!(effect, Effect::CloseShift { .. })) {
            return Ok(());
        }
        let (key_no, key) = self.signing.as_ref().ok_or(DeskError::NoKey(number.desk))?;
        let checkpoint = Checkpoint { number: *number, head: posted.hash, at: *at };
        let signature = key.sign(&checkpoint.bytes()?);
        Ok(seal::add(tx, &Sealed { checkpoint, key_no: *key_no, signature })?)
    }
}
