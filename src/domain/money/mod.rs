//! Money as checked whole minor units, and the one rounding and the one allocation of the house.
//!
//! No float anywhere. Rates, shares and prices are decimals until they become money, once, here.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

mod currency;
mod quantity;
mod rate;

pub use currency::{Currency, Rounding};
pub use quantity::Quantity;
pub use rate::Rate;

/// The largest amount that the books hold, in minor units; quantities are held as large in thousandths.
pub const LARGEST_MINOR: u64 = 1_000_000_000_000_000;

/// What can go wrong with an amount. Nothing is booked when it does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit 64 bits of minor units.
    #[error("the amount is too large to be counted; nothing was booked; check the figures that went in")]
    Overflow,
    /// Two currencies met in one sum.
    #[error("{left} and {right} cannot be added; nothing was booked; keep one currency a bill")]
    Mixed {
        /// Currency on the left.
        left: Currency,
        /// Currency on the right.
        right: Currency,
    },
    /// Not a currency this program knows the minor units of.
    #[error("“{0}” is not a currency code known here; use a code of ISO 4217 such as EUR")]
    UnknownCurrency(String),
    /// Text that is no amount.
    #[error("“{0}” is not an amount; write it like 12.50 EUR")]
    NotAnAmount(String),
    /// Text that is no quantity.
    #[error("“{0}” is not a quantity; write it like 2 or 0.5")]
    NotAQuantity(String),
    /// Text that is no rate, or one finer than four decimals of a percent.
    #[error("“{0}” is not a percentage with at most four decimals; write it like 21 or 8.25")]
    NotARate(String),
    /// More decimals than the currency has.
    #[error("“{text}” has more decimals than {currency} has; round it first")]
    TooFine {
        /// What was read.
        text: String,
        /// The currency it was read for.
        currency: Currency,
    },
    /// Shares of nothing: all weights are zero.
    #[error("an amount cannot be shared over parts that weigh nothing; give at least one part a weight")]
    NoWeights,
    /// A quantity finer than thousandths.
    #[error("“{0}” is finer than a thousandth; quantities have at most three decimals")]
    QuantityTooFine(String),
}

/// An amount of one currency in whole minor units. Written `5.10 EUR`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// Whole minor units.
    pub fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The amount as a decimal of major units.
    pub fn decimal(self) -> Decimal {
        Decimal::new(self.minor, self.currency.exponent())
    }

    /// Whether nothing is meant.
    pub fn is_zero(self) -> bool {
        self.minor == 0
    }

    /// Whether more than nothing is meant.
    pub fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// Whether less than nothing is meant.
    pub fn is_negative(self) -> bool {
        self.minor < 0
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::Mixed { left: self.currency, right: other.currency })
        }
    }

    /// Sum; fails on overflow and on two currencies.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// Difference; fails on overflow and on two currencies.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        let minor = self.minor.checked_sub(other.minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The same amount the other way round.
    pub fn negated(self) -> Result<Self, MoneyError> {
        let minor = self.minor.checked_neg().ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The smaller of two amounts of one currency.
    pub fn at_most(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        Ok(if self.minor <= other.minor { self } else { other })
    }

    /// Whether this is more than the other amount of the same currency.
    pub fn exceeds(self, other: Self) -> Result<bool, MoneyError> {
        self.same(other)?;
        Ok(self.minor > other.minor)
    }

    /// Sum of amounts of one currency.
    pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(currency.zero(), Money::plus)
    }

    /// The part of this amount that a quantity of the whole stands for, rounded half up; exact for the whole.
    pub fn share(self, part: Quantity, whole: Quantity) -> Result<Self, MoneyError> {
        if whole.is_zero() {
            return Err(MoneyError::NoWeights);
        }
        let minor = share_half_up(i128::from(self.minor), i128::from(part.thousandths()), i128::from(whole.thousandths()))?;
        Ok(Self { minor, ..self })
    }

    /// This amount in the proportion of one amount to another, rounded half up; exact for the whole.
    pub fn in_proportion(self, part: Money, whole: Money) -> Result<Self, MoneyError> {
        part.same(whole)?;
        if whole.is_zero() {
            return if self.is_zero() { Ok(self) } else { Err(MoneyError::NoWeights) };
        }
        let minor = share_half_up(i128::from(self.minor), i128::from(part.minor), i128::from(whole.minor))?;
        Ok(Self { minor, ..self })
    }

    /// The tax of a rate that this amount contains, rounded half up.
    pub fn tax_inside(self, rate: Rate) -> Result<Self, MoneyError> {
        let minor = share_half_up(i128::from(self.minor), i128::from(rate.ppm()), 1_000_000 + i128::from(rate.ppm()))?;
        Ok(Self { minor, ..self })
    }

    /// A rate of this amount, rounded half up.
    pub fn rate(self, rate: Rate) -> Result<Self, MoneyError> {
        let minor = share_half_up(i128::from(self.minor), i128::from(rate.ppm()), 1_000_000)?;
        Ok(Self { minor, ..self })
    }

    /// The amount rounded to a multiple of `step_minor` (cash rounding); halves away from zero.
    pub fn to_step(self, step_minor: i64) -> Result<Self, MoneyError> {
        if step_minor <= 1 {
            return Ok(self);
        }
        let steps = share_half_up(i128::from(self.minor), 1, i128::from(step_minor))?;
        let minor = steps.checked_mul(step_minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The largest multiple of `step_minor` that is not more than the amount.
    pub fn down_to_step(self, step_minor: i64) -> Result<Self, MoneyError> {
        if step_minor <= 1 {
            return Ok(self);
        }
        let minor = self.minor.checked_sub(self.minor.rem_euclid(step_minor)).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, ..self })
    }

    /// The amount, but never less than nothing.
    #[must_use]
    pub fn not_below_nothing(self) -> Self {
        Self { minor: self.minor.max(0), ..self }
    }

    /// Shares the amount over weights by largest remainder: the parts always add up to the whole, and a part's
    /// sign is the whole's. Equal remainders go to the earlier part.
    pub fn allocate(self, weights: &[i64]) -> Result<Vec<Self>, MoneyError> {
        let total: i128 = weights.iter().map(|w| i128::from(w.unsigned_abs())).sum();
        if total == 0 {
            return if self.is_zero() { Ok(vec![self; weights.len()]) } else { Err(MoneyError::NoWeights) };
        }
        let whole = i128::from(self.minor.unsigned_abs());
        let shares = weights.iter().map(|w| whole * i128::from(w.unsigned_abs()));
        let mut parts: Vec<(i128, i128)> = shares.map(|share| (share / total, share % total)).collect();
        let given: i128 = parts.iter().map(|(part, _)| part).sum();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by_key(|&i| std::cmp::Reverse(parts[i].1));
        let left = usize::try_from(whole - given).map_err(|_| MoneyError::Overflow)?;
        for &i in order.iter().take(left) {
            parts[i].0 += 1;
        }
        let sign = i128::from(self.minor.signum());
        parts
            .into_iter()
            .map(|(part, _)| i64::try_from(part * sign).map(|minor| Self { minor, ..self }).map_err(|_| MoneyError::Overflow))
            .collect()
    }
}

