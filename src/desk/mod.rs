//! The service that the outside calls: find, quote, approve, post, print. It owns the transaction and the clock.
//!
//! Nothing here decides a rule or computes an amount; it gathers facts, asks [`crate::domain::quote`], and keeps what
//! came of it. Posting re-quotes inside the write transaction: same digest, it commits; another one, nothing is written.

mod about_person;
mod erasure;
mod error;
mod facts;
mod find;
mod hours;
mod keeping;
mod lists;
mod people;
mod pepper;
mod pin;
mod post;
mod print;
mod progress;
mod setup;
mod shift;
mod unsent;
mod views;
mod waiting;
mod worker;

pub mod batch;
pub mod conformance;
pub mod demo;
pub mod import;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::domain::calendar::ShopDay;
use crate::domain::digest::Digest;
use crate::domain::ids::DeskNo;
use crate::domain::policy::Policy;
use crate::receipt::print::Printer;
use crate::store::{Store, Tx, policy, shop};
use crate::text::{Language, Words};

pub use crate::store::bill::{Left, Summary as BillRow};
pub use crate::store::document::{DocumentRow, PayoutState};
pub use crate::store::member::Hit as MemberHit;
pub use crate::store::shop::Shop;
pub use crate::store::{Reach, Reaching};
pub use about_person::{AboutPerson, write_private};
pub use error::DeskError;
pub use find::{Found, Hit, TookFor};
pub use keeping::{ReadOnly, look_through};
pub use lists::Basics;
pub use people::{Approved, SignedIn};
pub use pin::Pin;
pub use post::{Outcome, Posted, Proof, Quoted};
pub use print::Drawn;
pub use progress::{Progress, Tell};
pub use setup::{FirstPerson, Opening, RecoveryCode, adopt, ask, hire, open_new, set_up};
pub use shift::ShiftView;
pub use unsent::Resent;
pub use views::{BillView, DocumentView, DueView, HomeView, LineView, MemberView};
pub use waiting::{Heard, Waiting};
pub use worker::{Answer, Worker};

/// Where a desk takes the time from.
pub trait Clock: Send {
    /// The moment it is.
    fn now(&self) -> Timestamp;
}

/// The computer's clock.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// A clock that runs from a given moment on, for the practice shop and for tests.
#[derive(Debug, Clone, Copy)]
pub struct ShiftedClock {
    start: Timestamp,
    began: std::time::Instant,
}

impl ShiftedClock {
    /// A clock that shows `start` now.
    pub fn starting(start: Timestamp) -> Self {
        Self { start, began: std::time::Instant::now() }
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        self.start.checked_add(self.began.elapsed()).unwrap_or(self.start)
    }
}

/// A desk of a shop, open for work.
pub struct Desk {
    store: Store,
    number: DeskNo,
    shop: Shop,
    day: ShopDay,
    /// What receipts are written in; reading the message files takes longer than posting, so it is done once.
    words: Words,
    hours: hours::Hours,
    printer: Printer,
    policies: Policies,
    keeping: keeping::Keeping,
    /// What is to be told of requests that were sent again at the start.
    resent: Resent,
}

impl Desk {
    /// Opens a desk on a shop's books. The shop must have been set up.
    pub fn open(mut store: Store, number: DeskNo, clock: Box<dyn Clock>, printer: Printer) -> Result<Self, DeskError> {
        let shop = store.read(set_up_shop)?;
        let zone = TimeZone::get(&shop.zone).map_err(|_| DeskError::ShopZone(shop.zone.clone()))?;
        let day = ShopDay { zone, day_ends_at: shop.day_ends_at };
        let words = Words::new(Language::or_english(&shop.language));
        let policies = Policies { language: shop.language.clone(), read: Vec::new() };
        pepper::ensure(&mut store)?;
        let keeping = keeping::open(&mut store, number)?;
        pepper::ensure_sealed(&mut store)?;
        let hours = hours::Hours::open(&mut store, clock, shop.replay)?;
        let mut desk = Self { store, number, shop, day, words, hours, printer, policies, keeping, resent: Resent::default() };
        desk.forget_the_erased()?;
        Ok(desk)
    }

    /// Opens a desk on the database at a path, or at a server's address written like one.
    pub fn open_path(path: &Path, number: DeskNo, clock: Box<dyn Clock>, printer: Printer) -> Result<Self, DeskError> {
        Self::open(Store::open_existing(path)?, number, clock, printer)
    }

    /// Whether the books can be reached, for a thread that watches while this one waits.
    pub fn reaching(&self) -> Reaching {
        self.store.reaching()
    }

    /// This desk's number.
    pub fn number(&self) -> DeskNo {
        self.number
    }

    /// The shop.
    pub fn shop(&self) -> &Shop {
        &self.shop
    }

    /// The shop's day.
    pub fn day(&self) -> &ShopDay {
        &self.day
    }

    /// The business day that is being traded; where the clock is far ahead of the last work, the day that it says, on which nothing is
    /// booked before a manager has said that it is right.
    pub fn today(&self) -> Result<Date, DeskError> {
        Ok(self.day.business_date(self.hours.look().claimed())?)
    }

    /// The books, for commands that read or fill them.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The version of the policy that is in force today.
    fn policy_version(&mut self) -> Result<policy::Version, DeskError> {
        let today = self.today()?;
        let versions = self.store.read(|tx| Ok::<_, DeskError>(policy::ask_versions(tx)?.answer(tx)?))?;
        versions.in_force(today)?.ok_or(DeskError::NoPolicy(today))
    }

    /// The policy in force today, in the shop's language.
    pub fn policy(&mut self) -> Result<Arc<Policy>, DeskError> {
        let version = self.policy_version()?;
        let Self { store, policies, .. } = self;
        store.read(|tx| policies.read(tx, &version))
    }
}

/// The shop; an error where none was set up, and another one where it is gone.
fn set_up_shop(tx: &mut Tx<'_>) -> Result<Shop, DeskError> {
    match shop::load(tx)? {
        Some(shop) => Ok(shop),
        None if shop::has_traces(tx)? => Err(DeskError::ShopGone),
        None => Err(DeskError::NoShop),
    }
}

/// The policies that were read, in the shop's language; each is read and parsed once, however often it is asked for.
struct Policies {
    language: String,
    read: Vec<(Digest, Arc<Policy>)>,
}

impl Policies {
    fn read(&mut self, tx: &mut Tx<'_>, version: &policy::Version) -> Result<Arc<Policy>, DeskError> {
        if let Some((_, policy)) = self.read.iter().find(|(hash, _)| *hash == version.hash) {
            return Ok(Arc::clone(policy));
        }
        let policy = Arc::new(Policy::parse_in(&policy::text(tx, version.version)?, &self.language)?);
        self.read.push((version.hash, Arc::clone(&policy)));
        Ok(policy)
    }
}

#[cfg(test)]
mod tests;
