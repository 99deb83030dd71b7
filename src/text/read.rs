//! Reads what a clerk types: amounts, quantities, percentages and dates.
//!
//! A clerk types as the hand is used to: `5,10` or `5.10`, `1 234,5`, `31.3.2027` or `31 Mar 2027`. What can mean two things is
//! refused with a reason, never guessed, for a wrong guess would be money.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::domain::money::{Currency, Money, Quantity, Rate};

use super::format::SIGNS;
use super::{Arg, Formats, Words};

/// Digits that a number may have before its decimal mark; more is a slip of the hand or a scanned code.
const MOST_DIGITS: usize = 12;
/// Bytes of the longest number or day that anybody types, and letters of a longer one that are told.
const LONGEST: usize = 200;
const SHOWN: usize = 40;
/// The first year of four digits.
const FIRST_YEAR: i16 = 1000;
/// Decimals of a quantity.
const QUANTITY_DECIMALS: u8 = 3;
/// Decimals of a percentage.
const RATE_DECIMALS: u8 = 4;

/// Why something typed cannot be taken. Nothing was changed; what was typed stays where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing was typed.
    #[error("nothing was typed")]
    Empty,
    /// Not a number.
    #[error("\"{typed}\" is not a number")]
    NotANumber {
        /// What was typed.
        typed: String,
    },
    /// Marks between digits that do not make groups of three.
    #[error("the marks in \"{typed}\" can be read in two ways")]
    Unclear {
        /// What was typed.
        typed: String,
    },
    /// A minus sign where only what is positive makes sense.
    #[error("\"{typed}\" is below zero")]
    Negative {
        /// What was typed.
        typed: String,
    },
    /// More decimals than the currency or the quantity has.
    #[error("\"{typed}\" has more than {most} decimals")]
    TooManyDecimals {
        /// What was typed.
        typed: String,
        /// How many are allowed.
        most: u8,
    },
    /// A number that is too long to be meant.
    #[error("\"{typed}\" is too large")]
    TooLarge {
        /// What was typed.
        typed: String,
    },
    /// A share above the whole.
    #[error("\"{typed}\" is more than 100 percent")]
    MoreThanAll {
        /// What was typed.
        typed: String,
    },
    /// Not a date.
    #[error("\"{typed}\" is not a date")]
    NotADate {
        /// What was typed.
        typed: String,
    },
    /// A date whose year has not four digits.
    #[error("the year in \"{typed}\" needs four digits")]
    ShortYear {
        /// What was typed.
        typed: String,
    },
    /// A day that the calendar does not have.
    #[error("the calendar has no day \"{typed}\"")]
    NoSuchDay {
        /// What was typed.
        typed: String,
    },
}

impl ReadError {
    /// The error as a sentence for the clerk, with an example of what would do.
    #[must_use]
    pub fn say(&self, words: &Words) -> String {
        let with = |id: &str, typed: &str| words.say(id, &[("typed", typed.into())]);
        match self {
            Self::Empty => words.plain("error-typed-nothing"),
            Self::NotANumber { typed } => with("error-not-a-number", typed),
            Self::Unclear { typed } => with("error-number-unclear", typed),
            Self::Negative { typed } => with("error-number-negative", typed),
            Self::TooManyDecimals { typed, most } => {
                words.say("error-too-many-decimals", &[("typed", typed.as_str().into()), ("most", Arg::Count((*most).into()))])
            }
            Self::TooLarge { typed } => with("error-number-too-large", typed),
            Self::MoreThanAll { typed } => with("error-more-than-all", typed),
            Self::NotADate { typed } => with("error-not-a-date", typed),
            Self::ShortYear { typed } => with("error-short-year", typed),
            Self::NoSuchDay { typed } => with("error-no-such-day", typed),
        }
    }
}

