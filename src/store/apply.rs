//! What a posted document changes besides its journal: one function an effect, each applied once, in the transaction that
//! writes the document.

use super::engine::unsigned;
use super::{Result, StoreError, Tx, Value, member, person, seal, staff};
use crate::domain::document::{Document, Effect};
use crate::domain::ids::{BillId, CardNumber, CreditCode, DocumentNumber, HouseholdId, MemberId};
use crate::domain::membership::Term;
use crate::domain::money::{Money, Quantity};
use crate::domain::request::PayoutOutcome;
use crate::domain::standing::Share;

/// Applies every effect of a document, in their order. New members are put before, policies are added beside.
pub fn apply(tx: &mut Tx<'_>, document: &Document) -> Result<()> {
    document.quote.effects.iter().try_for_each(|effect| one(tx, document, effect))
}

fn one(tx: &mut Tx<'_>, document: &Document, effect: &Effect) -> Result<()> {
    let by = document.number;
    let wrong = |what| StoreError::Inconsistent { number: by, what };
    match effect {
        Effect::AddMember { member, joins } => add_member(tx, *member, *joins),
        Effect::CloseMember { member } => close_member(tx, *member),
        Effect::IssueCard { member } => {
            let card = document.card.ok_or_else(|| wrong("it issues a card without a number"))?;
            member::add_card(tx, *member, card, Some(by))
        }
        Effect::BlockCard { card } => block_card(tx, *card),
        Effect::StartTerm { member, term } => start_term(tx, *member, term, by),
        Effect::EndTerm { member, start } => end_term(tx, *member, (*start).into()),
        Effect::GiveBack { bill, line, quantity, share } => {
            let event = LineEvent { kind: "return", quantity: *quantity, returned_before: Quantity::ZERO, share: *share };
            line_event(tx, by, (*bill, *line), &event)
        }
        Effect::Correct { bill, line, returned_before, share, price } => {
            let kind = if *price { "price" } else { "goodwill" };
            let event = LineEvent { kind, quantity: Quantity::ZERO, returned_before: *returned_before, share: *share };
            line_event(tx, by, (*bill, *line), &event)
        }
        Effect::Use { bill, payment, exact, paid } => use_payment(tx, by, (*bill, *payment), *exact, *paid),
        Effect::IssueCredit { member, amount, promotional } => {
            let code = document.credit.ok_or_else(|| wrong("it issues a store credit without a code"))?;
            if code != CreditCode(by) {
                return Err(wrong("its store credit has another document's code"));
            }
            issue_credit(tx, by, *member, *amount, *promotional)
        }
        Effect::UseCredit { code, amount } => use_credit(tx, by, *code, *amount),
        Effect::SettlePayout { document, payout, outcome } => settle_payout(tx, *document, *payout, outcome),
        Effect::MarkVoided { document } => mark_voided(tx, by, *document),
        Effect::SetStaff { staff } => staff::set(tx, staff),
        Effect::ChangeKey { no, public, .. } => seal::add_key(tx, by.desk, *no, *public, by.sequence),
        Effect::ErasePerson { member } => {
            close_member(tx, *member)?;
            person::erase(tx, *member)
        }
        Effect::AdoptPolicy { .. } | Effect::OpenShift | Effect::CloseShift { .. } | Effect::ReAnchor { .. } => Ok(()),
    }
}

/// Sets the household; the first to be joined founds it under its own id.
fn add_member(tx: &mut Tx<'_>, member: MemberId, joins: Option<MemberId>) -> Result<()> {
    if tx.one("SELECT 1 FROM member WHERE site = ?1 AND id = ?2", &[tx.site(), member.into()])?.is_none() {
        return Err(unknown(format!("member {member}")));
    }
    let Some(host) = joins else { return Ok(()) };
    let row = tx.one("SELECT household FROM member WHERE site = ?1 AND id = ?2", &[tx.site(), host.into()])?;
    let row = row.ok_or_else(|| unknown(format!("member {host}")))?;
    let household = row.maybe(0, |row, column| row.uuid(column).map(HouseholdId))?.unwrap_or(HouseholdId(host.0));
    let sql = "UPDATE member SET household = ?4 WHERE site = ?1 AND id IN (?2, ?3)";
    tx.send(sql, &[tx.site(), member.into(), host.into(), household.into()])
}

