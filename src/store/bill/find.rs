//! Finding bills: by what is printed on them, by what they hold, by member, day or amount.

use std::str::FromStr;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::put::kind;
use super::{Left, Summary};
use crate::domain::digest::Digest;
use crate::domain::ids::{BillId, MemberId};
use crate::domain::money::Rounding;
use crate::store::member::fold;
use crate::store::{Asked, Result, Row, Tx, Value, shop};

/// A letter after every other one, so that a range holds all numbers with a start.
const LAST_LETTER: char = '\u{10FFFF}';

/// The shortest part of an item's text that is looked for.
const SHORTEST: usize = 3;

/// Bills of a name: an id, a key, or a number, which several may share; these oldest first.
pub fn resolve(tx: &mut Tx<'_>, name: &str) -> Result<Vec<BillId>> {
    ask_named(tx, name)?.answer(tx)
}

/// As [`resolve`], for an answer that is needed later.
pub fn ask_named(tx: &mut Tx<'_>, name: &str) -> Result<Asked<Vec<BillId>>> {
    let sql = "SELECT 1, id, at_us, key FROM bill WHERE site = ?1 AND id = ?3
        UNION ALL SELECT 2, id, at_us, key FROM bill WHERE site = ?1 AND key = ?2
        UNION ALL SELECT 3, id, at_us, key FROM bill WHERE site = ?1 AND number = ?2 ORDER BY 1, 3, 4";
    let name = name.trim();
    tx.ask(sql, &[tx.site(), name.into(), BillId::from_str(name).ok().into()], |rows| {
        // What it is first of these it is, even where it could be another.
        let same = |row: &&Row| rows.first().is_some_and(|first| row.value(0) == first.value(0));
        rows.iter().take_while(same).map(|row| row.uuid(1).map(BillId)).collect()
    })
}

/// Whose the bill of a key is, and the sum of its content.
pub fn kept_under(tx: &mut Tx<'_>, key: &str) -> Result<Option<(Option<MemberId>, Digest)>> {
    let row = tx.one("SELECT member, digest FROM bill WHERE site = ?1 AND key = ?2", &[tx.site(), key.into()])?;
    row.map(|row| Ok((row.maybe(0, |row, column| row.uuid(column).map(MemberId))?, row.digest(1)?))).transpose()
}

/// A member's bills with an item, oldest first.
pub fn with_item(tx: &mut Tx<'_>, member: MemberId, item: &str) -> Result<Vec<BillId>> {
    let sql = "SELECT b.id FROM bill b WHERE b.site = ?1 AND b.member = ?2 AND EXISTS
            (SELECT 1 FROM bill_line l WHERE l.site = b.site AND l.bill = b.id AND l.item = ?3)
        ORDER BY b.at_us, b.key";
    ids(tx, sql, &[member.into(), item.into()])
}

/// A member's bills, newest first.
pub fn of_member(tx: &mut Tx<'_>, member: MemberId, limit: usize) -> Result<Vec<Summary>> {
    let sql = "SELECT id FROM bill WHERE site = ?1 AND member = ?2 ORDER BY at_us DESC, id DESC LIMIT ?3";
    let found = ids(tx, sql, &[member.into(), many(limit)])?;
    summaries(tx, found)
}

/// The newest bills.
pub fn recent(tx: &mut Tx<'_>, limit: usize) -> Result<Vec<Summary>> {
    let sql = "SELECT id FROM bill WHERE site = ?1 ORDER BY business_date DESC, at_us DESC LIMIT ?2";
    let found = ids(tx, sql, &[many(limit)])?;
    summaries(tx, found)
}

/// Bills by their key, the start of their number, a day, an amount, an item's code or a part of its text; newest first of each.
pub fn search(tx: &mut Tx<'_>, text: &str, limit: usize) -> Result<Vec<Summary>> {
    let text = text.trim();
    if text.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let newest = "ORDER BY business_date DESC, at_us DESC LIMIT";
    let mut found = ids(tx, "SELECT id FROM bill WHERE site = ?1 AND key = ?2", &[text.into()])?;
    let sql = format!("SELECT id FROM bill WHERE site = ?1 AND number >= ?2 AND number < ?3 AND key <> ?2 {newest} ?4");
    found.extend(ids(tx, &sql, &[text.into(), format!("{text}{LAST_LETTER}").into(), many(limit)])?);
    if let Some(day) = day(text) {
        let sql = format!("SELECT id FROM bill WHERE site = ?1 AND business_date = ?2 {newest} ?3");
        found.extend(ids(tx, &sql, &[day.into(), many(limit)])?);
    }
    if let Some(minor) = amount(tx, text)? {
        let sql = format!("SELECT id FROM bill WHERE site = ?1 AND gross_minor = ?2 {newest} ?3");
        found.extend(ids(tx, &sql, &[minor.into(), many(limit)])?);
    }
    if found.len() < limit && fold(text).chars().count() >= SHORTEST {
        found.extend(of_goods(tx, text, limit)?);
    }
    let mut once: Vec<BillId> = Vec::new();
    for id in found {
        if !once.contains(&id) && once.len() < limit {
            once.push(id);
        }
    }
    summaries(tx, once)
}

