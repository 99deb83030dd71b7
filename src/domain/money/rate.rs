//! Rates in parts per million.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{MoneyError, as_text, plain_decimal};

/// A rate in parts per million: 21 % is 210,000. Written as a percentage, `21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Rate(i64);

impl Rate {
    /// From parts per million.
    pub const fn from_ppm(ppm: i64) -> Self {
        Self(ppm)
    }

    /// Parts per million.
    pub const fn ppm(self) -> i64 {
        self.0
    }

    /// Whether it can be a tax of a price: nothing or more, and at most ten times the price.
    pub fn is_of_a_price(self) -> bool {
        (0..=10_000_000).contains(&self.0)
    }

    /// As a percentage.
    pub fn percent(self) -> Decimal {
        Decimal::new(self.0, 4).normalize()
    }

    /// Exact from a percentage with at most four decimals.
    pub fn from_percent(percent: Decimal) -> Result<Self, MoneyError> {
        let scaled = percent.checked_mul(Decimal::TEN * Decimal::ONE_THOUSAND).ok_or(MoneyError::Overflow)?.normalize();
        if scaled.scale() != 0 {
            return Err(MoneyError::NotARate(percent.to_string()));
        }
        i64::try_from(scaled).map(Self).map_err(|_| MoneyError::Overflow)
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.percent())
    }
}

impl FromStr for Rate {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        Self::from_percent(plain_decimal(text).ok_or_else(|| MoneyError::NotARate(text.to_owned()))?)
    }
}

as_text!(Rate, "Rate", "Percentage with at most four decimals, such as 21");
