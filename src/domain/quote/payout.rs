//! Which tender money goes back to: the bill's own payments in the policy's order, each at most what it paid.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::bill::{Bill, Payment, Tender};
use crate::domain::document::{Effect, Payout};
use crate::domain::money::{Currency, Money};
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
    let mut payments: Vec<(&Payment, &Used)> = bill.bill.payments.iter().zip(&bill.used).collect();
    let place = |tender: Tender| desk.policy.payouts.order.iter().position(|next| *next == tender).unwrap_or(usize::MAX);
    payments.sort_by_key(|(payment, _)| place(payment.tender));
    let mut left = gross;
    for (payment, used) in payments {
        let cover = covers.iter().find(|(no, _)| *no == payment.no).map_or(gross.currency().zero(), |(_, amount)| *amount);
        let room = cover.minus(used.exact)?;
        if !left.is_positive() || !room.is_positive() {
            continue;
        }
        let exact = left.at_most(room)?;
        left = left.minus(exact)?;
        let tender = to.unwrap_or(payment.tender);
        let amount = rounded(desk, payment, used, exact, exact == room, tender)?;
        check_tender(build, desk, payment.tender, tender);
        build.effect(Effect::Use { bill: bill.bill.id, payment: payment.no, exact, paid: amount });
        let card = if tender == payment.tender { payment.card.clone() } else { None };
        let of = Some((bill.bill.id, payment.no));
        build.payout(Payout { no: build.next_payout(), tender, amount, exact, of, card, due: tender == Tender::Card })?;
    }
    if left.is_positive() {
        refuse_rest(build, &bill.bill, left)?;
    }
    Ok(())
}

/// The money that goes out for an exact share of a payment. Cash is rounded to the coin over all parts together, and the
/// part that completes a cash payment pays what is left of what was paid.
fn rounded(
    desk: Counter<'_>,
    payment: &Payment,
    used: &Used,
    exact: Money,
    completes: bool,
    tender: Tender,
) -> Result<Money, QuoteError> {
    let step_minor = desk.policy.payouts.cash_step_minor;
    let left = payment.amount.minus(used.paid)?;
    if payment.tender == Tender::Cash && completes {
        return Ok(left);
    }
    if tender != Tender::Cash {
        return Ok(exact);
    }
    let before = used.exact.to_step(step_minor)?;
    let after = used.exact.plus(exact)?.to_step(step_minor)?;
    let amount = after.minus(before)?;
    Ok(if payment.tender == Tender::Cash { amount.at_most(left)? } else { amount })
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

/// More than was paid never goes back; the posting is balanced so that the clerk can see what was asked.
fn refuse_rest(build: &mut Build, bill: &Bill, left: Money) -> Result<(), QuoteError> {
    let say = Saying::new("ruling-paid-cap").with("bill", bill.number.as_str()).with("over", left);
    build.rule(Ruling::refused("paid-cap", say));
    let payout = Payout {
        no: build.next_payout(),
        tender: Tender::StoreCredit,
        amount: left,
        exact: left,
        of: None,
        card: None,
        due: false,
    };
    build.payout(payout)
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
