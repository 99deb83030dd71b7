//! Refunds: a whole bill, lines, parts of lines, or some of an item over several bills, oldest first.

use super::build::{Build, share_taxes};
use super::goods::{Given, worth};
use super::{BillFacts, Counter, QuoteError, payout};
use jiff::civil::Date;

use crate::domain::calendar::{days_between, days_later};
use crate::domain::document::{Effect, Quote, QuoteLine};
use crate::domain::journal::Account;
use crate::domain::money::Quantity;
use crate::domain::policy::{Policy, ReturnWindow};
use crate::domain::request::{Goods, Job, LinePart, Refund, Seen};
use crate::domain::ruling::{Asked, Outcome, Ruling, limit};
use crate::domain::say::{Named, Saying};
use crate::domain::staff::Role;
use crate::domain::standing::{BillStanding, LineStanding};

/// Parts of a bill's lines that come back.
type Picks = Vec<(u32, Quantity)>;

pub(super) fn refund(desk: Counter<'_>, asked: &Refund) -> Result<Quote, QuoteError> {
    let first = desk.facts.bills.first();
    if first.is_none() && !matches!(asked.goods, Goods::Item { .. }) {
        return Err(QuoteError::Missing("bill"));
    }
    let currency = first.map_or(desk.facts.currency, |facts| facts.standing.bill.currency);
    let mut build = Build::new(desk, Job::Refund, currency);
    desk.check_clerk(&mut build);
    build.quote.reason = build.answer(asked.reason.as_ref(), &desk.policy.returns.reasons);
    build.quote.condition = build.answer(asked.condition.as_ref(), &desk.policy.returns.conditions);
    let picks = picks(&mut build, desk, &asked.goods)?;
    if let (Some(facts), Some(seen)) = (first, &asked.seen) {
        check_seen(&mut build, &facts.standing, seen);
    }
    for (facts, picks) in desk.facts.bills.iter().zip(picks) {
        give_back(&mut build, desk, facts, &picks, asked)?;
    }
    payout::issue_credit(&mut build, false)?;
    let touched: Vec<_> = build.quote.lines.iter().filter_map(|line| line.of.map(|(bill, _)| bill)).collect();
    build.quote.subject.bills.retain(|bill| touched.contains(&bill.id) || touched.is_empty());
    if !build.quote.lines.is_empty() {
        check_limit(&mut build, desk)?;
    } else if build.quote.verdict() != Outcome::Refused {
        let nothing_named = matches!(&asked.goods, Goods::Lines { lines, .. } if lines.is_empty());
        let id = if nothing_named { "ruling-no-goods-picked" } else { "ruling-nothing-left" };
        build.rule(Ruling::refused("nothing-left", Saying::new(id)));
    }
    build.close()
}

/// Why nothing of a line can come back: all of it has, or there never was anything of it.
pub(super) fn none_left(standing: &LineStanding) -> &'static str {
    if standing.returned.is_positive() { "ruling-none-left" } else { "ruling-nothing-of-it" }
}

/// What of each bill comes back. What cannot is refused by a ruling and left out.
fn picks(build: &mut Build, desk: Counter<'_>, goods: &Goods) -> Result<Vec<Picks>, QuoteError> {
    match goods {
        Goods::Bill { .. } => desk.facts.bills.iter().map(|facts| whole(&facts.standing)).collect(),
        Goods::Lines { lines, .. } => desk.facts.bills.iter().map(|facts| parts(build, &facts.standing, lines)).collect(),
        Goods::Item { item, quantity, .. } => oldest_first(build, desk, item, *quantity),
    }
}

fn whole(bill: &BillStanding) -> Result<Picks, QuoteError> {
    let mut picks = Picks::new();
    for (line, standing) in bill.bill.lines.iter().zip(&bill.lines) {
        let left = standing.can_return(line)?;
        if left.is_positive() {
            picks.push((line.no, left));
        }
    }
    Ok(picks)
}

fn parts(build: &mut Build, bill: &BillStanding, asked: &[LinePart]) -> Result<Picks, QuoteError> {
    let mut picks = Picks::new();
    for part in asked {
        let no_line = || QuoteError::NoSuchLine { bill: bill.bill.number.clone(), line: part.line };
        let (line, standing) = bill.line(part.line).ok_or_else(no_line)?;
        let left = standing.can_return(line)?;
        let before = picks.iter().find(|(no, _)| *no == part.line).map_or(Quantity::ZERO, |(_, quantity)| *quantity);
        let asked = part.quantity.unwrap_or(left.minus(before)?);
        let wanted = asked.plus(before)?;
        if part.quantity.is_some() && !asked.is_positive() {
            build.rule(Ruling::refused("left-to-return", Saying::new("ruling-quantity-nothing")).about(line.no));
            continue;
        }
        if !wanted.is_positive() || wanted > left {
            let id = if left.is_zero() { none_left(standing) } else { "ruling-can-still-come-back" };
            let say = Saying::new(id).with("text", line.text.as_str()).with("left", left).with("asked", wanted);
            build.rule(Ruling::refused("left-to-return", say).about(line.no));
            continue;
        }
        picks.retain(|(no, _)| *no != part.line);
        picks.push((part.line, wanted));
    }
    Ok(picks)
}

