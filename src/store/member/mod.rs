//! Members: the person apart from the books, cards, paid terms, and finding them while a clerk types.

mod find;
mod fold;

use jiff::civil::Date;

use super::tally::{self, Tally};
use super::{Result, Row, StoreError, Tx, Value};
use crate::domain::ids::{CardNumber, DocumentNumber, HouseholdId, MemberId};
use crate::domain::member::{Card, CardState, Member, Person, Standing};
use crate::domain::membership::Term;
use crate::store::engine::unsigned;

pub use find::search;
pub use fold::fold;

/// A member that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Id towards the books.
    pub id: MemberId,
    /// The person; `None` after erasure.
    pub person: Option<Person>,
    /// The newest card that opens something.
    pub card: Option<CardNumber>,
    /// The number the till knows.
    pub code: Option<String>,
    /// Plan of the term that ends last.
    pub plan: Option<String>,
    /// End of that term; `None` for life or without a term.
    pub end: Option<Date>,
    /// The day of joining.
    pub since: Date,
    /// What staff decided.
    pub standing: Standing,
}

/// A member with person, cards, and the terms of the whole household.
pub fn load(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<Member>> {
    let sql = "SELECT m.household, m.since, m.standing, p.given, p.family, p.phone, p.email, p.address, p.born
        FROM member m LEFT JOIN person p ON p.site = m.site AND p.member = m.id WHERE m.site = ?1 AND m.id = ?2";
    let found = tx.ask(sql, &[tx.site(), id.into()], |rows| Ok(rows.into_iter().next()))?;
    let sql = "SELECT number, state FROM card WHERE site = ?1 AND member = ?2 ORDER BY number DESC";
    let card = |row: &Row| Ok(Card { number: find::card(row, 0)?, state: row.named(1, "a card's state", card_state)? });
    let cards = tx.ask(sql, &[tx.site(), id.into()], move |rows| rows.iter().map(card).collect::<Result<_>>())?;
    let Some(row) = found.answer(tx)? else { return Ok(None) };
    let household = row.maybe(0, |row, column| row.uuid(column).map(HouseholdId))?;
    let cards = cards.answer(tx)?;
    Ok(Some(Member {
        id,
        person: person(&row, 3)?,
        household,
        since: row.date(1)?,
        standing: row.named(2, "a standing", Standing::from_name)?,
        cards,
        terms: terms(tx, id, household)?,
    }))
}

fn terms(tx: &mut Tx<'_>, id: MemberId, household: Option<HouseholdId>) -> Result<Vec<Term>> {
    let (whose, who) = match household {
        None => ("member = ?2", id.into()),
        Some(household) => ("member IN (SELECT id FROM member WHERE site = ?1 AND household = ?2)", household.into()),
    };
    let sql = format!(
        "SELECT plan, first_day, last_day, anchor, run_months, fee_minor, currency FROM term
        WHERE site = ?1 AND {whose} AND undone = 0 ORDER BY first_day, place"
    );
    let term = |row: &Row| {
        Ok(Term {
            plan: row.string(0)?,
            start: row.date(1)?,
            end: row.maybe(2, Row::date)?,
            anchor: row.date(3)?,
            run_months: row.number(4)?,
            fee: row.money(5, row.currency(6)?)?,
        })
    };
    tx.query(&sql, &[tx.site(), who])?.iter().map(term).collect()
}

/// The person whose columns start here: given, family, phone, e-mail, address, born.
fn person(row: &Row, first: usize) -> Result<Option<Person>> {
    if row.is_null(first) {
        return Ok(None);
    }
    Ok(Some(Person {
        given: row.string(first)?,
        family: row.string(first + 1)?,
        phone: row.string(first + 2)?,
        email: row.string(first + 3)?,
        address: row.string(first + 4)?,
        born: row.maybe(first + 5, Row::date)?,
    }))
}

/// How many people in good standing a household has.
pub fn household_size(tx: &mut Tx<'_>, household: HouseholdId) -> Result<u32> {
    let sql = "SELECT COUNT(*) FROM member WHERE site = ?1 AND household = ?2 AND standing <> 'cancelled'";
    tx.one(sql, &[tx.site(), household.into()])?.map_or(Ok(0), |row| row.number(0))
}

/// Whether two members are of one household.
pub fn share_household(tx: &mut Tx<'_>, one: MemberId, other: MemberId) -> Result<bool> {
    let sql = "SELECT 1 FROM member m JOIN member o ON o.site = m.site AND o.household = m.household
        WHERE m.site = ?1 AND m.id = ?2 AND o.site = ?1 AND o.id = ?3";
    Ok(tx.one(sql, &[tx.site(), one.into(), other.into()])?.is_some())
}

/// Who carries a card, whatever the card's state.
pub fn by_card(tx: &mut Tx<'_>, card: CardNumber) -> Result<Option<MemberId>> {
    let row = tx.one("SELECT member FROM card WHERE site = ?1 AND number = ?2", &[tx.site(), card_value(card)?])?;
    row.map(|row| row.uuid(0).map(MemberId)).transpose()
}

/// Whom the till knows by a number.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<MemberId>> {
    let row = tx.one("SELECT id FROM member WHERE site = ?1 AND code = ?2 AND code IS NOT NULL", &[tx.site(), code.into()])?;
    row.map(|row| row.uuid(0).map(MemberId)).transpose()
}

