//! What must hold of a counter's books, in whole numbers and in memory: which requests may be booked, and what every line, payment, credit,
//! payout, account, desk and shift comes to. It knows nothing of how a quote is worked out.

use std::collections::BTreeMap;

use courtesy::desk::Posted;
use courtesy::domain::document::{Document, Effect};
use courtesy::domain::ids::{BillId, CreditCode, DocumentNumber, MemberId};
use courtesy::domain::request::{Job, PayoutOutcome};

/// Whether a request may be booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Must {
    Post,
    Stop,
    Either,
}

/// A line of a bill, and what has become of it: quantities in thousandths, money in minor units.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineOf {
    pub sold: i64,
    pub gross: i64,
    pub tax: i64,
    pub returned: i64,
    pub given: i64,
    pub given_tax: i64,
    pub corrected: i64,
    pub corrected_tax: i64,
    /// How often it was corrected, whether that was undone or not.
    pub corrections: u32,
}

impl LineOf {
    pub fn left(&self) -> i64 {
        self.sold - self.returned
    }
}

#[derive(Debug, Clone)]
pub struct BillOf {
    pub id: BillId,
    pub lines: Vec<LineOf>,
    pub paid: i64,
    pub used: i64,
}

#[derive(Debug, Clone, Copy)]
pub struct CreditOf {
    pub issued: i64,
    pub used: i64,
}

#[derive(Debug, Clone)]
pub struct DocumentOf {
    pub document: Document,
    pub voided: bool,
    pub payouts: Vec<&'static str>,
}

/// The books as they must be.
#[derive(Debug, Default)]
pub struct Model {
    pub bills: Vec<BillOf>,
    pub credits: BTreeMap<DocumentNumber, CreditOf>,
    pub documents: Vec<DocumentOf>,
    pub accounts: BTreeMap<String, i64>,
    pub last: BTreeMap<u16, u64>,
    pub open: BTreeMap<u16, bool>,
    pub terms: BTreeMap<MemberId, i64>,
}

type Held = Result<(), String>;

fn hold(holds: bool, what: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(what()) }
}

impl Model {
    pub fn refund(&self, bill: usize, line: usize, quantity: i64) -> Must {
        let bill = &self.bills[bill];
        let of = &bill.lines[line];
        let untouched = bill.lines.iter().all(|line| line.corrections == 0);
        match quantity {
            quantity if quantity > of.left() => Must::Stop,
            _ if untouched && bill.used == bill.lines.iter().map(|line| line.given).sum::<i64>() => Must::Post,
            _ => Must::Either,
        }
    }

    pub fn redeem(&self, credit: DocumentNumber, minor: i64) -> Must {
        let covers = self.credits.get(&credit).is_some_and(|credit| credit.issued - credit.used >= minor);
        if covers { Must::Post } else { Must::Stop }
    }

    pub fn void(&self, which: usize, desk: u16) -> Must {
        let DocumentOf { document, voided, .. } = &self.documents[which];
        let lasts = matches!(
            document.quote.job,
            Job::Void | Job::RecordPayout | Job::OpenShift | Job::CloseShift | Job::SetStaff | Job::AdoptPolicy
        );
        let spent = self.credits.get(&document.number).is_some_and(|credit| credit.used != 0);
        if *voided || lasts || spent || document.number.desk.0 != desk {
            return Must::Stop;
        }
        // Nothing came after it, so nothing stands upon it.
        if which + 1 == self.documents.len() { Must::Post } else { Must::Either }
    }

    pub fn settle(&self, which: usize) -> Must {
        match self.documents[which].payouts.first() {
            Some(&"due") => Must::Post,
            Some(&"failed") => Must::Either,
            _ => Must::Stop,
        }
    }

    pub fn shift(&self, desk: u16, opens: bool) -> Must {
        let open = self.open.get(&desk).copied().unwrap_or_default();
        if open == opens { Must::Stop } else { Must::Post }
    }

    /// Adds a document that was booked, and holds it against what may be.
    pub fn book(&mut self, posted: &Posted) -> Held {
        let document = &posted.document;
        let (quote, number) = (&document.quote, document.number);
        let last = self.last.entry(number.desk.0).or_default();
        hold(number.sequence == *last + 1, || format!("{number} follows {last}"))?;
        *last += 1;
        let mut sum = 0;
        for entry in &quote.journal {
            sum += entry.amount.minor();
            *self.accounts.entry(format!("{:?}", entry.account)).or_default() += entry.amount.minor();
        }
        hold(sum == 0, || format!("the posting of {number} is out by {sum}"))?;
        let exact: i64 = quote.payouts.iter().map(|payout| payout.exact.minor()).sum();
        hold(exact == quote.total.minor(), || format!("{number} moves {exact} for {}", quote.total))?;
        let payouts = quote.payouts.iter().map(|payout| if payout.due { "due" } else { "moved" }).collect();
        self.documents.push(DocumentOf { document: document.clone(), voided: false, payouts });
        for effect in &quote.effects {
            self.effect(document, effect)?;
        }
        self.caps()
    }

