//! What documents say beyond what was booked with them: what they were built on, what they gave under which limits, and their words.

use super::cards::Cards;
use super::limits::Limits;
use super::names::Names;
use super::seen::Seen;
use super::{Finding, Invariant, Meter};
use crate::domain::document::Document;
use crate::store::{Result, Tx};

/// All of it.
pub(super) struct Said {
    seen: Seen,
    limits: Limits,
    names: Names,
    cards: Cards,
}

impl Said {
    /// Nothing yet, under the rules of the books.
    pub(super) fn read(tx: &mut Tx<'_>) -> Result<Self> {
        Ok(Self { seen: Seen::default(), limits: Limits::read(tx)?, names: Names::default(), cards: Cards::default() })
    }

    /// Adds the next document of a desk.
    pub(super) fn add(&mut self, document: &Document) -> Result<()> {
        self.seen.add(document);
        self.names.add(document);
        self.cards.add(document);
        self.limits.add(document)
    }

    /// Holds it against the rest of the books.
    pub(super) fn check(self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let Self { seen, limits, names, cards } = self;
        meter.check(tx, found, &[Invariant::Seen], |tx, meter, found| seen.check(tx, meter, found))?;
        meter.check(tx, found, &[Invariant::Limits], |_, meter, found| limits.check(meter, found))?;
        meter.check(tx, found, &[Invariant::Names], |tx, meter, found| names.check(tx, meter, found))?;
        meter.check(tx, found, &[Invariant::Cards], |tx, meter, found| cards.check(tx, meter, found))
    }
}
