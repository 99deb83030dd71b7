//! What a look at the books can find, each with what to say about it.

use super::{CardPlace, Invariant};
use crate::domain::digest::Digest;
use crate::domain::ids::{CreditCode, DeskNo, DocumentNumber, MemberId, StaffNo};
use crate::domain::money::{Money, Quantity};
use crate::domain::say::{Named, Saying};
use crate::store::StoreError;
use crate::store::error::Broken;
use crate::store::sealed;

/// Something found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The file itself is damaged.
    File {
        /// What the engine said.
        text: String,
    },
    /// A number is missing.
    Gap {
        /// The desk.
        desk: DeskNo,
        /// The number that should be there.
        missing: DocumentNumber,
    },
    /// A desk's counter or head is not that of its last document: documents were cut off or added by other means.
    Counter {
        /// The desk.
        desk: DeskNo,
        /// The last number it counted.
        counted: u64,
        /// The last document that is there.
        last: u64,
    },
    /// A document's bytes, or what it follows, do not make its sum.
    Chain {
        /// The document.
        document: DocumentNumber,
    },
    /// A document cannot be read.
    Unreadable {
        /// The document.
        document: DocumentNumber,
    },
    /// A column of a document is not what the document says.
    Column {
        /// The document.
        document: DocumentNumber,
        /// The column.
        column: &'static str,
    },
    /// A posting does not sum to zero.
    Unbalanced {
        /// The document.
        document: DocumentNumber,
        /// By how much.
        difference: Money,
    },
    /// What was booked with a document is not what the document says.
    Beside {
        /// The document.
        document: DocumentNumber,
    },
    /// Something is booked under a number that no document has.
    Nobodys {
        /// The number.
        number: DocumentNumber,
    },
    /// A document's note is another one than was written with it, or is gone although nobody was erased.
    Note {
        /// The document.
        document: DocumentNumber,
    },
    /// More pieces of a line were given back than were sold.
    LinePieces {
        /// Number of the bill.
        bill: String,
        /// The line.
        line: u32,
        /// How many were sold.
        sold: Quantity,
        /// How many were given back.
        returned: Quantity,
    },
    /// More money of a line was given back than was paid for it.
    LineMoney {
        /// Number of the bill.
        bill: String,
        /// The line.
        line: u32,
        /// What was paid.
        paid: Money,
        /// What was given back.
        given: Money,
    },
    /// More of a payment was given back than it paid.
    Payment {
        /// Number of the bill.
        bill: String,
        /// The payment.
        payment: u32,
        /// What it paid.
        paid: Money,
        /// What was given back.
        given: Money,
    },
    /// A store credit's balance is not what was issued less what was used, or below nothing.
    Credit {
        /// The credit.
        code: CreditCode,
        /// Its balance.
        balance: Money,
        /// What its events come to.
        events: Money,
    },
    /// A payout's state is not what documents made of it.
    PayoutState {
        /// The document.
        document: DocumentNumber,
        /// Which of its payouts.
        payout: u32,
    },
    /// A bill is not as it came.
    BillChanged {
        /// Number of the bill.
        bill: String,
    },
    /// A bill does not balance.
    BillUnbalanced {
        /// Number of the bill.
        bill: String,
    },
    /// A version of the rules is not what was adopted.
    Policy {
        /// The version.
        version: i64,
    },
    /// A checkpoint is not signed by its desk's key.
    Seal {
        /// The document it seals.
        document: DocumentNumber,
    },
    /// A checkpoint names a document that is not there, or that has another sum.
    SealElsewhere {
        /// The document it names.
        document: DocumentNumber,
    },
    /// A shift was closed without a checkpoint.
    SealMissing {
        /// The document that closed it.
        document: DocumentNumber,
    },
    /// A desk's key is not the one that a document brought in.
    Key {
        /// The desk.
        desk: DeskNo,
        /// The key's number.
        no: u32,
    },
    /// The book ends before what is remembered outside of it.
    Behind {
        /// The last document that is remembered.
        remembered: DocumentNumber,
        /// The last one that is there.
        last: DocumentNumber,
    },
    /// A document has another sum than is remembered outside the book.
    Rebuilt {
        /// The document.
        document: DocumentNumber,
    },
    /// Nothing readable is remembered of a desk outside the book.
    Forgotten {
        /// The desk.
        desk: DeskNo,
    },
    /// The key that a desk signs with is not kept outside the book.
    KeyLost {
        /// The desk.
        desk: DeskNo,
    },
    /// A person of the staff is not as documents made them.
    Staff {
        /// The person.
        person: StaffNo,
    },
    /// The approval that a document carries is not kept as used, so it might be used again.
    Approval {
        /// The document.
        document: DocumentNumber,
    },
    /// An approval is kept as used, and no document carries it.
    ApprovalAlone {
        /// Who gave it.
        person: StaffNo,
        /// For which quote.
        digest: Digest,
    },
    /// A member's standing, household, cards or terms are not what documents made of them.
    Member {
        /// The member.
        member: MemberId,
    },
    /// What is kept of a member cannot be read.
    MemberUnreadable {
        /// The member.
        member: MemberId,
    },
    /// The shop itself is gone, and what only a shop has is there.
    ShopGone,
    /// The shop's time zone is none that is known here.
    Zone {
        /// What stands in its place.
        zone: String,
    },
    /// What happened at a desk besides documents has gaps, or is not what happened.
    Events {
        /// The desk.
        desk: DeskNo,
    },
    /// The list of tried PINs has gaps, or is not what was tried.
    Tries,
    /// Bills are missing, or were added by other means than an import.
    BillsBrought,
    /// Cards or terms that were brought in without documents are not as they came.
    MembersBrought,
    /// Something that no document says is not as it was sealed.
    Sealed {
        /// What: the shop, its first rules or manager, a PIN, a setting.
        what: String,
    },
    /// What the search finds is not what it was made from.
    Search {
        /// A member, a card, or the code of goods.
        what: String,
    },
    /// Paper that was asked for of a document is not counted right.
    Paper {
        /// The document.
        document: DocumentNumber,
    },
    /// A document was not built on what stood in the books when its turn came.
    Seen {
        /// The document.
        document: DocumentNumber,
    },
    /// A document gave more than the rules of its day allowed without the word that it has.
    PastLimit {
        /// The document.
        document: DocumentNumber,
    },
    /// Documents of several desks gave more together than any of them could without a word.
    PastLimitTogether {
        /// One of them.
        document: DocumentNumber,
    },
    /// A document holds words that tell who a member is.
    Named {
        /// The document.
        document: DocumentNumber,
    },
    /// A payment card's number stands in the books.
    CardNumber {
        /// Where.
        place: CardPlace,
        /// Which of those, by its number.
        of: String,
    },
    /// To be known: people who were erased, and bytes of theirs may still lie in the files of the database.
    Unerased {
        /// How many.
        count: i64,
    },
    /// To be known: what was sealed could not be held against its seals, for what seals it is not on this computer.
    Unheld,
    /// To be known: a payout that the terminal has still to confirm.
    PayoutDue {
        /// The document.
        document: DocumentNumber,
        /// Which of its payouts.
        payout: u32,
        /// How much.
        amount: Money,
    },
    /// To be known: a bill that cannot stand in the books as it came.
    KeptAside {
        /// Its key.
        key: String,
        /// Where it came from.
        source: String,
        /// Why, with the difference where there is one.
        reason: String,
    },
    /// To be known: tills took back more than they had sold.
    TillOvershoot {
        /// Number of the bill.
        bill: String,
        /// The line.
        line: u32,
        /// How many were sold.
        sold: Quantity,
        /// How many were given back.
        returned: Quantity,
    },
}