/// `whole * part / of`, halves away from zero.
fn share_half_up(whole: i128, part: i128, of: i128) -> Result<i64, MoneyError> {
    if of == 0 {
        return Err(MoneyError::NoWeights);
    }
    let product = whole.checked_mul(part).ok_or(MoneyError::Overflow)?;
    let sign = product.signum() * of.signum();
    let (product, of) = (product.unsigned_abs(), of.unsigned_abs());
    let below = product.checked_div(of).ok_or(MoneyError::NoWeights)?;
    // What is over is half or more of the divisor when it is no less than what is missing.
    let over = product - below * of;
    let rounded = below + u128::from(over >= of - over);
    i128::try_from(rounded).ok().and_then(|rounded| i64::try_from(rounded * sign).ok()).ok_or(MoneyError::Overflow)
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (amount, code) = text.trim().split_once(' ').ok_or_else(|| MoneyError::NotAnAmount(text.to_owned()))?;
        let decimal = plain_decimal(amount).ok_or_else(|| MoneyError::NotAnAmount(text.to_owned()))?;
        Currency::from_code(code.trim())?.exact(decimal)
    }
}

/// A decimal written with digits, at most one sign and one point: no exponent, no underscore, and no digit more than can be
/// kept, so that nothing is rounded on the way in.
pub fn plain_decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if plain { Decimal::from_str_exact(text).ok() } else { None }
}

/// Writes and reads a type as the text it displays; its JSON Schema is a string with an example.
macro_rules! as_text {
    ($type:ty, $name:expr, $description:literal) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Written;
                impl serde::de::Visitor<'_> for Written {
                    type Value = $type;
                    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        f.write_str("a string")
                    }
                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$type, E> {
                        text.parse().map_err(E::custom)
                    }
                }
                deserializer.deserialize_str(Written)
            }
        }
        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "description": $description })
            }
        }
    };
}
pub(crate) use as_text;

