//! Bills: what was charged, line by line, and how it was paid. A bill never changes once it came in.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::calendar::Moment;
use super::ids::{BillId, MemberId};
use super::money::{Currency, LARGEST_MINOR, Money, MoneyError, Quantity, Rate};
use super::plain::is_plain;
use super::say::Named;

/// What kind of bill it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BillKind {
    /// A retail sale.
    Sale,
    /// A hotel guest's account.
    Folio,
}

/// Whether prices on a bill contain their tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaxMode {
    /// Prices contain tax: net = gross - tax.
    Included,
    /// Tax is added to prices: gross = net + tax.
    Added,
}

/// How money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Tender {
    /// Notes and coins.
    Cash,
    /// A payment card at the terminal.
    Card,
    /// A gift card of the shop.
    GiftCard,
    /// Store credit issued here.
    StoreCredit,
    /// The member's account with the shop.
    Account,
    /// Charged to a hotel room.
    Room,
}

impl Tender {
    /// Every tender, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Cash, Self::Card, Self::GiftCard, Self::StoreCredit, Self::Account, Self::Room];

    /// The name used in data and journals.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::Card => "card",
            Self::GiftCard => "gift_card",
            Self::StoreCredit => "store_credit",
            Self::Account => "account",
            Self::Room => "room",
        }
    }

    /// The tender of a name used in data.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tender| tender.name() == name)
    }
}

impl Named for Tender {
    fn word(&self) -> &'static str {
        match self {
            Self::Cash => "tender-cash",
            Self::Card => "tender-card",
            Self::GiftCard => "tender-gift-card",
            Self::StoreCredit => "tender-store-credit",
            Self::Account => "tender-account",
            Self::Room => "tender-room",
        }
    }
}

/// What a receipt may show of a payment card. The number itself never comes in here.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CardTrace {
    /// Brand as the terminal names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<String>,
    /// The last four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_four: Option<String>,
    /// The terminal's reference of the payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// One tax's share of a line.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineTax {
    /// The tax's code as the till names it.
    pub code: String,
    /// Its rate.
    pub rate: Rate,
    /// Its amount on this line.
    pub amount: Money,
}

/// One line of a bill. Its place in the bill is its identity; two equal lines are two lines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Line {
    /// Its place in the bill, from 1.
    pub no: u32,
    /// The item's code.
    pub item: String,
    /// What the receipt called it.
    pub text: String,
    /// Department or charge code; empty where the till named none.
    pub department: String,
    /// How many; negative for goods that the till took back.
    pub quantity: Quantity,
    /// Price of one, as the till showed it; never multiplied again.
    pub unit_price: Decimal,
    /// Discounts that are already taken off, allocated once when the bill came in; never negative on a sale.
    pub discount: Money,
    /// Without tax.
    pub net: Money,
    /// Tax.
    pub tax: Money,
    /// What was charged for the line, tax included.
    pub gross: Money,
    /// The tax by code; adds up to `tax`.
    pub taxes: Vec<LineTax>,
    /// The sale line that this line gives back, where the till named it.
    pub returns: Option<LineName>,
    /// The promotion group it belongs to.
    pub group: Option<u32>,
}

/// A line of another bill, by that bill's key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LineName {
    /// Key of the bill.
    pub bill_key: String,
    /// Place in it.
    pub line: u32,
}

/// Part of a bill's payment, change and cash back already taken off.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Payment {
    /// Its place in the bill, from 1.
    pub no: u32,
    /// How it was paid.
    pub tender: Tender,
    /// How much, net of change and cash back.
    pub amount: Money,
    /// What is known of the card.
    pub card: Option<CardTrace>,
}

/// Lines that were priced together, with what they would cost alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PromotionGroup {
    /// Its number in the bill, from 1.
    pub no: u32,
    /// What the promotion is called on the receipt.
    pub name: String,
    /// Pieces to buy at the regular price.
    pub buy: u32,
    /// Pieces that are then free, the cheapest first.
    pub free: u32,
    /// Regular price of one piece, tax included, by line.
    pub regular: Vec<(u32, Money)>,
}

/// What was charged, for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// Id of this house.
    pub id: BillId,
    /// What makes it one: shop, till, day and sequence as the source knows them.
    pub key: String,
    /// What a person reads on it.
    pub number: String,
    /// Sale or folio.
    pub kind: BillKind,
    /// The till or front desk that made it.
    pub till: String,
    /// When it was made.
    pub at: Moment,
    /// The business day it belongs to.
    pub business_date: Date,
    /// Whose it is, when known.
    pub member: Option<MemberId>,
    /// Its currency.
    pub currency: Currency,
    /// Whether prices contain tax.
    pub tax_mode: TaxMode,
    /// What was charged.
    pub lines: Vec<Line>,
    /// How it was paid.
    pub payments: Vec<Payment>,
    /// Cash rounding: payments = lines + rounding.
    pub rounding: Money,
    /// Lines priced together.
    pub groups: Vec<PromotionGroup>,
}

