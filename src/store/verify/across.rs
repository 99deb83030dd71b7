//! What several desks gave together without anybody's word. Whichever document was the last of them, it saw all the others.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::limits::{AllRules, ceilings, within};
use super::roles::Roles;
use crate::domain::document::Document;
use crate::domain::ids::{DocumentNumber, StaffNo};
use crate::domain::money::Money;
use crate::domain::request::Job;
use crate::store::Result;

/// A document under one limit, together with all others of the same key.
struct Entry {
    /// Sum of the limit and of what counts together: the member or bill of a day, the clerk's day, the shop's month.
    key: u64,
    document: DocumentNumber,
    rule: &'static str,
    job: Job,
    clerk: StaffNo,
    version: i64,
    amount: Money,
    /// Whether nobody approved it.
    free: bool,
}

/// Documents that gave something.
#[derive(Default)]
pub(super) struct Across {
    entries: Vec<Entry>,
    undone: HashSet<DocumentNumber>,
}

impl Across {
    /// Adds a document that gave something.
    pub(super) fn add(&mut self, document: &Document) {
        let quote = &document.quote;
        let (day, currency, job) = (quote.business_date, quote.currency, quote.job);
        let free = document.approval.is_none();
        let mut put = |rule: &'static str, key: u64| {
            let (document, clerk, version) = (document.number, quote.clerk, quote.policy.version);
            self.entries.push(Entry { key, document, rule, job, clerk, version, amount: quote.total, free });
        };
        let rule = match job {
            Job::Refund => "refund-limit",
            Job::CorrectPrice => "price-limit",
            _ => "goodwill-limit",
        };
        if let Some(member) = quote.subject.member {
            put(rule, key_of(&(rule, currency, day, "member", member.0.as_bytes())));
        }
        for bill in &quote.subject.bills {
            put(rule, key_of(&(rule, currency, day, "bill", bill.id.0.as_bytes())));
        }
        if job == Job::Goodwill {
            put("goodwill-day", key_of(&("goodwill-day", currency, day, quote.clerk.0)));
            put("goodwill-shop", key_of(&("goodwill-shop", currency, day.first_of_month())));
        }
    }

    /// A document was undone; it may have been so before another desk gave anything.
    pub(super) fn undo(&mut self, document: DocumentNumber) {
        self.undone.insert(document);
    }

    /// For each key of which several desks gave more together than any of their last documents could without a word, one of those.
    pub(super) fn past(mut self, rules: &AllRules, roles: &Roles) -> Result<Vec<DocumentNumber>> {
        let undone = self.undone;
        self.entries.retain(|entry| !undone.contains(&entry.document));
        self.entries.sort_unstable_by_key(|entry| (entry.key, entry.document));
        let mut past = Vec::new();
        for group in self.entries.chunk_by(|one, other| one.key == other.key) {
            past.extend(too_much(group, rules, roles)?);
        }
        past.sort_unstable();
        past.dedup();
        Ok(past)
    }
}

/// The last of a group that nobody approved, where the group went past its limit whichever desk's was the last.
fn too_much(group: &[Entry], rules: &AllRules, roles: &Roles) -> Result<Option<DocumentNumber>> {
    let Some(first) = group.first() else { return Ok(None) };
    let mut together = first.amount.currency().zero();
    let mut lasts: Vec<&Entry> = Vec::new();
    for of_desk in group.chunk_by(|one, other| one.document.desk == other.document.desk) {
        let Some(last) = of_desk.iter().rposition(|entry| entry.free) else { continue };
        together = of_desk.iter().take(last + 1).try_fold(together, |sum, entry| sum.plus(entry.amount))?;
        lasts.extend(of_desk.get(last));
    }
    if lasts.len() < 2 {
        return Ok(None);
    }
    for last in &lasts {
        let Some(ceilings) = ceilings(rules, last.version, last.job, last.rule) else { return Ok(None) };
        if within(&roles.of(last.clerk, last.document), together, ceilings, None)? {
            return Ok(None);
        }
    }
    Ok(lasts.last().map(|last| last.document))
}

fn key_of(of: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}
