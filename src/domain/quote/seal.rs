//! The desk's key and what is remembered outside the database: changed by documents only, and only by managers.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::document::{Effect, Quote};
use crate::domain::member::{FieldFault, LONGEST_ADDRESS, check_text};
use crate::domain::request::{Job, ReAnchor};
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;
use crate::domain::seal::NextKey;

pub(super) fn rotate(desk: Counter<'_>) -> Result<Quote, QuoteError> {
    let mut build = Build::new(desk, Job::RotateKey, desk.facts.currency);
    desk.check_clerk(&mut build);
    desk.needs_manager(&mut build);
    change_key(&mut build, desk, true)?;
    build.close()
}

pub(super) fn re_anchor(desk: Counter<'_>, asked: &ReAnchor) -> Result<Quote, QuoteError> {
    let facts = &desk.facts.at_desk;
    let mut build = Build::new(desk, Job::ReAnchor, desk.facts.currency);
    desk.check_clerk(&mut build);
    desk.needs_manager(&mut build);
    if !facts.adrift {
        build.rule(Ruling::refused("anchor", Saying::new("ruling-anchor-holds")));
    }
    let reason = asked.reason.trim();
    let told = if reason.is_empty() { Err(FieldFault::Missing) } else { check_text(reason, LONGEST_ADDRESS) };
    build.check_field("anchor", told);
    build.quote.reason = Some(asked.reason.clone());
    build.effect(Effect::ReAnchor { remembered: facts.remembered });
    if facts.waiting.is_some() {
        change_key(&mut build, desk, false)?;
    }
    build.close()
}

/// Brings the waiting key in, vouched for by the one in force where that one is not lost.
fn change_key(build: &mut Build, desk: Counter<'_>, vouched: bool) -> Result<(), QuoteError> {
    let facts = &desk.facts.at_desk;
    let waiting = facts.waiting.ok_or(QuoteError::Missing("waiting key"))?;
    let no = facts.key.map_or(0, |(no, _)| no).saturating_add(1);
    let next = NextKey { desk: desk.facts.desk, no, public: waiting.public };
    let bytes = next.bytes().map_err(|error| QuoteError::Unwritten(error.to_string()))?;
    let holds = facts.key.zip(waiting.signature).is_some_and(|((_, key), signature)| key.signed(&bytes, &signature));
    if vouched && !holds {
        build.rule(Ruling::refused("key", Saying::new("ruling-key-unsigned")));
    } else {
        build.rule(Ruling::allowed("key", Saying::new("ruling-key-next").with("no", i64::from(no))));
    }
    build.effect(Effect::ChangeKey { no, public: waiting.public, signature: waiting.signature });
    Ok(())
}
