//! Recomputing the books.

use courtesy::desk::DeskError;
use courtesy::domain::ids::DeskNo;
use courtesy::store::Store;
use courtesy::store::verify::{self, Report};
use courtesy::text::Arg;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Common, Ended, Failure, open, print, words};

pub(super) fn verify(common: &Common) -> Result<Ended, Failure> {
    let words = words(common)?;
    let report = match open::desk(common) {
        Ok(mut desk) => {
            let own = desk.number();
            look(desk.store(), own)?
        }
        Err(Failure::Desk(error)) => look_at_shut(common, error)?,
        Err(failure) => return Err(failure),
    };
    let (wrong, notes) = (report.wrong(), report.findings.len() - report.wrong());
    for (invariant, count) in report.holding() {
        let holds = invariant.say(count);
        let say = words.saying(&holds);
        if common.json {
            print(&serde_json::json!({ "holds": holds, "say": say }).to_string())?;
        } else {
            print(&say)?;
        }
    }
    for finding in &report.findings {
        let say = words.saying(&finding.say());
        if common.json {
            print(&serde_json::json!({ "wrong": !finding.is_note(), "finding": finding.say(), "say": say }).to_string())?;
        } else {
            print(&say)?;
        }
    }
    if common.json {
        print(&serde_json::json!({ "wrong": wrong, "notes": notes }).to_string())?;
    } else {
        let counted = [("wrong", Arg::count(wrong)), ("notes", Arg::count(notes))];
        print(&words.say("cli-verified", &counted))?;
    }
    Ok(if wrong == 0 { Ended::Done } else { Ended::Refused })
}

/// Recomputes everything, with a bar for whoever watches.
fn look(store: &mut Store, desk: DeskNo) -> Result<Report, DeskError> {
    let bar = bar(0);
    let remembered = store.outside().recall(desk)?;
    let report = store.read(|tx| {
        let mut heard = |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        };
        verify::verify(tx, Some(&remembered), &mut heard).map_err(DeskError::from)
    })?;
    bar.finish_and_clear();
    Ok(report)
}

/// The same for books that no desk opens on: what keeps them shut comes first, and the rest as far as it can be looked at.
fn look_at_shut(common: &Common, error: DeskError) -> Result<Report, Failure> {
    let Some(why) = error.of_books() else { return Err(error.into()) };
    let store = Store::open_existing(&open::database(common)?).map_err(DeskError::from);
    let mut report = store.and_then(|mut store| look(&mut store, DeskNo(common.desk))).unwrap_or_default();
    report.findings.retain(|finding| *finding != why);
    report.findings.insert(0, why);
    Ok(report)
}

/// A progress bar with rate and time left; hidden where nobody watches.
pub(super) fn bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {percent}% {pos}/{len} {per_sec} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