impl Finding {
    /// What an error says of the books, where they are damaged: something cannot be read or added up, or is gone.
    pub fn of_damage(error: &StoreError) -> Option<Self> {
        let text = match error {
            StoreError::Damaged { place, found, .. } => format!("{place}: {found}"),
            StoreError::Lacking(what) => what.clone(),
            StoreError::Money(_) | StoreError::Rule { broken: Broken::Range, .. } => "figures that cannot be added up".to_owned(),
            _ => return None,
        };
        Some(Self::File { text })
    }

    /// Whether nothing is wrong and it is only to be known.
    pub fn is_note(&self) -> bool {
        let is_of_people = matches!(self, Self::Unerased { .. } | Self::Unheld);
        is_of_people || matches!(self, Self::PayoutDue { .. } | Self::KeptAside { .. } | Self::TillOvershoot { .. })
    }

    /// Whether a rule of the shop was broken and the figures are sound all the same: it happened, and no backup undoes it.
    pub fn is_breach(&self) -> bool {
        let is_limit = matches!(self, Self::PastLimit { .. } | Self::PastLimitTogether { .. });
        is_limit || matches!(self, Self::Named { .. } | Self::CardNumber { .. })
    }

    /// Whether it makes the figures doubtful, so that no desk posts on these books and no backup of them is good.
    pub fn is_damage(&self) -> bool {
        !self.is_note() && !self.is_breach()
    }

    /// The desk that a confirmed restore would put right, where one could: the book itself is sound, and only what is remembered
    /// outside of it is another one.
    pub fn mended_by_anchor(&self) -> Option<DeskNo> {
        match self {
            Self::Behind { remembered: DocumentNumber { desk, .. }, .. }
            | Self::Rebuilt { document: DocumentNumber { desk, .. } } => Some(*desk),
            Self::Forgotten { desk } | Self::KeyLost { desk } => Some(*desk),
            _ => None,
        }
    }