/// Takes an item from the oldest bill first, all or nothing.
fn oldest_first(build: &mut Build, desk: Counter<'_>, item: &str, quantity: Quantity) -> Result<Vec<Picks>, QuoteError> {
    let mut all = Vec::with_capacity(desk.facts.bills.len());
    let mut missing = quantity;
    for facts in &desk.facts.bills {
        let bill = &facts.standing;
        let mut picks = Picks::new();
        for (line, standing) in bill.bill.lines.iter().zip(&bill.lines).filter(|(line, _)| line.item == item) {
            let part = standing.can_return(line)?.min(missing);
            if part.is_positive() {
                picks.push((line.no, part));
                missing = missing.minus(part)?;
            }
        }
        all.push(picks);
    }
    if !quantity.is_positive() {
        build.rule(Ruling::refused("left-to-return", Saying::new("ruling-quantity-nothing")));
        all.iter_mut().for_each(Vec::clear);
    } else if missing.is_positive() {
        let left = quantity.minus(missing)?;
        let id = if left.is_zero() { "ruling-item-never-bought" } else { "ruling-can-still-come-back" };
        let say = Saying::new(id).with("text", item).with("left", left).with("asked", quantity);
        build.rule(Ruling::refused("left-to-return", say));
        all.iter_mut().for_each(Vec::clear);
    }
    Ok(all)
}

fn check_seen(build: &mut Build, bill: &BillStanding, seen: &[Seen]) {
    for seen in seen {
        if let Some((line, standing)) = bill.line(seen.line)
            && standing.returned != seen.returned
        {
            let say = Saying::new("ruling-changed-since-seen")
                .with("text", line.text.as_str())
                .with("seen", seen.returned)
                .with("now", standing.returned);
            build.rule(Ruling::refused("seen", say).about(line.no));
        }
    }
}

fn give_back(build: &mut Build, desk: Counter<'_>, facts: &BillFacts, picks: &Picks, asked: &Refund) -> Result<(), QuoteError> {
    if picks.is_empty() {
        return Ok(());
    }
    let bill = &facts.standing;
    let before = build.quote.total;
    for Given { line: no, quantity, share } in worth(bill, picks)? {
        let Some((line, standing)) = bill.line(no) else { continue };
        if quantity.is_positive() {
            build.rule(window_ruling(desk.policy, facts, no, desk.today)?);
        }
        let taxes = share_taxes(line, standing, share.tax)?;
        build.effect(Effect::GiveBack { bill: bill.bill.id, line: no, quantity, share });
        let quoted =
            QuoteLine { of: Some((bill.bill.id, no)), item: line.item.clone(), text: line.text.clone(), quantity, share, taxes };
        build.line(quoted, Account::Returns)?;
    }
    let gross = build.quote.total.minus(before)?;
    payout::pay_back(build, desk, bill, gross, asked.to)
}

fn check_limit(build: &mut Build, desk: Counter<'_>) -> Result<(), QuoteError> {
    let asked = Asked {
        rule: "refund-limit",
        role: desk.facts.clerk.role,
        together: build.quote.total.plus(desk.facts.spent.refund_day)?,
        within: "ruling-within-limit",
        above: "ruling-above-limit",
        beyond: "ruling-beyond-limit",
    };
    let ruling = limit(asked, &desk.policy.limits.refund, build.quote.currency)?;
    build.rule(ruling);
    Ok(())
}

/// The window of a line under today's policy, or under that of the day of sale where it is kinder.
pub(super) fn window_ruling(policy: &Policy, facts: &BillFacts, line: u32, today: Date) -> Result<Ruling, QuoteError> {
    let now = one_window(policy, facts, line, today)?;
    let then = facts.policy_then.as_ref().map(|policy| one_window(policy, facts, line, today)).transpose()?;
    Ok(match then {
        Some(then) if then.outcome < now.outcome => then,
        _ => now,
    })
}

fn one_window(policy: &Policy, facts: &BillFacts, no: u32, today: Date) -> Result<Ruling, QuoteError> {
    let bill = &facts.standing.bill;
    let line = bill.line(no).ok_or_else(|| QuoteError::NoSuchLine { bill: bill.number.clone(), line: no })?;
    let Some(window) = policy.window(line) else { return Err(QuoteError::Missing("return window")) };
    let age = days_between(bill.business_date, today);
    Ok(judge(window, &line.text, age, bill.business_date)?.about(no))
}

/// What a window says of goods of an age in days.
fn judge(window: &ReturnWindow, text: &str, age: i32, bought: Date) -> Result<Ruling, QuoteError> {
    let say = |id: &str| {
        let days = i64::from(window.days.unwrap_or(0));
        Saying::new(id).with("text", text).with("window", window.name.as_str()).with("days", days).with("age", i64::from(age))
    };
    if window.never {
        return Ok(Ruling::refused("return-window", say("ruling-never-comes-back")));
    }
    let Some(days) = window.days else { return Ok(Ruling::allowed("return-window", say("ruling-any-time"))) };
    if age <= days {
        let until = days_later(bought, days)?;
        return Ok(Ruling::allowed("return-window", say("ruling-in-window").with("until", until)));
    }
    if age <= days.saturating_add(window.approval_days) {
        return Ok(Ruling::asks(
            "return-window",
            Role::Manager,
            say("ruling-window-over-ask").with("role", Role::Manager.value()),
        ));
    }
    let say = say("ruling-window-over").with("role", Role::Manager.value());
    Ok(Ruling { outcome: Outcome::RefusedUnless(Role::Manager), ..Ruling::refused("return-window", say) })
}
