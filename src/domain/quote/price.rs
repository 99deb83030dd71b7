//! Price corrections: charged less right, with its tax, once a line and up to the line; no goods move.

use super::build::{Build, share_taxes};
use super::refund::none_left;
use super::{Counter, QuoteError, payout};
use crate::domain::bill::{Line, TaxMode};
use crate::domain::document::{Effect, Quote, QuoteLine};
use crate::domain::journal::Account;
use crate::domain::money::{MoneyError, Quantity, Rounding};
use crate::domain::request::{CorrectPrice, Job, RightPrice};
use crate::domain::ruling::{Asked, Outcome, Ruling, limit};
use crate::domain::say::Saying;
use crate::domain::standing::{BillStanding, LineStanding, Share};

pub(super) fn correct(desk: Counter<'_>, asked: &CorrectPrice) -> Result<Quote, QuoteError> {
    let bill = &desk.facts.bills.first().ok_or(QuoteError::Missing("bill"))?.standing;
    let mut build = Build::new(desk, Job::CorrectPrice, bill.bill.currency);
    desk.check_clerk(&mut build);
    build.quote.reason = build.answer(asked.reason.as_ref(), &desk.policy.price_reasons);
    for (i, right) in asked.lines.iter().enumerate() {
        let (line, standing) =
            bill.line(right.line).ok_or_else(|| QuoteError::NoSuchLine { bill: bill.bill.number.clone(), line: right.line })?;
        if asked.lines[..i].iter().any(|other| other.line == right.line) {
            build.rule(Ruling::refused("once-a-line", say("ruling-line-named-twice", line)).about(line.no));
            continue;
        }
        correct_line(&mut build, bill, (line, standing), right)?;
    }
    if build.quote.lines.is_empty() {
        if build.quote.verdict() != Outcome::Refused {
            build.rule(Ruling::refused("nothing-left", Saying::new("ruling-no-line-picked")));
        }
        return build.close();
    }
    let gross = build.quote.total;
    payout::pay_back(&mut build, desk, bill, gross, asked.to)?;
    payout::issue_credit(&mut build, false)?;
    let asked = Asked {
        rule: "price-limit",
        role: desk.facts.clerk.role,
        together: gross.plus(desk.facts.spent.price_day)?,
        within: "ruling-within-limit",
        above: "ruling-above-limit",
        beyond: "ruling-beyond-limit",
    };
    let ruling = limit(asked, &desk.policy.limits.price_correction, build.quote.currency)?;
    build.rule(ruling);
    build.close()
}

fn say(id: &str, line: &Line) -> Saying {
    Saying::new(id).with("text", line.text.as_str())
}

fn correct_line(
    build: &mut Build,
    bill: &BillStanding,
    of: (&Line, &LineStanding),
    right: &RightPrice,
) -> Result<(), QuoteError> {
    let (line, standing) = of;
    let kept = standing.can_return(line)?;
    if kept.is_zero() {
        build.rule(Ruling::refused("left-to-return", say(none_left(standing), line)).about(line.no));
        return Ok(());
    }
    if standing.corrected {
        build.rule(Ruling::refused("once-a-line", say("ruling-corrected-before", line)).about(line.no));
        return Ok(());
    }
    if right.price.is_sign_negative() && !right.price.is_zero() {
        build.rule(Ruling::refused("price", say("ruling-price-below-nothing", line)).about(line.no));
        return Ok(());
    }
    let mode = bill.bill.tax_mode;
    let charged = standing.charged_for_kept(line, mode)?;
    let Some(share) = difference(mode, charged, kept, right)? else {
        build.rule(Ruling::refused("price", say("ruling-not-dearer", line)).about(line.no));
        return Ok(());
    };
    let share = share.within(standing.remaining(line)?)?;
    if share.gross.is_zero() {
        build.rule(Ruling::refused("left-to-return", say("ruling-nothing-of-it", line)).about(line.no));
        return Ok(());
    }
    build.rule(Ruling::allowed("price", say("ruling-price-difference", line).with("difference", share.gross)).about(line.no));
    let effect = Effect::Correct { bill: bill.bill.id, line: line.no, returned_before: standing.returned, share, price: true };
    build.effect(effect);
    let taxes = share_taxes(line, standing, share.tax)?;
    let of = Some((bill.bill.id, line.no));
    let quoted = QuoteLine { of, item: line.item.clone(), text: line.text.clone(), quantity: kept, share, taxes };
    build.line(quoted, Account::Corrections)
}

/// Charged less right, with its tax; `None` when nothing was charged too much.
fn difference(mode: TaxMode, charged: Share, kept: Quantity, right: &RightPrice) -> Result<Option<Share>, QuoteError> {
    let currency = charged.gross.currency();
    let amount = right.price.checked_mul(kept.decimal()).ok_or(MoneyError::Overflow)?;
    let right = currency.round(amount, Rounding::HalfUp)?;
    let share = match mode {
        TaxMode::Included => {
            let gross = charged.gross.minus(right)?;
            if !gross.is_positive() {
                return Ok(None);
            }
            Share::of(gross, charged.tax.in_proportion(gross, charged.gross)?)?
        }
        TaxMode::Added => {
            let net = charged.net.minus(right)?;
            if !net.is_positive() {
                return Ok(None);
            }
            let tax = charged.tax.in_proportion(net, charged.net)?;
            Share { net, tax, gross: net.plus(tax)? }
        }
    };
    Ok(Some(share))
}
