//! Quantities in thousandths of a piece.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

use super::{MoneyError, as_text, plain_decimal};

/// A quantity in thousandths: 1 piece is 1,000, half a kilo 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Quantity(i64);

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One piece.
    pub const ONE: Self = Self(1_000);

    /// From thousandths.
    pub const fn from_thousandths(thousandths: i64) -> Self {
        Self(thousandths)
    }

    /// Whole pieces.
    pub fn pieces(pieces: i64) -> Result<Self, MoneyError> {
        pieces.checked_mul(1_000).map(Self).ok_or(MoneyError::Overflow)
    }

    /// Thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// As a decimal of pieces.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.0, 3).normalize()
    }

    /// Exact from a decimal with at most three decimals; trailing zeros are fine.
    pub fn exact(decimal: Decimal) -> Result<Self, MoneyError> {
        let fine = || MoneyError::QuantityTooFine(decimal.to_string());
        let scaled = decimal.checked_mul(Decimal::ONE_THOUSAND).ok_or(MoneyError::Overflow)?.normalize();
        if scaled.scale() != 0 {
            return Err(fine());
        }
        i64::try_from(scaled).map(Self).map_err(|_| MoneyError::Overflow)
    }

    /// Whether nothing is meant.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether more than nothing is meant.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// Sum.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_add(other.0).map(Self).ok_or(MoneyError::Overflow)
    }

    /// Difference.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.0.checked_sub(other.0).map(Self).ok_or(MoneyError::Overflow)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.decimal())
    }
}

impl FromStr for Quantity {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        Self::exact(plain_decimal(text).ok_or_else(|| MoneyError::NotAQuantity(text.to_owned()))?)
    }
}

as_text!(Quantity, "Quantity", "Pieces with at most three decimals, such as 2 or 0.5");
