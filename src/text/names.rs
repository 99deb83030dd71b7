//! The names of months and days, and the order in which a named day is written, read once from a language's messages.

use super::Bundle;

/// What a language calls the parts of the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateNames {
    /// January to December, as they stand in a date.
    pub months: Vec<String>,
    /// The same where there is little room.
    pub narrow_months: Vec<String>,
    /// Monday to Sunday, short.
    pub weekdays: Vec<String>,
    /// `{d}`, `{m}` and `{y}` where day, month's name and year belong, the day first.
    pub day_first: Pattern,
    /// The same, the month first.
    pub month_first: Pattern,
}

/// A date's pattern with the year and without, and with the year where there is little room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pub with_year: String,
    pub without_year: String,
    pub narrow: String,
}

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10", "month-11",
    "month-12",
];
const NARROW_MONTHS: [&str; 12] = [
    "month-narrow-1",
    "month-narrow-2",
    "month-narrow-3",
    "month-narrow-4",
    "month-narrow-5",
    "month-narrow-6",
    "month-narrow-7",
    "month-narrow-8",
    "month-narrow-9",
    "month-narrow-10",
    "month-narrow-11",
    "month-narrow-12",
];
const WEEKDAYS: [&str; 7] = ["weekday-1", "weekday-2", "weekday-3", "weekday-4", "weekday-5", "weekday-6", "weekday-7"];

/// Reads the calendar's names from a bundle.
pub(super) fn read(bundle: &Bundle) -> DateNames {
    let word = |id: &&str| plain(bundle, id);
    DateNames {
        months: MONTHS.iter().map(word).collect(),
        narrow_months: NARROW_MONTHS.iter().map(word).collect(),
        weekdays: WEEKDAYS.iter().map(word).collect(),
        day_first: Pattern {
            with_year: plain(bundle, "date-day-first"),
            without_year: plain(bundle, "date-day-first-short"),
            narrow: plain(bundle, "date-day-first-narrow"),
        },
        month_first: Pattern {
            with_year: plain(bundle, "date-month-first"),
            without_year: plain(bundle, "date-month-first-short"),
            narrow: plain(bundle, "date-month-first-narrow"),
        },
    }
}

/// A message's words; the patterns name their parts as values, which are filled with their own marks.
fn plain(bundle: &Bundle, id: &str) -> String {
    let mut args = fluent_bundle::FluentArgs::new();
    for (name, mark) in [("day", "{d}"), ("month", "{m}"), ("year", "{y}")] {
        args.set(name, mark);
    }
    let mut gaps = Vec::new();
    bundle
        .get_message(id)
        .and_then(|message| message.value())
        .map_or_else(|| format!("⟦{id}⟧"), |value| bundle.format_pattern(value, Some(&args), &mut gaps).into_owned())
}
