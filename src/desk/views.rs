//! What a screen shows of a member, a bill, or the day: read once, computed by the domain.

use super::facts::of_bill;
use super::{Desk, DeskError};
use crate::domain::bill::Line;
use crate::domain::credit::Credit;
use crate::domain::document::Document;
use crate::domain::ids::{BillId, CreditCode, DocumentNumber, MemberId};
use crate::domain::member::Member;
use crate::domain::membership::{Plan, Prospect, Status, prospects, status};
use crate::domain::money::{Money, Quantity};
use crate::domain::policy::Policy;
use crate::domain::quote::window;
use crate::domain::request::Job;
use crate::domain::ruling::{Outcome, Ruling};
use crate::domain::standing::{BillStanding, Share};
use crate::receipt::layout::Filled;
use crate::store::document::{DocumentRow, DuePayout, PayoutState, Posted as Stored};
use crate::store::{Tx, bill, credit, document, member, person};

/// A member with all that the counter needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberView {
    /// The member.
    pub member: Member,
    /// Status today.
    pub status: Status,
    /// Name of the plan, when there is a term.
    pub plan: Option<Plan>,
    /// What paying now, at the end, or after a lapse would give.
    pub prospects: Vec<Prospect>,
    /// Bills, newest first.
    pub bills: Vec<bill::Summary>,
    /// Documents, newest first.
    pub documents: Vec<DocumentRow>,
    /// Store credits with a balance.
    pub credits: Vec<Credit>,
}

/// A line of a bill with what can still come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineView {
    /// The line.
    pub line: Line,
    /// How many can still come back.
    pub left: Quantity,
    /// How many have come back.
    pub returned: Quantity,
    /// What all of that is worth.
    pub worth: Share,
    /// What the return window says.
    pub window: Option<Ruling>,
    /// What was paid for one piece.
    pub each: Money,
}

impl LineView {
    /// Whether it may come back, with or without a second person's word.
    pub fn may_come_back(&self) -> bool {
        self.left.is_positive() && self.window.as_ref().is_some_and(|ruling| ruling.outcome != Outcome::Refused)
    }
}

/// A bill with all that the counter needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillView {
    /// The bill and what happened to it.
    pub standing: BillStanding,
    /// Its lines.
    pub lines: Vec<LineView>,
    /// Whose it is.
    pub member: Option<Member>,
    /// What may still come back of it is worth.
    pub left: Money,
    /// Documents about it, newest first.
    pub documents: Vec<DocumentRow>,
}

/// A payout that the terminal has still to confirm.
pub type DueView = DuePayout;

/// A posted document with what became of it since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentView {
    /// The document.
    pub document: Document,
    /// Its receipt as it prints.
    pub receipt: Filled,
    /// What became of each payout.
    pub payouts: Vec<PayoutState>,
    /// The document that undid it.
    pub undone_by: Option<DocumentNumber>,
    /// The clerk's note, unless it was erased.
    pub note: Option<String>,
}

/// The day at this desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeView {
    /// What was posted here last, newest first.
    pub recent: Vec<DocumentRow>,
    /// Card payouts that are due, oldest first.
    pub due: Vec<DueView>,
    /// How many of each job this desk did today.
    pub done: Vec<(Job, usize)>,
    /// What went back to members at this desk today.
    pub given_back: Money,
    /// Bills that came in last.
    pub bills: Vec<bill::Summary>,
}

/// Rows of a list on a screen.
const ROWS: usize = 50;

impl Desk {
    /// A member with bills, documents and credits.
    pub fn member(&mut self, id: MemberId) -> Result<MemberView, DeskError> {
        let (today, policy, currency) = (self.today()?, self.policy()?, self.shop.currency);
        self.store.read(|tx| {
            let missing = || DeskError::NotFound { what: "member", name: id.to_string() };
            let member = member::load(tx, id)?.ok_or_else(missing)?;
            let status = status(member.since, &member.terms, policy.status, today)?;
            let plan = member.last_term().map(|term| policy.plan(&term.plan, currency)).transpose()?.flatten();
            let prospects = match &plan {
                Some(plan) => prospects(plan, member.last_term(), today)?,
                None => Vec::new(),
            };
            let bills = bill::of_member(tx, id, ROWS)?;
            let documents = document::of_member(tx, id, ROWS)?;
            let credits = credit::of_member(tx, id)?.into_iter().filter(|credit| credit.balance.is_positive()).collect();
            Ok(MemberView { member, status, plan, prospects, bills, documents, credits })
        })
    }

