//! Shifts: one at a time at a desk. Closing one seals the desk's chain; counts and the drawer are not in here yet.

use super::build::Build;
use super::{Counter, QuoteError};
use crate::domain::document::{Effect, Quote};
use crate::domain::request::Job;
use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;

pub(super) fn open(desk: Counter<'_>) -> Result<Quote, QuoteError> {
    let mut build = Build::new(desk, Job::OpenShift, desk.facts.currency);
    desk.check_clerk(&mut build);
    let ruling = match desk.facts.at_desk.shift {
        Some(opened) => Ruling::refused("shift", Saying::new("ruling-shift-open-already").with("number", opened.to_string())),
        None => Ruling::allowed("shift", Saying::new("ruling-shift-opens")),
    };
    build.rule(ruling);
    build.effect(Effect::OpenShift);
    build.close()
}

pub(super) fn close(desk: Counter<'_>) -> Result<Quote, QuoteError> {
    let mut build = Build::new(desk, Job::CloseShift, desk.facts.currency);
    desk.check_clerk(&mut build);
    match desk.facts.at_desk.shift {
        Some(opened) => {
            build.rule(Ruling::allowed("shift", Saying::new("ruling-shift-closes").with("number", opened.to_string())));
            build.effect(Effect::CloseShift { opened });
        }
        None => build.rule(Ruling::refused("shift", Saying::new("ruling-shift-none-open"))),
    }
    build.close()
}
