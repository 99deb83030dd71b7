//! What clerks gave, held again against the rules of the day by the same limit engine, and every word that was needed against who gave
//! it.
//!
//! Numbers order one desk's documents and no clock orders those of several. So a document is held against what its own desk had given
//! before, or against more where it says so itself; and documents of several desks that nobody approved against all of them together,
//! for the last of them, whichever that was, saw the others. What stays unseen: a second desk's share in what was approved or undone, a
//! member's year over several desks, a role that another desk took away, rules whose text nobody reads any more, and whether a person
//! who approved was of the member's household.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use super::across::Across;
use super::given_before::GivenBefore;
use super::roles::Roles;
use super::{Finding, Invariant, Meter};
use crate::domain::digest::Digest;
use crate::domain::document::{Document, Effect, PolicyMark};
use crate::domain::ids::{DeskNo, DocumentNumber, StaffNo};
use crate::domain::money::{Currency, Money};
use crate::domain::policy::{Ceilings, Policy, of_the_shop};
use crate::domain::request::Job;
use crate::domain::ruling::{Outcome, reach};
use crate::domain::say::Value;
use crate::domain::staff::Role;
use crate::store::{Result, Tx};

/// A version of the rules, as far as it limits.
pub(super) struct Rules {
    hash: Digest,
    effective: Date,
    /// Whether somebody may approve alone what they asked for; none where the text cannot be read.
    own: Option<bool>,
    limits: BTreeMap<Job, Vec<(&'static str, Ceilings)>>,
}

/// All versions of the rules, by their numbers.
pub(super) type AllRules = BTreeMap<i64, Rules>;

/// A document that went past a limit as far as is known; a role that another desk's document gives may yet allow it.
struct Doubt {
    document: DocumentNumber,
    clerk: StaffNo,
    version: i64,
    job: Job,
    rule: &'static str,
    together: Money,
    approved: Option<Role>,
}

/// What documents say of limits and of who lifted them.
pub(super) struct Limits {
    rules: AllRules,
    roles: Roles,
    desk: DeskNo,
    given: GivenBefore,
    adopted: i64,
    across: Across,
    doubts: Vec<Doubt>,
    /// Who is said to have approved, and as what.
    approvers: Vec<(DocumentNumber, StaffNo, Role)>,
    wrong: Vec<DocumentNumber>,
    looked_at: usize,
}

impl Limits {
    /// Reads the rules.
    pub(super) fn read(tx: &mut Tx<'_>) -> Result<Self> {
        let mut rules = BTreeMap::new();
        let sql = "SELECT version, text, hash, effective FROM policy_version WHERE site = ?1 ORDER BY version";
        for row in tx.query(sql, &[tx.site()])? {
            rules.insert(row.int(0)?, Rules::of(row.text(1)?, row.digest(2)?, row.date(3)?));
        }
        let (desk, given, across) = (DeskNo(0), GivenBefore::default(), Across::default());
        let (roles, doubts, approvers, wrong) = (Roles::default(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { rules, roles, desk, given, adopted: 0, across, doubts, approvers, wrong, looked_at: 0 })
    }

    /// Adds the next document of a desk.
    pub(super) fn add(&mut self, document: &Document) -> Result<()> {
        if self.desk != document.number.desk {
            (self.desk, self.given, self.adopted) = (document.number.desk, GivenBefore::default(), 0);
        }
        if !self.was_approved(document) || !self.is_in_force(&document.quote.policy, document.quote.business_date) {
            self.wrong.push(document.number);
        }
        self.look_at(document)?;
        self.given.add(document);
        self.roles.add(document);
        for effect in &document.quote.effects {
            match effect {
                Effect::MarkVoided { document } => self.across.undo(*document),
                Effect::AdoptPolicy { hash } => self.adopt(*hash, document.quote.business_date),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether nothing was refused, and a word that was needed is there, of somebody who was said to be high enough.
    fn was_approved(&mut self, document: &Document) -> bool {
        let quote = &document.quote;
        if let Some(mark) = &document.approval {
            self.approvers.push((document.number, mark.by, mark.role));
            let may_own = self.rules.get(&quote.policy.version).filter(|rules| rules.hash == quote.policy.hash);
            let may_own = may_own.and_then(|rules| rules.own).unwrap_or(true);
            if mark.own != (mark.by == quote.clerk) || (mark.own && !may_own) {
                return false;
            }
        }
        match quote.verdict() {
            Outcome::Allowed => true,
            Outcome::Refused => false,
            Outcome::NeedsApproval(role) | Outcome::RefusedUnless(role) => {
                document.approval.as_ref().is_some_and(|mark| mark.role.may_approve(role))
            }
        }
    }

    /// Whether no newer rules held, as far as this desk had brought some in.
    fn is_in_force(&self, mark: &PolicyMark, on: Date) -> bool {
        let known = self.rules.get(&mark.version).is_none_or(|rules| rules.hash != mark.hash || rules.effective <= on);
        known && (mark.version >= self.adopted || self.rules.get(&self.adopted).is_none_or(|rules| rules.effective > on))
    }

    fn adopt(&mut self, hash: Digest, on: Date) {
        let adopted = self.rules.iter().find(|(_, rules)| rules.hash == hash && rules.effective == on);
        self.adopted = self.adopted.max(adopted.map_or(0, |(version, _)| *version));
    }

    /// Holds a document that gave something against each limit of its rules.
    fn look_at(&mut self, document: &Document) -> Result<()> {
        let (quote, document_number) = (&document.quote, document.number);
        let version = quote.policy.version;
        let Some(rules) = self.rules.get(&version).filter(|rules| rules.hash == quote.policy.hash) else { return Ok(()) };
        let Some(limits) = rules.limits.get(&quote.job) else { return Ok(()) };
        self.looked_at += 1;
        let approved = document.approval.as_ref().map(|mark| mark.role);
        let roles = self.roles.so_far(quote.clerk, document_number);
        for (rule, ceilings) in limits {
            let known = self.given.together(rule, quote)?;
            let together = said(document, rule).filter(|said| said.currency() == quote.currency).unwrap_or(known);
            if known.exceeds(together)? {
                self.wrong.push(document_number);
            }
            let (clerk, job, together) = (quote.clerk, quote.job, if known.exceeds(together)? { known } else { together });
            if !within(&roles, together, ceilings, approved)? {
                self.doubts.push(Doubt { document: document_number, clerk, version, job, rule, together, approved });
            }
        }
        self.across.add(document);
        Ok(())
    }

    /// Names what went past a limit, each document once.
    pub(super) fn check(self, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let mut wrong: HashSet<DocumentNumber> = self.wrong.iter().copied().collect();
        for doubt in &self.doubts {
            let ceilings = ceilings(&self.rules, doubt.version, doubt.job, doubt.rule);
            let roles = self.roles.of(doubt.clerk, doubt.document);
            if let Some(ceilings) = ceilings
                && !within(&roles, doubt.together, ceilings, doubt.approved)?
            {
                wrong.insert(doubt.document);
            }
        }
        let may_not = |(document, by, role): &&(DocumentNumber, StaffNo, Role)| !self.roles.of(*by, *document).contains(role);
        wrong.extend(self.approvers.iter().filter(may_not).map(|(document, ..)| *document));
        let together = self.across.past(&self.rules, &self.roles)?;
        let mut sorted: Vec<_> = wrong.iter().copied().collect();
        sorted.sort_unstable();
        found.extend(sorted.into_iter().map(|document| Finding::PastLimit { document }));
        let together = together.into_iter().filter(|document| !wrong.contains(document));
        found.extend(together.map(|document| Finding::PastLimitTogether { document }));
        meter.count(Invariant::Limits, self.looked_at);
        meter.step(1);
        Ok(())
    }
}

impl Rules {
    fn of(text: &str, hash: Digest, effective: Date) -> Self {
        let Ok(policy) = Policy::parse(text) else {
            return Self { hash, effective, own: None, limits: BTreeMap::new() };
        };
        let (limits, goodwill) = (policy.limits, policy.goodwill);
        let of_goodwill = vec![
            ("goodwill-limit", limits.goodwill),
            ("goodwill-day", goodwill.budget_day),
            ("goodwill-member", of_the_shop(goodwill.member_year)),
            ("goodwill-shop", of_the_shop(goodwill.shop_month)),
        ];
        let limits = [
            (Job::Refund, vec![("refund-limit", limits.refund)]),
            (Job::CorrectPrice, vec![("price-limit", limits.price_correction)]),
            (Job::Goodwill, of_goodwill),
        ];
        Self { hash, effective, own: Some(policy.approvals.own), limits: limits.into() }
    }
}

/// The ceilings of a limit in a version of the rules.
pub(super) fn ceilings<'a>(rules: &'a AllRules, version: i64, job: Job, rule: &str) -> Option<&'a Ceilings> {
    rules.get(&version)?.limits.get(&job)?.iter().find(|(name, _)| *name == rule).map(|(_, ceilings)| ceilings)
}

/// Whether one of some roles may give so much, alone or with the word of somebody of another role.
pub(super) fn within(roles: &[Role], together: Money, ceilings: &Ceilings, approved: Option<Role>) -> Result<bool> {
    let currency: Currency = together.currency();
    for role in roles {
        let fits = match reach(*role, together, ceilings, currency)? {
            Outcome::Allowed => true,
            Outcome::NeedsApproval(needed) | Outcome::RefusedUnless(needed) => {
                approved.is_some_and(|role| role.may_approve(needed))
            }
            Outcome::Refused => false,
        };
        if fits {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a document says came together under a limit.
fn said(document: &Document, rule: &str) -> Option<Money> {
    let ruling = document.quote.rulings.iter().find(|ruling| ruling.rule == rule)?;
    ruling.say.args.iter().find_map(|(name, value)| match value {
        Value::Money(amount) if name == "amount" => Some(*amount),
        _ => None,
    })
}
