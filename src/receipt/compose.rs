//! Receipts from quotes: which rows a paper has, job by job.
//!
//! The same rows are the preview while the clerk works and the stored receipt once the document is posted; only then are there a
//! number and bars. Amounts are printed as the receipt's heading means them: what a refund gives back and what a fee costs both stand
//! there without a sign, and a sign means the other direction.

mod jobs;

use std::collections::BTreeMap;

use super::layout::{Line, Paper, PersonPart, Row, Slot, Text, Weight};
use crate::domain::calendar::Moment;
use crate::domain::document::{Payout, Quote, QuoteLine};
use crate::domain::ids::{BillId, CardNumber, CreditCode, DocumentNumber};
use crate::domain::money::{Money, Rate};
use crate::domain::request::Job;
use crate::text::{Arg, Words};

/// What a receipt is made from.
#[derive(Debug, Clone, Copy)]
pub struct Composing<'a> {
    /// The shop, as it calls itself.
    pub shop_name: &'a str,
    /// Where it is, in one line; empty when nobody said.
    pub shop_address: &'a str,
    /// The clerk's name as printed.
    pub clerk: &'a str,
    /// Who approved, where that was needed.
    pub approver: Option<&'a str>,
    /// The document's number; none while it is a preview.
    pub number: Option<DocumentNumber>,
    /// When it is or was posted.
    pub at: Moment,
    /// What was done.
    pub quote: &'a Quote,
    /// The membership card that was issued.
    pub card: Option<CardNumber>,
    /// The store credit that was issued.
    pub credit: Option<CreditCode>,
}

/// Lays a receipt out. Persons are slots; every other word is the document's or the language's.
pub fn compose(composing: &Composing<'_>, words: &Words) -> Paper {
    let mut sheet = Sheet { of: composing, quote: composing.quote, words, rows: Vec::new() };
    sheet.head();
    sheet.body();
    sheet.foot();
    Paper { language: words.language().code().to_owned(), rows: sheet.rows }
}

/// A paper in the making.
struct Sheet<'a> {
    of: &'a Composing<'a>,
    quote: &'a Quote,
    words: &'a Words,
    rows: Vec<Row>,
}

