//! Finding members while a clerk types: by any three letters or digits, or by the first one or two letters of a name.

use super::{Hit, fold, person};
use crate::domain::ids::{CardNumber, HouseholdId, MemberId};
use crate::domain::member::Standing;
use crate::store::engine::search::SHORTEST;
use crate::store::{Result, Row, Tx, Value};

/// Numbers of the text index from here on are card numbers, those below are members' places.
pub(super) const FIRST_CARD: i64 = 1_000_000_000;

/// A letter after every other one, so that a range holds all words with a start.
const LAST_LETTER: char = '\u{10FFFF}';

/// Members of whose name, phone, e-mail, card or code the text is a part; accents do not matter. One or two letters are
/// looked for at the start of the words of a name, and at the start of a code.
pub fn search(tx: &mut Tx<'_>, text: &str, limit: usize) -> Result<Vec<Hit>> {
    let words = fold::words(text);
    if words.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    let numbers = if words.iter().any(|word| word.chars().count() >= SHORTEST) {
        tx.text_find(&words, limit)?
    } else {
        by_starts(tx, &words, limit)?
    };
    let mut hits: Vec<Hit> = Vec::with_capacity(numbers.len());
    for number in numbers {
        if let Some(hit) = hit(tx, number)?
            && hits.iter().all(|known| known.id != hit.id)
        {
            hits.push(hit);
        }
    }
    Ok(hits)
}

/// Places of members with words of a name that start so, or with a code that does.
fn by_starts(tx: &mut Tx<'_>, words: &[String], limit: usize) -> Result<Vec<i64>> {
    let mut params = vec![tx.site(), Value::Int(i64::try_from(limit).unwrap_or(i64::MAX))];
    let mut tests = Vec::new();
    for word in words {
        params.push(word.as_str().into());
        params.push(format!("{word}{LAST_LETTER}").into());
        let (from, to) = (params.len() - 1, params.len());
        tests.push(format!("start >= ?{from} AND start < ?{to}"));
    }
    let mut sql = format!("SELECT DISTINCT member_place FROM name_start n WHERE site = ?1 AND {}", tests[0]);
    for test in &tests[1..] {
        let exists = "SELECT 1 FROM name_start o WHERE o.site = n.site AND o.member_place = n.member_place";
        sql.push_str(&format!(" AND EXISTS ({exists} AND o.{})", test.replace("AND start", "AND o.start")));
    }
    sql.push_str(" LIMIT ?2");
    let mut places: Vec<i64> = tx.query(&sql, &params)?.iter().map(|row| row.int(0)).collect::<Result<_>>()?;
    if words.len() == 1 && places.len() < limit {
        let sql = "SELECT place FROM member WHERE site = ?1 AND code IS NOT NULL AND code >= ?3 AND code < ?4 LIMIT ?2";
        for row in tx.query(sql, &params)? {
            places.push(row.int(0)?);
        }
        places.truncate(limit);
    }
    Ok(places)
}

/// What is shown of what stands under a number of the text index.
fn hit(tx: &mut Tx<'_>, number: i64) -> Result<Option<Hit>> {
    let (by, place) = if number >= FIRST_CARD {
        ("m.id = (SELECT c.member FROM card c WHERE c.site = ?1 AND c.number = ?2)", number)
    } else {
        ("m.place = ?2", number)
    };
    let sql = format!(
        "SELECT m.id, m.household, m.code, m.since, m.standing, p.given, p.family, p.phone, p.email, p.address, p.born,
            (SELECT MAX(c.number) FROM card c WHERE c.site = m.site AND c.member = m.id AND c.state = 'active')
        FROM member m LEFT JOIN person p ON p.site = m.site AND p.member = m.id WHERE m.site = ?1 AND {by}"
    );
    let Some(row) = tx.one(&sql, &[tx.site(), place.into()])? else { return Ok(None) };
    let id = MemberId(row.uuid(0)?);
    let household = row.maybe(1, |row, column| row.uuid(column).map(HouseholdId))?;
    let term = last_term(tx, id, household)?;
    Ok(Some(Hit {
        id,
        person: person(&row, 5)?,
        card: row.maybe(11, card)?,
        code: row.maybe(2, Row::string)?,
        plan: term.as_ref().map(|row| row.string(0)).transpose()?,
        end: term.as_ref().map(|row| row.maybe(1, Row::date)).transpose()?.flatten(),
        since: row.date(3)?,
        standing: row.named(4, "a standing", Standing::from_name)?,
    }))
}

/// Plan and last day of the term that ends last, of a member or of the whole household.
fn last_term(tx: &mut Tx<'_>, id: MemberId, household: Option<HouseholdId>) -> Result<Option<Row>> {
    let order = "ORDER BY t.last_day IS NOT NULL, t.last_day DESC, t.first_day DESC LIMIT 1";
    let (whose, who) = match household {
        None => ("t.member = ?2", id.into()),
        Some(household) => ("t.member IN (SELECT m.id FROM member m WHERE m.site = ?1 AND m.household = ?2)", household.into()),
    };
    let sql = format!("SELECT t.plan, t.last_day FROM term t WHERE t.site = ?1 AND {whose} AND t.undone = 0 {order}");
    tx.one(&sql, &[tx.site(), who])
}

/// A card's number.
pub(super) fn card(row: &Row, column: usize) -> Result<CardNumber> {
    let number = row.int(column)?.to_string();
    number.parse().map_err(|_| crate::store::StoreError::Damaged {
        place: "a card's number".to_owned(),
        found: number,
        wanted: "a number whose last digit checks the others",
    })
}
