//! What the scan box would find.

use clap::Args;
use courtesy::desk::{Hit, TookFor};
use courtesy::text::{Arg, Words};

use super::{Common, Ended, Failure, open, print, words};

/// A text to find.
#[derive(Debug, Args)]
pub(super) struct Find {
    /// A card, receipt, bill, name, phone number or part of one.
    text: String,
}

pub(super) fn find(common: &Common, asked: &Find) -> Result<Ended, Failure> {
    let words = words(common)?;
    let found = open::desk(common)?.find(&asked.text)?;
    for hit in &found.hits {
        print(&if common.json { json(hit).to_string() } else { line(hit, &words) })?;
    }
    if let TookFor::Receipt { agrees: false } = found.took_for {
        super::complain(&words.plain("cli-receipt-disagrees"));
        return Ok(Ended::Refused);
    }
    if found.hits.is_empty() {
        super::complain(&words.say("cli-nothing-found", &[("text", Arg::text(asked.text.trim()))]));
        return Ok(Ended::Refused);
    }
    Ok(Ended::Done)
}

fn line(hit: &Hit, words: &Words) -> String {
    match hit {
        Hit::Member(member) => {
            let name = member.person.as_ref().map(courtesy::domain::member::Person::name).unwrap_or_default();
            let card = member.card.map(|card| card.to_string()).or_else(|| member.code.clone()).unwrap_or_default();
            let plan = member.plan.clone().unwrap_or_default();
            let end = member.end.map(|end| words.formats().date(end)).unwrap_or_default();
            format!("{card}\t{name}\t{plan}\t{end}")
        }
        Hit::Bill(bill) => {
            format!(
                "{}\t{}\t{}\t{}",
                bill.number,
                words.formats().date(bill.business_date),
                words.formats().money(bill.gross),
                bill.id
            )
        }
        Hit::Document(number) => number.to_string(),
        Hit::Credit(code) => code.to_string(),
    }
}

fn json(hit: &Hit) -> serde_json::Value {
    match hit {
        Hit::Member(member) => serde_json::json!({
            "member": member.id, "name": member.person.as_ref().map(courtesy::domain::member::Person::name),
            "card": member.card, "code": member.code, "plan": member.plan, "end": member.end,
        }),
        Hit::Bill(bill) => serde_json::json!({
            "bill": bill.id, "number": bill.number, "date": bill.business_date, "gross": bill.gross, "member": bill.member,
        }),
        Hit::Document(number) => serde_json::json!({ "document": number }),
        Hit::Credit(code) => serde_json::json!({ "credit": code }),
    }
}