/// Why a bill cannot stand in the books as it came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BillError {
    /// Lines and payments differ.
    #[error("lines come to {lines} with cash rounding {rounding}, payments to {payments}: out by {difference}")]
    OutOfBalance {
        /// Sum of the lines.
        lines: Money,
        /// Cash rounding.
        rounding: Money,
        /// Sum of the payments.
        payments: Money,
        /// Payments less lines and rounding.
        difference: Money,
    },
    /// A line's own figures disagree.
    #[error("line {line}: net {net} and tax {tax} do not make {gross}")]
    LineDisagrees {
        /// The line.
        line: u32,
        /// Its net.
        net: Money,
        /// Its tax.
        tax: Money,
        /// Its gross.
        gross: Money,
    },
    /// A figure is larger than anything that is bought.
    #[error("{what} is larger than the books can hold")]
    TooLarge {
        /// Which.
        what: String,
    },
    /// A text cannot be kept.
    #[error("{what} {fault}")]
    Text {
        /// Which.
        what: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// Its day is none on which anything was bought.
    #[error("its day {0} cannot be")]
    ImpossibleDay(Date),
    /// Two of its lines have one number.
    #[error("two of its lines have the number {0}")]
    TwoLines(u32),
    /// Arithmetic failed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// Bytes of the longest text of a bill that is kept.
pub const LONGEST_TEXT: usize = 1_000;
/// Years in which something may have been bought.
const YEARS: std::ops::Range<i16> = 1900..9999;

impl Bill {
    /// What was charged, tax included.
    pub fn gross(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency, self.lines.iter().map(|line| line.gross))
    }

    /// The tax in it.
    pub fn tax(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency, self.lines.iter().map(|line| line.tax))
    }

    /// What was paid.
    pub fn paid(&self) -> Result<Money, MoneyError> {
        Money::sum(self.currency, self.payments.iter().map(|payment| payment.amount))
    }

    /// The line at a place.
    pub fn line(&self, no: u32) -> Option<&Line> {
        self.lines.iter().find(|line| line.no == no)
    }

    /// Checks that every line agrees with itself and that payments cover the lines exactly.
    pub fn check(&self) -> Result<(), BillError> {
        for line in &self.lines {
            let taxes = Money::sum(self.currency, line.taxes.iter().map(|tax| tax.amount))?;
            if line.net.plus(line.tax)? != line.gross || taxes != line.tax {
                return Err(BillError::LineDisagrees { line: line.no, net: line.net, tax: line.tax, gross: line.gross });
            }
        }
        let (lines, payments) = (self.gross()?, self.paid()?);
        let difference = payments.minus(lines.plus(self.rounding)?)?;
        if difference.is_zero() {
            Ok(())
        } else {
            Err(BillError::OutOfBalance { lines, rounding: self.rounding, payments, difference })
        }
    }

    /// Checks that the books can hold every figure and every text of it.
    pub fn check_size(&self) -> Result<(), BillError> {
        if !YEARS.contains(&self.business_date.year()) {
            return Err(BillError::ImpossibleDay(self.business_date));
        }
        let mut places = std::collections::HashSet::with_capacity(self.lines.len());
        for line in &self.lines {
            if line.no == 0 || !places.insert(line.no) {
                return Err(BillError::TwoLines(line.no));
            }
            let what = |field: &str| format!("the {field} of line {}", line.no);
            for money in [line.net, line.tax, line.gross, line.discount] {
                holds(money.minor(), || what("amount"))?;
            }
            holds(line.quantity.thousandths(), || what("quantity"))?;
            holds_price(line.unit_price, || what("price"))?;
            let back = line.returns.as_ref().map_or("", |sale| sale.bill_key.as_str());
            for (field, text) in [("item", &*line.item), ("text", &line.text), ("department", &line.department), ("sale", back)] {
                holds_text(text, || what(field))?;
            }
            line.taxes.iter().try_for_each(|tax| holds_text(&tax.code, || what("tax")))?;
        }
        for payment in &self.payments {
            let what = || format!("payment {}", payment.no);
            holds(payment.amount.minor(), what)?;
            let trace = payment.card.iter().flat_map(|card| [&card.brand, &card.last_four, &card.reference]);
            trace.flatten().try_for_each(|text| holds_text(text, what))?;
        }
        for (_, covers) in self.covers()? {
            holds(covers.minor(), || "a payment".to_owned())?;
        }
        holds(self.gross()?.minor(), || "what it comes to".to_owned())?;
        holds(self.rounding.minor(), || "its rounding".to_owned())?;
        for (what, text) in [("its key", &self.key), ("its number", &self.number), ("its till", &self.till)] {
            holds_text(text, || what.to_owned())?;
        }
        Ok(())
    }

    /// How much of the bill's gross each payment covers: what it paid, cash rounding taken off the last cash payment.
    pub fn covers(&self) -> Result<Vec<(u32, Money)>, MoneyError> {
        let rounded = self.payments.iter().rev().find(|payment| payment.tender == Tender::Cash).map(|payment| payment.no);
        let rounded = rounded.or_else(|| self.payments.last().map(|payment| payment.no));
        let cover = |payment: &Payment| {
            let amount = if Some(payment.no) == rounded { payment.amount.minus(self.rounding)? } else { payment.amount };
            Ok((payment.no, amount))
        };
        self.payments.iter().map(cover).collect()
    }
}

/// Whether the books can hold an amount in minor units, or a quantity in thousandths.
fn holds(number: i64, what: impl FnOnce() -> String) -> Result<(), BillError> {
    if number.unsigned_abs() <= LARGEST_MINOR { Ok(()) } else { Err(BillError::TooLarge { what: what() }) }
}

/// Whether the books can hold a price in millionths.
fn holds_price(price: Decimal, what: impl FnOnce() -> String) -> Result<(), BillError> {
    let millionths = price.checked_mul(Decimal::from(1_000_000)).map(|price| price.round());
    let fits = millionths.is_some_and(|price| i64::try_from(price).is_ok());
    if fits { Ok(()) } else { Err(BillError::TooLarge { what: what() }) }
}

fn holds_text(text: &str, what: impl FnOnce() -> String) -> Result<(), BillError> {
    if text.len() > LONGEST_TEXT {
        return Err(BillError::Text { what: what(), fault: "is longer than the books can hold" });
    }
    if is_plain(text) { Ok(()) } else { Err(BillError::Text { what: what(), fault: "contains control characters" }) }
}
