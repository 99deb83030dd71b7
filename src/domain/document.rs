//! Documents: what happened, for ever. A document is a posted quote with its number, its moment and who approved it.
//!
//! No personal data is in here: members are ids, and names are filled in when a receipt is printed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::bill::{CardTrace, LineTax, Tender};
use super::calendar::Moment;
use super::digest::{CannotWrite, Digest, canonical};
use super::ids::{BillId, CardNumber, CreditCode, DeskNo, DocumentId, DocumentNumber, MemberId, RequestId, StaffNo};
use super::journal::Entry;
use super::membership::{RenewalKind, Term};
use super::money::{Currency, Money, Quantity};
use super::request::{Job, PayoutOutcome};
use super::ruling::{Outcome, Ruling, verdict};
use super::seal::{PublicKey, Signature};
use super::staff::{Role, Staff};
use super::standing::Share;

/// Whom and what a quote is about.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The member, when known.
    pub member: Option<MemberId>,
    /// The bills, in the order they were asked for.
    pub bills: Vec<BillName>,
    /// The document that is undone or settled.
    pub document: Option<DocumentNumber>,
}

/// A bill by its id and the number a person reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BillName {
    /// Its id.
    pub id: BillId,
    /// Its number.
    pub number: String,
    /// The business day it belongs to.
    #[schemars(with = "String")]
    pub date: Date,
}

/// One line of a quote: goods, a difference, a fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuoteLine {
    /// The bill and its line, when it is about one.
    pub of: Option<(BillId, u32)>,
    /// The item's code; the plan's for a fee.
    pub item: String,
    /// What the receipt calls it.
    pub text: String,
    /// How many.
    pub quantity: Quantity,
    /// Its money; positive goes to the member.
    pub share: Share,
    /// The tax by code.
    pub taxes: Vec<LineTax>,
}

/// Money that moves: positive to the member, negative from the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payout {
    /// Its place in the document, from 1.
    pub no: u32,
    /// How it moves.
    pub tender: Tender,
    /// What moves.
    pub amount: Money,
    /// What moves before cash rounding.
    pub exact: Money,
    /// The payment of a bill that it gives back.
    pub of: Option<(BillId, u32)>,
    /// What is known of the card.
    pub card: Option<CardTrace>,
    /// Whether the terminal has still to confirm it.
    pub due: bool,
}

/// A membership's end before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermChange {
    /// The end before, when there was a term.
    pub before: Option<Date>,
    /// The new term.
    pub term: Term,
    /// Name of the plan as printed.
    pub plan_name: String,
    /// How it stands to the term before.
    pub kind: RenewalKind,
}

/// What posting changes besides the journal. Each is applied once, by the store, and undone by its mirror.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[serde(deny_unknown_fields)]
pub enum Effect {
    /// A new member, perhaps in another member's household.
    AddMember {
        /// The new id.
        member: MemberId,
        /// A member whose household is joined.
        joins: Option<MemberId>,
    },
    /// A membership ended because its sign-up was undone.
    CloseMember {
        /// The member.
        member: MemberId,
    },
    /// A card with the next free number; the document keeps which.
    IssueCard {
        /// Who carries it.
        member: MemberId,
    },
    /// A card that stays known but opens nothing.
    BlockCard {
        /// The card.
        card: CardNumber,
    },
    /// A paid period.
    StartTerm {
        /// Whose.
        member: MemberId,
        /// The period.
        term: Term,
    },
    /// A paid period undone.
    EndTerm {
        /// Whose.
        member: MemberId,
        /// First day of the period.
        start: Date,
    },
    /// Goods of a line given back.
    GiveBack {
        /// The bill.
        bill: BillId,
        /// The line.
        line: u32,
        /// How many; negative when undone.
        quantity: Quantity,
        /// Its money; negative when undone.
        share: Share,
    },
    /// Money taken off a line without goods.
    Correct {
        /// The bill.
        bill: BillId,
        /// The line.
        line: u32,
        /// How many had come back before.
        returned_before: Quantity,
        /// The money; negative when undone.
        share: Share,
        /// Whether the price was corrected, rather than goodwill set off.
        price: bool,
    },
    /// Part of a bill's payment paid back.
    Use {
        /// The bill.
        bill: BillId,
        /// The payment.
        payment: u32,
        /// How much of the bill's gross.
        exact: Money,
        /// How much money.
        paid: Money,
    },
    /// A store credit under the document's own number.
    IssueCredit {
        /// Whose, or a bearer's.
        member: Option<MemberId>,
        /// How much.
        amount: Money,
        /// Whether it is an apology, which may expire, or the member's own money.
        promotional: bool,
    },
    /// Store credit spent; negative restores it.
    UseCredit {
        /// The credit.
        code: CreditCode,
        /// How much.
        amount: Money,
    },
    /// What became of a payout of another document.
    SettlePayout {
        /// That document.
        document: DocumentNumber,
        /// Which payout.
        payout: u32,
        /// What became of it.
        outcome: PayoutOutcome,
    },
    /// Another document is undone by this one.
    MarkVoided {
        /// That document.
        document: DocumentNumber,
    },
    /// A person of the staff, as they are from now on.
    SetStaff {
        /// The person.
        staff: Staff,
    },
    /// A policy in force from now on; its text is kept beside.
    AdoptPolicy {
        /// Sum of the text.
        hash: Digest,
    },
    /// A shift begins.
    OpenShift,
    /// A shift ends; the checkpoint of this document is kept beside.
    CloseShift {
        /// The document that began it.
        opened: DocumentNumber,
    },
    /// The desk's next key, vouched for by the one before.
    ChangeKey {
        /// Its number at the desk.
        no: u32,
        /// Its public half.
        public: PublicKey,
        /// The signature of the key before; none where that one is lost.
        signature: Option<Signature>,
    },
    /// What was remembered outside the database before it was brought into line with the books.
    ReAnchor {
        /// The last sequence that was remembered, with its sum; `None` when nothing was.
        remembered: Option<(u64, Digest)>,
    },
    /// All that told who a member is went.
    ErasePerson {
        /// The member.
        member: MemberId,
    },
}

