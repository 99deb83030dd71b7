//! What was given away already: limits see the sum over a day, a clerk, a member's year and the shop's month.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::domain::calendar::months_later;
use crate::domain::ids::{BillId, MemberId, StaffNo};
use crate::domain::money::{Currency, Money};
use crate::domain::quote::Spent;
use crate::domain::request::Job;
use crate::store::{Result, Tx, Value};

/// What to add up.
#[derive(Debug, Clone, Copy)]
pub struct SpentQuery<'a> {
    /// Amounts of this currency.
    pub currency: Currency,
    /// The business day.
    pub today: Date,
    /// Who asks.
    pub clerk: StaffNo,
    /// For whom.
    pub member: Option<MemberId>,
    /// About which bills.
    pub bills: &'a [BillId],
    /// Whether it is about goodwill, which has budgets of a clerk's day, a member's year and the shop's month.
    pub budgets: bool,
}

const NOT_VOIDED: &str =
    "NOT EXISTS (SELECT 1 FROM voided v WHERE v.site = d.site AND v.desk = d.desk AND v.sequence = d.sequence)";

/// What was given away already and counts together with a request; documents that were undone do not count.
pub fn spent(tx: &mut Tx<'_>, query: &SpentQuery<'_>) -> Result<Spent> {
    let mut spent = Spent::nothing(query.currency);
    for (job, total) in of_today(tx, query)?.into_values() {
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
    spent.goodwill_clerk_day = goodwill(tx, query, "d.clerk = ?3 AND d.business_date BETWEEN ?4 AND ?4", &day)?;
    if let Some(member) = query.member {
        let year_ago = months_later(query.today, -12).unwrap_or(Date::MIN);
        spent.goodwill_member_year =
            goodwill(tx, query, "d.member = ?3 AND d.business_date > ?4", &[member.into(), year_ago.into()])?;
    }
    let month = [query.today.first_of_month().into(), query.today.last_of_month().into()];
    spent.goodwill_shop_month = goodwill(tx, query, "d.business_date BETWEEN ?3 AND ?4", &month)?;
    Ok(spent)
}

/// Today's documents for the same member or about one of the bills, each once. The day is asked for as a range and the bill's
/// documents are named first, because SQLite would otherwise take the site for the best place to begin and read every document.
fn of_today(tx: &mut Tx<'_>, query: &SpentQuery<'_>) -> Result<BTreeMap<(i64, i64), (Job, Money)>> {
    let columns = "SELECT d.desk, d.sequence, d.job, d.total_minor FROM document d";
    let counts = format!("d.business_date BETWEEN ?2 AND ?2 AND d.currency = ?3 AND {NOT_VOIDED}");
    let mut asked = Vec::new();
    let mut look = |tx: &mut Tx<'_>, sql: &str, subject: Value| -> Result<()> {
        asked.push(tx.ask(sql, &[tx.site(), query.today.into(), query.currency.into(), subject], Ok)?);
        Ok(())
    };
    if let Some(member) = query.member {
        look(tx, &format!("{columns} WHERE d.site = ?1 AND d.member = ?4 AND {counts}"), member.into())?;
    }
    for bill in query.bills {
        let join = "d.site = b.site AND d.desk = b.desk AND d.sequence = b.sequence";
        let of_bill = columns.replace("FROM document d", "FROM document_bill b CROSS JOIN document d");
        look(tx, &format!("{of_bill} WHERE b.site = ?1 AND b.bill = ?4 AND {join} AND {counts}"), (*bill).into())?;
    }
    let mut found = BTreeMap::new();
    for rows in asked {
        for row in rows.answer(tx)? {
            let job = row.named(2, "a job", Job::from_name)?;
            found.insert((row.int(0)?, row.int(1)?), (job, row.money(3, query.currency)?));
        }
    }
    Ok(found)
}

fn goodwill(tx: &mut Tx<'_>, query: &SpentQuery<'_>, which: &str, params: &[Value; 2]) -> Result<Money> {
    let sql = format!(
        "SELECT COALESCE(CAST(SUM(d.total_minor) AS BIGINT), 0) FROM document d
        WHERE d.site = ?1 AND d.job = 'goodwill' AND d.currency = ?2 AND {which} AND {NOT_VOIDED}"
    );
    let [first, second] = params.clone();
    let row = tx.one(&sql, &[tx.site(), query.currency.into(), first, second])?;
    row.map_or(Ok(query.currency.zero()), |row| row.money(0, query.currency))
}