    /// The invariant that it breaks; none where nothing is wrong.
    pub fn breaks(&self) -> Option<Invariant> {
        Some(match self {
            Self::File { .. } => Invariant::File,
            Self::Gap { .. } | Self::Counter { .. } => Invariant::Numbers,
            Self::Chain { .. } | Self::Unreadable { .. } => Invariant::Chain,
            Self::Column { .. } => Invariant::Columns,
            Self::Unbalanced { .. } => Invariant::Balance,
            Self::Beside { .. } | Self::Nobodys { .. } | Self::Note { .. } => Invariant::Beside,
            Self::LinePieces { .. } | Self::LineMoney { .. } => Invariant::Lines,
            Self::Payment { .. } => Invariant::Payments,
            Self::Credit { .. } => Invariant::Credits,
            Self::PayoutState { .. } => Invariant::Payouts,
            Self::BillChanged { .. } | Self::BillUnbalanced { .. } => Invariant::Bills,
            Self::Policy { .. } => Invariant::Rules,
            Self::Seal { .. } | Self::SealElsewhere { .. } | Self::SealMissing { .. } => Invariant::Seals,
            Self::Key { .. } => Invariant::Keys,
            Self::Behind { .. } | Self::Rebuilt { .. } | Self::Forgotten { .. } | Self::KeyLost { .. } => Invariant::Outside,
            Self::Staff { .. } => Invariant::Staff,
            Self::Approval { .. } | Self::ApprovalAlone { .. } => Invariant::Approvals,
            Self::Member { .. } | Self::MemberUnreadable { .. } => Invariant::Members,
            Self::Events { .. } | Self::Tries => Invariant::Events,
            Self::BillsBrought | Self::MembersBrought => Invariant::Brought,
            Self::Sealed { .. } | Self::ShopGone | Self::Zone { .. } => Invariant::Sealed,
            Self::Search { .. } => Invariant::Search,
            Self::Paper { .. } => Invariant::Paper,
            Self::Seen { .. } => Invariant::Seen,
            Self::PastLimit { .. } | Self::PastLimitTogether { .. } => Invariant::Limits,
            Self::Named { .. } => Invariant::Names,
            Self::CardNumber { .. } => Invariant::Cards,
            Self::Unerased { .. } | Self::Unheld => return None,
            Self::PayoutDue { .. } | Self::KeptAside { .. } | Self::TillOvershoot { .. } => return None,
        })
    }

