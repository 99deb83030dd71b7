//! The sales of the practice shop's last weeks.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use rust_decimal::Decimal;

use super::{Good, Practice, pick, random_id};
use crate::desk::DeskError;
use crate::desk::progress::Steps;
use crate::domain::bill::{Bill, BillKind, CardTrace, Line, LineTax, Payment, PromotionGroup, TaxMode, Tender};
use crate::domain::calendar::{ShopDay, days_later};
use crate::domain::ids::{BillId, MemberId};
use crate::domain::money::{Currency, Money, Quantity, Rate};
use crate::store::{Tx, bill};

/// Days of trade before today.
const DAYS: u32 = 42;
/// Bills a day.
const BILLS_A_DAY: u32 = 24;
/// How many bills there are.
pub(super) const BILLS: u32 = DAYS * BILLS_A_DAY;
/// The number of the first bill, which belongs to the first member and is the one of the drawings.
const DRAWN: u32 = 536_365;
/// Pieces on it, which trainers know by heart.
const DRAWN_PIECES: [i64; 5] = [6, 8, 1, 6, 1];

/// Makes them.
pub(super) fn make(
    tx: &mut Tx<'_>,
    practice: &Practice,
    members: &[MemberId],
    random: &mut fastrand::Rng,
    day: &ShopDay,
    today: Date,
    steps: &mut Steps<'_>,
) -> Result<(), DeskError> {
    for nth in 0..BILLS {
        let (day_no, of_day) = (nth / BILLS_A_DAY, nth % BILLS_A_DAY);
        let date = days_later(today, i32::try_from(day_no).unwrap_or(0) - i32::try_from(DAYS).unwrap_or(0))?;
        let opens = date.at(9, 0, 0, 0).to_zoned(day.zone.clone()).map_err(|_| crate::domain::calendar::OutOfCalendar)?;
        let at = opens.timestamp() + SignedDuration::from_mins(i64::from(of_day) * 25 + random.i64(0..20));
        let member = if random.u8(0..5) == 0 { None } else { Some(*pick(random, members)?) };
        let number = DRAWN + nth;
        let member = if number == DRAWN { members.first().copied() } else { member };
        let sold = sale(practice, random, day, Sold { number, at, date, member })?;
        bill::put(tx, &sold)?;
        steps.done(1);
    }
    Ok(())
}

/// When and to whom something is sold.
struct Sold {
    number: u32,
    at: Timestamp,
    date: Date,
    member: Option<MemberId>,
}

fn sale(practice: &Practice, random: &mut fastrand::Rng, day: &ShopDay, sold: Sold) -> Result<Bill, DeskError> {
    let currency = practice.currency;
    let is_drawn = sold.number == DRAWN;
    let mut lines = Vec::new();
    let mut groups = Vec::new();
    let count = if is_drawn { DRAWN_PIECES.len() } else { random.usize(1..6) };
    for i in 0..count {
        let good = if is_drawn { &practice.goods[i] } else { pick(random, &practice.goods)? };
        let pieces = match DRAWN_PIECES.get(i) {
            Some(pieces) if is_drawn => *pieces,
            _ if good.price > Decimal::ONE_HUNDRED => 1,
            _ => random.i64(1..5),
        };
        let no = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
        lines.push(line(good, currency, no, pieces, random.u8(0..12) == 0 && !is_drawn)?);
    }
    if !is_drawn && random.u8(0..15) == 0 {
        promotion(practice, currency, &mut lines, &mut groups)?;
    }
    let gross = Money::sum(currency, lines.iter().map(|line| line.gross))?;
    let till = format!("{}", 1 + random.u8(0..4));
    Ok(Bill {
        id: BillId(random_id(random)),
        key: format!("practice/{till}/{}/{}", sold.date, sold.number),
        number: sold.number.to_string(),
        kind: BillKind::Sale,
        till,
        at: day.moment(sold.at),
        business_date: sold.date,
        member: sold.member,
        currency,
        tax_mode: TaxMode::Included,
        payments: payments(random, gross, is_drawn)?,
        lines,
        rounding: currency.zero(),
        groups,
    })
}

fn line(good: &Good, currency: Currency, no: u32, pieces: i64, reduced: bool) -> Result<Line, DeskError> {
    let quantity = Quantity::pieces(pieces)?;
    let regular = currency.exact(good.price * Decimal::from(pieces))?;
    let discount = if reduced { regular.rate(Rate::from_ppm(100_000))? } else { currency.zero() };
    taxed(good, no, quantity, regular.minus(discount)?, discount, None)
}

fn taxed(good: &Good, no: u32, quantity: Quantity, gross: Money, discount: Money, group: Option<u32>) -> Result<Line, DeskError> {
    let tax = gross.tax_inside(good.tax)?;
    let taxes = if tax.is_zero() { vec![] } else { vec![LineTax { code: good.tax.to_string(), rate: good.tax, amount: tax }] };
    Ok(Line {
        no,
        item: good.item.clone(),
        text: good.text.clone(),
        department: good.department.clone(),
        quantity,
        unit_price: good.price,
        discount,
        net: gross.minus(tax)?,
        tax,
        gross,
        taxes,
        returns: None,
        group,
    })
}

/// Three boxes of chocolate for the price of two.
fn promotion(
    practice: &Practice,
    currency: Currency,
    lines: &mut Vec<Line>,
    groups: &mut Vec<PromotionGroup>,
) -> Result<(), DeskError> {
    let Some(good) = practice.goods.last() else { return Ok(()) };
    let price = currency.exact(good.price)?;
    let mut regular = Vec::new();
    for i in 0..3 {
        let no = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
        let (gross, discount) = if i < 2 { (price, currency.zero()) } else { (currency.zero(), price) };
        lines.push(taxed(good, no, Quantity::ONE, gross, discount, Some(1))?);
        regular.push((no, price));
    }
    groups.push(PromotionGroup { no: 1, name: "3 for 2".to_owned(), buy: 2, free: 1, regular });
    Ok(())
}

fn payments(random: &mut fastrand::Rng, gross: Money, by_card: bool) -> Result<Vec<Payment>, DeskError> {
    let last_four = if by_card { "4821".to_owned() } else { format!("{:04}", random.u32(0..10_000)) };
    let reference = Some(format!("T{:06}", random.u32(0..1_000_000)));
    let card = CardTrace { brand: Some("Visa".to_owned()), last_four: Some(last_four), reference };
    let pay = |no, tender, amount, card| Payment { no, tender, amount, card };
    Ok(match random.u8(0..20) {
        _ if by_card => vec![pay(1, Tender::Card, gross, Some(card))],
        0..5 => vec![pay(1, Tender::Cash, gross, None)],
        5 if gross.minor() > 2_000 => {
            let cash = gross.currency().minor(1_000);
            vec![pay(1, Tender::Cash, cash, None), pay(2, Tender::Card, gross.minus(cash)?, Some(card))]
        }
        _ => vec![pay(1, Tender::Card, gross, Some(card))],
    })
}