impl Formats {
    /// An amount of money, zero or more, with at most the currency's decimals; its sign may stand beside it.
    ///
    /// # Errors
    /// What was typed is not such an amount.
    pub fn read_money(&self, typed: &str, currency: Currency) -> Result<Money, ReadError> {
        let typed = short(typed).map_err(|typed| ReadError::TooLarge { typed })?;
        let bare = SIGNS
            .iter()
            .fold(typed.trim(), |text, sign| text.strip_suffix(sign).or_else(|| text.strip_prefix(sign)).unwrap_or(text).trim());
        let value = self.read_number(typed, bare, u8::try_from(currency.exponent()).unwrap_or(0))?;
        currency.exact(value).map_err(|_| ReadError::TooLarge { typed: typed.trim().to_owned() })
    }

    /// A quantity of goods, zero or more, with at most three decimals.
    ///
    /// # Errors
    /// What was typed is not such a quantity.
    pub fn read_quantity(&self, typed: &str) -> Result<Quantity, ReadError> {
        let typed = short(typed).map_err(|typed| ReadError::TooLarge { typed })?;
        let value = self.read_number(typed, typed.trim(), QUANTITY_DECIMALS)?;
        Quantity::exact(value).map_err(|_| ReadError::TooLarge { typed: typed.trim().to_owned() })
    }

    /// A share in percent, 0 to 100, with or without its sign.
    ///
    /// # Errors
    /// What was typed is not such a share.
    pub fn read_rate(&self, typed: &str) -> Result<Rate, ReadError> {
        let typed = short(typed).map_err(|typed| ReadError::TooLarge { typed })?;
        let bare = typed.trim();
        let value = self.read_number(typed, bare.strip_suffix('%').unwrap_or(bare).trim(), RATE_DECIMALS)?;
        let more = || ReadError::MoreThanAll { typed: bare.to_owned() };
        if value > Decimal::ONE_HUNDRED {
            return Err(more());
        }
        Rate::from_percent(value).map_err(|_| more())
    }

    /// A day: `31.3.2027`, `31/3/2027`, `31 Mar 2027`, `Mar 31, 2027` or `2027-03-31`. Days of digits alone are read in the order of
    /// the shop's form.
    ///
    /// # Errors
    /// What was typed is not a day, or its year is short.
    pub fn read_date(&self, typed: &str) -> Result<Date, ReadError> {
        let typed = short(typed).map_err(|typed| ReadError::NotADate { typed })?;
        let typed = typed.trim().to_owned();
        if typed.is_empty() {
            return Err(ReadError::Empty);
        }
        let parts: Vec<&str> =
            typed.split(|c: char| c.is_whitespace() || ".,/-".contains(c)).filter(|part| !part.is_empty()).collect();
        let &[first, second, third] = parts.as_slice() else { return Err(ReadError::NotADate { typed }) };
        let year_first = first.len() == 4 && is_digits(first);
        let (day, month, year) = match (self.month_named(first), self.month_named(second)) {
            (Some(month), None) => (second, month, third),
            (None, Some(month)) => (first, month, third),
            (None, None) if year_first => (third, whole(second), first),
            (None, None) if self.form().month_comes_first() => (second, whole(first), third),
            (None, None) => (first, whole(second), third),
            (Some(_), Some(_)) => return Err(ReadError::NotADate { typed }),
        };
        let (Some(day), Some(month)) = (day_number(day), month) else { return Err(ReadError::NotADate { typed }) };
        let Some(number) = whole(year) else { return Err(ReadError::NotADate { typed }) };
        if year.len() != 4 || number < FIRST_YEAR {
            return Err(ReadError::ShortYear { typed });
        }
        let day_and_month = i8::try_from(month).ok().zip(i8::try_from(day).ok());
        day_and_month.and_then(|(month, day)| Date::new(number, month, day).ok()).ok_or(ReadError::NoSuchDay { typed })
    }

