//! Numbers of payment cards, looked for wherever people type or files come in: notes, persons, bills, references, answers, rules, the
//! shop's own words, what happened. Item codes, a till's and our own numbers and ids, and telephones with a country stand apart, for many
//! of them pass the check by chance, as they do where they come in.

use uuid::Uuid;

use super::{Finding, Invariant, Meter};
use crate::domain::bill::{Bill, CardTrace};
use crate::domain::document::{Document, Effect};
use crate::domain::ids::MemberId;
use crate::domain::payment_card;
use crate::domain::policy;
use crate::domain::request::PayoutOutcome;
use crate::domain::say::Named;
use crate::store::document::number;
use crate::store::{Result, Row, Tx};

/// Where a payment card's number can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardPlace {
    /// A document.
    Document,
    /// A clerk's note on a document.
    Note,
    /// What is known of a member.
    Person,
    /// A bill.
    Bill,
    /// What happened at a desk besides documents.
    Event,
    /// A version of the rules.
    Rules,
    /// A person of the staff.
    Staff,
    /// The shop's name or address.
    Shop,
}

impl Named for CardPlace {
    fn word(&self) -> &'static str {
        match self {
            Self::Document => "card-in-document",
            Self::Note => "card-in-note",
            Self::Person => "card-in-person",
            Self::Bill => "card-in-bill",
            Self::Event => "card-in-event",
            Self::Rules => "card-in-rules",
            Self::Staff => "card-in-staff",
            Self::Shop => "card-in-shop",
        }
    }
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Cards {
    looked_at: usize,
    found: Vec<(CardPlace, String)>,
}

impl Cards {
    /// Looks at some texts of one thing, and names it once.
    fn look<'a>(&mut self, place: CardPlace, of: &dyn Fn() -> String, texts: impl IntoIterator<Item = &'a str>) {
        let mut has = false;
        for text in texts {
            self.looked_at += 1;
            has |= payment_card::find(text.as_bytes()).is_some();
        }
        if has {
            self.found.push((place, of()));
        }
    }

    /// The texts of a document that somebody typed; those of its goods are the bill's.
    pub(super) fn add(&mut self, document: &Document) {
        let quote = &document.quote;
        let answers = quote.reason.iter().chain(&quote.condition).map(String::as_str);
        let traces = quote.payouts.iter().filter_map(|payout| payout.card.as_ref()).flat_map(of_trace);
        let typed = quote.effects.iter().filter_map(|effect| match effect {
            Effect::SettlePayout { outcome: PayoutOutcome::Paid(reference), .. } => Some(reference.as_str()),
            Effect::SetStaff { staff } => Some(staff.name.as_str()),
            _ => None,
        });
        self.look(CardPlace::Document, &|| document.number.to_string(), answers.chain(traces).chain(typed));
    }

    /// A bill as it came in, but for item codes and its numbers.
    pub(super) fn add_bill(&mut self, bill: &Bill) {
        let lines = bill.lines.iter().flat_map(|line| {
            // Where a till names goods by their code alone, the text is the code.
            let text = Some(line.text.as_str()).filter(|text| *text != line.item);
            text.into_iter().chain([line.department.as_str()])
        });
        let traces = bill.payments.iter().filter_map(|payment| payment.card.as_ref()).flat_map(of_trace);
        self.look(CardPlace::Bill, &|| bill.number.clone(), lines.chain(traces).chain([bill.till.as_str()]));
    }

    /// Everything else that somebody typed.
    pub(super) fn check(mut self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let sql = "SELECT desk, sequence, text FROM note WHERE site = ?1";
        self.scan(tx, CardPlace::Note, sql, &|row| Ok(number(row, 0)?.to_string()), &[2])?;
        let sql = "SELECT p.member, p.given, p.family, p.address, p.email, COALESCE(m.code, ''),
                CASE WHEN p.phone LIKE '+%' THEN '' ELSE p.phone END
            FROM person p LEFT JOIN member m ON m.site = p.site AND m.id = p.member WHERE p.site = ?1";
        self.scan(tx, CardPlace::Person, sql, &|row| Ok(MemberId(row.uuid(0)?).to_string()), &[1, 2, 3, 4, 5, 6])?;
        let sql = "SELECT no, name FROM staff WHERE site = ?1";
        self.scan(tx, CardPlace::Staff, sql, &|row| Ok(row.int(0)?.to_string()), &[1])?;
        let sql = "SELECT name, address FROM shop WHERE site = ?1";
        self.scan(tx, CardPlace::Shop, sql, &|row| row.string(0), &[0, 1])?;
        tx.scan("SELECT desk, place, detail FROM event WHERE site = ?1", &[tx.site()], &mut |row| {
            let detail = without_ids(row.text(2)?);
            let (desk, place) = (row.int(0)?, row.int(1)?);
            self.look(CardPlace::Event, &|| format!("{desk}, {place}"), [detail.as_str()]);
            Ok(())
        })?;
        for row in tx.query("SELECT version, text FROM policy_version WHERE site = ?1 ORDER BY version", &[tx.site()])? {
            let version = row.int(0)?;
            let texts = policy::written(row.text(1)?);
            self.look(CardPlace::Rules, &|| version.to_string(), texts.iter().map(String::as_str));
        }
        self.tell(meter, found);
        meter.step(1);
        Ok(())
    }

    /// Names what was found.
    pub(super) fn tell(self, meter: &mut Meter<'_>, found: &mut Vec<Finding>) {
        found.extend(self.found.into_iter().map(|(place, of)| Finding::CardNumber { place, of }));
        meter.count(Invariant::Cards, self.looked_at);
    }

    fn scan(
        &mut self,
        tx: &mut Tx<'_>,
        place: CardPlace,
        sql: &str,
        of: &dyn Fn(&Row) -> Result<String>,
        columns: &[usize],
    ) -> Result<()> {
        tx.scan(sql, &[tx.site()], &mut |row| {
            let texts = columns.iter().map(|column| row.text(*column)).collect::<Result<Vec<&str>>>()?;
            let name = of(&row)?;
            self.look(place, &|| name.clone(), texts);
            Ok(())
        })
    }
}

fn of_trace(trace: &CardTrace) -> impl Iterator<Item = &str> {
    [&trace.brand, &trace.reference].into_iter().flatten().map(String::as_str)
}

/// What happened, without the ids of requests and members, which are digits by chance.
fn without_ids(detail: &str) -> String {
    let is_id = |word: &&str| Uuid::parse_str(word.trim_end_matches(':')).is_ok();
    detail.split(' ').map(|word| if is_id(&word) { "id" } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_among_what_happened_are_no_card_numbers() {
        let id = "40000000-0000-4000-8000-000000000002";
        assert_eq!(without_ids(&format!("refund {id}: refund-limit")), "refund id refund-limit");
        let told = without_ids("stopped 4111 1111 1111 1111");
        assert!(payment_card::find(told.as_bytes()).is_some());
    }
}
