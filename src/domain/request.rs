//! What a clerk asks for. The window, a batch file and a till all say it in these words, and nothing else changes data.
//!
//! Members are named by card number, by the number the till knows them under, or by id. Bills are named by the number on
//! them, their key, or id. PINs and passwords are never part of a request.

pub use super::job::Job;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::bill::Tender;
use super::digest::Digest;
use super::ids::{CardNumber, CreditCode, DeskNo, DocumentNumber, MemberId, RequestId, StaffNo};
use super::member::Person;
use super::money::{Money, Quantity, Rate, plain_decimal};
use super::note::{Note, Salt};
use super::staff::Staff;

/// A request with who asks, where, and under which id it is asked once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// Made by whoever asks; the same id is never done twice.
    pub id: RequestId,
    /// The desk that asks.
    pub desk: DeskNo,
    /// The clerk who asks.
    pub clerk: StaffNo,
    /// When it happened; taken only by a database made for replaying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub at: Option<jiff::Timestamp>,
    /// A second person's word on exactly one quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<ApprovalClaim>,
    /// What is asked.
    pub request: Request,
}

/// Who approves which quote. The PIN that proves it travels apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalClaim {
    /// The person who approves.
    pub by: StaffNo,
    /// The digest of the quote that is approved.
    pub digest: Digest,
}

/// A job of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Request {
    /// A person becomes a member.
    SignUp(SignUp),
    /// A member pays for the next term.
    Renew(Renew),
    /// Money goes back, with or without goods.
    Refund(Refund),
    /// Something was charged at a wrong price.
    CorrectPrice(CorrectPrice),
    /// Money as an apology.
    Goodwill(Goodwill),
    /// Store credit is turned into a payment at the till.
    RedeemCredit(RedeemCredit),
    /// One's own mistake of today is undone.
    Void(Void),
    /// What became of a payout to a card.
    RecordPayout(RecordPayout),
    /// A person of the staff is added or changed.
    SetStaff(SetStaff),
    /// A new version of the shop's rules.
    AdoptPolicy(AdoptPolicy),
    /// A shift begins at the desk.
    OpenShift(OpenShift),
    /// The desk's shift ends, and its chain is sealed.
    CloseShift(CloseShift),
    /// The desk signs with a new key from now on.
    RotateKey(RotateKey),
    /// The books were lawfully restored: what is remembered outside the database follows them.
    ReAnchor(ReAnchor),
    /// All that tells who a member is goes; the books stay.
    ErasePerson(ErasePerson),
}

/// A person becomes a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignUp {
    /// The id the member will have.
    pub member: MemberId,
    /// Who it is.
    pub person: Person,
    /// Kept nowhere, so that nobody can try persons against the sums that stay in the books.
    pub salt: Salt,
    /// Code of the plan.
    pub plan: String,
    /// How the fee is paid; absent for a fee of nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<PayIn>,
    /// Card of a member whose household this person joins; the card is then free and the term is shared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub joins: Option<CardNumber>,
}

/// A member pays for the next term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renew {
    /// The member.
    pub member: String,
    /// Code of the plan; absent: the plan of the last term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// How the fee is paid; absent for a fee of nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay: Option<PayIn>,
}

/// How a fee is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayIn {
    /// The tender.
    pub tender: Tender,
    /// The terminal's reference; needed for a card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The credit that pays; needed for store credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditCode>,
}

/// Money goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// What comes back.
    pub goods: Goods,
    /// Another tender than the original ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Tender>,
    /// Why; absent: the shop's usual answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// In what condition; absent: the shop's usual answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// What the clerk saw as given back already; another figure is a conflict, never a second refund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Vec<Seen>>,
    /// A free note of the clerk, kept beside the document and erasable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case", deny_unknown_fields)]
pub enum Goods {
    /// All that a bill can still give back.
    Bill {
        /// The bill.
        bill: String,
    },
    /// Lines of a bill or parts of them.
    Lines {
        /// The bill.
        bill: String,
        /// The lines.
        lines: Vec<LinePart>,
    },
    /// Some of an item that a member bought, oldest bills first, all or nothing.
    Item {
        /// The member.
        member: String,
        /// The item's code.
        item: String,
        /// How many.
        quantity: Quantity,
    },
}

/// A line, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinePart {
    /// Its place in the bill.
    pub line: u32,
    /// How many; absent: all that can still come back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