impl Sheet<'_> {
    fn head(&mut self) {
        self.rows.push(Row::Title(self.of.shop_name.into()));
        if !self.of.shop_address.is_empty() {
            self.rows.push(Row::Centered(self.of.shop_address.into()));
        }
        self.rows.push(Row::Rule(Line::Dashed));
        self.rows.push(Row::Heading(self.words.plain(title(self.quote.job)).into()));
    }

    /// Whose receipt it is; a new member's card is shown whole further down.
    fn member(&mut self) {
        let Some(member) = self.quote.subject.member else { return };
        let left: Text = self.words.plain("receipt-member").into();
        let slot = |part| Text::from(Slot { person: member.0, part });
        self.rows.push(Row::Pair { left, right: slot(PersonPart::Name), weight: Weight::Normal });
        if self.quote.job != Job::SignUp {
            let left = self.words.plain("receipt-card").into();
            self.rows.push(Row::Pair { left, right: slot(PersonPart::Card), weight: Weight::Normal });
        }
    }

    /// The lines, each bill's under its number and day.
    fn lines(&mut self) {
        let quote = self.quote;
        if quote.lines.is_empty() {
            return;
        }
        self.rule(Line::Dashed);
        for bill in &quote.subject.bills {
            let left = self.words.say("receipt-bill", &[("number", Arg::text(&*bill.number))]);
            self.pair(left, self.words.formats().date(bill.date), Weight::Normal);
            self.lines_of(Some(bill.id));
        }
        self.lines_of(None);
    }

    fn lines_of(&mut self, bill: Option<BillId>) {
        let quote = self.quote;
        for line in quote.lines.iter().filter(|line| line.of.map(|(of, _)| of) == bill) {
            let detail = (line.of.is_some() && line.quantity.is_zero()).then(|| self.words.plain("receipt-offer-again").into());
            let amount = self.amount(line.share.gross).into();
            self.rows.push(Row::Item { text: self.line_text(line).into(), amount, detail });
        }
    }

    /// Goods are counted; a fee, an apology and a share of an offer are not.
    fn line_text(&self, line: &QuoteLine) -> String {
        if matches!(self.quote.job, Job::SignUp | Job::Renew) {
            return self.words.plain("receipt-fee");
        }
        if line.of.is_none() || line.quantity.is_zero() {
            return line.text.clone();
        }
        self.words.say("receipt-line", &[("quantity", line.quantity.into()), ("text", Arg::text(&*line.text))])
    }

    /// Net, tax by rate and the total that a member looks for.
    fn total(&mut self, label: &str) {
        let mut taxes: BTreeMap<Rate, Money> = BTreeMap::new();
        for tax in self.quote.lines.iter().flat_map(|line| &line.taxes) {
            let sum = taxes.entry(tax.rate).or_insert_with(|| self.quote.currency.zero());
            *sum = sum.plus(tax.amount).unwrap_or(*sum);
        }
        if !taxes.is_empty() {
            let net = Money::sum(self.quote.currency, self.quote.lines.iter().map(|line| line.share.net));
            self.rule(Line::Dashed);
            self.pair(self.words.plain("receipt-net"), self.amount(net.unwrap_or(self.quote.total)), Weight::Normal);
        }
        for (rate, amount) in taxes {
            self.pair(self.words.say("receipt-tax", &[("rate", rate.into())]), self.amount(amount), Weight::Normal);
        }
        self.rule(Line::Solid);
        self.pair(label.to_owned(), self.words.formats().money(self.turned(self.quote.total)), Weight::Big);
    }

    /// How the money moved, and what cash rounding made of it.
    fn payouts(&mut self) {
        let quote = self.quote;
        let moved = quote.moved().unwrap_or(quote.total);
        if let Ok(rounding) = moved.minus(quote.total)
            && !rounding.is_zero()
        {
            self.pair(self.words.plain("receipt-rounding"), self.amount(rounding), Weight::Normal);
        }
        let credited = |payout: &&Payout| quote.job == Job::Goodwill && payout.of.is_none();
        for payout in quote.payouts.iter().filter(|payout| !credited(payout)) {
            self.pair(self.tender(payout), self.amount(payout.amount), Weight::Bold);
            let reference = payout.card.as_ref().and_then(|card| card.reference.clone());
            if payout.of.is_none()
                && let Some(reference) = reference
            {
                self.pair(self.words.plain("receipt-terminal-reference"), reference, Weight::Normal);
            }
            self.terminal(payout);
        }
    }

    /// What the card terminal has still to do.
    fn terminal(&mut self, payout: &Payout) {
        let note = match (self.quote.job, payout.due) {
            (Job::Void, true) => self.words.plain("receipt-card-undo"),
            (Job::Void, false) if payout.card.is_some() => self.words.plain("receipt-card-nothing"),
            (_, true) => self.words.plain("receipt-card-due"),
            (_, false) => return,
        };
        self.rows.push(Row::Paragraph(note.into()));
    }

    /// The tender of a payout, with what is known of the card.
    fn tender(&self, payout: &Payout) -> String {
        let tender = Arg::named(&payout.tender);
        let words = match (payout.amount.is_negative(), self.quote.job) {
            (false, _) => self.words.say("receipt-paid-out", &[("tender", tender)]),
            (true, Job::Void) => self.words.say("receipt-taken-back", &[("tender", tender)]),
            (true, _) => self.words.say("receipt-paid", &[("tender", tender)]),
        };
        let Some(card) = &payout.card else { return words };
        let last_four = card.last_four.as_ref().map(|figures| format!("··{figures}"));
        [Some(words), card.brand.clone(), last_four].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Why, in what condition and by whose word.
    fn grounds(&mut self) {
        let said_as_line = self.quote.job == Job::Goodwill;
        let reason = self.quote.reason.clone().filter(|_| !said_as_line).map(|text| (self.words.plain("receipt-reason"), text));
        let condition = self.quote.condition.clone().map(|text| (self.words.plain("receipt-condition"), text));
        let approver = self.of.approver.map(|name| (self.words.plain("receipt-approved-by"), name.to_owned()));
        let grounds: Vec<_> = [reason, condition, approver].into_iter().flatten().collect();
        if !grounds.is_empty() {
            self.rule(Line::Dashed);
        }
        for (left, right) in grounds {
            self.pair(left, right, Weight::Normal);
        }
    }

    /// Who served, where and when, and the number that finds the document again.
    fn foot(&mut self) {
        self.grounds();
        self.rule(Line::Dashed);
        self.pair(self.words.plain("receipt-served-by"), self.of.clerk.to_owned(), Weight::Normal);
        let desk = self.words.say("receipt-desk", &[("desk", Arg::text(self.quote.desk.to_string()))]);
        let at = self.words.formats().moment(self.of.at);
        self.pair(desk, at.unwrap_or_else(|_| self.words.formats().date(self.quote.business_date)), Weight::Normal);
        if let Some(number) = self.of.number {
            self.bars("receipt-number", number.to_string());
        }
        if !internal(self.quote.job) {
            self.rows.extend([Row::Space, Row::Centered(self.words.plain("receipt-thanks").into())]);
        }
    }

    /// Bars under a word that says what they are, so that nobody scans the wrong ones.
    fn bars(&mut self, caption: &str, number: String) {
        self.rows.extend([Row::Space, Row::Centered(self.words.plain(caption).into()), Row::Bars { number }]);
    }

    fn pair(&mut self, left: String, right: String, weight: Weight) {
        self.rows.push(Row::Pair { left: left.into(), right: right.into(), weight });
    }

    fn rule(&mut self, line: Line) {
        self.rows.push(Row::Rule(line));
    }

    /// An amount without its currency, as the heading means it.
    fn amount(&self, money: Money) -> String {
        self.words.formats().amount(self.turned(money))
    }

    /// Positive where it goes the way the whole document goes.
    fn turned(&self, money: Money) -> Money {
        if self.quote.total.is_negative() { money.negated().unwrap_or(money) } else { money }
    }
}