/// The number by which the till knows a member.
pub fn code_of(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<String>> {
    let row = tx.one("SELECT code FROM member WHERE site = ?1 AND id = ?2", &[tx.site(), id.into()])?;
    row.map_or(Ok(None), |row| row.maybe(0, Row::string))
}

/// Adds a member, or changes what is known of the person; `since` counts for a new one only, and `code` where given.
pub fn put(tx: &mut Tx<'_>, id: MemberId, person: &Person, code: Option<&str>, since: Date) -> Result<()> {
    let known = tx.one("SELECT place, code FROM member WHERE site = ?1 AND id = ?2", &[tx.site(), id.into()])?;
    let Some(known) = known else {
        let place = add(tx, id, code, since)?;
        write_person(tx, id, person)?;
        write_starts(tx, place, person)?;
        return tx.text_add(place, &fold::text_of(person, code));
    };
    let place = known.int(0)?;
    if let Some(code) = code {
        let sql = "UPDATE member SET code = ?3 WHERE site = ?1 AND id = ?2";
        tx.send(sql, &[tx.site(), id.into(), code.into()])?;
    }
    if let Some(before) = load(tx, id)?.and_then(|member| member.person) {
        forget_starts(tx, place, &before)?;
    }
    write_person(tx, id, person)?;
    write_starts(tx, place, person)?;
    let code = code.map_or_else(|| known.maybe(1, Row::string), |code| Ok(Some(code.to_owned())))?;
    tx.text_put(place, &fold::text_of(person, code.as_deref()))
}

fn add(tx: &mut Tx<'_>, id: MemberId, code: Option<&str>, since: Date) -> Result<i64> {
    let sql = "INSERT INTO member (site, id, place, code, since, standing)
        SELECT ?1, ?2, COALESCE(MAX(place), 0) + 1, ?3, ?4, 'good' FROM member WHERE site = ?1 RETURNING place";
    let row = tx.one(sql, &[tx.site(), id.into(), code.into(), since.into()])?;
    row.map_or_else(|| Err(StoreError::Engine("no member was added".to_owned())), |row| row.int(0))
}

fn write_person(tx: &mut Tx<'_>, id: MemberId, person: &Person) -> Result<()> {
    let sql = "INSERT INTO person (site, member, given, family, phone, email, address, born)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (site, member) DO UPDATE SET given = excluded.given,
            family = excluded.family, phone = excluded.phone, email = excluded.email, address = excluded.address,
            born = excluded.born";
    let params = [
        tx.site(),
        id.into(),
        person.given.as_str().into(),
        person.family.as_str().into(),
        person.phone.as_str().into(),
        person.email.as_str().into(),
        person.address.as_str().into(),
        person.born.into(),
    ];
    tx.send(sql, &params)
}

fn write_starts(tx: &mut Tx<'_>, place: i64, person: &Person) -> Result<()> {
    for start in fold::starts(person) {
        let sql = "INSERT INTO name_start (site, start, member_place) VALUES (?1, ?2, ?3)";
        tx.send(sql, &[tx.site(), start.into(), place.into()])?;
    }
    Ok(())
}

/// Takes the first letters of a name away.
pub(super) fn forget_starts(tx: &mut Tx<'_>, place: i64, person: &Person) -> Result<()> {
    for start in fold::starts(person) {
        let sql = "DELETE FROM name_start WHERE site = ?1 AND start = ?2 AND member_place = ?3";
        tx.send(sql, &[tx.site(), start.into(), place.into()])?;
    }
    Ok(())
}

/// Makes the search of members and cards again, where they came without it.
pub(super) fn make_searchable(tx: &mut Tx<'_>) -> Result<()> {
    let sql = "SELECT m.place, m.code, p.given, p.family, p.phone, p.email, p.address, p.born
        FROM member m JOIN person p ON p.site = m.site AND p.member = m.id
        WHERE m.site = ?1 AND m.place > ?2 ORDER BY m.place LIMIT 500";
    page_by_page(tx, sql, &mut |tx, row| {
        let Some(person) = person(row, 2)? else { return Ok(()) };
        write_starts(tx, row.int(0)?, &person)?;
        tx.text_add(row.int(0)?, &fold::text_of(&person, row.maybe(1, Row::string)?.as_deref()))
    })?;
    let sql = "SELECT number FROM card WHERE site = ?1 AND number > ?2 ORDER BY number LIMIT 500";
    page_by_page(tx, sql, &mut |tx, row| tx.text_add(row.int(0)?, &row.int(0)?.to_string()))
}

/// A member or a card as the search must know it.
pub(super) struct Searched {
    /// The number of its text.
    pub number: i64,
    /// What it is.
    pub what: String,
    /// The text that is looked through.
    pub text: String,
    /// The first letters of a name's words.
    pub starts: Vec<String>,
}

/// Everything that the text search must know.
pub(super) fn searched(tx: &mut Tx<'_>, each: &mut dyn FnMut(Searched)) -> Result<()> {
    let sql = "SELECT m.place, m.id, m.code, p.given, p.family, p.phone, p.email, p.address, p.born
        FROM member m JOIN person p ON p.site = m.site AND p.member = m.id WHERE m.site = ?1";
    tx.scan(sql, &[tx.site()], &mut |row| {
        let Some(person) = person(&row, 3)? else { return Ok(()) };
        let text = fold::text_of(&person, row.maybe(2, Row::string)?.as_deref());
        let (number, what) = (row.int(0)?, MemberId(row.uuid(1)?).to_string());
        each(Searched { number, what, text, starts: fold::starts(&person) });
        Ok(())
    })?;
    tx.scan("SELECT number FROM card WHERE site = ?1", &[tx.site()], &mut |row| {
        let number = row.int(0)?;
        each(Searched { number, what: number.to_string(), text: number.to_string(), starts: vec![] });
        Ok(())
    })
}

/// Goes through rows by their first column, some at a time.
fn page_by_page(tx: &mut Tx<'_>, sql: &str, each: &mut dyn FnMut(&mut Tx<'_>, &Row) -> Result<()>) -> Result<()> {
    let mut last = 0;
    loop {
        let rows = tx.query(sql, &[tx.site(), Value::Int(last)])?;
        let Some(row) = rows.last() else { return Ok(()) };
        last = row.int(0)?;
        rows.iter().try_for_each(|row| each(tx, row))?;
    }
}

