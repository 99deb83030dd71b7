//! What was given away already: limits see the sum over a day, a clerk, a member's year and the shop's month.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::number;
use crate::domain::calendar::months_later;
use crate::domain::ids::{BillId, DocumentNumber, MemberId, StaffNo};
use crate::domain::money::{Currency, Money};
use crate::domain::quote::Spent;
use crate::domain::request::Job;
use crate::store::{Asked, Result, Row, Tx, Value};

/// What to add up.
pub struct SpentQuery {
    /// Amounts of this currency.
    pub currency: Currency,
    /// The business day.
    pub today: Date,
    /// Who asks.
    pub clerk: StaffNo,
    /// For whom.
    pub member: Option<MemberId>,
    /// What was given today about the bills.
    pub given: Vec<Asked<Vec<Given>>>,
    /// Whether it is about goodwill, which has budgets of a clerk's day, a member's year and the shop's month.
    pub budgets: bool,
}

const NOT_VOIDED: &str =
    "NOT EXISTS (SELECT 1 FROM voided v WHERE v.site = d.site AND v.desk = d.desk AND v.sequence = d.sequence)";

/// A document that gave something.
pub struct Given {
    document: DocumentNumber,
    job: Job,
    total: Money,
}

/// Today's documents about a bill.
pub fn ask_given(tx: &mut Tx<'_>, today: Date, bill: BillId) -> Result<Asked<Vec<Given>>> {
    // The bill's documents are named first, because SQLite would otherwise take the site for the best place to begin and read every one.
    let from = "document_bill b CROSS JOIN document d WHERE b.site = ?1 AND b.bill = ?3 AND d.site = b.site AND d.desk = b.desk
        AND d.sequence = b.sequence";
    ask_today(tx, today, from, bill.into())
}

/// Today's documents of which a subject is named in some way. The day is asked for as a range, for SQLite begins with the subject then.
fn ask_today(tx: &mut Tx<'_>, today: Date, from: &str, subject: Value) -> Result<Asked<Vec<Given>>> {
    let sql = format!(
        "SELECT d.desk, d.sequence, d.job, d.currency, d.total_minor FROM {from} AND d.business_date BETWEEN ?2 AND ?2 AND {NOT_VOIDED}"
    );
    let given = |row: &Row| {
        let job = row.named(2, "a job", Job::from_name)?;
        Ok(Given { document: number(row, 0)?, job, total: row.money(4, row.currency(3)?)? })
    };
    tx.ask(&sql, &[tx.site(), today.into(), subject], move |rows| rows.iter().map(given).collect())
}

/// What was given away already and counts together with a request; documents that were undone do not count.
pub fn spent(tx: &mut Tx<'_>, mut query: SpentQuery) -> Result<Spent> {
    let mut spent = Spent::nothing(query.currency);
    for (job, total) in of_today(tx, &mut query)?.into_values() {
        let sum = match job {
            Job::Refund => &mut spent.refund_day,
            Job::CorrectPrice => &mut spent.price_day,
            Job::Goodwill => &mut spent.goodwill_day,
            _ => continue,
        };
        *sum = sum.plus(total)?;
    }
    if !query.budgets {
        return Ok(spent);
    }
    let day = [query.clerk.into(), query.today.into()];
    spent.goodwill_clerk_day = goodwill(tx, &query, "d.clerk = ?3 AND d.business_date BETWEEN ?4 AND ?4", &day)?;
    if let Some(member) = query.member {
        let year_ago = months_later(query.today, -12).unwrap_or(Date::MIN);
        spent.goodwill_member_year =
            goodwill(tx, &query, "d.member = ?3 AND d.business_date > ?4", &[member.into(), year_ago.into()])?;
    }
    let month = [query.today.first_of_month().into(), query.today.last_of_month().into()];
    spent.goodwill_shop_month = goodwill(tx, &query, "d.business_date BETWEEN ?3 AND ?4", &month)?;
    Ok(spent)
}

/// Today's documents for the same member or about one of the bills, each once.
fn of_today(tx: &mut Tx<'_>, query: &mut SpentQuery) -> Result<BTreeMap<DocumentNumber, (Job, Money)>> {
    if let Some(member) = query.member {
        query.given.push(ask_today(tx, query.today, "document d WHERE d.site = ?1 AND d.member = ?3", member.into())?);
    }
    let mut found = BTreeMap::new();
    for asked in std::mem::take(&mut query.given) {
        let same = asked.answer(tx)?.into_iter().filter(|given| given.total.currency() == query.currency);
        found.extend(same.map(|given| (given.document, (given.job, given.total))));
    }
    Ok(found)
}

fn goodwill(tx: &mut Tx<'_>, query: &SpentQuery, which: &str, params: &[Value; 2]) -> Result<Money> {
    let sql = format!(
        "SELECT COALESCE(CAST(SUM(d.total_minor) AS BIGINT), 0) FROM document d
        WHERE d.site = ?1 AND d.job = 'goodwill' AND d.currency = ?2 AND {which} AND {NOT_VOIDED}"
    );
    let [first, second] = params.clone();
    let row = tx.one(&sql, &[tx.site(), query.currency.into(), first, second])?;
    row.map_or(Ok(query.currency.zero()), |row| row.money(0, query.currency))
}