/// What a clerk saw as given back of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seen {
    /// Its place in the bill.
    pub line: u32,
    /// How many had been given back.
    pub returned: Quantity,
}

/// Something was charged at a wrong price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectPrice {
    /// The bill.
    pub bill: String,
    /// The right prices.
    pub lines: Vec<RightPrice>,
    /// Why; absent: the shop's usual answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Another tender than the original ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Tender>,
    /// A free note of the clerk, kept beside the document and erasable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// The right price of one piece of a line, with or without tax as the bill's prices are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RightPrice {
    /// Its place in the bill.
    pub line: u32,
    /// The right price of one.
    #[serde(deserialize_with = "price")]
    #[schemars(with = "String")]
    pub price: Decimal,
}

/// A price as it is written: nothing of it is rounded away on the way in.
fn price<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    let text = String::deserialize(deserializer)?;
    plain_decimal(&text).ok_or_else(|| serde::de::Error::custom(format!("“{text}” is not a price; write it like 2.55")))
}

/// Money as an apology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goodwill {
    /// The bill it is about; needed for a percentage and for paying back to a tender.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bill: Option<String>,
    /// The member; absent: the bill's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// How much.
    pub give: Give,
    /// Where it goes.
    pub to: GoodwillTo,
    /// Why; absent: the shop's usual answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A free note of the clerk, kept beside the document and erasable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// How much goodwill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Give {
    /// So many per cent of the bill.
    Percent(Rate),
    /// An amount.
    Amount(Money),
}

/// Where goodwill goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoodwillTo {
    /// Back to what the bill was paid with.
    Bill,
    /// Onto store credit.
    StoreCredit,
}

/// Store credit is turned into a payment at the till.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedeemCredit {
    /// The credit.
    pub credit: CreditCode,
    /// How much of it; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

/// One's own mistake of today is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Void {
    /// The document.
    pub document: DocumentNumber,
}

/// What became of a payout to a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordPayout {
    /// The document that owes it.
    pub document: DocumentNumber,
    /// Which of its payouts, from 1.
    pub payout: u32,
    /// What became of it.
    pub outcome: PayoutOutcome,
}

/// What became of a payout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayoutOutcome {
    /// The terminal paid it out under this reference.
    Paid(String),
    /// The terminal refused; it stays to be paid another way.
    Failed,
}

/// A person of the staff is added or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetStaff {
    /// The person as they shall be.
    pub staff: Staff,
}

/// A new version of the shop's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptPolicy {
    /// The policy as TOML.
    pub text: String,
}

/// A shift begins at the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenShift {}

/// The desk's shift ends, and its chain is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseShift {}

/// The desk signs with a new key from now on; the desk makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RotateKey {}

/// The books were lawfully restored: what is remembered outside the database follows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReAnchor {
    /// Why, in the manager's words.
    pub reason: String,
}

/// All that tells who a member is goes; documents, amounts and the member's random id stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErasePerson {
    /// The member.
    pub member: String,
    /// Why, in the manager's words; it stays in the books, so it names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Request {
    /// The clerk's free note, where there is one.
    pub fn note(&self) -> Option<&Note> {
        match self {
            Self::Refund(asked) => asked.note.as_ref(),
            Self::CorrectPrice(asked) => asked.note.as_ref(),
            Self::Goodwill(asked) => asked.note.as_ref(),
            _ => None,
        }
    }

    /// Which job it is.
    pub fn job(&self) -> Job {
        match self {
            Self::SignUp(_) => Job::SignUp,
            Self::Renew(_) => Job::Renew,
            Self::Refund(_) => Job::Refund,
            Self::CorrectPrice(_) => Job::CorrectPrice,
            Self::Goodwill(_) => Job::Goodwill,
            Self::RedeemCredit(_) => Job::RedeemCredit,
            Self::Void(_) => Job::Void,
            Self::RecordPayout(_) => Job::RecordPayout,
            Self::SetStaff(_) => Job::SetStaff,
            Self::AdoptPolicy(_) => Job::AdoptPolicy,
            Self::OpenShift(_) => Job::OpenShift,
            Self::CloseShift(_) => Job::CloseShift,
            Self::RotateKey(_) => Job::RotateKey,
            Self::ReAnchor(_) => Job::ReAnchor,
            Self::ErasePerson(_) => Job::ErasePerson,
        }
    }
}
