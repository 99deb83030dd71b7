//! Which tender money goes back to: the bill's own payments in the policy's order, each at most what it paid.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::bill::{Payment, Tender};
use crate::domain::document::{Effect, Payout};
use crate::domain::money::{Currency, Money, MoneyError};
use crate::domain::ruling::{Outcome, Ruling};
use crate::domain::say::{Named, Saying};
use crate::domain::standing::{BillStanding, Used};

/// Shares an amount of a bill's gross out over what paid it, or sends it to another tender.
pub(super) fn pay_back(
    build: &mut Build,
    desk: Counter<'_>,
    bill: &BillStanding,
    gross: Money,
    to: Option<Tender>,
) -> Result<(), QuoteError> {
    let covers = bill.bill.covers()?;
    let mut payments: Vec<((&Payment, &Used), Money)> =
        bill.bill.payments.iter().zip(&bill.used).zip(covers.into_iter().map(|(_, cover)| cover)).collect();
    let place = |tender: Tender| desk.policy.payouts.order.iter().position(|next| *next == tender).unwrap_or(usize::MAX);
    payments.sort_by_key(|((payment, _), _)| place(payment.tender));
    let mut left = gross;
    for ((payment, used), cover) in &payments {
        let room = cover.minus(used.exact)?;
        if !left.is_positive() || !room.is_positive() {
            continue;
        }
        let exact = left.at_most(room)?;
        left = left.minus(exact)?;
        let tender = to.unwrap_or(payment.tender);
        let part = Part { exact, completes: exact == room, rounded: payment.tender == Tender::Cash || *cover != payment.amount };
        let amount = part.moves(payment, used, tender, desk.policy.payouts.cash_step_minor)?;
        check_tender(build, desk, payment.tender, tender);
        build.effect(Effect::Use { bill: bill.bill.id, payment: payment.no, exact, paid: amount });
        let card = if tender == payment.tender { payment.card.clone() } else { None };
        let of = Some((bill.bill.id, payment.no));
        build.payout(Payout { no: build.next_payout(), tender, amount, exact, of, card, due: tender == Tender::Card })?;
    }
    let beside = left.at_most(bill.not_set_off()?)?;
    if let (true, Some(((last, _), _))) = (beside.is_positive(), payments.last()) {
        check_tender(build, desk, last.tender, Tender::StoreCredit);
        onto_credit(build, beside)?;
        left = left.minus(beside)?;
    }
    if left.is_positive() {
        let say = Saying::new("ruling-paid-cap").with("bill", bill.bill.number.as_str()).with("over", left);
        build.rule(Ruling::refused("paid-cap", say));
        onto_credit(build, left)?;
    }
    Ok(())
}

/// A part of a bill's gross that one of its payments gives back.
struct Part {
    exact: Money,
    /// Whether it is all that the payment can still give back.
    completes: bool,
    /// Whether what was paid had been rounded to the coin.
    rounded: bool,
}

impl Part {
    /// The money that goes out. Cash is rounded to the coin over all parts together; of a payment that had been rounded,
    /// the part that completes it pays what is left of what was paid, and none pays more than that.
    fn moves(&self, payment: &Payment, used: &Used, tender: Tender, step_minor: i64) -> Result<Money, MoneyError> {
        let left = payment.amount.minus(used.paid)?;
        let owed = match (self.rounded, self.completes) {
            (true, true) => left,
            (true, false) if tender != Tender::Cash => self.exact.at_most(left)?,
            _ if tender == Tender::Cash => used.exact.plus(self.exact)?.minus(used.paid)?,
            _ => self.exact,
        };
        if tender != Tender::Cash {
            return Ok(owed.not_below_nothing());
        }
        let coins = owed.to_step(step_minor)?;
        let coins = if self.rounded && coins.exceeds(left)? { left.down_to_step(step_minor)? } else { coins };
        Ok(coins.not_below_nothing())
    }
}

fn check_tender(build: &mut Build, desk: Counter<'_>, from: Tender, to: Tender) {
    let say = |id: &str| Saying::new(id).with("from", from.value()).with("to", to.value());
    if desk.may_go(from, to) {
        build.rule(Ruling::allowed("tender", say("ruling-tender-allowed")));
    } else {
        let role = desk.policy.payouts.override_by;
        let say = say("ruling-tender-other").with("role", role.value());
        build.rule(Ruling { outcome: Outcome::RefusedUnless(role), ..Ruling::refused("tender", say) });
    }
}

/// What no payment of the bill can take goes onto store credit: goodwill that was not set off, and what is refused as more
/// than was paid, so that the clerk sees a posting that balances.
fn onto_credit(build: &mut Build, amount: Money) -> Result<(), QuoteError> {
    let (no, tender) = (build.next_payout(), Tender::StoreCredit);
    build.payout(Payout { no, tender, amount, exact: amount, of: None, card: None, due: false })
}

/// Adds the store credit that all payouts to store credit make together.
pub(super) fn issue_credit(build: &mut Build, promotional: bool) -> Result<(), QuoteError> {
    let currency: Currency = build.quote.currency;
    let to_credit = build.quote.payouts.iter().filter(|payout| payout.tender == Tender::StoreCredit).map(|payout| payout.amount);
    let amount = Money::sum(currency, to_credit)?;
    if amount.is_positive() {
        let member = build.quote.subject.member;
        build.effect(Effect::IssueCredit { member, amount, promotional });
    }
    Ok(())
}
