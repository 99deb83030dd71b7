//! Money as checked whole minor units, and the one rounding and the one allocation of the house.
//!
//! No float anywhere. Rates, shares and prices are decimals until they become money, once, here.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

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

/// An ISO 4217 currency with the number of decimals its minor unit has (0 to 3).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// Currencies whose minor unit is not a hundredth (ISO 4217, list one).
const OTHER_EXPONENTS: &[(&str, u8)] = &[
    ("BHD", 3),
    ("IQD", 3),
    ("JOD", 3),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("TND", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("ISK", 0),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("PYG", 0),
    ("RWF", 0),
    ("UGX", 0),
    ("VND", 0),
    ("VUV", 0),
    ("XAF", 0),
    ("XOF", 0),
    ("XPF", 0),
];

/// Currencies counted in hundredths that a counter may meet.
const HUNDREDTHS: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES \
KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP \
PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU \
UZS VES WST XCD YER ZAR ZMW ZWG ";

impl Currency {
    /// The currency of a three-letter code, in capitals.
    pub fn from_code(code: &str) -> Result<Self, MoneyError> {
        let unknown = || MoneyError::UnknownCurrency(code.to_owned());
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| unknown())?;
        let other = OTHER_EXPONENTS.iter().find(|(known, _)| *known == code).map(|(_, exponent)| *exponent);
        let exponent = match other {
            Some(exponent) => exponent,
            None => Self::hundredths(bytes).ok_or_else(unknown)?,
        };
        Ok(Self { code: bytes, exponent })
    }

    /// The usual exponent, of a code that has it.
    fn hundredths(code: [u8; 3]) -> Option<u8> {
        let (known, _) = HUNDREDTHS.as_bytes().as_chunks::<4>();
        known.binary_search_by(|[a, b, c, _]| [*a, *b, *c].cmp(&code)).ok().map(|_| 2)
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }

    /// How many decimals the minor unit has, 0 to 3.
    pub fn exponent(&self) -> u32 {
        u32::from(self.exponent)
    }

    /// Nothing, in this currency.
    pub fn zero(self) -> Money {
        Money { minor: 0, currency: self }
    }

    /// An amount of whole minor units.
    pub fn minor(self, minor: i64) -> Money {
        Money { minor, currency: self }
    }

    /// A decimal rounded once to the currency.
    pub fn round(self, amount: Decimal, rounding: Rounding) -> Result<Money, MoneyError> {
        let scaled = amount
            .checked_mul(Decimal::from(10_i64.pow(self.exponent())))
            .ok_or(MoneyError::Overflow)?
            .round_dp_with_strategy(0, rounding.strategy());
        let minor = i64::try_from(scaled).map_err(|_| MoneyError::Overflow)?;
        Ok(self.minor(minor))
    }

    /// A decimal that must already be exact in this currency.
    pub fn exact(self, amount: Decimal) -> Result<Money, MoneyError> {
        let money = self.round(amount, Rounding::HalfUp)?;
        if money.decimal() == amount { Ok(money) } else { Err(MoneyError::TooFine { text: amount.to_string(), currency: self }) }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        Self::from_code(text)
    }
}

/// How a decimal becomes a whole number of minor units. There is no default: every place names its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Halves away from zero: 2.345 becomes 2.35, -2.345 becomes -2.35.
    HalfUp,
    /// Halves to the even neighbour: 2.345 becomes 2.34.
    HalfEven,
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
}

impl Rounding {
    fn strategy(self) -> RoundingStrategy {
        match self {
            Self::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Self::HalfEven => RoundingStrategy::MidpointNearestEven,
            Self::Down => RoundingStrategy::ToZero,
            Self::Up => RoundingStrategy::AwayFromZero,
        }
    }
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
    let product = whole.checked_mul(part).ok_or(MoneyError::Overflow)?;
    let sign = product.signum() * of.signum();
    let (product, of) = (product.abs(), of.abs());
    let rounded = (product * 2 + of) / (of * 2);
    i64::try_from(rounded * sign).map_err(|_| MoneyError::Overflow)
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
        let decimal = Decimal::from_str_exact(amount).map_err(|_| MoneyError::NotAnAmount(text.to_owned()))?;
        Currency::from_code(code.trim())?.exact(decimal)
    }
}

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
        let decimal = Decimal::from_str(text.trim()).map_err(|_| MoneyError::NotAnAmount(text.to_owned()))?;
        Self::exact(decimal)
    }
}

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

    /// As a percentage.
    pub fn percent(self) -> Decimal {
        Decimal::new(self.0, 4).normalize()
    }

    /// Exact from a percentage with at most four decimals.
    pub fn from_percent(percent: Decimal) -> Result<Self, MoneyError> {
        let scaled = percent.checked_mul(Decimal::TEN * Decimal::ONE_THOUSAND).ok_or(MoneyError::Overflow)?.normalize();
        if scaled.scale() != 0 {
            return Err(MoneyError::NotAnAmount(percent.to_string()));
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
        let decimal = Decimal::from_str(text.trim()).map_err(|_| MoneyError::NotAnAmount(text.to_owned()))?;
        Self::from_percent(decimal)
    }
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
                <String as serde::Deserialize>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
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

as_text!(Currency, "Currency", "ISO 4217 code, such as EUR");
as_text!(Money, "Money", "Amount and currency, such as 5.10 EUR");
as_text!(Quantity, "Quantity", "Pieces with at most three decimals, such as 2 or 0.5");
as_text!(Rate, "Rate", "Percentage with at most four decimals, such as 21");

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        text.parse().expect("an amount")
    }

    #[test]
    fn every_currency_is_found_by_its_code() {
        for code in HUNDREDTHS.split_whitespace() {
            assert_eq!(Currency::from_code(code).map(|currency| currency.exponent()), Ok(2), "{code}");
        }
        for bad in ["", "EU", "EURO", "eur", "UR ", " EU", "XYZ"] {
            assert!(Currency::from_code(bad).is_err(), "{bad}");
        }
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