    fn line(&mut self, bill: BillId, no: u32) -> Result<&mut LineOf, String> {
        let bill = self.bills.iter_mut().find(|known| known.id == bill).ok_or("a bill of nobody")?;
        bill.lines.get_mut(no as usize - 1).ok_or_else(|| format!("no line {no}"))
    }

    fn effect(&mut self, document: &Document, effect: &Effect) -> Held {
        match effect {
            Effect::GiveBack { bill, line, quantity, share } => {
                let of = self.line(*bill, *line)?;
                let (quantity, gross) = (quantity.thousandths(), share.gross.minor());
                if quantity > 0 && of.corrections == 0 {
                    let off = (i128::from(gross) * i128::from(of.sold) - i128::from(of.gross) * i128::from(quantity)).abs();
                    hold(off <= i128::from(of.sold), || format!("{gross} for {quantity} of {of:?}"))?;
                }
                of.returned += quantity;
                of.given += gross;
                of.given_tax += share.tax.minor();
            }
            Effect::Correct { bill, line, share, .. } => {
                let of = self.line(*bill, *line)?;
                of.corrected += share.gross.minor();
                of.corrected_tax += share.tax.minor();
                of.corrections += 1;
            }
            Effect::Use { bill, exact, .. } => {
                let bill = self.bills.iter_mut().find(|known| known.id == *bill).ok_or("a bill of nobody")?;
                bill.used += exact.minor();
            }
            Effect::IssueCredit { amount, .. } => {
                self.credits.insert(document.number, CreditOf { issued: amount.minor(), used: 0 });
            }
            Effect::UseCredit { code: CreditCode(code), amount } => {
                let credit = self.credits.get_mut(code).ok_or("a credit of nobody")?;
                credit.used += amount.minor();
            }
            Effect::MarkVoided { document: undone } => {
                let known = self.documents.iter_mut().find(|known| known.document.number == *undone).ok_or("nothing undone")?;
                let mirrored = known.document.quote.total.minor() + document.quote.total.minor() == 0;
                hold(!known.voided && mirrored, || format!("{undone} undone twice or by another amount"))?;
                known.voided = true;
                known.payouts.iter_mut().filter(|state| matches!(**state, "due" | "failed")).for_each(|state| *state = "voided");
            }
            Effect::SettlePayout { document: of, payout, outcome } => {
                let known = self.documents.iter_mut().find(|known| known.document.number == *of).ok_or("nothing settled")?;
                let state = known.payouts.get_mut(*payout as usize - 1).ok_or("no such payout")?;
                hold(matches!(*state, "due" | "failed"), || format!("a payout of {of} was {state} already"))?;
                *state = if matches!(outcome, PayoutOutcome::Paid(_)) { "paid" } else { "failed" };
            }
            Effect::StartTerm { member, .. } => *self.terms.entry(*member).or_default() += 1,
            Effect::EndTerm { member, .. } => *self.terms.entry(*member).or_default() -= 1,
            Effect::OpenShift => drop(self.open.insert(document.number.desk.0, true)),
            Effect::CloseShift { .. } => drop(self.open.insert(document.number.desk.0, false)),
            _ => {}
        }
        Ok(())
    }

    /// No line, payment or credit gives more than it holds; what came back wholly has nothing left.
    fn caps(&self) -> Held {
        for bill in &self.bills {
            for of in &bill.lines {
                let given = of.given + of.corrected;
                hold((0..=of.sold).contains(&of.returned), || format!("too many came back: {of:?}"))?;
                hold((0..=of.gross).contains(&given) && of.given_tax + of.corrected_tax <= of.tax, || {
                    format!("too much: {of:?}")
                })?;
                hold(of.returned < of.sold || given == of.gross, || format!("all came back, and something is left: {of:?}"))?;
            }
            hold((0..=bill.paid).contains(&bill.used), || format!("{} of {} went back", bill.used, bill.paid))?;
        }
        for (code, credit) in &self.credits {
            hold((0..=credit.issued).contains(&credit.used), || format!("credit {code}: {credit:?}"))?;
        }
        for (member, terms) in &self.terms {
            hold(*terms >= 0, || format!("{member} has {terms} terms"))?;
        }
        let sum: i64 = self.accounts.values().sum();
        hold(sum == 0, || format!("the accounts are out by {sum}"))
    }
}
