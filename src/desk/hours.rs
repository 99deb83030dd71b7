//! Which time counts at a desk. The computer's clock is believed as long as it goes on from the last moment that nobody doubts. When it
//! was put back, that moment goes on by the time that has passed since; when it is far ahead, nothing is booked until a manager has said
//! that the date is right. What was posted first is told by its number, never by its time.

use std::cell::Cell;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::people::SignedIn;
use super::{Clock, Desk, DeskError};
use crate::domain::calendar::Moment;
use crate::domain::quote::Ahead;
use crate::domain::say::Saying;
use crate::domain::staff::Role;
use crate::store::sealed::{self, Thing};
use crate::store::{Store, clock, event, staff};

/// How far a clock that is set right may go back without anybody's doubt.
const BACK: SignedDuration = SignedDuration::from_mins(2);
/// How far ahead of the last work it is believed.
const AHEAD: SignedDuration = SignedDuration::from_hours(36);

/// Why the computer's clock is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Jump {
    /// It was put back.
    Back,
    /// It is far ahead of the last work.
    Ahead,
}

/// The clock of a desk, with the last moment that nobody doubts.
pub(super) struct Hours {
    clock: Box<dyn Clock>,
    /// That moment, and since when it counts; `None` in books in which nothing was posted yet.
    known: Cell<Option<(Timestamp, Instant)>>,
    /// The jump that is kept as an event.
    noted: Cell<Option<Jump>>,
    /// Where past trade is replayed, requests bring their own time, and the clock is nobody's concern.
    is_replay: bool,
}

/// One look at the clock.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    /// What the computer says.
    pub wall: Timestamp,
    /// The moment that nobody doubts.
    pub known: Timestamp,
    /// Why the two are not the same.
    pub jump: Option<Jump>,
}

impl Look {
    /// The moment that a document would carry.
    pub fn claimed(&self) -> Timestamp {
        if self.jump == Some(Jump::Ahead) { self.wall } else { self.known }
    }
}

impl Hours {
    pub(super) fn open(store: &mut Store, clock: Box<dyn Clock>, is_replay: bool) -> Result<Self, DeskError> {
        let known = store.read(|tx| clock::last_known(tx).map_err(DeskError::from))?;
        let known = known.and_then(|at_us| Timestamp::from_microsecond(at_us).ok()).map(|at| (at, Instant::now()));
        Ok(Self { clock, known: Cell::new(known), noted: Cell::new(None), is_replay })
    }

    /// Looks at the clock; the moment that nobody doubts never goes back.
    pub(super) fn look(&self) -> Look {
        let wall = self.clock.now();
        let Some((last, since)) = self.known.get().filter(|_| !self.is_replay) else {
            self.trust(wall);
            return Look { wall, known: wall, jump: None };
        };
        let expected = later(last, since.elapsed());
        let off = wall.duration_since(expected);
        let jump = if off < -BACK {
            Some(Jump::Back)
        } else if off > AHEAD {
            Some(Jump::Ahead)
        } else {
            None
        };
        let known = if jump.is_some() { expected } else { wall.max(last) };
        // What was said once is never taken back.
        self.trust(known);
        Look { wall, known, jump }
    }

    /// A document was booked at this moment, so that a manager answers for it where it was ahead.
    pub(super) fn believe(&self, at: Moment) {
        if let Ok(at) = Timestamp::from_microsecond(at.at_us)
            && !self.is_replay
            && self.known.get().is_none_or(|(known, _)| known < at)
        {
            self.trust(at);
        }
    }

    /// From now on it is this moment.
    pub(super) fn trust(&self, at: Timestamp) {
        self.known.set(Some((at, Instant::now())));
    }
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}

impl Desk {
    /// The moment that nobody doubts, on the shop's clock: what locks, approvals and events go by.
    pub fn now(&self) -> Moment {
        self.day.moment(self.hours.look().known)
    }

    /// What a quote hears of a clock that is far ahead of the last work.
    pub(super) fn ahead(&self, look: &Look) -> Result<Option<Ahead>, DeskError> {
        if look.jump != Some(Jump::Ahead) {
            return Ok(None);
        }
        let hours = look.wall.duration_since(look.known).as_hours();
        Ok(Some(Ahead { last: self.day.business_date(look.known)?, hours }))
    }

    /// Keeps a jump of the clock as an event, once.
    pub(super) fn note_jump(&mut self) -> Result<(), DeskError> {
        let look = self.hours.look();
        if look.jump == self.hours.noted.get() || self.read_only().is_some() {
            return Ok(());
        }
        if let Some(jump) = look.jump {
            let (desk, at_us) = (self.number, self.now().at_us);
            let way = if jump == Jump::Back { "back" } else { "ahead" };
            let detail = format!("{way} {} s, at {}", look.wall.duration_since(look.known).as_secs().abs(), look.wall);
            self.store.write_twice(|tx| event::add(tx, desk, None, "clock suspect", at_us, &detail))?;
        }
        self.hours.noted.set(look.jump);
        Ok(())
    }

    /// A manager says that the computer's clock is right now, whatever was posted before it was. Kept for ever.
    ///
    /// # Errors
    /// When that person is not a manager any more, or nothing can be written.
    pub fn confirm_clock(&mut self, by: &SignedIn) -> Result<Moment, DeskError> {
        self.may_write()?;
        let (by, desk, look) = (by.staff.no, self.number, self.hours.look());
        let at = self.day.moment(look.wall);
        let pepper = super::pepper::of(self.store.outside())?;
        let detail = format!("in place of {}", look.known);
        self.store.write_twice(|tx| {
            if !staff::load(tx, by)?.is_some_and(|person| person.active && person.role >= Role::Manager) {
                return Err(DeskError::MayNotApprove(by));
            }
            clock::confirm(tx, at.at_us)?;
            sealed::seal(tx, &pepper, Thing::Setting(clock::CONFIRMED))?;
            Ok(event::add(tx, desk, Some(by), "clock confirmed", at.at_us, &detail)?)
        })?;
        self.hours.trust(look.wall);
        self.hours.noted.set(None);
        Ok(at)
    }

    /// Why the computer's clock is not believed, what that means and what to do; `None` where it is.
    pub fn clock_doubt(&self) -> Option<Saying> {
        let look = self.hours.look();
        let id = match look.jump? {
            Jump::Back => "desk-clock-back",
            Jump::Ahead => "desk-clock-ahead",
        };
        let (wall, known) = (self.day.zone.to_datetime(look.wall), self.day.zone.to_datetime(look.known));
        let hour = |at: jiff::civil::DateTime| at.strftime("%H:%M").to_string();
        let saying = Saying::new(id).with("wall", wall.date()).with("hour", hour(wall));
        Some(saying.with("known", known.date()).with("since", hour(known)))
    }
}
