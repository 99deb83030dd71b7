//! Posting: a document takes its desk's next number and place in the chain, and everything that follows from it is
//! written with it.

use crate::domain::digest::{BEGINNING, Digest};
use crate::domain::document::{Document, Payout};
use crate::domain::ids::{DeskNo, DocumentNumber};
use crate::domain::journal::{Account, balanced};
use crate::store::engine::unsigned;
use crate::store::{Asked, Result, StoreError, Tx, Value, apply, bill};

/// A document's place in its desk's chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its number.
    pub number: DocumentNumber,
    /// The sum of the one before, which it follows.
    pub previous: Digest,
}

/// The place of a desk's next document. It is taken by [`insert`], so nothing is lost when none follows.
pub fn ask_next(tx: &mut Tx<'_>, desk: DeskNo) -> Result<Asked<Place>> {
    let sql = "SELECT last_sequence, head FROM desk WHERE site = ?1 AND no = ?2";
    tx.ask(sql, &[tx.site(), desk.into()], move |rows| {
        let (last, previous) = match rows.first() {
            Some(row) => (row.number::<u64>(0)?, row.digest(1)?),
            None => (0, BEGINNING),
        };
        Ok(Place { number: DocumentNumber { desk, sequence: last + 1 }, previous })
    })
}

/// Keeps a document with its number, postings and payouts, and applies its effects. `body` is the document's canonical
/// bytes, `hash` the sum of `previous` and these, `paper` the receipt's layout, `request_hash` the sum of the request's
/// content. It must be its desk's next one and follow that desk's last one; a request posts once.
pub fn insert(
    tx: &mut Tx<'_>,
    document: &Document,
    body: &[u8],
    previous: Digest,
    hash: Digest,
    paper: &str,
    request_hash: Digest,
) -> Result<()> {
    let number = document.number;
    let wrong = |what| StoreError::Inconsistent { number, what };
    if previous.after(body) != hash {
        return Err(wrong("its bytes do not make its sum"));
    }
    if document.quote.desk != number.desk {
        return Err(wrong("its number is another desk's"));
    }
    balanced(document.quote.currency, &document.quote.journal).map_err(|_| wrong("its posting is out of balance"))?;
    take_number(tx, number, previous, hash)?;
    write_row(tx, document, body, previous, hash, paper, request_hash)?;
    let [desk, sequence] = key(number)?;
    for name in &document.quote.subject.bills {
        let sql = "INSERT INTO document_bill (site, bill, desk, sequence) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        tx.send(sql, &[tx.site(), name.id.into(), desk.clone(), sequence.clone()])?;
    }
    write_postings(tx, document)?;
    document.quote.payouts.iter().try_for_each(|payout| write_payout(tx, number, payout))?;
    apply::apply(tx, document)
}

/// The columns that name a document.
pub(super) fn key(number: DocumentNumber) -> Result<[Value; 2]> {
    Ok([number.desk.into(), unsigned(number.sequence)?])
}

/// Moves the desk's counter and head on, from exactly where they stood.
fn take_number(tx: &mut Tx<'_>, number: DocumentNumber, previous: Digest, hash: Digest) -> Result<()> {
    let [desk, sequence] = key(number)?;
    let out_of_turn = StoreError::OutOfTurn { number };
    if number.sequence == 1 && previous == BEGINNING {
        let sql = "INSERT INTO desk (site, no, last_sequence, head) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
        tx.send_one(sql, &[tx.site(), desk, sequence, hash.into()], out_of_turn)
    } else {
        let sql = "UPDATE desk SET last_sequence = ?3, head = ?4
            WHERE site = ?1 AND no = ?2 AND last_sequence = ?3 - 1 AND head = ?5";
        tx.send_one(sql, &[tx.site(), desk, sequence, hash.into(), previous.into()], out_of_turn)
    }
}

fn write_row(
    tx: &mut Tx<'_>,
    document: &Document,
    body: &[u8],
    previous: Digest,
    hash: Digest,
    paper: &str,
    request_hash: Digest,
) -> Result<()> {
    let sql =
        "INSERT INTO document (site, desk, sequence, id, request, request_hash, job, at_us, offset_min, business_date, clerk,
            member, currency, total_minor, previous, hash, body, paper)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        ON CONFLICT (site, request) DO NOTHING";
    let quote = &document.quote;
    let [desk, sequence] = key(document.number)?;
    let params = [
        tx.site(),
        desk,
        sequence,
        document.id.into(),
        document.request.into(),
        request_hash.into(),
        quote.job.name().into(),
        document.at.at_us.into(),
        document.at.offset_min.into(),
        quote.business_date.into(),
        quote.clerk.into(),
        quote.subject.member.into(),
        quote.currency.into(),
        quote.total.into(),
        previous.into(),
        hash.into(),
        body.into(),
        paper.into(),
    ];
    tx.send_one(sql, &params, StoreError::PostedBefore)
}

/// Writes a document's postings, as many rows at once as it has.
fn write_postings(tx: &mut Tx<'_>, document: &Document) -> Result<()> {
    let journal = &document.quote.journal;
    if journal.is_empty() {
        return Ok(());
    }
    let [desk, sequence] = key(document.number)?;
    let mut params = vec![tx.site(), desk, sequence];
    for entry in journal {
        params.extend([account_name(&entry.account).into(), entry.amount.currency().into(), entry.amount.into()]);
    }
    let row = |no: usize| format!("(?1, ?2, ?3, {}, ?{}, ?{}, ?{})", no + 1, 3 * no + 4, 3 * no + 5, 3 * no + 6);
    let rows: Vec<String> = (0..journal.len()).map(row).collect();
    let sql = "INSERT INTO posting (site, desk, sequence, no, account, currency, amount_minor) VALUES";
    tx.send(&format!("{sql} {}", rows.join(", ")), &params)
}

fn write_payout(tx: &mut Tx<'_>, number: DocumentNumber, payout: &Payout) -> Result<()> {
    let sql = "INSERT INTO payout (site, desk, sequence, no, tender, currency, amount_minor, exact_minor, card, state)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let [desk, sequence] = key(number)?;
    let params = [
        tx.site(),
        desk,
        sequence,
        payout.no.into(),
        payout.tender.name().into(),
        payout.amount.currency().into(),
        payout.amount.into(),
        payout.exact.into(),
        payout.card.as_ref().map(bill::json).transpose()?.into(),
        payout_state(payout).into(),
    ];
    tx.send(sql, &params)
}

/// The state in which a payout begins.
pub fn payout_state(payout: &Payout) -> &'static str {
    if payout.due { "due" } else { "moved" }
}

/// The name of an account in the tables.
pub fn account_name(account: &Account) -> String {
    match account {
        Account::Returns => "returns".to_owned(),
        Account::Corrections => "corrections".to_owned(),
        Account::Goodwill => "goodwill".to_owned(),
        Account::Fees => "fees".to_owned(),
        Account::Tax(code) => format!("tax:{code}"),
        Account::Tender(tender) => format!("tender:{}", tender.name()),
        Account::StoreCredit => "store_credit".to_owned(),
        Account::TillClearing => "till_clearing".to_owned(),
        Account::CashRounding => "cash_rounding".to_owned(),
    }
}