    /// The number of the month whose name begins as the word does, by at least three letters; the outer `None` when the word
    /// is none.
    fn month_named(&self, word: &str) -> Option<Option<i16>> {
        let start = |name: &str| name.to_lowercase().chars().take(3).collect::<String>();
        let wanted = start(word);
        if wanted.chars().count() < 3 || wanted.chars().any(|c| c.is_ascii_digit()) {
            return None;
        }
        let index = self.names.months.iter().position(|name| start(name) == wanted)?;
        Some(i16::try_from(index + 1).ok())
    }

    fn read_number(&self, typed: &str, bare: &str, decimals: u8) -> Result<Decimal, ReadError> {
        let typed = typed.trim().to_owned();
        if bare.is_empty() {
            return Err(ReadError::Empty);
        }
        if bare.starts_with(['-', '\u{2212}', '\u{2013}']) {
            return Err(ReadError::Negative { typed });
        }
        if !bare.chars().all(|c| c.is_ascii_digit() || ".,".contains(c) || c.is_whitespace())
            || !bare.contains(|c: char| c.is_ascii_digit())
        {
            return Err(ReadError::NotANumber { typed });
        }
        if decimals >= 3 && self.is_unclear(bare) {
            return Err(ReadError::Unclear { typed });
        }
        let (grouped, fraction) = self.split(bare);
        let Some(whole) = ungrouped(grouped) else { return Err(ReadError::Unclear { typed }) };
        if !fraction.chars().all(|c| c.is_ascii_digit()) {
            return Err(ReadError::Unclear { typed });
        }
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > decimals.into() {
            return Err(ReadError::TooManyDecimals { typed, most: decimals });
        }
        if whole.trim_start_matches('0').len() > MOST_DIGITS {
            return Err(ReadError::TooLarge { typed });
        }
        format!("0{whole}.{fraction}0")
            .parse::<Decimal>()
            .map(|value| value.normalize())
            .map_err(|_| ReadError::NotANumber { typed })
    }

    /// Whether the only mark may be the shop's group mark as well as a decimal mark, as in `1,500` of something that is weighed.
    fn is_unclear(&self, bare: &str) -> bool {
        let (before, after) = self.split(bare);
        let marks = bare.chars().filter(|c| ".,".contains(*c)).count();
        marks == 1 && after.is_empty() && before.len() > 4
    }

    /// Parts a number at its decimal mark: the last of two kinds of marks; or the only mark, unless it is the shop's group mark
    /// with three digits behind it and something to group before it.
    fn split<'t>(&self, bare: &'t str) -> (&'t str, &'t str) {
        let Some(at) = bare.rfind(['.', ',']) else { return (bare, "") };
        let (before, after) = (&bare[..at], &bare[at + 1..]);
        let mark = bare[at..].chars().next().unwrap_or('.');
        let groups = before.contains(mark)
            || (mark == self.form().group_mark()
                && after.len() == 3
                && !before.contains(['.', ','])
                && !before.trim_start_matches('0').is_empty());
        if groups { (bare, "") } else { (before, after) }
    }
}

/// What was typed when that is short enough for a number or a day; else how it begins, to be told.
fn short(typed: &str) -> Result<&str, String> {
    if typed.len() <= LONGEST { Ok(typed) } else { Err(typed.chars().take(SHOWN).chain(['…']).collect()) }
}

