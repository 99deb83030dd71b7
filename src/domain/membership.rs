//! Plans, terms and what paying for the next one gives.
//!
//! A term's end is its last valid day. A run of unbroken terms keeps its anchor, so that a month's end or a 29 February
//! never drifts: the end is always anchor + months of the run - 1 day.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::calendar::{OutOfCalendar, days_later, months_later};
use super::money::{Money, Rate};

/// How a plan counts its terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum TermRule {
    /// Renewing early or within some months after expiry continues from the old expiry; later starts today.
    Anniversary {
        /// Length of a term in months.
        months: i32,
        /// Months after expiry within which a renewal continues from the old expiry.
        continue_within_months: i32,
    },
    /// Every term starts on the day of payment, or after the running one.
    Rolling {
        /// Length of a term in months.
        months: i32,
    },
    /// Years that start on a fixed day for everybody.
    Fixed {
        /// Month in which the year starts, 1 to 12.
        start_month: i8,
        /// Day on which the year starts.
        start_day: i8,
        /// Joining on or after this month and day includes the next year.
        rollover: Option<(i8, i8)>,
    },
    /// One term without an end.
    Lifetime,
}

/// A level of membership with its fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Plan {
    /// Short code used in requests, such as `gold`.
    pub code: String,
    /// Name as printed on receipts.
    pub name: String,
    /// Fee of a term, tax included.
    pub fee: Money,
    /// Tax contained in the fee.
    #[serde(default)]
    pub tax: Rate,
    /// How its terms are counted.
    pub term: TermRule,
    /// How many further people of a household carry a card without paying.
    #[serde(default)]
    pub household_cards: u32,
    /// What it offers, a line each, as shown beside the fee.
    #[serde(default)]
    pub offers: Vec<String>,
}

/// One paid period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Code of the plan.
    pub plan: String,
    /// First valid day.
    #[schemars(with = "String")]
    pub start: Date,
    /// Last valid day; none for life.
    #[schemars(with = "Option<String>")]
    pub end: Option<Date>,
    /// First day of the unbroken run of terms that are counted in months.
    #[schemars(with = "String")]
    pub anchor: Date,
    /// Months of the unbroken run up to this term's end.
    pub run_months: i32,
    /// What was paid for it.
    pub fee: Money,
}

/// How a renewal stands to the term before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RenewalKind {
    /// There was no term before.
    First,
    /// Before the old term ended.
    Early,
    /// After it ended, but still continuing from it.
    Continued,
    /// Too late to continue: the new term starts today and the gap stays visible.
    Lapsed,
}

/// A membership's state on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Joined within the first months.
    New,
    /// Paid for today.
    Current,
    /// Just ended; benefits go on for a while.
    Grace,
    /// Ended.
    Expired,
    /// Never had a term.
    None,
}

/// Why no term can be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TermError {
    /// A lifetime membership needs no renewal.
    #[error("the membership is for life; there is nothing to renew and no fee is due")]
    AlreadyForLife,
    /// The rule names a day no year has, or a length of nothing.
    #[error("the plan's term rule is not possible; no fee was taken; an administrator corrects the policy")]
    BadRule,
    /// The date left the calendar.
    #[error(transparent)]
    Calendar(#[from] OutOfCalendar),
}

/// The term that paying for `plan` on `today` gives to a member whose last term is `last`.
pub fn next_term(plan: &Plan, last: Option<&Term>, today: Date) -> Result<(Term, RenewalKind), TermError> {
    let kind = renewal_kind(plan.term, last, today)?;
    let (start, anchor, before) = match (kind, last) {
        (RenewalKind::Early | RenewalKind::Continued, Some(Term { end: Some(end), anchor, run_months, .. })) => {
            (days_later(*end, 1)?, *anchor, *run_months)
        }
        _ => (today, today, 0),
    };
    let (start, end, anchor, run_months) = match plan.term {
        TermRule::Anniversary { months, .. } | TermRule::Rolling { months } => {
            if months <= 0 {
                return Err(TermError::BadRule);
            }
            let run_months = before.checked_add(months).ok_or(TermError::BadRule)?;
            (start, Some(days_later(months_later(anchor, run_months)?, -1)?), anchor, run_months)
        }
        TermRule::Fixed { start_month, start_day, rollover } => {
            let (first, end) = fixed_year(start, (start_month, start_day), rollover)?;
            let start = if kind == RenewalKind::Early { start } else { first };
            (start, Some(end), days_later(end, 1)?, 0)
        }
        TermRule::Lifetime => (start, None, anchor, 0),
    };
    Ok((Term { plan: plan.code.clone(), start, end, anchor, run_months, fee: plan.fee }, kind))
}

