//! What documents say was booked with them, which is held against the rows that stand beside them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::beside::Rows;
use super::{Finding, Invariant, Meter};
use crate::domain::digest::Digest;
use crate::domain::document::{Document, Effect};
use crate::domain::ids::DocumentNumber;
use crate::domain::request::PayoutOutcome;
use crate::domain::standing::Share;
use crate::store::bill::json;
use crate::store::document::{account_name, number, payout_state};
use crate::store::{Result, Row, Tx, Value};

/// What documents say should be there.
#[derive(Default)]
pub(super) struct Expected {
    pub rows: Rows,
    due: Vec<(DocumentNumber, u32, bool)>,
    paid: BTreeMap<(DocumentNumber, u32), String>,
    failed: BTreeSet<(DocumentNumber, u32)>,
    voided: BTreeSet<DocumentNumber>,
    adopted: Vec<(Digest, Date)>,
}

impl Expected {
    /// Adds what a document says.
    pub(super) fn add(&mut self, document: &Document) -> Result<()> {
        let by = document.number;
        let quote = &document.quote;
        for (no, entry) in (1_i64..).zip(&quote.journal) {
            let (account, currency) = (account_name(&entry.account).into(), entry.amount.currency().into());
            self.rows.add(by, "posting", &[no.into(), account, currency, entry.amount.into()]);
        }
        for payout in &quote.payouts {
            let card = payout.card.as_ref().map(json).transpose()?;
            let (tender, currency) = (payout.tender.name().into(), payout.amount.currency().into());
            let values = [payout.no.into(), tender, currency, payout.amount.into(), payout.exact.into(), card.into()];
            self.rows.add(by, "payout", &values);
            self.due.push((by, payout.no, payout_state(payout) == "due"));
        }
        let bills: BTreeSet<_> = quote.subject.bills.iter().map(|name| name.id).collect();
        bills.into_iter().for_each(|bill| self.rows.add(by, "bill", &[bill.into()]));
        quote.effects.iter().for_each(|effect| self.effect(document, effect));
        Ok(())
    }

    fn effect(&mut self, document: &Document, effect: &Effect) {
        let by = document.number;
        let amounts = |share: &Share| [share.net.into(), share.tax.into(), share.gross.into()];
        match effect {
            Effect::GiveBack { bill, line, quantity, share } => {
                let [net, tax, gross] = amounts(share);
                let kind = "return".into();
                let values = [(*bill).into(), (*line).into(), kind, (*quantity).into(), Value::Int(0), net, tax, gross];
                self.rows.add(by, "line", &values);
            }
            Effect::Correct { bill, line, returned_before, share, price } => {
                let [net, tax, gross] = amounts(share);
                let kind = if *price { "price" } else { "goodwill" }.into();
                let values = [(*bill).into(), (*line).into(), kind, Value::Int(0), (*returned_before).into(), net, tax, gross];
                self.rows.add(by, "line", &values);
            }
            Effect::Use { bill, payment, exact, paid } => {
                self.rows.add(by, "payment", &[(*bill).into(), (*payment).into(), (*exact).into(), (*paid).into()]);
            }
            Effect::IssueCredit { member, amount, promotional } => {
                self.rows.add(
                    by,
                    "issue",
                    &[(*member).into(), amount.currency().into(), (*amount).into(), (*promotional).into()],
                );
            }
            Effect::UseCredit { code, amount } => {
                let [desk, sequence] = columns(code.0);
                self.rows.add(by, "use", &[desk, sequence, (*amount).into()]);
            }
            Effect::MarkVoided { document } => {
                self.rows.add(by, "void", &columns(*document));
                self.voided.insert(*document);
            }
            Effect::IssueCard { member } => {
                let card = document.card.and_then(|card| card.to_string().parse::<i64>().ok());
                self.rows.add(by, "card", &[card.into(), (*member).into()]);
            }
            Effect::StartTerm { member, term } => {
                let (fee, currency) = (term.fee.into(), term.fee.currency().into());
                let [start, end, anchor] = [term.start.into(), term.end.into(), term.anchor.into()];
                let plan = term.plan.as_str().into();
                let values = [(*member).into(), plan, start, end, anchor, term.run_months.into(), fee, currency];
                self.rows.add(by, "term", &values);
            }
            Effect::SettlePayout { document, payout, outcome } => match outcome {
                PayoutOutcome::Paid(reference) => {
                    self.paid.insert((*document, *payout), reference.clone());
                }
                PayoutOutcome::Failed => {
                    self.failed.insert((*document, *payout));
                }
            },
            Effect::AdoptPolicy { hash } => self.adopted.push((*hash, document.quote.business_date)),
            Effect::AddMember { .. }
            | Effect::CloseMember { .. }
            | Effect::BlockCard { .. }
            | Effect::EndTerm { .. }
            | Effect::SetStaff { .. }
            | Effect::OpenShift
            | Effect::CloseShift { .. }
            | Effect::ChangeKey { .. }
            | Effect::ReAnchor { .. }
            | Effect::ErasePerson { .. } => {}
        }
    }

    /// The state of each payout against what documents made of it. One that is gone is told as rows that are not there.
    pub(super) fn check_payouts(&self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let mut states = BTreeMap::new();
        let sql = "SELECT desk, sequence, no, state, reference FROM payout WHERE site = ?1";
        tx.scan(sql, &[tx.site()], &mut |row| {
            states.insert((number(&row, 0)?, row.number::<u32>(2)?), (row.string(3)?, row.maybe(4, Row::string)?));
            Ok(())
        })?;
        for (document, payout, due) in &self.due {
            let key = (*document, *payout);
            let paid = self.paid.get(&key);
            let state = match (due, paid) {
                (false, _) => "moved",
                (true, Some(_)) => "paid",
                (true, None) if self.voided.contains(document) => "voided",
                (true, None) if self.failed.contains(&key) => "failed",
                (true, None) => "due",
            };
            let wanted = (state.to_owned(), paid.cloned());
            match states.get(&key) {
                Some(known) if *known != wanted => found.push(Finding::PayoutState { document: *document, payout: *payout }),
                Some(_) => {}
                None => meter.doubt(&[Invariant::Payouts]),
            }
        }
        meter.count(Invariant::Payouts, self.due.len());
        Ok(())
    }

    /// Each version of the rules against its sum and the document that adopted it, and each one adopted against those that
    /// are there; answers how many there are.
    pub(super) fn check_policies(&self, tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<usize> {
        let sql = "SELECT version, text, hash, effective FROM policy_version WHERE site = ?1 ORDER BY version";
        let rows = tx.query(sql, &[tx.site()])?;
        let mut left = self.adopted.clone();
        for (row, place) in rows.iter().zip(1..) {
            let (version, hash, effective) = (row.int(0)?, row.digest(2)?, row.date(3)?);
            // The shop began with the first version; every later one was adopted by a document of its own.
            let by = left.iter().position(|adopted| *adopted == (hash, effective));
            let adopted = version == place && (place == 1 || by.map(|by| left.remove(by)).is_some());
            if !adopted || Digest::of(row.text(1)?.as_bytes()) != hash {
                found.push(Finding::Policy { version });
            }
        }
        if !left.is_empty() {
            found.push(Finding::Policy { version: rows.last().map_or(Ok(0), |row: &Row| row.int(0))? });
        }
        Ok(rows.len())
    }
}

fn columns(number: DocumentNumber) -> [Value; 2] {
    [number.desk.into(), Value::Int(i64::try_from(number.sequence).unwrap_or(i64::MAX))]
}