/// Which policy decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PolicyMark {
    /// Its name.
    pub name: String,
    /// Its version in this shop.
    pub version: i64,
    /// Sum of its text.
    pub hash: Digest,
}

/// What a request would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Which job.
    pub job: Job,
    /// Where.
    pub desk: DeskNo,
    /// Who asks.
    pub clerk: StaffNo,
    /// The business day.
    pub business_date: Date,
    /// The policy that decided.
    pub policy: PolicyMark,
    /// Currency of all its amounts.
    pub currency: Currency,
    /// Whom and what it is about.
    pub subject: Subject,
    /// What it consists of.
    pub lines: Vec<QuoteLine>,
    /// Sum of the lines: positive goes to the member, negative is to be paid.
    pub total: Money,
    /// What moves by which tender; differs from the total by cash rounding only.
    pub payouts: Vec<Payout>,
    /// The membership's new term.
    pub term: Option<TermChange>,
    /// The posting.
    pub journal: Vec<Entry>,
    /// What else changes.
    pub effects: Vec<Effect>,
    /// The rules that spoke.
    pub rulings: Vec<Ruling>,
    /// Why, in the shop's words.
    pub reason: Option<String>,
    /// In what condition goods came back, in the shop's words.
    pub condition: Option<String>,
}

impl Quote {
    /// What all rulings come to.
    pub fn verdict(&self) -> Outcome {
        verdict(&self.rulings)
    }

    /// What moves in all: positive to the member.
    pub fn moved(&self) -> Result<Money, super::money::MoneyError> {
        Money::sum(self.currency, self.payouts.iter().map(|payout| payout.amount))
    }

    /// What hands or terminals have to move: all of it, but of an undone document neither what the terminal had not paid out
    /// yet nor what only stood on a store credit.
    pub fn to_move(&self) -> Result<Money, super::money::MoneyError> {
        if self.job != Job::Void {
            return self.moved();
        }
        let by_hand = |payout: &&Payout| payout.due || !matches!(payout.tender, Tender::Card | Tender::StoreCredit);
        Money::sum(self.currency, self.payouts.iter().filter(by_hand).map(|payout| payout.amount))
    }

    /// The digest that an approval binds: request, subject, desk, clerk, amounts, payout, journal, names and outcomes of
    /// rulings, policy and business date; never words, and never the clock.
    pub fn digest(&self, id: RequestId, request: &super::request::Request) -> Result<Digest, CannotWrite> {
        let rulings: Vec<_> = self.rulings.iter().map(|ruling| (&ruling.rule, ruling.outcome, ruling.line)).collect();
        let amounts: Vec<_> = self.lines.iter().map(|line| (line.of, &line.item, line.quantity, line.share)).collect();
        let who = (self.desk, self.clerk, &self.subject, self.business_date, self.policy.hash);
        let what = (amounts, self.total, &self.payouts, &self.journal, &self.effects);
        Ok(Digest::of(&canonical(&(id, request, who, what, rulings, &self.reason, &self.condition))?))
    }
}

/// Who gave a second person's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApprovalMark {
    /// The person.
    pub by: StaffNo,
    /// What the person was then.
    pub role: Role,
    /// When.
    pub at: Moment,
    /// The digest that was approved.
    pub digest: Digest,
    /// Whether the clerk approved alone, where the policy lets a shop of one person do so.
    pub own: bool,
}

/// What happened, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Id.
    pub id: DocumentId,
    /// Number on the receipt.
    pub number: DocumentNumber,
    /// The request it answers.
    pub request: RequestId,
    /// When it was posted.
    pub at: Moment,
    /// Who approved, where that was needed.
    pub approval: Option<ApprovalMark>,
    /// The card it issued.
    pub card: Option<CardNumber>,
    /// The store credit it issued.
    pub credit: Option<CreditCode>,
    /// Sum of the receipt's layout, so that the paper is chained too.
    pub paper: Digest,
    /// What was done.
    pub quote: Quote,
    /// Sum of what was asked, so that what a repeated request is held against is chained too. Older documents have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Digest>,
    /// Sum of the clerk's note with its salt; the note lies beside, and may be erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Digest>,
}