/// Keeps a term that was paid before this program came.
pub fn import_term(tx: &mut Tx<'_>, member: MemberId, term: &Term) -> Result<()> {
    add_term(tx, member, term, None)?;
    let sql = format!("{} AND member = ?2 ORDER BY place DESC LIMIT 1", tally::TERM);
    join_sum(tx, &sql, member.into())
}

/// Adds a card or a term that was just brought in to the sum of these.
fn join_sum(tx: &mut Tx<'_>, sql: &str, of: Value) -> Result<()> {
    let row = tx.one(sql, &[tx.site(), of])?.ok_or_else(|| StoreError::Engine("nothing was brought in".to_owned()))?;
    tally::add(tx, Tally::Brought, tally::digest(row.values()))
}

/// Keeps a term that a document started, or that none did.
pub(super) fn add_term(tx: &mut Tx<'_>, member: MemberId, term: &Term, by: Option<DocumentNumber>) -> Result<()> {
    let sql = "INSERT INTO term (site, member, place, plan, first_day, last_day, anchor, run_months, fee_minor, currency, undone,
            desk, sequence)
        SELECT ?1, ?2, COALESCE(MAX(place), 0) + 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11 FROM term
        WHERE site = ?1 AND member = ?2";
    let [desk, sequence] = made_by(by)?;
    let params = [
        tx.site(),
        member.into(),
        term.plan.as_str().into(),
        term.start.into(),
        term.end.into(),
        term.anchor.into(),
        term.run_months.into(),
        term.fee.into(),
        term.fee.currency().into(),
        desk,
        sequence,
    ];
    tx.send(sql, &params)
}

