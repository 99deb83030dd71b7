//! Currencies with their minor units, and how a decimal becomes money, once.

use std::fmt;
use std::str::FromStr;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{Money, MoneyError, as_text};

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

as_text!(Currency, "Currency", "ISO 4217 code, such as EUR");

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_currency_is_found_by_its_code() {
        for code in HUNDREDTHS.split_whitespace() {
            assert_eq!(Currency::from_code(code).map(|currency| currency.exponent()), Ok(2), "{code}");
        }
        for bad in ["", "EU", "EURO", "eur", "UR ", " EU", "XYZ"] {
            assert!(Currency::from_code(bad).is_err(), "{bad}");
        }
    }
}