/// Bills with goods of a code, or whose text holds all words; of each of the goods the bills that came in last, newest first.
fn of_goods(tx: &mut Tx<'_>, text: &str, limit: usize) -> Result<Vec<BillId>> {
    let words: Vec<String> = fold(text).split_whitespace().map(str::to_owned).collect();
    let mut params = vec![tx.site(), text.into(), many(limit)];
    let mut holds = Vec::with_capacity(words.len());
    for word in words {
        params.push(word.into());
        holds.push(format!("instr(folded, ?{}) > 0", params.len()));
    }
    let holds = if holds.is_empty() { "1 = 0".to_owned() } else { holds.join(" AND ") };
    let sql = format!("SELECT code, text FROM item WHERE site = ?1 AND (code = ?2 OR ({holds})) LIMIT ?3");
    let mut found = Vec::new();
    for goods in tx.query(&sql, &params)? {
        let sql = "SELECT b.business_date, b.at_us, b.id FROM bill_line l JOIN bill b ON b.site = l.site AND b.id = l.bill
            WHERE l.site = ?1 AND l.item = ?2 AND l.text = ?3 ORDER BY l.bill DESC LIMIT ?4";
        for row in tx.query(sql, &[tx.site(), goods.text(0)?.into(), goods.text(1)?.into(), many(limit)])? {
            found.push((row.date(0)?, row.int(1)?, BillId(row.uuid(2)?)));
        }
    }
    found.sort_by(|one, other| other.cmp(one));
    Ok(found.into_iter().map(|(_, _, id)| id).collect())
}

fn ids(tx: &mut Tx<'_>, sql: &str, params: &[Value]) -> Result<Vec<BillId>> {
    let params: Vec<Value> = std::iter::once(tx.site()).chain(params.iter().cloned()).collect();
    tx.query(sql, &params)?.iter().map(|row| row.uuid(0).map(BillId)).collect()
}

fn many(limit: usize) -> Value {
    Value::Int(i64::try_from(limit).unwrap_or(i64::MAX))
}

/// A day as people write it: `2026-10-12` or `12.10.2026`.
fn day(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| {
        let mut parts = text.trim_end_matches('.').split(['.', '/']);
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok().filter(|_| parts.next().is_none())
    })
}

/// An amount in the minor units of the shop's currency, with a point or a comma.
fn amount(tx: &mut Tx<'_>, text: &str) -> Result<Option<i64>> {
    let Ok(decimal) = Decimal::from_str(&text.replace(',', ".")) else { return Ok(None) };
    let Some(shop) = shop::load(tx)? else { return Ok(None) };
    Ok(shop.currency.round(decimal, Rounding::HalfUp).ok().map(|money| money.minor()))
}

fn summaries(tx: &mut Tx<'_>, ids: Vec<BillId>) -> Result<Vec<Summary>> {
    let sql =
        "SELECT b.id, b.number, b.kind, b.till, b.at_us, b.offset_min, b.business_date, b.member, b.currency, b.gross_minor,
            b.lines,
            (SELECT COALESCE(CAST(SUM(quantity) AS BIGINT), 0) FROM line_event e WHERE e.site = b.site AND e.bill = b.id),
            (SELECT COALESCE(CAST(SUM(quantity) AS BIGINT), 0) FROM till_return r WHERE r.site = b.site AND r.sale_key = b.key),
            (SELECT COALESCE(CAST(SUM(quantity) AS BIGINT), 0) FROM bill_line l
                WHERE l.site = b.site AND l.bill = b.id AND l.quantity > 0)
        FROM bill b WHERE b.site = ?1 AND b.id = ?2";
    let mut summaries = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(row) = tx.one(sql, &[tx.site(), id.into()])? {
            summaries.push(summary(&row)?);
        }
    }
    Ok(summaries)
}

fn summary(row: &Row) -> Result<Summary> {
    let (returned, sold) = (row.int(11)?.saturating_add(row.int(12)?), row.int(13)?);
    let left = match returned {
        returned if returned <= 0 => Left::All,
        returned if returned < sold => Left::Part,
        _ => Left::Nothing,
    };
    Ok(Summary {
        id: BillId(row.uuid(0)?),
        number: row.string(1)?,
        kind: row.named(2, "a kind of bill", kind)?,
        till: row.string(3)?,
        at: row.moment(4)?,
        business_date: row.date(6)?,
        member: row.maybe(7, |row, column| row.uuid(column).map(MemberId))?,
        gross: row.money(9, row.currency(8)?)?,
        lines: row.int(10)?,
        left,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_as_people_write_them() {
        for (text, wanted) in [
            ("2026-10-12", Some(date(2026, 10, 12))),
            ("12.10.2026", Some(date(2026, 10, 12))),
            ("12/10/2026", Some(date(2026, 10, 12))),
            ("31.2.2026", None),
            ("12.10", None),
            ("536365", None),
        ] {
            assert_eq!(day(text), wanted, "{text}");
        }
    }
}