fn close_member(tx: &mut Tx<'_>, member: MemberId) -> Result<()> {
    let sql = "UPDATE member SET standing = 'cancelled' WHERE site = ?1 AND id = ?2";
    tx.send_one(sql, &[tx.site(), member.into()], unknown(format!("member {member}")))
}

fn block_card(tx: &mut Tx<'_>, card: CardNumber) -> Result<()> {
    let sql = "UPDATE card SET state = 'replaced' WHERE site = ?1 AND number = ?2";
    let number = member::card_value(card)?;
    tx.send_one(sql, &[tx.site(), number], unknown(format!("card {card}")))
}

fn start_term(tx: &mut Tx<'_>, member: MemberId, term: &Term, by: DocumentNumber) -> Result<()> {
    member::add_term(tx, member, term, Some(by))
}

fn end_term(tx: &mut Tx<'_>, member: MemberId, start: Value) -> Result<()> {
    let sql = "UPDATE term SET undone = 1 WHERE site = ?1 AND member = ?2 AND place =
        (SELECT MAX(place) FROM term WHERE site = ?1 AND member = ?2 AND first_day = ?3 AND undone = 0)";
    tx.send_one(sql, &[tx.site(), member.into(), start], unknown(format!("a term of member {member}")))
}

fn unknown(what: String) -> StoreError {
    StoreError::Unknown { what }
}

struct LineEvent {
    kind: &'static str,
    quantity: Quantity,
    returned_before: Quantity,
    share: Share,
}

/// Adds what happened to a line, unless more than was sold would then be given back.
fn line_event(tx: &mut Tx<'_>, by: DocumentNumber, (bill, line): (BillId, u32), event: &LineEvent) -> Result<()> {
    let sql = "INSERT INTO line_event (site, bill, line, place, desk, sequence, kind, quantity, returned_before, net_minor,
            tax_minor, gross_minor)
        SELECT ?1, ?2, ?3, e.place + 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11
        FROM (SELECT COALESCE(MAX(place), 0) AS place, CAST(COALESCE(SUM(quantity), 0) AS BIGINT) AS quantity,
                CAST(COALESCE(SUM(gross_minor), 0) AS BIGINT) AS gross_minor
            FROM line_event WHERE site = ?1 AND bill = ?2 AND line = ?3) e
        WHERE EXISTS (SELECT 1 FROM bill_line l WHERE l.site = ?1 AND l.bill = ?2 AND l.no = ?3
            AND (?7 <= 0 OR e.quantity + ?7 <= l.quantity)
            AND (?7 < 0 OR ?11 <= 0 OR e.gross_minor + ?11 <= l.gross_minor))";
    let params = [
        tx.site(),
        bill.into(),
        line.into(),
        by.desk.into(),
        unsigned(by.sequence)?,
        event.kind.into(),
        event.quantity.into(),
        event.returned_before.into(),
        event.share.net.into(),
        event.share.tax.into(),
        event.share.gross.into(),
    ];
    tx.send_one(sql, &params, StoreError::PastSold { line })
}

/// Adds what was paid back of a payment, unless that is more than it covered.
fn use_payment(tx: &mut Tx<'_>, by: DocumentNumber, (bill, payment): (BillId, u32), exact: Money, paid: Money) -> Result<()> {
    let sql = "INSERT INTO payment_event (site, bill, payment, place, desk, sequence, exact_minor, paid_minor)
        SELECT ?1, ?2, ?3, e.place + 1, ?4, ?5, ?6, ?7
        FROM (SELECT COALESCE(MAX(place), 0) AS place, CAST(COALESCE(SUM(exact_minor), 0) AS BIGINT) AS exact_minor
            FROM payment_event WHERE site = ?1 AND bill = ?2 AND payment = ?3) e
        WHERE EXISTS (SELECT 1 FROM bill_payment p WHERE p.site = ?1 AND p.bill = ?2 AND p.no = ?3
            AND (?6 <= 0 OR e.exact_minor + ?6 <= p.covers_minor))";
    let (desk, sequence) = (by.desk.into(), unsigned(by.sequence)?);
    let params = [tx.site(), bill.into(), payment.into(), desk, sequence, exact.into(), paid.into()];
    tx.send_one(sql, &params, StoreError::PastPaid { payment })
}