/// The running number of the next card; the same until that card is issued.
pub fn next_card_serial(tx: &mut Tx<'_>) -> Result<u64> {
    let row = tx.one("SELECT MAX(number) FROM card WHERE site = ?1", &[tx.site()])?;
    let last = row.map(|row| row.maybe(0, find::card)).transpose()?.flatten();
    Ok(last.map_or(1, |card| card.serial() + 1))
}

/// Gives a member a card.
pub fn issue_card(tx: &mut Tx<'_>, member: MemberId, card: CardNumber) -> Result<()> {
    add_card(tx, member, card, None)?;
    join_sum(tx, &format!("{} AND c.number = ?2", tally::CARD), card_value(card)?)
}

/// Gives a member a card that a document issued, or that none did.
pub(super) fn add_card(tx: &mut Tx<'_>, member: MemberId, card: CardNumber, by: Option<DocumentNumber>) -> Result<()> {
    let sql = "INSERT INTO card (site, number, member, state, desk, sequence) VALUES (?1, ?2, ?3, 'active', ?4, ?5)
        ON CONFLICT DO NOTHING";
    let number = card_int(card)?;
    let [desk, sequence] = made_by(by)?;
    let params = [tx.site(), number.into(), member.into(), desk, sequence];
    tx.send_one(sql, &params, StoreError::Already { what: format!("card {card}") })?;
    tx.text_add(number, &number.to_string())
}

/// Number of the document that made something; nothing where none did.
fn made_by(by: Option<DocumentNumber>) -> Result<[Value; 2]> {
    match by {
        Some(number) => Ok([number.desk.into(), unsigned(number.sequence)?]),
        None => Ok([Value::Int(0), Value::Int(0)]),
    }
}

fn card_int(card: CardNumber) -> Result<i64> {
    card.to_string().parse().map_err(|_| StoreError::Unknown { what: format!("card {card}") })
}

pub(super) fn card_value(card: CardNumber) -> Result<Value> {
    card_int(card).map(Value::Int)
}

fn card_state(name: &str) -> Option<CardState> {
    match name {
        "active" => Some(CardState::Active),
        "lost" => Some(CardState::Lost),
        "stolen" => Some(CardState::Stolen),
        "replaced" => Some(CardState::Replaced),
        _ => None,
    }
}
