//! Erasing a person: all that tells who a member is goes, and what the books say of money stays.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::document::{Effect, Quote};
use crate::domain::member::{LONGEST_ADDRESS, Person, check_text};
use crate::domain::request::{ErasePerson, Job};
use crate::domain::ruling::Ruling;
use crate::domain::say::{Named, Saying};
use crate::domain::staff::Role;

/// Letters of the shortest part of a name that a reason must not repeat.
const TELLING: usize = 3;

pub(super) fn erase(desk: Counter<'_>, asked: &ErasePerson) -> Result<Quote, QuoteError> {
    let member = desk.facts.member.as_ref().ok_or(QuoteError::Missing("member"))?;
    let mut build = Build::new(desk, Job::ErasePerson, desk.facts.currency);
    desk.check_clerk(&mut build);
    desk.needs_manager(&mut build);
    match &member.person {
        None => build.rule(Ruling::refused("person", Saying::new("ruling-erased-before"))),
        Some(person) => check_reason(&mut build, asked.reason.as_deref(), person),
    }
    check_open(&mut build, desk);
    build.quote.reason.clone_from(&asked.reason);
    build.effect(Effect::ErasePerson { member: member.id });
    build.close()
}

/// The reason stays in the books, so it must not name the person.
fn check_reason(build: &mut Build, reason: Option<&str>, person: &Person) {
    let Some(reason) = reason else { return };
    build.check_field("reason", check_text(reason, LONGEST_ADDRESS));
    let said = reason.to_lowercase();
    let words = [&person.given, &person.family, &person.phone, &person.email, &person.address];
    let mut telling = words.into_iter().flat_map(|text| text.split_whitespace()).map(str::to_lowercase);
    if telling.any(|word| word.chars().count() >= TELLING && said.contains(&word)) {
        build.rule(Ruling::refused("reason", Saying::new("ruling-erase-names")));
    }
}

/// A payout to a card that waits needs the person. Store credit stays good for whoever brings its code, and that an administrator
/// may decide.
fn check_open(build: &mut Build, desk: Counter<'_>) {
    let open = &desk.facts.open;
    if open.payouts_due > 0 {
        let say = Saying::new("ruling-erase-due").with("count", i64::from(open.payouts_due));
        build.rule(Ruling::refused("payouts-due", say));
    }
    let role = Role::Administrator;
    for amount in &open.credit {
        let say = |id: &str| Saying::new(id).with("amount", *amount).with("role", role.value());
        build.rule(if desk.facts.clerk.role >= role {
            Ruling::allowed("credit-left", say("ruling-erase-credit-stays"))
        } else {
            Ruling::asks("credit-left", role, say("ruling-erase-credit"))
        });
    }
}
