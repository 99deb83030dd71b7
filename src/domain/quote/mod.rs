//! What a request would do: one pure function, one file a job.
//!
//! A quote is built even when a rule refuses, so that the clerk sees what was refused and why. [`QuoteError`] is only for
//! requests that name something that is not there, and for arithmetic that fails.

mod admin;
mod build;
mod credit;
mod erase;
mod fee;
mod goods;
mod goodwill;
mod payout;
mod price;
mod refund;
mod seal;
mod shift;
mod void;

use jiff::civil::Date;

use super::bill::Tender;
use super::calendar::OutOfCalendar;
use super::credit::Credit;
use super::digest::Digest;
use super::document::{Document, PolicyMark, Quote};
use super::ids::{DeskNo, DocumentNumber};
use super::journal::JournalError;
use super::member::Member;
use super::membership::TermError;
use super::money::{Currency, Money, MoneyError};
use super::note::Note;
use super::policy::Policy;
use super::request::Request;
use super::ruling::Ruling;
use super::say::{Named, Saying};
use super::seal::{PublicKey, Signature};
use super::staff::{Role, Staff};
use super::standing::BillStanding;

/// A request that cannot be answered at all. Nothing was booked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QuoteError {
    /// The request does not say which.
    #[error("the request names no {0}; nothing was booked; say which one")]
    Missing(&'static str),
    /// The bill has no such line.
    #[error("bill {bill} has no line {line}; nothing was booked; look at the bill again")]
    NoSuchLine {
        /// Number of the bill.
        bill: String,
        /// The line.
        line: u32,
    },
    /// Arithmetic failed.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The posting would not balance.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A date left the calendar.
    #[error(transparent)]
    Calendar(#[from] OutOfCalendar),
    /// The plan's terms make no sense.
    #[error(transparent)]
    Term(TermError),
    /// What a key signs could not be written down.
    #[error("what the desk's key signs could not be written down: {0}; nothing was booked; please report it")]
    Unwritten(String),
}

/// What was given away already and counts together with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spent {
    /// Refunds of today for the same member or bill.
    pub refund_day: Money,
    /// Price corrections of today for the same member or bill.
    pub price_day: Money,
    /// Goodwill of today for the same member or bill.
    pub goodwill_day: Money,
    /// Goodwill that this clerk gave today.
    pub goodwill_clerk_day: Money,
    /// Goodwill that this member was given in twelve months.
    pub goodwill_member_year: Money,
    /// Goodwill that the shop gave in this calendar month.
    pub goodwill_shop_month: Money,
}

impl Spent {
    /// Nothing given away yet.
    pub fn nothing(currency: Currency) -> Self {
        let zero = currency.zero();
        Self {
            refund_day: zero,
            price_day: zero,
            goodwill_day: zero,
            goodwill_clerk_day: zero,
            goodwill_member_year: zero,
            goodwill_shop_month: zero,
        }
    }
}

/// A bill that a request is about, with the policy that was in force when it was made, where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillFacts {
    /// The bill and what happened to it.
    pub standing: BillStanding,
    /// The policy of the day of sale, when it was another one.
    pub policy_then: Option<Policy>,
}

/// A posted document that a request is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentFacts {
    /// The document.
    pub document: Document,
    /// Whether another one has undone it.
    pub voided: bool,
    /// Its payouts that the terminal has still to confirm.
    pub due: Vec<u32>,
}

/// A key that waits outside the database to be a desk's next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingKey {
    /// Its public half.
    pub public: PublicKey,
    /// The signature of the key in force; none where that one is lost.
    pub signature: Option<Signature>,
}

/// What a desk itself is like; gathered for the jobs that are about it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AtDesk {
    /// The document that began the shift, while one is open.
    pub shift: Option<DocumentNumber>,
    /// Number and public half of the key in force.
    pub key: Option<(u32, PublicKey)>,
    /// The next key.
    pub waiting: Option<WaitingKey>,
    /// Whether book and outside disagree in a way that a lawful restore explains.
    pub adrift: bool,
    /// Where the chain stood when it was last written outside: sequence and sum.
    pub remembered: Option<(u64, Digest)>,
}

/// A clock that is far ahead of the last work: the shop was closed for days, or the clock is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ahead {
    /// The business day of the last work.
    pub last: Date,
    /// Hours since then by the clock.
    pub hours: i64,
}

/// What the shop still owes a member; gathered for erasing one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Open {
    /// Payouts to cards that the terminal has still to confirm.
    pub payouts_due: u32,
    /// What is left on store credits, an amount a currency.
    pub credit: Vec<Money>,
}