fn issue_credit(tx: &mut Tx<'_>, by: DocumentNumber, member: Option<MemberId>, amount: Money, promotional: bool) -> Result<()> {
    let sql = "INSERT INTO credit (site, desk, sequence, member, currency, issued_minor, balance_minor, promotional, version)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7, 0)";
    let (desk, sequence) = (by.desk.into(), unsigned(by.sequence)?);
    let (currency, amount) = (amount.currency().into(), amount.into());
    tx.send(sql, &[tx.site(), desk, sequence, member.into(), currency, amount, promotional.into()])
}

/// Spends of a credit, or restores it when negative; never below nothing and never above what was issued.
fn use_credit(tx: &mut Tx<'_>, by: DocumentNumber, code: CreditCode, amount: Money) -> Result<()> {
    let (desk, sequence): (Value, Value) = (code.0.desk.into(), unsigned(code.0.sequence)?);
    let sql = "UPDATE credit SET balance_minor = balance_minor - ?4, version = version + 1
        WHERE site = ?1 AND desk = ?2 AND sequence = ?3 AND currency = ?5
            AND balance_minor >= ?4 AND balance_minor - issued_minor <= ?4
        RETURNING version";
    let currency = amount.currency().into();
    let taken = if crate::planted::planted("credit-not-drawn-down") { amount.currency().zero() } else { amount };
    let changed = tx.one(sql, &[tx.site(), desk.clone(), sequence.clone(), taken.into(), currency])?;
    let version = changed.ok_or(StoreError::CreditRefused { code })?.int(0)?;
    let sql = "INSERT INTO credit_event (site, desk, sequence, version, by_desk, by_sequence, amount_minor)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let (by_desk, by_sequence) = (by.desk.into(), unsigned(by.sequence)?);
    tx.send(sql, &[tx.site(), desk, sequence, version.into(), by_desk, by_sequence, amount.into()])
}

fn settle_payout(tx: &mut Tx<'_>, document: DocumentNumber, payout: u32, outcome: &PayoutOutcome) -> Result<()> {
    let (state, reference) = match outcome {
        PayoutOutcome::Paid(reference) => ("paid", Some(reference.as_str())),
        PayoutOutcome::Failed => ("failed", None),
    };
    let sql = "UPDATE payout SET state = ?5, reference = ?6
        WHERE site = ?1 AND desk = ?2 AND sequence = ?3 AND no = ?4 AND state IN ('due', 'failed')";
    let (desk, sequence) = (document.desk.into(), unsigned(document.sequence)?);
    let params = [tx.site(), desk, sequence, payout.into(), state.into(), reference.into()];
    tx.send_one(sql, &params, StoreError::PayoutNotDue { number: document, payout })
}

/// Marks a document as undone, once; what its terminal had still to pay is no longer due.
fn mark_voided(tx: &mut Tx<'_>, by: DocumentNumber, document: DocumentNumber) -> Result<()> {
    let (desk, sequence): (Value, Value) = (document.desk.into(), unsigned(document.sequence)?);
    let sql = "INSERT INTO voided (site, desk, sequence, by_desk, by_sequence) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT DO NOTHING";
    let (by_desk, by_sequence) = (by.desk.into(), unsigned(by.sequence)?);
    let params = [tx.site(), desk.clone(), sequence.clone(), by_desk, by_sequence];
    tx.send_one(sql, &params, StoreError::VoidedBefore { number: document })?;
    let sql = "UPDATE payout SET state = 'voided'
        WHERE site = ?1 AND desk = ?2 AND sequence = ?3 AND state IN ('due', 'failed')";
    tx.send(sql, &[tx.site(), desk, sequence])
}