fn renewal_kind(rule: TermRule, last: Option<&Term>, today: Date) -> Result<RenewalKind, TermError> {
    let Some(last) = last else { return Ok(RenewalKind::First) };
    let Some(end) = last.end else { return Err(TermError::AlreadyForLife) };
    if today <= end {
        return Ok(RenewalKind::Early);
    }
    let within = match rule {
        TermRule::Anniversary { continue_within_months, .. } => continue_within_months,
        TermRule::Rolling { .. } | TermRule::Fixed { .. } | TermRule::Lifetime => 0,
    };
    Ok(if within > 0 && today <= months_later(end, within)? { RenewalKind::Continued } else { RenewalKind::Lapsed })
}

/// The fixed year around a day, and the next one with it where the day is past the rollover.
fn fixed_year(day: Date, start: (i8, i8), rollover: Option<(i8, i8)>) -> Result<(Date, Date), TermError> {
    let on = |year: i16, (month, day): (i8, i8)| Date::new(year, month, day).map_err(|_| TermError::BadRule);
    let this_year = on(day.year(), start)?;
    let start_year = if day < this_year { day.year() - 1 } else { day.year() };
    let first = on(start_year, start)?;
    let rolls = match rollover {
        None => false,
        Some(at) => {
            let same_year = on(start_year, at)?;
            day >= if same_year < first { on(start_year + 1, at)? } else { same_year }
        }
    };
    let end = days_later(on(start_year + if rolls { 2 } else { 1 }, start)?, -1)?;
    Ok((first, end))
}

/// When a member might pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PayDay {
    /// Now.
    Today,
    /// On the last day of the running term.
    AtEnd,
    /// On the first day that is too late to continue.
    AfterLapse,
}

/// What paying on a day would give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// Which day is meant.
    pub day: PayDay,
    /// That day.
    pub pay_on: Date,
    /// The term it gives.
    pub term: Term,
    /// How that stands to the term before.
    pub kind: RenewalKind,
}

/// What paying today, at the end of the term, or after a lapse would give; days that are past are left out.
pub fn prospects(plan: &Plan, last: Option<&Term>, today: Date) -> Result<Vec<Prospect>, TermError> {
    let mut days = vec![(PayDay::Today, today)];
    match last.map(|term| term.end) {
        Some(None) => return Ok(Vec::new()),
        Some(Some(end)) => {
            let within = match plan.term {
                TermRule::Anniversary { continue_within_months, .. } => continue_within_months,
                _ => 0,
            };
            days.push((PayDay::AtEnd, end));
            days.push((PayDay::AfterLapse, days_later(months_later(end, within)?, 1)?));
        }
        None => {}
    }
    let mut prospects = Vec::new();
    for (day, pay_on) in days.into_iter().filter(|(_, pay_on)| *pay_on >= today) {
        let (term, kind) = next_term(plan, last, pay_on)?;
        prospects.push(Prospect { day, pay_on, term, kind });
    }
    Ok(prospects)
}

/// Months counted for [`Status`]: how long a member is new, and how long benefits go on after the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct StatusMonths {
    /// Months from joining during which a member is new.
    pub new: i32,
    /// Months after the end during which benefits go on.
    pub grace: i32,
}