/// Everything a quote may look at; gathered by the desk, in the same transaction when it posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The desk that asks.
    pub desk: DeskNo,
    /// The clerk who asks.
    pub clerk: Staff,
    /// The shop's currency.
    pub currency: Currency,
    /// Mark of the policy in force.
    pub policy: PolicyMark,
    /// The member the request names, or the bill's.
    pub member: Option<Member>,
    /// The member whose household is joined.
    pub host: Option<Member>,
    /// How many people besides the host carry a card of that household.
    pub household: u32,
    /// The bills the request names, oldest first.
    pub bills: Vec<BillFacts>,
    /// The store credit the request names.
    pub credit: Option<Credit>,
    /// The document the request names.
    pub document: Option<DocumentFacts>,
    /// The person of the staff the request changes, as they are now.
    pub staff: Option<Staff>,
    /// Whether it is about the clerk's own membership or household.
    pub is_own: bool,
    /// How far the computer's clock is ahead of the last work, where that is doubted.
    pub ahead: Option<Ahead>,
    /// What was given away already.
    pub spent: Spent,
    /// The desk itself, for the jobs that are about it.
    pub at_desk: AtDesk,
    /// What the member is still owed.
    pub open: Open,
}

/// What the return windows say of a line, under today's policy or that of the day of sale where it is kinder.
pub fn window(facts: &BillFacts, policy: &Policy, line: u32, today: Date) -> Result<Ruling, QuoteError> {
    refund::window_ruling(policy, facts, line, today)
}

/// What a request would do, under a policy, on a day.
pub fn quote(request: &Request, facts: &Facts, policy: &Policy, today: Date) -> Result<Quote, QuoteError> {
    let desk = Counter { facts, policy, today };
    let mut quote = match request {
        Request::SignUp(asked) => fee::sign_up(desk, asked),
        Request::Renew(asked) => fee::renew(desk, asked),
        Request::Refund(asked) => refund::refund(desk, asked),
        Request::CorrectPrice(asked) => price::correct(desk, asked),
        Request::Goodwill(asked) => goodwill::give(desk, asked),
        Request::RedeemCredit(asked) => credit::redeem(desk, asked),
        Request::Void(_) => void::void(desk),
        Request::RecordPayout(asked) => admin::record_payout(desk, asked),
        Request::SetStaff(asked) => admin::set_staff(desk, asked),
        Request::AdoptPolicy(asked) => admin::adopt_policy(desk, asked, Digest::of(asked.text.as_bytes())),
        Request::OpenShift(_) => shift::open(desk),
        Request::CloseShift(_) => shift::close(desk),
        Request::RotateKey(_) => seal::rotate(desk),
        Request::ReAnchor(asked) => seal::re_anchor(desk, asked),
        Request::ErasePerson(asked) => erase::erase(desk, asked),
    }?;
    if let Some(Err(fault)) = request.note().map(Note::check) {
        quote.rulings.push(Ruling::refused("note", build::field_fault(fault)));
    }
    quote.rulings.extend(desk.own_interest());
    quote.rulings.extend(desk.clock());
    Ok(quote)
}

/// What every job looks at.
#[derive(Clone, Copy)]
struct Counter<'a> {
    facts: &'a Facts,
    policy: &'a Policy,
    today: Date,
}

impl Counter<'_> {
    /// Auditors only read, and who has left does nothing.
    fn check_clerk(&self, build: &mut build::Build) {
        let clerk = &self.facts.clerk;
        if !clerk.active {
            build.rule(Ruling::refused("clerk", Saying::new("ruling-clerk-has-left")));
        } else if clerk.role < Role::Clerk {
            build.rule(Ruling::refused("clerk", Saying::new("ruling-clerk-may-not").with("role", clerk.role.value())));
        }
    }

    /// Nobody decides alone about their own membership; that somebody else approves is for the desk to see.
    fn own_interest(&self) -> Option<Ruling> {
        let role = Role::Manager;
        let say = || Saying::new("ruling-own-interest").with("role", role.value());
        self.facts.is_own.then(|| Ruling::asks("own-interest", role, say()))
    }

    /// Whether the date is right, a manager says once after some days without work.
    fn clock(&self) -> Option<Ruling> {
        let (ahead, role) = (self.facts.ahead?, Role::Manager);
        let say = |id: &str| {
            let say = Saying::new(id).with("today", self.today).with("last", ahead.last).with("hours", ahead.hours);
            say.with("role", role.value())
        };
        Some(if self.facts.clerk.role >= role {
            Ruling::allowed("clock", say("ruling-clock-manager"))
        } else {
            Ruling::asks("clock", role, say("ruling-clock-ahead"))
        })
    }

    /// What only a manager does alone.
    fn needs_manager(&self, build: &mut build::Build) {
        let role = Role::Manager;
        let say = |id: &str| Saying::new(id).with("role", role.value());
        if self.facts.clerk.role >= role {
            build.rule(Ruling::allowed("manager", say("ruling-manager-may")));
        } else {
            build.rule(Ruling::asks("manager", role, say("ruling-manager-needed")));
        }
    }

    /// Whether money of one tender may go to another by the matrix.
    fn may_go(&self, from: Tender, to: Tender) -> bool {
        from == to || self.policy.payouts.instead.get(&from).is_some_and(|others| others.contains(&to))
    }
}

#[cfg(test)]
mod tests;