    /// A bill with what can still come back of each line.
    pub fn bill(&mut self, id: BillId) -> Result<BillView, DeskError> {
        let today = self.today()?;
        let Self { store, policies, .. } = self;
        store.read(|tx| {
            let (facts, policy) = of_bill(tx, policies, id, today)?;
            let mut lines = Vec::with_capacity(facts.standing.bill.lines.len());
            for (line, standing) in facts.standing.bill.lines.iter().zip(&facts.standing.lines) {
                let left = standing.can_return(line)?;
                let worth = standing.give_back(line, facts.standing.bill.tax_mode, left)?;
                let window = if left.is_positive() { Some(window(&facts, &policy, line.no, today)?) } else { None };
                let (returned, each) = (standing.returned, line.paid_each()?);
                lines.push(LineView { line: line.clone(), left, returned, worth, window, each });
            }
            let member = facts.standing.bill.member.map(|id| member::load(tx, id)).transpose()?.flatten();
            let worth = lines.iter().filter(|line| line.may_come_back()).map(|line| line.worth.gross);
            let left = Money::sum(facts.standing.bill.currency, worth)?.at_most(facts.standing.left_to_pay()?)?;
            let documents = document::of_bill(tx, id)?;
            Ok(BillView { standing: facts.standing, lines, member, left, documents })
        })
    }

    /// The day at this desk.
    pub fn home(&mut self) -> Result<HomeView, DeskError> {
        let (today, number, currency) = (self.today()?, self.number, self.shop.currency);
        self.store.read(|tx| {
            let recent = document::recent(tx, Some(number), ROWS)?;
            let mine: Vec<&DocumentRow> = recent.iter().filter(|row| row.business_date == today && !row.voided).collect();
            let done = Job::ALL.iter().map(|job| (*job, mine.iter().filter(|row| row.job == *job).count())).collect();
            let back = mine.iter().filter(|row| row.total.is_positive() && row.total.currency() == currency).map(|row| row.total);
            let given_back = Money::sum(currency, back)?;
            let due = document::due_payouts(tx)?;
            let bills = bill::recent(tx, ROWS)?;
            Ok(HomeView { recent, due, done, given_back, bills })
        })
    }

    /// A posted document with its receipt and what became of it.
    pub fn document_view(&mut self, number: DocumentNumber) -> Result<DocumentView, DeskError> {
        let (receipt, document) = self.filled(number, 0)?;
        self.store.read(|tx| {
            let (payouts, undone_by) = (document::payout_states(tx, number)?, document::undone_by(tx, number)?);
            let note = person::note(tx, number)?.map(|note| note.text);
            Ok(DocumentView { document: document.clone(), receipt: receipt.clone(), payouts, undone_by, note })
        })
    }

    /// A posted document.
    pub fn document(&mut self, number: DocumentNumber) -> Result<Stored, DeskError> {
        self.store.read(|tx| stored(tx, number))
    }

    /// The clerk's note on a document; `None` where there is none, or it was erased.
    pub fn note(&mut self, number: DocumentNumber) -> Result<Option<String>, DeskError> {
        Ok(self.store.read(|tx| person::note(tx, number))?.map(|note| note.text))
    }

    /// A store credit.
    pub fn credit(&mut self, code: CreditCode) -> Result<Credit, DeskError> {
        let missing = || DeskError::NotFound { what: "store credit", name: code.to_string() };
        self.store.read(|tx| credit::load(tx, code)?.ok_or_else(missing))
    }

    /// The plans on offer today, with fees.
    pub fn plans(&mut self) -> Result<Vec<Plan>, DeskError> {
        let (policy, currency): (std::sync::Arc<Policy>, _) = (self.policy()?, self.shop.currency);
        Ok(policy.plans.iter().map(|plan| plan.priced(currency)).collect::<Result<_, _>>()?)
    }
}

pub(super) fn stored(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Stored, DeskError> {
    let missing = || DeskError::NotFound { what: "document", name: number.to_string() };
    document::by_number(tx, number)?.ok_or_else(missing)
}
