//! Builds a quote step by step and closes it with a proved posting.

use super::{Counter, QuoteError};
use crate::domain::bill::{Line, LineTax, Tender};
use crate::domain::document::{BillName, Effect, Payout, Quote, QuoteLine, Subject};
use crate::domain::journal::{Account, Journal};
use crate::domain::member::{FieldFault, check_text};
use crate::domain::money::{Currency, Money, MoneyError};
use crate::domain::payment_card;
use crate::domain::request::Job;
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;
use crate::domain::standing::{BillStanding, LineStanding};

/// A quote in the making.
pub(super) struct Build {
    pub quote: Quote,
    pub journal: Journal,
}

impl Build {
    pub(super) fn new(desk: Counter<'_>, job: Job, currency: Currency) -> Self {
        let facts = desk.facts;
        let member = facts.member.as_ref().map(|member| member.id);
        let quote = Quote {
            job,
            desk: facts.desk,
            clerk: facts.clerk.no,
            business_date: desk.today,
            policy: facts.policy.clone(),
            currency,
            subject: Subject {
                member,
                bills: facts.bills.iter().map(|bill| bill_name(&bill.standing)).collect(),
                document: None,
            },
            lines: Vec::new(),
            total: currency.zero(),
            payouts: Vec::new(),
            term: None,
            journal: Vec::new(),
            effects: Vec::new(),
            rulings: Vec::new(),
            reason: None,
            condition: None,
        };
        Self { quote, journal: Journal::new(currency) }
    }

    pub(super) fn rule(&mut self, ruling: Ruling) {
        if !self.quote.rulings.contains(&ruling) {
            self.quote.rulings.push(ruling);
        }
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.quote.effects.push(effect);
    }

    /// Adds a line and books it: net to an account, tax to its codes.
    pub(super) fn line(&mut self, line: QuoteLine, account: Account) -> Result<(), QuoteError> {
        self.quote.total = self.quote.total.plus(line.share.gross)?;
        self.journal.debit(account, line.share.net)?;
        for tax in &line.taxes {
            self.journal.debit(Account::Tax(tax.code.clone()), tax.amount)?;
        }
        self.quote.lines.push(line);
        Ok(())
    }

    /// Adds money that moves and books it, cash rounding on its own account.
    pub(super) fn payout(&mut self, payout: Payout) -> Result<(), QuoteError> {
        let account = match payout.tender {
            Tender::StoreCredit => Account::StoreCredit,
            tender => Account::Tender(tender),
        };
        self.journal.credit(account, payout.amount)?;
        self.journal.debit(Account::CashRounding, payout.amount.minus(payout.exact)?)?;
        self.quote.payouts.push(payout);
        Ok(())
    }

    pub(super) fn next_payout(&self) -> u32 {
        u32::try_from(self.quote.payouts.len()).map_or(u32::MAX, |n| n.saturating_add(1))
    }

    /// Checks an answer against the shop's list; absent, it is the usual one, the first.
    pub(super) fn answer(&mut self, asked: Option<&String>, list: &[String]) -> Option<String> {
        if let Some(text) = asked
            && !list.contains(text)
        {
            let say = Saying::new("ruling-answer-unlisted").with("answer", payment_card::mask(text));
            self.rule(Ruling::refused("listed-answer", say));
        }
        asked.or(list.first()).cloned()
    }

    /// Refuses a field that cannot stand.
    pub(super) fn check_field(&mut self, rule: &str, found: Result<(), FieldFault>) {
        if let Err(fault) = found {
            self.rule(Ruling::refused(rule, field_fault(fault)));
        }
    }

    /// The terminal's reference as it is kept: needed, and never a card's own number.
    pub(super) fn reference(&mut self, rule: &str, typed: Option<&str>) -> Option<String> {
        let typed = typed.map(str::trim).filter(|text| !text.is_empty());
        match typed {
            None => self.rule(Ruling::refused(rule, Saying::new("ruling-reference-needed"))),
            Some(text) => self.check_field(rule, check_text(text, LONGEST_REFERENCE)),
        }
        typed.map(str::to_owned)
    }

    /// The finished quote; its posting balances.
    pub(super) fn close(mut self) -> Result<Quote, QuoteError> {
        if self.quote.total.minor().unsigned_abs() > LARGEST_MINOR {
            return Err(MoneyError::Overflow.into());
        }
        self.quote.journal = self.journal.close()?;
        Ok(self.quote)
    }
}

/// The largest amount that the books hold, in minor units.
const LARGEST_MINOR: u64 = 1_000_000_000_000_000;

/// Characters of the longest reference that a terminal gives.
const LONGEST_REFERENCE: usize = 60;

/// What to say about a field that cannot stand.
pub(super) fn field_fault(fault: FieldFault) -> Saying {
    Saying::new(match fault {
        FieldFault::Missing => "fault-missing",
        FieldFault::TooLong => "fault-too-long",
        FieldFault::NotAName => "fault-not-a-name",
        FieldFault::ImpossibleDay => "fault-impossible-day",
        FieldFault::NotAnAddress => "fault-not-an-address",
        FieldFault::NotANumber => "fault-not-a-number",
        FieldFault::NotPlain => "fault-not-plain",
        FieldFault::CardNumber => "fault-card-number",
    })
}

fn bill_name(standing: &BillStanding) -> BillName {
    let bill = &standing.bill;
    BillName { id: bill.id, number: bill.number.clone(), date: bill.business_date }
}

/// The tax of a part of a line by code: what each code comes to with it, less what it came to before, so that no code
/// ever gives back more than it took.
pub(super) fn share_taxes(line: &Line, standing: &LineStanding, tax: Money) -> Result<Vec<LineTax>, QuoteError> {
    if line.taxes.is_empty() || tax.is_zero() {
        return Ok(Vec::new());
    }
    let before = line.tax.minus(standing.remaining(line)?.tax)?;
    let (then, now) = (by_code(&line.taxes, before)?, by_code(&line.taxes, before.plus(tax)?)?);
    let parts = line.taxes.iter().zip(now.into_iter().zip(then));
    parts.map(|(of, (now, then))| Ok(LineTax { amount: now.minus(then)?, ..of.clone() })).collect()
}

/// A part of a line's tax shared out code by code; each code's share grows with the part and ends at what it took.
fn by_code(taxes: &[LineTax], tax: Money) -> Result<Vec<Money>, MoneyError> {
    let mut of = Money::sum(tax.currency(), taxes.iter().map(|tax| tax.amount))?;
    let mut left = tax;
    let mut parts = Vec::with_capacity(taxes.len());
    for (i, code) in taxes.iter().enumerate() {
        let last = i + 1 == taxes.len();
        let part = if last || of.is_zero() { left } else { left.in_proportion(code.amount, of)? };
        (left, of) = (left.minus(part)?, of.minus(code.amount)?);
        parts.push(part);
    }
    Ok(parts)
}
