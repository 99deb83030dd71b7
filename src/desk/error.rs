//! What can go wrong at a desk, in sentences that say what it means for the money and what to do next.

use std::path::PathBuf;

use jiff::civil::Date;

use crate::domain::calendar::OutOfCalendar;
use crate::domain::digest::CannotWrite;
use crate::domain::ids::{BadNumber, DeskNo, DocumentNumber, RequestId, StaffNo};
use crate::domain::member::FieldFault;
use crate::domain::money::MoneyError;
use crate::domain::plain::NotPlain;
use crate::domain::policy::PolicyError;
use crate::domain::quote::QuoteError;
use crate::domain::say::Saying;
use crate::receipt::print::PrintError;
use crate::store::verify::Finding;
use crate::store::{Lost, StoreError};

/// Why a desk could not do what it was asked. Unless it says otherwise, nothing was booked.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The database holds no shop yet.
    #[error("this database holds no shop yet; nothing was changed; open the desk once to set it up")]
    NoShop,
    /// The shop is gone, and what only a shop has is there.
    #[error(
        "the shop itself is gone from this database, which holds documents, bills or staff; nothing was changed; put the last good \
         backup in its place (courtesy restore FILE), or choose another database for a new shop"
    )]
    ShopGone,
    /// The zone of a shop that was set up is not in the time zone data.
    #[error(
        "the shop's time zone is “{0}”, which is none that this computer knows; nothing was booked; run courtesy verify, and put the \
         last good backup in the place of these books, or mend this computer's time zone data"
    )]
    ShopZone(String),
    /// There is a shop already.
    #[error(
        "this database holds a shop already; nothing was changed; choose another database, or, where nobody saw this shop's recovery \
         code, have an administrator get a new one: courtesy recover --new-code"
    )]
    ShopExists,
    /// The zone is not in the time zone data.
    #[error("“{0}” is not a time zone known here; nothing was booked; use a name such as Europe/Helsinki")]
    UnknownZone(String),
    /// No policy is in force.
    #[error("no policy is in force on {0}; nothing was booked; a manager brings one in")]
    NoPolicy(Date),
    /// What was named is not there.
    #[error("there is no {what} “{name}”; nothing was booked; check it and try again")]
    NotFound {
        /// What was looked for: member, bill, document, store credit, staff.
        what: &'static str,
        /// How it was named.
        name: String,
    },
    /// The name means several things.
    #[error("“{name}” is the number of {count} bills; nothing was booked; name the one you mean by its key or id")]
    Ambiguous {
        /// How it was named.
        name: String,
        /// How many it means.
        count: usize,
    },
    /// The request id was used for something else.
    #[error("request {0} was posted before with other content; nothing more was booked; ask again under a new id")]
    RequestReused(RequestId),
    /// A time was given, but this is no database for replaying.
    #[error("a request's own time is taken only in a database made with --replay; nothing was booked; leave “at” out")]
    NotAReplay,
    /// The PIN was wrong, or there is none.
    #[error("that PIN is not {0}'s; nothing was booked; try again")]
    WrongPin(StaffNo),
    /// The PIN is right, but the person was taken off the list of those who work here.
    #[error("{0} has left the shop and neither signs in nor approves; nothing was booked; ask somebody else")]
    HasLeft(StaffNo),
    /// Somebody wrote a PIN into the database by other means.
    #[error(
        "the PIN of person {0} was not given by this program, so nobody is let in by it; nothing was booked; have a manager give a new \
         one, and run courtesy verify"
    )]
    PinNotGiven(StaffNo),
    /// The pepper that PINs were hashed with is not here.
    #[error(
        "the secret beside the database that PINs are checked with is missing ({}); nothing was booked; put that folder back as it was, or let a manager in with the recovery code: courtesy recover", .0.display()
    )]
    PepperLost(PathBuf),
    /// The pepper that is here is another shop's.
    #[error(
        "{} keeps the secret of another shop's PINs, not of this one's, so nobody is let in; nothing was booked; move that folder away, \
         for the other shop may need it, and bring this shop's secret back from its safe copy with courtesy keys import, or by its \
         recovery code with courtesy recover", .0.display()
    )]
    OtherPepper(PathBuf),
    /// The books are not as they should be, so nothing is written.
    #[error("this desk only reads, and nothing was booked: {text}")]
    ReadOnly {
        /// What is wrong, what it means for the money, and the way out, in English.
        text: String,
        /// The same, to be worded.
        say: Saying,
    },
    /// An older copy of the books knows people who were erased since, and they cannot be erased in it.
    #[error(
        "these books are an older copy and know people again who were erased since ({count}); they could not be erased in it, so nothing \
         of it is shown, and nothing was booked: {reason}; put the newest good backup in its place: courtesy restore"
    )]
    KnownAgain {
        /// How many.
        count: usize,
        /// Why they could not.
        reason: String,
    },
    /// A bill that a request is about is not as it came in; the desk that finds it only reads from then on.
    #[error("bill {0} is not as it came in; nothing was booked; compare it with the till's own record, and run courtesy verify")]
    BillChanged(String),
    /// The key that the desk signs with is not here.
    #[error(
        "the key of desk {0} is not kept on this computer; nothing was booked; work at the computer where that desk was set up, or put the folder beside the database back as it was"
    )]
    NoKey(DeskNo),
    /// The PIN file of a batch says nothing of who approves.
    #[error("the PIN file has no PIN of person {0}; nothing was booked by that; add a line for them and run this line again")]
    NoPin(StaffNo),
    /// Too many wrong PINs.
    #[error(
        "too many wrong PINs of this person; {minutes} minutes must pass, or another manager unlocks them; nothing was booked"
    )]
    Locked {
        /// Minutes until tries count again.
        minutes: i64,
    },
    /// Too many wrong PINs of whomever at this desk.
    #[error(
        "too many wrong PINs at this desk: nobody approves here for {minutes} minutes; nothing was booked; approve it at another desk"
    )]
    DeskLocked {
        /// Minutes until tries count again.
        minutes: i64,
    },
    /// The recovery code was wrong.
    #[error("that is not this shop's recovery code; nothing was changed; compare it with the paper in the safe and try again")]
    WrongCode,
    /// A field of a new shop cannot be.
    #[error("{field} cannot be used: {fault}; nothing was set up; write it otherwise")]
    Field {
        /// Which.
        field: &'static str,
        /// Why.
        fault: FieldFault,
    },
    /// A request holds a text that cannot be kept.
    #[error(transparent)]
    NotPlain(#[from] NotPlain),
    /// A person of the staff was booked, and the PIN that came with them could not be set.
    #[error(
        "person {no} is as asked: document {document} stays booked; only their PIN could not be set ({reason}): somebody new cannot sign \
         in yet, and whoever had a PIN keeps that one; do the same again, which books nothing twice, or have a manager of at least \
         their role set it under Staff"
    )]
    OnlyPinMissing {
        /// Whose.
        no: StaffNo,
        /// What was booked.
        document: DocumentNumber,
        /// Why.
        reason: String,
    },
    /// A PIN that is too easy.
    #[error("a PIN has at least 6 digits, not all the same; nothing was changed; choose another one")]
    WeakPin,
    /// Who approves may not.
    #[error("{0} may not approve this; nothing was booked; ask somebody else")]
    MayNotApprove(StaffNo),
    /// It is about the approver's own membership.
    #[error("this is about the membership of {0} or of their household; nothing was booked; ask somebody else")]
    OwnInterest(StaffNo),
    /// Somebody else decided, or it was taken back, or it waited too long.
    #[error("this waits for nobody any more: it was decided, taken back, or waited too long; nothing was booked")]
    NoLongerWaits,
    /// Who wants a new recovery code may not have one.
    #[error("{0} may not get a new recovery code; nothing was changed; ask an administrator")]
    MayNotGiveCode(StaffNo),
    /// Who unlocks may not.
    #[error("only another manager, of the same role or a higher one, unlocks a person; nothing was changed; ask one")]
    MayNotUnlock,
    /// The approval was used, is too old, or was given for something else.
    #[error("the approval was given for something else, or is too old; nothing was booked; ask for it again")]
    ApprovalStale,
    /// A document that was erased or damaged.
    #[error("document {0} has been erased or is damaged; nothing was changed; run courtesy verify")]
    DamagedDocument(DocumentNumber),
    /// Names of people, cards or bills that cannot be.
    #[error(transparent)]
    Number(#[from] BadNumber),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The request cannot be answered.
    #[error(transparent)]
    Quote(#[from] QuoteError),
    /// The policy is not usable.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// Arithmetic failed.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A date left the calendar.
    #[error(transparent)]
    Calendar(#[from] OutOfCalendar),
    /// A plan's terms make no sense.
    #[error(transparent)]
    Term(#[from] crate::domain::membership::TermError),
    /// Figures could not be written down.
    #[error(transparent)]
    Write(#[from] CannotWrite),
    /// Printing failed; the document is posted.
    #[error(transparent)]
    Print(#[from] PrintError),
    /// The PIN could not be hashed.
    #[error("the PIN could not be worked with: {0}; nothing was booked; try again")]
    Hash(String),
    /// No random numbers are to be had.
    #[error("this computer gives no random numbers: {0}; nothing was booked; restart it")]
    Random(String),
    /// A receipt's layout could not be read or made.
    #[error("the receipt could not be laid out: {0}; what was posted stays posted; print it again from the history")]
    Paper(String),
    /// The practice shop could not be made.
    #[error("the practice shop could not be made: {0}; nothing of yours was touched; please report it")]
    Practice(String),
    /// The worker thread is gone.
    #[error("the desk's own thread has stopped; what was posted stays posted; start the program again")]
    Gone,
}

impl Lost for DeskError {
    fn answer_lost(&self) -> bool {
        matches!(self, Self::Store(error) if error.answer_lost())
    }
}

impl DeskError {
    /// Whether the shop's server could not be reached, or takes nothing now: nothing was booked, and the same request may be sent again
    /// later.
    pub fn is_away(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_away())
    }

    /// Whether nobody knows if the request was booked; sent again under its id, it is booked once.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Store(StoreError::AnswerLost(_) | StoreError::CommitUnknown(_)))
    }

    /// What is wrong with the books, where that is why no desk opens on them.
    pub fn of_books(&self) -> Option<Finding> {
        match self {
            Self::ShopGone => Some(Finding::ShopGone),
            Self::ShopZone(zone) => Some(Finding::Zone { zone: zone.clone() }),
            Self::Store(error @ (StoreError::Damaged { .. } | StoreError::Lacking(_))) => Finding::of_damage(error),
            _ => None,
        }
    }

    /// What to say to the clerk, for the window; the command line prints the error itself.
    pub fn saying(&self) -> Saying {
        match self {
            Self::ShopGone => Finding::ShopGone.say(),
            Self::ShopZone(zone) => Finding::Zone { zone: zone.clone() }.say(),
            Self::WrongPin(_) => Saying::new("error-wrong-pin"),
            Self::HasLeft(_) => Saying::new("error-has-left"),
            Self::PinNotGiven(_) => Saying::new("error-pin-not-given"),
            Self::ReadOnly { say, .. } => say.clone(),
            Self::PepperLost(folder) => Saying::new("error-pepper-lost").with("folder", folder.display().to_string()),
            Self::OtherPepper(folder) => Saying::new("error-other-pepper").with("folder", folder.display().to_string()),
            Self::KnownAgain { count, reason } => {
                let count = i64::try_from(*count).unwrap_or(i64::MAX);
                Saying::new("error-known-again").with("count", count).with("reason", reason.as_str())
            }
            Self::OnlyPinMissing { no, document, reason } => Saying::new("error-only-pin-missing")
                .with("no", no.to_string())
                .with("number", document.to_string())
                .with("error", reason.as_str()),
            Self::Locked { minutes } => Saying::new("error-locked").with("minutes", *minutes),
            Self::DeskLocked { minutes } => Saying::new("error-desk-locked").with("minutes", *minutes),
            Self::WeakPin => Saying::new("error-weak-pin"),
            Self::NotPlain(NotPlain { field }) => Saying::new("error-not-plain").with("field", field.as_str()),
            Self::MayNotApprove(_) => Saying::new("error-may-not-approve"),
            Self::OwnInterest(_) => Saying::new("error-own-interest"),
            Self::NoLongerWaits => Saying::new("error-no-longer-waits"),
            Self::MayNotUnlock => Saying::new("error-may-not-unlock"),
            Self::ApprovalStale => Saying::new("error-approval-stale"),
            Self::NotFound { name, .. } => Saying::new("error-not-found").with("name", name.as_str()),
            Self::Store(StoreError::Damaged { place, found, .. }) => {
                Saying::new("error-damaged").with("text", format!("{place}: {found}"))
            }
            Self::Store(StoreError::Lacking(what)) => Saying::new("error-damaged").with("text", what.as_str()),
            Self::Store(StoreError::NotAllowed(reason)) => Saying::new("error-not-allowed").with("reason", reason.as_str()),
            Self::Store(StoreError::ServerAway { .. }) => Saying::new("error-server-away"),
            Self::Store(StoreError::AnswerLost(_)) => Saying::new("error-answer-lost"),
            Self::Store(StoreError::TakesNoWrites(_)) => Saying::new("error-takes-no-writes"),
            Self::Store(StoreError::ServerFull { .. }) => Saying::new("error-server-full"),
            Self::Print(error) => Saying::new("error-print").with("error", error.to_string()),
            other => Saying::new("error-other").with("error", other.to_string()),
        }
    }
}
