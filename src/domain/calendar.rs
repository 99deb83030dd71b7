//! Days of business and terms of membership: civil dates, never seconds.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

/// A date that the calendar does not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the date lies outside the calendar; nothing was booked; check the dates that went in")]
pub struct OutOfCalendar;

/// A moment as a desk saw it: UTC microseconds, and how far its clock stood from UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
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

    /// The business day to which a timestamp belongs.
    pub fn business_date(&self, at: Timestamp) -> Result<Date, OutOfCalendar> {
        let local = self.zone.to_datetime(at);
        if local.time() < self.day_ends_at { local.date().yesterday().map_err(|_| OutOfCalendar) } else { Ok(local.date()) }
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

    #[test]
    fn months_end_where_the_month_ends() {
        assert_eq!(months_later(date(2027, 1, 31), 1), Ok(date(2027, 2, 28)));
        assert_eq!(months_later(date(2024, 2, 29), 12), Ok(date(2025, 2, 28)));
        assert_eq!(days_between(date(2026, 3, 1), date(2026, 6, 21)), 112);
        assert_eq!(days_between(date(2026, 3, 2), date(2026, 3, 1)), -1);
        assert!(months_later(date(9999, 12, 1), 12).is_err());
    }
}
