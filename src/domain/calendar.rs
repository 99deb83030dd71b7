//! Days of business and terms of membership: civil dates, never seconds.

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A date that the calendar does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the date lies outside the calendar; nothing was booked; check the dates that went in")]
pub struct OutOfCalendar;

/// A moment as a desk saw it: UTC microseconds, and how far its clock stood from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Microseconds since 1970 in UTC.
    pub at_us: i64,
    /// Minutes that the local clock was ahead of UTC.
    pub offset_min: i32,
}

impl Moment {
    /// The moment on the local clock that its writer saw.
    pub fn local(self) -> Result<jiff::civil::DateTime, OutOfCalendar> {
        let shifted = self.at_us.checked_add(i64::from(self.offset_min) * 60_000_000).ok_or(OutOfCalendar)?;
        let stamp = Timestamp::from_microsecond(shifted).map_err(|_| OutOfCalendar)?;
        Ok(TimeZone::UTC.to_datetime(stamp))
    }
}

/// Where and when a shop trades: its zone, and the time at night when one day's business ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopDay {
    /// The shop's time zone.
    pub zone: TimeZone,
    /// Business before this time of night belongs to the day before.
    pub day_ends_at: Time,
}

impl ShopDay {
    /// The moment of a timestamp on this shop's clock.
    pub fn moment(&self, at: Timestamp) -> Moment {
        let offset_min = self.zone.to_offset(at).seconds() / 60;
        Moment { at_us: at.as_microsecond(), offset_min }
    }

    /// The business day to which a timestamp belongs. It never goes back: where the clock is put back over the end of the day,
    /// the new day has begun when that time came first.
    pub fn business_date(&self, at: Timestamp) -> Result<Date, OutOfCalendar> {
        let local = self.zone.to_datetime(at);
        if local.time() >= self.day_ends_at || self.has_begun(local.date(), at) {
            return Ok(local.date());
        }
        local.date().yesterday().map_err(|_| OutOfCalendar)
    }

    /// Whether the end of the day before came once already, and the clock was put back since.
    fn has_begun(&self, day: Date, at: Timestamp) -> bool {
        let begins = self.zone.to_ambiguous_timestamp(day.to_datetime(self.day_ends_at));
        matches!(begins.offset(), AmbiguousOffset::Fold { .. }) && begins.earlier().is_ok_and(|first| first <= at)
    }
}

/// The date some months later, or earlier when negative; the last of a short month where the day does not exist.
pub fn months_later(date: Date, months: i32) -> Result<Date, OutOfCalendar> {
    date.checked_add(Span::new().try_months(months).map_err(|_| OutOfCalendar)?).map_err(|_| OutOfCalendar)
}

/// The date some days later, or earlier when negative.
pub fn days_later(date: Date, days: i32) -> Result<Date, OutOfCalendar> {
    date.checked_add(i64::from(days).days()).map_err(|_| OutOfCalendar)
}

/// Whole days from one date to a later one; negative when it is earlier.
pub fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map(|span| span.get_days()).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn night_belongs_to_the_day_before() {
        let shop = ShopDay { zone: TimeZone::get("Europe/Riga").unwrap(), day_ends_at: Time::constant(4, 0, 0, 0) };
        for (at, day) in [
            ("2026-10-12T01:30:00+03:00", date(2026, 10, 11)),
            ("2026-10-12T04:00:00+03:00", date(2026, 10, 12)),
            ("2026-10-25T03:30:00+02:00", date(2026, 10, 24)),
            ("2026-03-29T04:00:00+03:00", date(2026, 3, 29)),
        ] {
            assert_eq!(shop.business_date(at.parse().unwrap()), Ok(day), "{at}");
        }
        let moment = shop.moment("2026-10-12T08:26:00+03:00".parse().unwrap());
        assert_eq!((moment.offset_min, moment.local().unwrap().to_string().as_str()), (180, "2026-10-12T08:26:00"));
    }

    /// Around every change of every zone's clock in some years, a day that was skipped in 2011 among them.
    #[test]
    fn no_zone_ever_goes_back_to_a_day_that_ended() {
        let (from, until) = ("2011-01-01T00:00:00Z".parse::<Timestamp>().unwrap(), "2013-01-01T00:00:00Z".parse().unwrap());
        let mut looked_at = 0;
        for name in jiff::tz::db().available() {
            let zone = TimeZone::get(name.as_str()).unwrap();
            let changes: Vec<Timestamp> =
                zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < until).collect();
            for day_ends_at in
                [Time::midnight(), Time::constant(1, 30, 0, 0), Time::constant(2, 30, 0, 0), Time::constant(4, 0, 0, 0)]
            {
                let shop = ShopDay { zone: zone.clone(), day_ends_at };
                for change in &changes {
                    let around = (-20..=20).map(|step| *change + jiff::SignedDuration::from_mins(step * 15));
                    let days: Vec<Date> = around.map(|at| shop.business_date(at).unwrap()).collect();
                    assert!(days.is_sorted(), "{} {day_ends_at} {change}", name.as_str());
                    looked_at += 1;
                }
            }
        }
        assert!(looked_at > 1_000, "{looked_at}");
    }

    proptest::proptest! {
        /// However many terms follow one another, whichever day they began on, no day is lost or given away.
        #[test]
        fn months_added_one_by_one_and_at_once_end_alike(year in 2000_i16..2100, day_of_year in 1_i16..367, months in 1_i32..60) {
            let start = Date::new(year, 1, 1).unwrap().checked_add(i64::from(day_of_year - 1).days()).unwrap();
            let end = months_later(start, months).unwrap();
            let total = i32::from(end.year()) * 12 + i32::from(end.month()) - i32::from(start.year()) * 12 - i32::from(start.month());
            proptest::prop_assert_eq!(total, months);
            proptest::prop_assert_eq!(end.day(), start.day().min(end.days_in_month()));
            proptest::prop_assert_eq!(days_later(start, days_between(start, end)), Ok(end));
        }
    }

    #[test]
    fn months_end_where_the_month_ends() {
        assert_eq!(months_later(date(2027, 1, 31), 1), Ok(date(2027, 2, 28)));
        assert_eq!(months_later(date(2024, 2, 29), 12), Ok(date(2025, 2, 28)));
        assert_eq!(days_between(date(2026, 3, 1), date(2026, 6, 21)), 112);
        assert_eq!(days_between(date(2026, 3, 2), date(2026, 3, 1)), -1);
        assert!(months_later(date(9999, 12, 1), 12).is_err());
    }
}
