//! One row as a line of a bill: its columns, its figures, its amount rounded once.

use std::io::Read;

use rust_decimal::Decimal;

use super::super::IntakeError;
use super::super::fault::Fault;
use super::super::map::{SalesColumns, SalesMap, WhenUnknown};
use super::super::rows::{CsvRows, FieldError};
use super::CsvSales;
use crate::domain::bill::{Line, LineTax, TaxMode};
use crate::domain::money::{Money, MoneyError, Quantity};

/// Decimals of a unit price.
const PRICE_DECIMALS: u32 = 6;

/// Columns by their place.
pub(super) struct Columns {
    pub bill: usize,
    pub item: usize,
    pub text: usize,
    pub quantity: usize,
    pub unit_price: usize,
    pub time: usize,
    pub line_total: Option<usize>,
    pub department: Option<usize>,
    pub member: Option<usize>,
}

/// A row's own figures.
struct Figures {
    quantity: Quantity,
    unit_price: Decimal,
    raw: Decimal,
    charged: Money,
}

impl<R: Read> CsvSales<R> {
    /// The row's amount before rounding, and its line without a place.
    pub(super) fn line(&self) -> Result<(Decimal, Line), FieldError> {
        let figures = self.figures()?;
        let says = &self.map.says;
        let money = |error| FieldError { column: Some(self.columns.unit_price), fault: Fault::from(error) };
        let (net, tax, gross) = match says.tax {
            TaxMode::Included => {
                let tax = figures.charged.tax_inside(says.tax_rate).map_err(money)?;
                (figures.charged.minus(tax).map_err(money)?, tax, figures.charged)
            }
            TaxMode::Added => {
                let tax = figures.charged.rate(says.tax_rate).map_err(money)?;
                (figures.charged, tax, figures.charged.plus(tax).map_err(money)?)
            }
        };
        let taxes = if says.tax_rate.ppm() == 0 {
            Vec::new()
        } else {
            vec![LineTax { code: says.tax_rate.to_string(), rate: says.tax_rate, amount: tax }]
        };
        let department = self.columns.department.map_or(Ok(""), |column| self.rows.text(column))?;
        let line = Line {
            no: 0,
            item: self.rows.digits(self.columns.item)?.to_owned(),
            text: self.rows.text(self.columns.text)?.to_owned(),
            department: department.to_owned(),
            quantity: figures.quantity,
            unit_price: figures.unit_price,
            discount: says.currency.zero(),
            net,
            tax,
            gross,
            taxes,
            returns: None,
            group: None,
        };
        Ok((figures.raw, line))
    }

    fn figures(&self) -> Result<Figures, FieldError> {
        let at = |column| move |fault| FieldError { column: Some(column), fault };
        let (quantity_column, price_column) = (self.columns.quantity, self.columns.unit_price);
        let pieces = self.rows.decimal(quantity_column)?;
        let unit_price = self.rows.decimal(price_column)?;
        let quantity = Quantity::exact(pieces).map_err(|error| at(quantity_column)(Fault::from(error)))?;
        if unit_price.scale() > PRICE_DECIMALS && unit_price.normalize().scale() > PRICE_DECIMALS {
            return Err(at(price_column)(Fault::PriceTooFine));
        }
        let overflow = || at(price_column)(Fault::Money(MoneyError::Overflow));
        let (column, raw) = match self.columns.line_total {
            Some(column) => (column, self.rows.decimal(column)?),
            None => (price_column, pieces.checked_mul(unit_price).ok_or_else(overflow)?),
        };
        let charged =
            self.map.says.currency.round(raw, self.map.says.rounding).map_err(|error| at(column)(Fault::from(error)))?;
        let taken_back = raw.is_sign_negative() && quantity.is_positive();
        let (quantity, unit_price) = if taken_back { (opposite(quantity), -unit_price) } else { (quantity, unit_price) };
        Ok(Figures { quantity, unit_price, raw, charged })
    }
}

/// The till's number for the row's member.
pub(super) fn member<'a, R: Read>(
    rows: &'a CsvRows<R>,
    columns: &Columns,
    map: &SalesMap,
) -> Result<Option<&'a str>, FieldError> {
    let Some(column) = columns.member else { return Ok(None) };
    if map.says.members == WhenUnknown::Ignore {
        return Ok(None);
    }
    let text = rows.text(column)?;
    let code = text.strip_suffix(map.file.member_ending.as_str()).unwrap_or(text);
    Ok(Some(code).filter(|code| !code.is_empty()))
}

impl Columns {
    pub fn of<R: Read>(rows: &CsvRows<R>, named: &SalesColumns) -> Result<Self, IntakeError> {
        let maybe = |name: &Option<String>| name.as_ref().map(|name| rows.column(name)).transpose();
        Ok(Self {
            bill: rows.column(&named.bill)?,
            item: rows.column(&named.item)?,
            text: rows.column(&named.text)?,
            quantity: rows.column(&named.quantity)?,
            unit_price: rows.column(&named.unit_price)?,
            time: rows.column(&named.time)?,
            line_total: maybe(&named.line_total)?,
            department: maybe(&named.department)?,
            member: maybe(&named.member)?,
        })
    }
}

/// The same quantity the other way round: what the file charges negatively was taken back, so that it cannot be again.
pub(in crate::intake) fn opposite(quantity: Quantity) -> Quantity {
    Quantity::from_thousandths(quantity.thousandths().saturating_neg())
}
