//! How a shop writes money, numbers and dates.
//!
//! The form belongs to the shop and not to the clerk: a Finnish shop writes `1 234,50 €` whoever stands at the desk. Only the
//! names of months and days follow the language. Nothing here rounds: what comes in is shown to its last digit.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::domain::calendar::{Moment, OutOfCalendar};
use crate::domain::money::{Currency, Money, Quantity, Rate};

use super::Language;
use super::names::DateNames;

/// The space that never ends a line: between groups of digits, and between a number and its sign.
const NO_BREAK: char = '\u{a0}';
/// The minus sign, as wide as a digit.
const MINUS: char = '\u{2212}';

/// The form in which a shop writes money, numbers and dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// 1 234,50 € and 22.11.2026
    #[serde(rename = "fi")]
    Finnish,
    /// £1,234.50, 1,234.50 € and 22 Nov 2026
    #[serde(rename = "en-GB")]
    British,
    /// $1,234.50 and Nov 22, 2026
    #[serde(rename = "en-US")]
    American,
}

/// What tells one form from another.
struct Marks {
    code: &'static str,
    decimal: char,
    group: char,
    percent: &'static str,
    sign: SignPlace,
    date: DateOrder,
    time: char,
}

/// Where a currency's sign stands.
enum SignPlace {
    After,
    Before,
    /// Before, but for those that are used to stand after, such as the euro.
    ByCurrency,
}

/// How a date is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DateOrder {
    /// 22.11.2026
    Dotted,
    /// 22 Nov 2026
    DayFirst,
    /// Nov 22, 2026
    MonthFirst,
}

const FINNISH: Marks = Marks {
    code: "fi",
    decimal: ',',
    group: NO_BREAK,
    percent: "\u{a0}%",
    sign: SignPlace::After,
    date: DateOrder::Dotted,
    time: '.',
};
const BRITISH: Marks = Marks {
    code: "en-GB",
    decimal: '.',
    group: ',',
    percent: "%",
    sign: SignPlace::ByCurrency,
    date: DateOrder::DayFirst,
    time: ':',
};
const AMERICAN: Marks = Marks { code: "en-US", sign: SignPlace::Before, date: DateOrder::MonthFirst, ..BRITISH };

impl Form {
    /// All forms.
    pub const ALL: &'static [Self] = &[Self::Finnish, Self::British, Self::American];

    /// The form that a language's shops use most.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        match language {
            Language::En => Self::British,
            Language::Fi => Self::Finnish,
        }
    }

    /// The code by which a shop's settings name it, as in BCP 47.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.marks().code
    }

    /// The form that has this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|form| form.code().eq_ignore_ascii_case(code))
    }

    const fn marks(self) -> &'static Marks {
        match self {
            Self::Finnish => &FINNISH,
            Self::British => &BRITISH,
            Self::American => &AMERICAN,
        }
    }

    /// The decimal mark.
    #[must_use]
    pub const fn decimal_mark(self) -> char {
        self.marks().decimal
    }

    /// The mark between groups of three digits.
    #[must_use]
    pub const fn group_mark(self) -> char {
        self.marks().group
    }

    /// Whether a date of digits alone names the month before the day.
    pub(super) fn month_comes_first(self) -> bool {
        self.marks().date == DateOrder::MonthFirst
    }

    /// A decimal number, to its last digit.
    #[must_use]
    pub fn decimal(self, value: Decimal) -> String {
        let digits = value.abs().to_string();
        let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
        self.join(value.is_sign_negative() && !value.is_zero(), whole, fraction)
    }

    /// An integer that has `decimals` decimals in it; those beyond `least` are shown only as far as they are not zero.
    fn scaled(self, value: i64, decimals: usize, least: usize) -> String {
        let digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        let significant = fraction.trim_end_matches('0').len().max(least.min(decimals));
        self.join(value < 0, whole, &fraction[..significant])
    }

    fn join(self, negative: bool, whole: &str, fraction: &str) -> String {
        let mut text = String::with_capacity(whole.len() * 2 + fraction.len() + 4);
        if negative {
            text.push(MINUS);
        }
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index).is_multiple_of(3) {
                text.push(self.group_mark());
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.decimal_mark());
            text.push_str(fraction);
        }
        text
    }
}

/// A shop's form together with the names that a language gives to months and days. A clone is a pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formats {
    form: Form,
    pub(super) names: Arc<DateNames>,
}

impl Formats {
    pub(super) fn new(form: Form, names: DateNames) -> Self {
        Self { form, names: Arc::new(names) }
    }

    /// The form.
    #[must_use]
    pub const fn form(&self) -> Form {
        self.form
    }

    /// Money without its currency: 1,234.50
    #[must_use]
    pub fn amount(&self, money: Money) -> String {
        let decimals = decimals(money.currency());
        self.form.scaled(money.minor(), decimals, decimals)
    }

    /// Money with its currency's sign, or its code where it has none: £1,234.50, 1,234.50 €, 12.00 CHF
    #[must_use]
    pub fn money(&self, money: Money) -> String {
        let amount = self.amount(money);
        let currency = money.currency();
        match (sign(currency.code()), &self.form.marks().sign) {
            (Some((sign, _)), SignPlace::Before) | (Some((sign, Side::Before)), SignPlace::ByCurrency) => {
                let digits = amount.trim_start_matches(MINUS);
                let minus = &amount[..amount.len() - digits.len()];
                format!("{minus}{sign}{digits}")
            }
            (Some((sign, _)), _) => format!("{amount}{NO_BREAK}{sign}"),
            (None, _) => format!("{amount}{NO_BREAK}{currency}"),
        }
    }