    /// The invariants besides, for which nobody can vouch beside this: they are worked out from what it says is wrong.
    pub(super) fn leaves_in_doubt(&self) -> &'static [Invariant] {
        match self {
            // What a document says that cannot be read, nobody knows whether it was done.
            Self::Unreadable { .. } => &Invariant::BY_WHAT_IS_SAID,
            Self::Gap { .. }
            | Self::Counter { .. }
            | Self::Chain { .. }
            | Self::Behind { .. }
            | Self::Rebuilt { .. }
            | Self::Seal { .. }
            | Self::SealElsewhere { .. }
            | Self::Beside { .. }
            | Self::Nobodys { .. } => &Invariant::BY_WHAT_IS_BOOKED,
            Self::BillChanged { .. } | Self::BillUnbalanced { .. } | Self::BillsBrought => &Invariant::BY_BILLS,
            Self::Policy { .. } | Self::Staff { .. } => &[Invariant::Limits],
            Self::Key { .. } => &[Invariant::Seals],
            Self::KeyLost { .. } => &[Invariant::Keys, Invariant::Seals],
            // Shifts closed and keys are found by the job, undoings held by the total; only the first column that differs is told.
            Self::Column { .. } => &[Invariant::Keys, Invariant::Seals, Invariant::Seen],
            Self::Sealed { what } if what == sealed::RULES => &[Invariant::Rules, Invariant::Limits],
            Self::Sealed { what } if what == sealed::FIRST => &[Invariant::Staff, Invariant::Limits],
            _ => &[],
        }
    }

    /// Where it is, what it means for the money, and what to do.
    pub fn say(&self) -> Saying {
        let document = |id: &str, number: &DocumentNumber| Saying::new(id).with("number", number.to_string());
        let line = |id: &str, bill: &str, line: u32| Saying::new(id).with("bill", bill).with("line", i64::from(line));
        match self {
            Self::File { text } => Saying::new("verify-file").with("text", text.as_str()),
            Self::Gap { desk, missing } => document("verify-gap", missing).with("desk", desk.to_string()),
            Self::Counter { desk, counted, last } => Saying::new("verify-counter")
                .with("desk", desk.to_string())
                .with("counted", counted.to_string())
                .with("last", last.to_string()),
            Self::Chain { document: number } => document("verify-chain", number),
            Self::Unreadable { document: number } => document("verify-unreadable", number),
            Self::Column { document: number, column } => document("verify-column", number).with("column", *column),
            Self::Unbalanced { document: number, difference } => {
                document("verify-unbalanced", number).with("difference", *difference)
            }
            Self::Beside { document: number } => document("verify-beside", number),
            Self::Nobodys { number } => document("verify-nobodys", number),
            Self::Note { document: number } => document("verify-note", number),
            Self::LinePieces { bill, line: no, sold, returned } => {
                line("verify-line-pieces", bill, *no).with("sold", *sold).with("returned", *returned)
            }
            Self::LineMoney { bill, line: no, paid, given } => {
                line("verify-line-money", bill, *no).with("paid", *paid).with("given", *given)
            }
            Self::Payment { bill, payment, paid, given } => Saying::new("verify-payment")
                .with("bill", bill.as_str())
                .with("payment", i64::from(*payment))
                .with("paid", *paid)
                .with("given", *given),
            Self::Credit { code, balance, events } => {
                Saying::new("verify-credit").with("code", code.to_string()).with("balance", *balance).with("events", *events)
            }
            Self::PayoutState { document: number, payout } => {
                document("verify-payout-state", number).with("payout", i64::from(*payout))
            }
            Self::BillChanged { bill } => Saying::new("verify-bill-changed").with("bill", bill.as_str()),
            Self::BillUnbalanced { bill } => Saying::new("verify-bill-unbalanced").with("bill", bill.as_str()),
            Self::Policy { version } => Saying::new("verify-policy").with("version", *version),
            Self::Seal { document: number } => document("verify-seal", number),
            Self::SealElsewhere { document: number } => document("verify-seal-elsewhere", number),
            Self::SealMissing { document: number } => document("verify-seal-missing", number),
            Self::Key { desk, no } => Saying::new("verify-key").with("desk", desk.to_string()).with("no", i64::from(*no)),
            Self::Behind { remembered, last } => {
                let left = i64::try_from(last.sequence).unwrap_or(i64::MAX);
                let saying = Saying::new("verify-behind").with("desk", remembered.desk.to_string()).with("left", left);
                saying.with("number", remembered.to_string()).with("last", last.to_string())
            }
            Self::Rebuilt { document: number } => document("verify-rebuilt", number).with("desk", number.desk.to_string()),
            Self::Forgotten { desk } => Saying::new("verify-forgotten").with("desk", desk.to_string()),
            Self::KeyLost { desk } => Saying::new("verify-key-lost").with("desk", desk.to_string()),
            Self::Staff { person } => Saying::new("verify-staff").with("person", person.to_string()),
            Self::Approval { document: number } => document("verify-approval", number),
            Self::ApprovalAlone { person, digest } => {
                Saying::new("verify-approval-alone").with("person", person.to_string()).with("digest", digest.short())
            }
            Self::Member { member } => Saying::new("verify-member").with("member", member.to_string()),
            Self::MemberUnreadable { member } => Saying::new("verify-member-unreadable").with("member", member.to_string()),
            Self::ShopGone => Saying::new("verify-shop-gone"),
            Self::Zone { zone } => Saying::new("verify-zone").with("zone", zone.as_str()),
            Self::Events { desk } => Saying::new("verify-events").with("desk", desk.to_string()),
            Self::Tries => Saying::new("verify-tries"),
            Self::BillsBrought => Saying::new("verify-bills-brought"),
            Self::MembersBrought => Saying::new("verify-members-brought"),
            Self::Sealed { what } => Saying::new("verify-sealed").with("what", what.as_str()),
            Self::Search { what } => Saying::new("verify-search").with("what", what.as_str()),
            Self::Paper { document: number } => document("verify-paper", number),
            Self::Seen { document: number } => document("verify-seen", number),
            Self::PastLimit { document: number } => document("verify-past-limit", number),
            Self::PastLimitTogether { document: number } => document("verify-past-limit-together", number),
            Self::Named { document: number } => document("verify-named", number),
            Self::CardNumber { place, of } => {
                Saying::new("verify-card-number").with("place", place.value()).with("of", of.as_str())
            }
            Self::Unerased { count } => Saying::new("verify-unerased").with("count", *count),
            Self::Unheld => Saying::new("verify-unheld"),
            Self::PayoutDue { document: number, payout, amount } => {
                document("verify-payout-due", number).with("payout", i64::from(*payout)).with("amount", *amount)
            }
            Self::KeptAside { key, source, reason } => Saying::new("verify-kept-aside")
                .with("key", key.as_str())
                .with("source", source.as_str())
                .with("reason", reason.as_str()),
            Self::TillOvershoot { bill, line: no, sold, returned } => {
                line("verify-till-overshoot", bill, *no).with("sold", *sold).with("returned", *returned)
            }
        }
    }
}