/// The digits of a whole number without the marks between its groups; `None` when the groups are not of three digits or are
/// parted by different marks. All kinds of spaces are one mark.
fn ungrouped(text: &str) -> Option<String> {
    let text: String = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let Some(mark) = text.chars().find(|c| !c.is_ascii_digit()) else { return Some(text) };
    let mut groups = text.split(mark);
    let first = groups.next()?;
    let threes = groups.all(|group| group.len() == 3 && is_digits(group));
    (threes && is_digits(first) && first.len() <= 3).then(|| text.replace(mark, ""))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

fn whole(text: &str) -> Option<i16> {
    if is_digits(text) { text.parse().ok() } else { None }
}

/// A day of the month, with or without the ending of an English ordinal.
fn day_number(text: &str) -> Option<i16> {
    let bare = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending)).unwrap_or(text);
    whole(bare)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::text::{Form, Language};

    fn currency(code: &str) -> Currency {
        Currency::from_code(code).unwrap()
    }

    /// Makes the error that is wanted for what was typed.
    type Made = fn(String) -> ReadError;

    fn formats(language: Language) -> Formats {
        Words::new(language).formats().clone()
    }

    #[test]
    fn amounts() {
        let euro = currency("EUR");
        let both: &[(&str, i64)] = &[
            ("5,10", 510),
            ("5.10", 510),
            ("5.1", 510),
            ("5", 500),
            (" 5,00 € ", 500),
            ("€5", 500),
            ("£ 5.5", 550),
            (",5", 50),
            ("5.", 500),
            ("1 234,5", 123_450),
            ("1\u{a0}234,50", 123_450),
            ("1\u{202f}234 567", 123_456_700),
            ("1,234.50", 123_450),
            ("1.234,50", 123_450),
            ("1.234.567", 123_456_700),
            ("0005", 500),
            ("5.1000", 510),
            ("0", 0),
        ];
        for language in Language::ALL.iter().copied() {
            for (typed, minor) in both {
                assert_eq!(formats(language).read_money(typed, euro), Ok(euro.minor(*minor)), "{typed} {language:?}");
            }
        }
        assert_eq!(formats(Language::En).read_money("1,234", euro), Ok(euro.minor(123_400)));
        assert_eq!(formats(Language::Fi).read_money("1,234", currency("BHD")), Ok(currency("BHD").minor(1_234)));
        assert_eq!(formats(Language::Fi).read_money("12", currency("JPY")), Ok(currency("JPY").minor(12)));
    }

    #[test]
    fn amounts_that_are_refused() {
        use ReadError as E;
        let typed = |typed: &str| typed.to_owned();
        let table: &[(&str, Made)] = &[
            ("abc", |typed| E::NotANumber { typed }),
            ("€", |_| E::Empty),
            ("", |_| E::Empty),
            (",", |typed| E::NotANumber { typed }),
            ("-5", |typed| E::Negative { typed }),
            ("\u{2212}5", |typed| E::Negative { typed }),
            ("12 34", |typed| E::Unclear { typed }),
            ("1.23.4", |typed| E::Unclear { typed }),
            ("1,234,56", |typed| E::Unclear { typed }),
            ("1 234.567,8", |typed| E::Unclear { typed }),
            ("5.123", |typed| E::TooManyDecimals { typed, most: 2 }),
            ("4006381333931", |typed| E::TooLarge { typed }),
        ];
        for language in Language::ALL.iter().copied() {
            for (text, wanted) in table {
                assert_eq!(formats(language).read_money(text, currency("EUR")), Err(wanted(typed(text))), "{text} {language:?}");
            }
        }
        let finnish = formats(Language::Fi);
        assert_eq!(finnish.read_money("1,234", currency("EUR")), Err(E::TooManyDecimals { typed: typed("1,234"), most: 2 }));
    }

    #[test]
    fn quantities_and_percentages() {
        let formats = formats(Language::Fi);
        assert_eq!(formats.read_quantity("0,5"), Ok(Quantity::from_thousandths(500)));
        let english = self::formats(Language::En);
        for typed in ["0,250", "0.250", ",25", "0.25"] {
            assert_eq!(english.read_quantity(typed), Ok(Quantity::from_thousandths(250)), "{typed}");
            assert_eq!(formats.read_quantity(typed), Ok(Quantity::from_thousandths(250)), "{typed}");
        }
        let unclear = |typed: &str| ReadError::Unclear { typed: typed.to_owned() };
        assert_eq!(english.read_quantity("1,500"), Err(unclear("1,500")));
        assert_eq!(english.read_quantity("1.500"), Ok(Quantity::from_thousandths(1_500)));
        assert_eq!(formats.read_quantity("1,500"), Ok(Quantity::from_thousandths(1_500)));
        assert_eq!(english.read_quantity("1,500.5"), Ok(Quantity::from_thousandths(1_500_500)));
        assert_eq!(english.read_rate("1,500"), Err(unclear("1,500")));
        assert_eq!(formats.read_quantity("2"), Ok(Quantity::from_thousandths(2_000)));
        assert_eq!(formats.read_rate("25,5 %"), Ok(Rate::from_ppm(255_000)));
        assert_eq!(formats.read_rate("100"), Ok(Rate::from_ppm(1_000_000)));
        assert_eq!(formats.read_rate("101"), Err(ReadError::MoreThanAll { typed: "101".to_owned() }));
    }

    #[test]
    fn dates() {
        let wanted = Ok(date(2027, 3, 31));
        for typed in ["31.3.2027", "31.03.2027", "31/3/2027", "31-3-2027", "2027-03-31", " 31 3 2027", "31. 3. 2027"] {
            for language in Language::ALL.iter().copied() {
                assert_eq!(formats(language).read_date(typed), wanted, "{typed} {language:?}");
            }
        }
        for typed in ["31 Mar 2027", "31 march 2027", "Mar 31, 2027", "31st March 2027", "31-MAR-2027"] {
            assert_eq!(formats(Language::En).read_date(typed), wanted, "{typed}");
        }
        for typed in ["31. maaliskuuta 2027", "31 maalis 2027", "31.maalisk.2027"] {
            assert_eq!(formats(Language::Fi).read_date(typed), wanted, "{typed}");
        }
        let american = Words::in_form(Language::En, Form::American).formats().clone();
        assert_eq!(american.read_date("3/31/2027"), wanted);
        assert_eq!(american.read_date("2027-03-31"), wanted);
    }

    #[test]
    fn every_day_that_is_written_can_be_read() {
        for language in Language::ALL.iter().copied() {
            for form in Form::ALL.iter().copied() {
                let formats = Words::in_form(language, form).formats().clone();
                for month in 1..=12 {
                    let day = date(2028, month, 12);
                    assert_eq!(formats.read_date(&formats.date(day)), Ok(day), "{language:?} {form:?}");
                }
            }
        }
    }

    #[test]
    fn dates_that_are_refused() {
        use ReadError as E;
        let table: &[(&str, Made)] = &[
            ("", |_| E::Empty),
            ("tomorrow", |typed| E::NotADate { typed }),
            ("31.3.", |typed| E::NotADate { typed }),
            ("31.3.27", |typed| E::ShortYear { typed }),
            ("31.3.0027", |typed| E::ShortYear { typed }),
            ("31.2.2027", |typed| E::NoSuchDay { typed }),
            ("29.2.2027", |typed| E::NoSuchDay { typed }),
            ("1.13.2027", |typed| E::NoSuchDay { typed }),
            ("31 Xyz 2027", |typed| E::NotADate { typed }),
            ("1.2.3.2027", |typed| E::NotADate { typed }),
        ];
        for (text, wanted) in table {
            assert_eq!(formats(Language::En).read_date(text), Err(wanted((*text).to_owned())), "{text}");
        }
    }

    #[test]
    fn every_error_is_worded() {
        let typed = || "x".to_owned();
        let errors = [
            ReadError::Empty,
            ReadError::NotANumber { typed: typed() },
            ReadError::Unclear { typed: typed() },
            ReadError::Negative { typed: typed() },
            ReadError::TooManyDecimals { typed: typed(), most: 2 },
            ReadError::TooLarge { typed: typed() },
            ReadError::MoreThanAll { typed: typed() },
            ReadError::NotADate { typed: typed() },
            ReadError::ShortYear { typed: typed() },
            ReadError::NoSuchDay { typed: typed() },
        ];
        for language in Language::ALL.iter().copied() {
            let words = Words::new(language);
            for error in &errors {
                let said = error.say(&words);
                assert!(!said.contains(['⟦', '{']), "{said}");
            }
        }
    }
}
