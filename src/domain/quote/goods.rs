//! What goods coming back are worth: single lines by their share of what was paid, promotions by re-pricing what is kept.

use super::QuoteError;
use crate::domain::bill::{Line, PromotionGroup};
use crate::domain::money::{Money, Quantity};
use crate::domain::standing::{BillStanding, LineStanding, Share};

/// What comes back of a line and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Given {
    pub line: u32,
    pub quantity: Quantity,
    pub share: Share,
}

/// What the picked parts of lines are worth together. Each pick is at most what can still come back.
pub(super) fn worth(bill: &BillStanding, picks: &[(u32, Quantity)]) -> Result<Vec<Given>, QuoteError> {
    let mut given = Vec::new();
    let grouped = |line: &Line| bill.bill.groups.iter().any(|group| line.group == Some(group.no));
    for (line, standing) in pairs(bill).filter(|(line, _)| !grouped(line)) {
        if let Some(quantity) = picked(picks, line.no) {
            given.push(Given { line: line.no, quantity, share: standing.give_back(line, bill.bill.tax_mode, quantity)? });
        }
    }
    for group in &bill.bill.groups {
        given.extend(group_worth(bill, group, picks)?);
    }
    given.sort_by_key(|part| part.line);
    Ok(given)
}

fn pairs(bill: &BillStanding) -> impl Iterator<Item = (&Line, &LineStanding)> {
    bill.bill.lines.iter().zip(&bill.lines)
}

fn picked(picks: &[(u32, Quantity)], line: u32) -> Option<Quantity> {
    picks.iter().find(|(no, _)| *no == line).map(|(_, quantity)| *quantity)
}

/// A promotion's limits hold for the group: what was paid for it, less what the kept pieces cost, less what was given.
/// The money is taken from the group's lines in proportion to what they still hold, so no line gives more than it took.
fn group_worth(bill: &BillStanding, group: &PromotionGroup, picks: &[(u32, Quantity)]) -> Result<Vec<Given>, QuoteError> {
    let members: Vec<_> = pairs(bill).filter(|(line, _)| line.group == Some(group.no)).collect();
    if members.iter().all(|(line, _)| picked(picks, line.no).is_none()) {
        return Ok(Vec::new());
    }
    let currency = bill.bill.currency;
    let left = |(line, standing): &(&Line, &LineStanding)| standing.remaining(line).and_then(|left| left.within(left));
    let remaining = members.iter().map(left).collect::<Result<Vec<_>, _>>()?;
    let held = Money::sum(currency, remaining.iter().map(|share| share.gross))?;
    let mut kept = Vec::new();
    for (line, standing) in &members {
        let left = standing.can_return(line)?.minus(picked(picks, line.no).unwrap_or_default())?;
        let regular = group.regular.iter().find(|(no, _)| *no == line.no).map_or(line.gross, |(_, price)| *price);
        let pieces = (left.thousandths().max(0) + 999) / 1_000;
        kept.extend((0..pieces).map(|_| regular));
    }
    let back = held.minus(kept_cost(group, kept, currency.zero())?)?.not_below_nothing();
    let weights: Vec<i64> = remaining.iter().map(|share| share.gross.minor()).collect();
    let parts = back.allocate(&weights)?;
    let mut given = Vec::new();
    for (((line, _), left), gross) in members.iter().zip(remaining).zip(parts) {
        let quantity = picked(picks, line.no).unwrap_or_default();
        let share = if gross == left.gross { left } else { Share::of(gross, left.tax.in_proportion(gross, left.gross)?)? };
        if quantity.is_positive() || !share.gross.is_zero() {
            given.push(Given { line: line.no, quantity, share });
        }
    }
    Ok(given)
}

/// What pieces cost under the promotion: of every full set the cheapest are free.
fn kept_cost(group: &PromotionGroup, mut pieces: Vec<Money>, zero: Money) -> Result<Money, QuoteError> {
    pieces.sort_by_key(|price| std::cmp::Reverse(price.minor()));
    let (buy, set) = (group.buy as usize, (group.buy + group.free) as usize);
    let paid = pieces.iter().enumerate().filter(|(i, _)| {
        let in_full_set = set > 0 && i / set < pieces.len() / set;
        !in_full_set || i % set < buy
    });
    Ok(paid.map(|(_, price)| *price).try_fold(zero, Money::plus)?)
}