as_text!(Money, "Money", "Amount and currency, such as 5.10 EUR");

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    #[test]
    fn rounding_is_named() {
        let eur = Currency::from_code("EUR").unwrap();
        for (amount, rounding, minor) in [
            ("2.345", Rounding::HalfUp, 235),
            ("-2.345", Rounding::HalfUp, -235),
            ("2.345", Rounding::HalfEven, 234),
            ("2.355", Rounding::HalfEven, 236),
            ("2.349", Rounding::Down, 234),
            ("-2.341", Rounding::Up, -235),
        ] {
            assert_eq!(eur.round(amount.parse().unwrap(), rounding).unwrap().minor(), minor, "{amount} {rounding:?}");
        }
    }

    #[test]
    fn exponents_from_nought_to_three() {
        for (text, minor) in [("100 JPY", 100), ("1.00 EUR", 100), ("1.000 KWD", 1000), ("-0.05 USD", -5)] {
            assert_eq!(money(text).minor(), minor);
            assert_eq!(money(text).to_string(), text);
        }
        assert!("1.5 JPY".parse::<Money>().is_err());
        assert!("1.001 EUR".parse::<Money>().is_err());
        assert!("1 ABC".parse::<Money>().is_err());
    }

    #[test]
    fn sums_never_mix_or_wrap() {
        assert!(money("1 JPY").plus(money("1.00 EUR")).is_err());
        let eur = Currency::from_code("EUR").unwrap();
        assert_eq!(eur.minor(i64::MAX).plus(eur.minor(1)), Err(MoneyError::Overflow));
        assert_eq!(eur.minor(i64::MIN).negated(), Err(MoneyError::Overflow));
    }

    #[test]
    fn allocation_adds_up() {
        let cases: &[(&str, &[i64], &[i64])] = &[
            ("10.00 EUR", &[1, 1, 1], &[334, 333, 333]),
            ("-10.00 EUR", &[1, 1, 1], &[-334, -333, -333]),
            ("0.05 EUR", &[3, 7], &[2, 3]),
            ("100 JPY", &[1, 2], &[33, 67]),
            ("0.00 EUR", &[0, 0], &[0, 0]),
        ];
        for (amount, weights, parts) in cases {
            let minor: Vec<i64> = money(amount).allocate(weights).unwrap().iter().map(|m| m.minor()).collect();
            assert_eq!(&minor, parts, "{amount} over {weights:?}");
        }
        assert_eq!(money("1.00 EUR").allocate(&[0, 0]), Err(MoneyError::NoWeights));
    }

    #[test]
    fn the_ends_of_what_can_be_counted_are_errors_and_no_panics() {
        let eur = Currency::from_code("EUR").unwrap();
        let (least, all) = (Quantity::from_thousandths(i64::MIN), eur.minor(i64::MIN));
        assert_eq!(all.share(least, Quantity::ONE), Err(MoneyError::Overflow));
        assert_eq!(all.tax_inside(Rate::from_ppm(-1_000_000)), Err(MoneyError::NoWeights));
        assert_eq!(eur.minor(i64::MAX).to_step(i64::MAX), Ok(eur.minor(i64::MAX)));
    }

    #[test]
    fn cash_rounds_to_the_coin() {
        for (amount, minor) in [("10.02 EUR", 1000), ("10.03 EUR", 1005), ("-10.03 EUR", -1005), ("10.025 KWD", 10025)] {
            assert_eq!(money(amount).to_step(5).unwrap().minor(), minor, "{amount}");
        }
    }

    #[test]
    fn quantities_and_rates() {
        assert_eq!("1.00000".parse::<Quantity>().unwrap(), Quantity::ONE);
        assert_eq!("0.5".parse::<Quantity>().unwrap().thousandths(), 500);
        assert!("0.0005".parse::<Quantity>().is_err());
        for bad in ["1_0", "1.00000000000000000000000000000000001", "1e3", "NaN", "", "-", "1 2", "9223372036854775.808"] {
            assert!(bad.parse::<Quantity>().is_err() && bad.parse::<Rate>().is_err(), "{bad}");
            assert!(format!("{bad} JPY").parse::<Money>().is_err(), "{bad}");
        }
        assert_eq!("8.25".parse::<Rate>().unwrap().ppm(), 82_500);
        assert_eq!(money("100.00 USD").rate("8.25".parse().unwrap()).unwrap().minor(), 825);
    }

    proptest::proptest! {
        #[test]
        fn allocated_parts_are_the_whole(minor in -1_000_000_000_000_i64..1_000_000_000_000, weights in proptest::collection::vec(0_i64..1_000_000, 1..20)) {
            let eur = Currency::from_code("EUR").unwrap();
            if weights.iter().any(|w| *w > 0) {
                let parts = eur.minor(minor).allocate(&weights).unwrap();
                proptest::prop_assert_eq!(parts.iter().map(|p| p.minor()).sum::<i64>(), minor);
                for (part, weight) in parts.iter().zip(&weights) {
                    proptest::prop_assert!(*weight > 0 || part.is_zero());
                }
            }
        }
    }
}
