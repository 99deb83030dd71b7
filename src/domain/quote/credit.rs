//! Redeeming store credit: the credit goes down, and the document's number is what the till takes as a payment.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::bill::Tender;
use crate::domain::document::{Effect, Payout, Quote, QuoteLine};
use crate::domain::journal::Account;
use crate::domain::money::Quantity;
use crate::domain::request::{Job, RedeemCredit};
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;
use crate::domain::standing::Share;

pub(super) fn redeem(desk: Counter<'_>, asked: &RedeemCredit) -> Result<Quote, QuoteError> {
    let credit = desk.facts.credit.as_ref().ok_or(QuoteError::Missing("store credit"))?;
    let currency = credit.balance.currency();
    let mut build = Build::new(desk, Job::RedeemCredit, currency);
    desk.check_clerk(&mut build);
    build.quote.subject.member = credit.member;
    let amount = asked.amount.unwrap_or(credit.balance);
    if !amount.is_positive() {
        build.rule(Ruling::refused("amount", Saying::new("ruling-amount-nothing")));
        return build.close();
    }
    if amount.exceeds(credit.balance)? {
        let say = Saying::new("ruling-credit-too-small").with("balance", credit.balance).with("amount", amount);
        build.rule(Ruling::refused("credit", say));
        return build.close();
    }
    let left = credit.balance.minus(amount)?;
    build.rule(Ruling::allowed("credit", Saying::new("ruling-credit-after").with("balance", credit.balance).with("left", left)));
    build.effect(Effect::UseCredit { code: credit.code, amount });
    let (item, text) = (credit.code.to_string(), credit.code.to_string());
    let share = Share { net: amount, tax: currency.zero(), gross: amount }.negated()?;
    build.line(QuoteLine { of: None, item, text, quantity: Quantity::ONE, share, taxes: Vec::new() }, Account::TillClearing)?;
    let moved = amount.negated()?;
    let payout = Payout { no: 1, tender: Tender::StoreCredit, amount: moved, exact: moved, of: None, card: None, due: false };
    build.payout(payout)?;
    build.close()
}
