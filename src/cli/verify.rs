//! Recomputing the books.

use courtesy::desk::DeskError;
use courtesy::store::{StoreError, verify};
use courtesy::text::Arg;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Common, Ended, Failure, open, print, words};

pub(super) fn verify(common: &Common) -> Result<Ended, Failure> {
    let words = words(common)?;
    let mut desk = match open::desk(common) {
        Err(Failure::Desk(DeskError::Store(damage @ StoreError::Damaged { .. }))) => {
            print(&words.say("verify-file", &[("text", Arg::text(damage.to_string()))]))?;
            return Ok(Ended::Refused);
        }
        desk => desk?,
    };
    let bar = bar(0);
    let own = desk.number();
    let remembered = desk.store().outside().recall(own).map_err(DeskError::from)?;
    let report = desk.store().read(|tx| {
        let mut heard = |done, all| {
            bar.set_length(all);
            bar.set_position(done);
        };
        verify::verify(tx, Some(&remembered), &mut heard).map_err(DeskError::from)
    })?;
    bar.finish_and_clear();
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

/// A progress bar with rate and time left; hidden where nobody watches.
pub(super) fn bar(length: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{wide_bar} {percent}% {pos}/{len} {per_sec} {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(length).with_style(style)
}
