//! What keeps the shop going: staff, policy, and what became of payouts to cards. No money moves here.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::digest::Digest;
use crate::domain::document::{Effect, Quote};
use crate::domain::member::{FieldFault, LONGEST_NAME, check_text};
use crate::domain::payment_card;
use crate::domain::policy::Policy;
use crate::domain::request::{AdoptPolicy, Job, PayoutOutcome, RecordPayout, SetStaff};
use crate::domain::ruling::Ruling;
use crate::domain::say::{Named, Saying};
use crate::domain::staff::{LANGUAGES, Role, Staff};

pub(super) fn record_payout(desk: Counter<'_>, asked: &RecordPayout) -> Result<Quote, QuoteError> {
    let facts = desk.facts.document.as_ref().ok_or(QuoteError::Missing("document"))?;
    let mut build = Build::new(desk, Job::RecordPayout, facts.document.quote.currency);
    desk.check_clerk(&mut build);
    build.quote.subject = facts.document.quote.subject.clone();
    build.quote.subject.document = Some(facts.document.number);
    let number = facts.document.number;
    if facts.voided || !facts.due.contains(&asked.payout) {
        let say = Saying::new("ruling-payout-not-due").with("number", number.to_string());
        build.rule(Ruling::refused("payout", say));
    }
    let outcome = match &asked.outcome {
        PayoutOutcome::Paid(typed) => PayoutOutcome::Paid(build.reference("payout", Some(typed)).unwrap_or_default()),
        PayoutOutcome::Failed => PayoutOutcome::Failed,
    };
    build.effect(Effect::SettlePayout { document: number, payout: asked.payout, outcome });
    build.close()
}

pub(super) fn set_staff(desk: Counter<'_>, asked: &SetStaff) -> Result<Quote, QuoteError> {
    let mut build = Build::new(desk, Job::SetStaff, desk.facts.currency);
    desk.check_clerk(&mut build);
    let own = desk.facts.clerk.role;
    let now = desk.facts.staff.as_ref().map_or(Role::Auditor, |staff| staff.role);
    desk.needs_manager(&mut build);
    if asked.staff.role > own || now > own {
        build.rule(Ruling::refused("staff", Saying::new("ruling-above-own-role").with("role", own.value())));
    }
    let clerk = &desk.facts.clerk;
    if asked.staff.no == clerk.no && (asked.staff.role != clerk.role || !asked.staff.active) {
        build.rule(Ruling::refused("staff", Saying::new("ruling-own-role")));
    }
    check_member(&mut build, desk, &asked.staff);
    let name = asked.staff.name.trim();
    let named = if name.is_empty() { Err(FieldFault::Missing) } else { check_text(name, LONGEST_NAME) };
    build.check_field("staff", named);
    if !LANGUAGES.contains(&asked.staff.language.as_str()) {
        let say = Saying::new("ruling-language-unknown").with("language", payment_card::mask(&asked.staff.language));
        build.rule(Ruling::refused("staff", say));
    }
    build.effect(Effect::SetStaff { staff: asked.staff.clone() });
    build.close()
}

/// Which member a person is, only administrators say; and nobody takes away or changes their own, for it keeps them from their own
/// money.
fn check_member(build: &mut Build, desk: Counter<'_>, asked: &Staff) {
    let known = desk.facts.staff.as_ref().and_then(|staff| staff.member);
    if asked.member == known {
        return;
    }
    let role = Role::Administrator;
    if desk.facts.clerk.role < role {
        build.rule(Ruling::asks("staff-member", role, Saying::new("ruling-staff-member").with("role", role.value())));
    }
    if asked.no == desk.facts.clerk.no && known.is_some() {
        build.rule(Ruling::refused("staff-member", Saying::new("ruling-own-member")));
    }
}

pub(super) fn adopt_policy(desk: Counter<'_>, asked: &AdoptPolicy, hash: Digest) -> Result<Quote, QuoteError> {
    let mut build = Build::new(desk, Job::AdoptPolicy, desk.facts.currency);
    desk.check_clerk(&mut build);
    desk.needs_manager(&mut build);
    if let Err(error) = Policy::adopt(&asked.text, desk.facts.currency) {
        build.rule(Ruling::refused("policy", Saying::new("ruling-policy-unreadable").with("error", error.to_string())));
    }
    build.effect(Effect::AdoptPolicy { hash });
    build.close()
}