/// What stands over the receipt of a job.
fn title(job: Job) -> &'static str {
    match job {
        Job::SignUp => "receipt-title-sign-up",
        Job::Renew => "receipt-title-renew",
        Job::Refund => "receipt-title-refund",
        Job::CorrectPrice => "receipt-title-price-correction",
        Job::Goodwill => "receipt-title-goodwill",
        Job::RedeemCredit => "receipt-title-redeem-credit",
        Job::Void => "receipt-title-void",
        Job::RecordPayout => "receipt-title-record-payout",
        Job::SetStaff => "receipt-title-set-staff",
        Job::AdoptPolicy => "receipt-title-adopt-policy",
        Job::OpenShift => "receipt-title-open-shift",
        Job::CloseShift => "receipt-title-close-shift",
        Job::RotateKey => "receipt-title-rotate-key",
        Job::ReAnchor => "receipt-title-re-anchor",
        Job::ErasePerson => "receipt-title-erase-person",
    }
}

/// Whether the paper stays in the shop.
fn internal(job: Job) -> bool {
    match job {
        Job::SetStaff | Job::AdoptPolicy | Job::OpenShift | Job::CloseShift | Job::RotateKey | Job::ReAnchor => true,
        Job::ErasePerson => true,
        Job::SignUp | Job::Renew | Job::Refund | Job::CorrectPrice | Job::Goodwill | Job::RedeemCredit => false,
        Job::Void | Job::RecordPayout => false,
    }
}

#[cfg(test)]
mod tests;