    /// What one costs, in millionths of the currency, with at least the currency's own decimals: 2.55, 0.0125
    #[must_use]
    pub fn unit_price(&self, millionths: i64, currency: Currency) -> String {
        self.form.scaled(millionths, 6, decimals(currency))
    }

    /// A quantity, without zeros at its end: 2, 0.5, 1.125
    #[must_use]
    pub fn quantity(&self, quantity: Quantity) -> String {
        self.form.scaled(quantity.thousandths(), 3, 0)
    }

    /// A whole number.
    #[must_use]
    pub fn count(&self, count: i64) -> String {
        self.form.scaled(count, 0, 0)
    }

    /// A decimal number, to its last digit.
    #[must_use]
    pub fn decimal(&self, value: Decimal) -> String {
        self.form.decimal(value)
    }

    /// A share in percent, without zeros at its end: 21%, 25.5%
    #[must_use]
    pub fn percent(&self, percent: Decimal) -> String {
        format!("{}{}", self.form.decimal(percent.normalize()), self.form.marks().percent)
    }

    /// A rate in percent: 25.5%
    #[must_use]
    pub fn rate(&self, rate: Rate) -> String {
        self.percent(rate.percent())
    }

    /// A day with its year: 22 Nov 2026
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        match self.form.marks().date {
            DateOrder::Dotted => format!("{}.{}.{}", date.day(), date.month(), date.year()),
            DateOrder::DayFirst => self.named(&self.names.day_first.with_year, date),
            DateOrder::MonthFirst => self.named(&self.names.month_first.with_year, date),
        }
    }

    /// A day with its year where there is little room: 22 Nov 2026
    #[must_use]
    pub fn narrow_date(&self, date: Date) -> String {
        match self.form.marks().date {
            DateOrder::Dotted => self.date(date),
            DateOrder::DayFirst => written(&self.names.day_first.narrow, &self.names.narrow_months, date),
            DateOrder::MonthFirst => written(&self.names.month_first.narrow, &self.names.narrow_months, date),
        }
    }

    /// A day without its year: 22 Nov
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        match self.form.marks().date {
            DateOrder::Dotted => format!("{}.{}.", date.day(), date.month()),
            DateOrder::DayFirst => self.named(&self.names.day_first.without_year, date),
            DateOrder::MonthFirst => self.named(&self.names.month_first.without_year, date),
        }
    }

    /// The short name of a day of the week and the day: Sun 22 Nov
    #[must_use]
    pub fn weekday_and_day(&self, date: Date) -> String {
        let index = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        let weekday = self.names.weekdays.get(index).map_or("", String::as_str);
        format!("{weekday} {}", self.day(date))
    }

    /// A time of day to the minute: 11:42
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        format!("{}{}{:02}", time.hour(), self.form.marks().time, time.minute())
    }

    /// A day and a time of day: 22 Nov 2026 11:42
    #[must_use]
    pub fn date_time(&self, at: DateTime) -> String {
        format!("{} {}", self.date(at.date()), self.time(at.time()))
    }

    /// A moment for paper, which is read anywhere and years later: 22 Nov 2026 11:42 +02:00, the offset from UTC as RFC 3339 writes
    /// it. An error where the calendar has no such day.
    pub fn moment(&self, at: Moment) -> Result<String, OutOfCalendar> {
        let ahead = if at.offset_min < 0 { '-' } else { '+' };
        let offset = at.offset_min.unsigned_abs();
        let local = at.local()?;
        let (date, time) = (self.narrow_date(local.date()), self.time(local.time()));
        Ok(format!("{date} {time} {ahead}{:02}:{:02}", offset / 60, offset % 60))
    }

    fn named(&self, pattern: &str, date: Date) -> String {
        written(pattern, &self.names.months, date)
    }
}

/// A date in a pattern, its month by its name.
fn written(pattern: &str, months: &[String], date: Date) -> String {
    let index = usize::from(date.month().unsigned_abs()).saturating_sub(1);
    let month = months.get(index).map_or("", String::as_str);
    pattern.replace("{d}", &date.day().to_string()).replace("{m}", month).replace("{y}", &date.year().to_string())
}

/// How many decimals a currency has.
fn decimals(currency: Currency) -> usize {
    usize::try_from(currency.exponent()).unwrap_or(0)
}

/// The side of the number on which a sign is used to stand.
enum Side {
    Before,
    After,
}

/// A currency's sign.
fn sign(currency: &str) -> Option<(&'static str, Side)> {
    Some(match currency {
        "EUR" => ("€", Side::After),
        "GBP" => ("£", Side::Before),
        "USD" | "CAD" | "AUD" | "NZD" => ("$", Side::Before),
        "JPY" => ("¥", Side::Before),
        "SEK" | "NOK" | "DKK" => ("kr", Side::After),
        "PLN" => ("zł", Side::After),
        "CZK" => ("Kč", Side::After),
        _ => return None,
    })
}

/// The signs that a clerk may type beside an amount.
pub(super) const SIGNS: [&str; 7] = ["€", "£", "$", "¥", "kr", "zł", "Kč"];

#[cfg(test)]
mod tests;
