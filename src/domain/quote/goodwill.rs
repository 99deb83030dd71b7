//! Goodwill: a percentage or an amount, back to what the bill was paid with or onto store credit, against budgets.

use super::build::{Build, share_taxes};
use super::{Counter, QuoteError, payout};
use crate::domain::bill::{LineTax, Tender};
use crate::domain::document::{Effect, Payout, Quote, QuoteLine};
use crate::domain::journal::Account;
use crate::domain::money::{Money, Quantity};
use crate::domain::policy::{Ceiling, Ceilings, of_the_shop};
use crate::domain::request::{Give, Goodwill, GoodwillTo, Job};
use crate::domain::ruling::{Asked, Ruling, limit};
use crate::domain::say::Saying;
use crate::domain::standing::{BillStanding, Share};

pub(super) fn give(desk: Counter<'_>, asked: &Goodwill) -> Result<Quote, QuoteError> {
    let bill = desk.facts.bills.first().map(|facts| &facts.standing);
    if bill.is_none() && (asked.to == GoodwillTo::Bill || matches!(asked.give, Give::Percent(_))) {
        return Err(QuoteError::Missing("bill"));
    }
    let currency = bill.map_or(desk.facts.currency, |bill| bill.bill.currency);
    let mut build = Build::new(desk, Job::Goodwill, currency);
    desk.check_clerk(&mut build);
    build.quote.reason = build.answer(asked.reason.as_ref(), &desk.policy.goodwill.reasons);
    let amount = amount(&asked.give, bill)?;
    if !amount.is_positive() {
        build.rule(Ruling::refused("amount", Saying::new("ruling-amount-nothing")));
        return build.close();
    }
    if let Some(left) = bill.map(BillStanding::left_to_pay).transpose()?
        && amount.exceeds(left)?
    {
        let id = if left.is_positive() { "ruling-more-than-bill" } else { "ruling-nothing-left" };
        let say = Saying::new(id).with("left", left);
        build.rule(Ruling::refused("paid-cap", say));
        return build.close();
    }
    match (asked.to, bill) {
        (GoodwillTo::Bill, Some(bill)) => off_the_bill(&mut build, desk, bill, amount)?,
        _ => onto_credit(&mut build, amount)?,
    }
    check_budgets(&mut build, desk, amount)?;
    build.close()
}

/// The amount asked for; a percentage is of what of the bill has not been given back.
fn amount(give: &Give, bill: Option<&BillStanding>) -> Result<Money, QuoteError> {
    match (give, bill) {
        (Give::Amount(amount), _) => Ok(*amount),
        (Give::Percent(rate), Some(bill)) => Ok(bill.left_to_pay()?.rate(*rate)?),
        (Give::Percent(_), None) => Err(QuoteError::Missing("bill")),
    }
}

fn onto_credit(build: &mut Build, amount: Money) -> Result<(), QuoteError> {
    let zero = amount.currency().zero();
    let share = Share { net: amount, tax: zero, gross: amount };
    add_line(build, None, share, Vec::new())?;
    let payout = Payout { no: 1, tender: Tender::StoreCredit, amount, exact: amount, of: None, card: None, due: false };
    build.payout(payout)?;
    payout::issue_credit(build, true)
}

/// Shares the apology out over the bill's lines, so that its tax and what the lines still give back follow it.
fn off_the_bill(build: &mut Build, desk: Counter<'_>, bill: &BillStanding, amount: Money) -> Result<(), QuoteError> {
    let rules = &desk.policy.goodwill;
    let zero = amount.currency().zero();
    let mut remaining = Vec::new();
    for (line, standing) in bill.bill.lines.iter().zip(&bill.lines).filter(|(line, _)| line.quantity.is_positive()) {
        let left = standing.remaining(line)?;
        if left.gross.is_positive() {
            remaining.push((line, standing, left));
        }
    }
    let weights: Vec<i64> = remaining.iter().map(|(_, _, left)| left.gross.minor()).collect();
    let mut whole = Share { net: zero, tax: zero, gross: zero };
    let mut taxes: Vec<LineTax> = Vec::new();
    for ((line, standing, left), gross) in remaining.into_iter().zip(amount.allocate(&weights)?) {
        let tax = if rules.lowers_tax { left.tax.in_proportion(gross, left.gross)? } else { zero };
        let share = Share::of(gross, tax)?;
        whole = whole.plus(share)?;
        merge(&mut taxes, share_taxes(line, standing, tax)?)?;
        if rules.set_off && gross.is_positive() {
            let returned_before = standing.returned;
            build.effect(Effect::Correct { bill: bill.bill.id, line: line.no, returned_before, share, price: false });
        }
    }
    add_line(build, Some(bill), whole, taxes)?;
    payout::pay_back(build, desk, bill, amount, None)?;
    payout::issue_credit(build, true)
}

fn merge(all: &mut Vec<LineTax>, more: Vec<LineTax>) -> Result<(), QuoteError> {
    for tax in more {
        match all.iter_mut().find(|known| known.code == tax.code && known.rate == tax.rate) {
            Some(known) => known.amount = known.amount.plus(tax.amount)?,
            None => all.push(tax),
        }
    }
    Ok(())
}

fn add_line(build: &mut Build, bill: Option<&BillStanding>, share: Share, taxes: Vec<LineTax>) -> Result<(), QuoteError> {
    let text = build.quote.reason.clone().unwrap_or_default();
    let item = bill.map(|bill| bill.bill.number.clone()).unwrap_or_default();
    build.line(QuoteLine { of: None, item, text, quantity: Quantity::ONE, share, taxes }, Account::Goodwill)
}

fn check_budgets(build: &mut Build, desk: Counter<'_>, amount: Money) -> Result<(), QuoteError> {
    let (spent, rules, role) = (&desk.facts.spent, &desk.policy.goodwill, desk.facts.clerk.role);
    let currency = build.quote.currency;
    let by_role: [(&str, Money, &Ceilings, &str, &str); 2] = [
        ("goodwill-limit", spent.goodwill_day, &desk.policy.limits.goodwill, "ruling-within-limit", "ruling-above-limit"),
        ("goodwill-day", spent.goodwill_clerk_day, &rules.budget_day, "ruling-goodwill-budget", "ruling-goodwill-budget-over"),
    ];
    for (rule, before, ceilings, within, above) in by_role {
        let together = amount.plus(before)?;
        let asked = Asked { rule, role, together, within, above, beyond: "ruling-beyond-limit" };
        let ruling = limit(asked, ceilings, currency)?;
        build.rule(ruling);
    }
    let shared: [(&str, Money, Ceiling, &str, &str); 2] = [
        (
            "goodwill-member",
            spent.goodwill_member_year,
            rules.member_year,
            "ruling-goodwill-member",
            "ruling-goodwill-member-over",
        ),
        ("goodwill-shop", spent.goodwill_shop_month, rules.shop_month, "ruling-goodwill-shop", "ruling-goodwill-shop-over"),
    ];
    for (rule, before, ceiling, within, above) in shared {
        let together = amount.plus(before)?;
        let asked = Asked { rule, role, together, within, above, beyond: "ruling-beyond-limit" };
        let ruling = limit(asked, &of_the_shop(ceiling), currency)?;
        build.rule(ruling);
    }
    Ok(())
}