/// The state on a day of a membership with these terms, oldest first.
pub fn status(since: Date, terms: &[Term], months: StatusMonths, today: Date) -> Result<Status, OutOfCalendar> {
    let covers = |term: &Term| term.start <= today && term.end.is_none_or(|end| today <= end);
    if terms.iter().any(covers) {
        return Ok(if today < months_later(since, months.new)? { Status::New } else { Status::Current });
    }
    let Some(end) = terms.iter().filter_map(|term| term.end).filter(|end| *end < today).max() else { return Ok(Status::None) };
    Ok(if today <= months_later(end, months.grace)? { Status::Grace } else { Status::Expired })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use jiff::civil::date;

    fn plan(term: TermRule) -> Plan {
        let fee = Currency::from_code("EUR").unwrap().minor(6500);
        Plan { code: "gold".into(), name: "Gold".into(), fee, tax: Rate::default(), term, household_cards: 1, offers: vec![] }
    }

    fn ended(end: Date) -> Term {
        let start = days_later(months_later(days_later(end, 1).unwrap(), -12).unwrap(), 0).unwrap();
        Term { plan: "gold".into(), start, end: Some(end), anchor: start, run_months: 12, fee: plan(TermRule::Lifetime).fee }
    }

    const CLUB: TermRule = TermRule::Anniversary { months: 12, continue_within_months: 2 };

    #[test]
    fn renewals_of_a_club() {
        let old = ended(date(2025, 3, 31));
        for (paid, start, end, kind) in [
            (date(2025, 2, 10), date(2025, 4, 1), date(2026, 3, 31), RenewalKind::Early),
            (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31), RenewalKind::Early),
            (date(2025, 5, 20), date(2025, 4, 1), date(2026, 3, 31), RenewalKind::Continued),
            (date(2025, 5, 31), date(2025, 4, 1), date(2026, 3, 31), RenewalKind::Continued),
            (date(2025, 6, 1), date(2025, 6, 1), date(2026, 5, 31), RenewalKind::Lapsed),
            (date(2025, 7, 1), date(2025, 7, 1), date(2026, 6, 30), RenewalKind::Lapsed),
        ] {
            let (term, got) = next_term(&plan(CLUB), Some(&old), paid).unwrap();
            assert_eq!((term.start, term.end, got), (start, Some(end), kind), "paid {paid}");
        }
    }

    #[test]
    fn what_paying_when_would_give() {
        let old = ended(date(2025, 3, 31));
        let found = prospects(&plan(CLUB), Some(&old), date(2025, 2, 10)).unwrap();
        let ends: Vec<_> = found.iter().map(|prospect| (prospect.day, prospect.term.end.unwrap())).collect();
        let expected =
            [(PayDay::Today, date(2026, 3, 31)), (PayDay::AtEnd, date(2026, 3, 31)), (PayDay::AfterLapse, date(2026, 5, 31))];
        assert_eq!(ends, expected);
        assert_eq!(prospects(&plan(CLUB), Some(&old), date(2025, 7, 1)).unwrap().len(), 1);
    }

    #[test]
    fn variants_of_the_rule() {
        let back_dated = TermRule::Anniversary { months: 12, continue_within_months: 12 };
        let (term, kind) = next_term(&plan(back_dated), Some(&ended(date(2025, 3, 31))), date(2026, 3, 1)).unwrap();
        assert_eq!((term.end, kind), (Some(date(2026, 3, 31)), RenewalKind::Continued));
        let (term, _) = next_term(&plan(TermRule::Rolling { months: 12 }), None, date(2006, 6, 14)).unwrap();
        assert_eq!((term.start, term.end), (date(2006, 6, 14), Some(date(2007, 6, 13))));
        let (term, kind) =
            next_term(&plan(TermRule::Rolling { months: 12 }), Some(&ended(date(2025, 3, 31))), date(2025, 4, 2)).unwrap();
        assert_eq!((term.start, kind), (date(2025, 4, 2), RenewalKind::Lapsed));
        let (term, _) = next_term(&plan(TermRule::Lifetime), None, date(2006, 6, 14)).unwrap();
        assert_eq!(term.end, None);
        assert_eq!(next_term(&plan(TermRule::Lifetime), Some(&term), date(2007, 1, 1)), Err(TermError::AlreadyForLife));
        assert_eq!(next_term(&plan(TermRule::Rolling { months: 0 }), None, date(2006, 1, 1)), Err(TermError::BadRule));
    }

    #[test]
    fn fixed_years() {
        let fixed = |rollover| plan(TermRule::Fixed { start_month: 1, start_day: 1, rollover });
        for (joined, rollover, start, end) in [
            (date(2006, 6, 14), None, date(2006, 1, 1), date(2006, 12, 31)),
            (date(2006, 10, 15), Some((10, 1)), date(2006, 1, 1), date(2007, 12, 31)),
            (date(2006, 9, 30), Some((10, 1)), date(2006, 1, 1), date(2006, 12, 31)),
        ] {
            let (term, _) = next_term(&fixed(rollover), None, joined).unwrap();
            assert_eq!((term.start, term.end), (start, Some(end)), "{joined}");
        }
        let september = plan(TermRule::Fixed { start_month: 9, start_day: 1, rollover: Some((6, 1)) });
        let (term, _) = next_term(&september, None, date(2026, 6, 2)).unwrap();
        assert_eq!((term.start, term.end), (date(2025, 9, 1), Some(date(2027, 8, 31))));
        let (first, _) = next_term(&fixed(None), None, date(2006, 6, 14)).unwrap();
        let (second, kind) = next_term(&fixed(None), Some(&first), date(2006, 12, 1)).unwrap();
        assert_eq!((second.start, second.end, kind), (date(2007, 1, 1), Some(date(2007, 12, 31)), RenewalKind::Early));
    }

    #[test]
    fn changing_to_another_kind_of_plan_loses_no_day() {
        let fixed = plan(TermRule::Fixed { start_month: 1, start_day: 1, rollover: None });
        let (year, _) = next_term(&fixed, None, date(2006, 6, 14)).unwrap();
        let (term, _) = next_term(&plan(CLUB), Some(&year), date(2006, 12, 1)).unwrap();
        assert_eq!((term.start, term.end), (date(2007, 1, 1), Some(date(2007, 12, 31))));
        let (again, _) = next_term(&plan(CLUB), Some(&term), date(2007, 12, 1)).unwrap();
        assert_eq!(again.end, Some(date(2008, 12, 31)));
        let (term, kind) = next_term(&fixed, Some(&ended(date(2025, 3, 31))), date(2025, 3, 1)).unwrap();
        assert_eq!((term.start, term.end, kind), (date(2025, 4, 1), Some(date(2025, 12, 31)), RenewalKind::Early));
    }

    #[test]
    fn month_ends_do_not_drift() {
        let monthly = plan(TermRule::Anniversary { months: 1, continue_within_months: 1 });
        let (mut term, _) = next_term(&monthly, None, date(2026, 1, 31)).unwrap();
        let mut ends = vec![term.end.unwrap()];
        for _ in 0..3 {
            (term, _) = next_term(&monthly, Some(&term), term.end.unwrap()).unwrap();
            ends.push(term.end.unwrap());
        }
        assert_eq!(ends, [date(2026, 2, 27), date(2026, 3, 30), date(2026, 4, 29), date(2026, 5, 30)]);
    }

    #[test]
    fn states_of_a_membership() {
        let months = StatusMonths { new: 3, grace: 1 };
        let terms = [ended(date(2025, 3, 31))];
        for (today, expected) in [
            (date(2024, 5, 1), Status::New),
            (date(2024, 7, 1), Status::Current),
            (date(2025, 3, 31), Status::Current),
            (date(2025, 4, 30), Status::Grace),
            (date(2025, 5, 1), Status::Expired),
        ] {
            assert_eq!(status(date(2024, 4, 1), &terms, months, today), Ok(expected), "{today}");
        }
        assert_eq!(status(date(2024, 4, 1), &[], months, date(2024, 4, 1)), Ok(Status::None));
    }

    proptest::proptest! {
        #[test]
        fn renewing_early_loses_no_day(year in 2000_i16..2100, month in 1_i8..13, last in proptest::bool::ANY, day in 1_i8..32, months in 1_i32..37, early in 0_i32..400) {
            let plan = plan(TermRule::Anniversary { months, continue_within_months: 2 });
            let begin = date(year, month, 1);
            let begin = date(year, month, if last { begin.days_in_month() } else { day.min(begin.days_in_month()) });
            let (first, _) = next_term(&plan, None, begin).unwrap();
            let pay = days_later(first.end.unwrap(), -early).unwrap();
            let (second, kind) = next_term(&plan, Some(&first), pay).unwrap();
            proptest::prop_assert_eq!(kind, RenewalKind::Early);
            proptest::prop_assert_eq!(second.start, days_later(first.end.unwrap(), 1).unwrap());
            proptest::prop_assert_eq!(second.end.unwrap(), days_later(months_later(first.start, 2 * months).unwrap(), -1).unwrap());
        }
    }
}
