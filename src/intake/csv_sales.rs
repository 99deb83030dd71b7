//! Sales as CSV: one row a line, rows of one bill near each other.
//!
//! A bill is given out when it can be taken for whole: once as many other bills as the map allows have begun after it.
//! The place to go on from is one that no bill straddles, so that going on never cuts a bill in two.

use std::collections::VecDeque;
use std::io::Read;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::fault::Fault;
use super::item::{Aside, Incoming, NewBill, Place, Reject};
use super::map::{Rows, SalesColumns, SalesMap, WhenUnknown};
use super::rows::{CsvRows, FieldError};
use super::{Incomings, IntakeError};
use crate::domain::bill::{Bill, Line, LineTax, Payment, TaxMode};
use crate::domain::calendar::{Moment, ShopDay};
use crate::domain::ids::BillId;
use crate::domain::money::{Currency, Money, Quantity};

/// Lines that one bill may have.
const MOST_LINES: usize = 20_000;
/// Decimals of a unit price.
const PRICE_DECIMALS: u32 = 6;

/// Columns by their place.
struct Columns {
    bill: usize,
    item: usize,
    text: usize,
    quantity: usize,
    unit_price: usize,
    time: usize,
    line_total: Option<usize>,
    department: Option<usize>,
    member: Option<usize>,
}

/// Reads sales from a CSV.
pub struct CsvSales<R: Read> {
    rows: CsvRows<R>,
    columns: Columns,
    map: SalesMap,
    shop: ShopDay,
    source: String,
    waiting: VecDeque<Waiting>,
    ready: VecDeque<Incoming>,
    next: Place,
    last_given: u64,
    time_read: Vec<u8>,
    ended: bool,
}

/// What was read and may still grow, in the order in which it began.
enum Waiting {
    Bill(Box<OpenBill>),
    Reject(Box<Reject>, Place, u64),
}

impl Waiting {
    fn begins(&self) -> Place {
        match self {
            Self::Bill(bill) => bill.begins,
            Self::Reject(_, begins, _) => *begins,
        }
    }
}

/// A bill whose rows are still coming.
struct OpenBill {
    number: String,
    member: Option<String>,
    at: Moment,
    business_date: Date,
    lines: Vec<Line>,
    raw: Vec<u8>,
    raw_sum: Decimal,
    rows: u64,
    begins: Place,
    ends_byte: u64,
    fault: Option<Fault>,
}

/// A row's own figures.
struct Figures {
    quantity: Quantity,
    unit_price: Decimal,
    raw: Decimal,
    charged: Money,
}

impl<R: Read> CsvSales<R> {
    /// Reads from the beginning. `source` is what the file is called.
    pub fn new(file: R, map: SalesMap, source: &str) -> Result<Self, IntakeError> {
        let rows = CsvRows::new(file, &map.file)?;
        let begin = rows.next;
        Self::over(rows, map, source, begin)
    }

    /// Goes on at a place given by [`Incomings::place`], under a header read before.
    pub fn resume(file: R, map: SalesMap, source: &str, header: Vec<String>, place: Place) -> Result<Self, IntakeError> {
        let rows = CsvRows::resume(file, &map.file, header, place)?;
        Self::over(rows, map, source, place)
    }

    fn over(rows: CsvRows<R>, map: SalesMap, source: &str, begin: Place) -> Result<Self, IntakeError> {
        let columns = Columns::of(&rows, &map.columns)?;
        let shop = map.shop_day()?;
        Ok(Self {
            rows,
            columns,
            map,
            shop,
            source: source.to_owned(),
            waiting: VecDeque::new(),
            ready: VecDeque::new(),
            next: begin,
            last_given: 0,
            time_read: Vec::new(),
            ended: false,
        })
    }

    fn read_row(&mut self) -> Result<(), IntakeError> {
        match self.rows.read() {
            Ok(true) => {
                if let Err(error) = self.take_row() {
                    self.reject_row(error);
                }
            }
            Ok(false) => self.end(),
            Err(error) => {
                let stopped = self.rows.stopped(error)?;
                self.end();
                self.ready.push_back(stopped);
            }
        }
        Ok(())
    }

    fn end(&mut self) {
        self.ended = true;
        while !self.waiting.is_empty() {
            self.give_out_oldest();
        }
        self.next = self.rows.next;
    }

    fn take_row(&mut self) -> Result<(), FieldError> {
        self.rows.check_form()?;
        let (raw, line) = self.line()?;
        self.check_time()?;
        if open_bill(&mut self.waiting, self.rows.needed(self.columns.bill)?).is_none() {
            self.begin_bill()?;
        }
        let number = self.rows.needed(self.columns.bill)?;
        let member = member(&self.rows, &self.columns, &self.map)?;
        let Some(bill) = open_bill(&mut self.waiting, number) else { return Ok(()) };
        if bill.member.as_deref() != member && bill.fault.is_none() {
            let name = |member: Option<&str>| member.unwrap_or("nobody").to_owned();
            bill.fault = Some(Fault::TwoMembers { first: name(bill.member.as_deref()), other: name(member) });
        }
        self.rows.write_row(&mut bill.raw);
        bill.rows += 1;
        bill.ends_byte = self.rows.next.byte;
        bill.raw_sum += raw;
        if bill.lines.len() == MOST_LINES {
            bill.fault = Some(Fault::TooManyLines { most: MOST_LINES });
        } else {
            let no = u32::try_from(bill.lines.len() + 1).unwrap_or(u32::MAX);
            bill.lines.push(Line { no, ..line });
        }
        Ok(())
    }

    /// The first row of a bill has its time and member.
    fn begin_bill(&mut self) -> Result<(), FieldError> {
        let fail =
            || FieldError { column: Some(self.columns.time), fault: Fault::NotATime { format: self.map.file.time.clone() } };
        let local = self.rows.time(self.columns.time)?;
        let at = self.shop.zone.to_ambiguous_zoned(local).compatible().map_err(|_| fail())?.timestamp();
        let business_date = self.shop.business_date(at).map_err(|_| fail())?;
        let member = member(&self.rows, &self.columns, &self.map)?.map(str::to_owned);
        let number = self.rows.needed(self.columns.bill)?.to_owned();
        self.wait(Waiting::Bill(Box::new(OpenBill {
            number,
            member,
            at: self.shop.moment(at),
            business_date,
            lines: Vec::new(),
            raw: Vec::new(),
            raw_sum: Decimal::ZERO,
            rows: 0,
            begins: self.rows.place,
            ends_byte: self.rows.next.byte,
            fault: None,
        })));
        Ok(())
    }

    fn wait(&mut self, waiting: Waiting) {
        while self.waiting.len() > self.map.says.bills_apart {
            self.give_out_oldest();
        }
        self.waiting.push_back(waiting);
    }

    /// Later rows of a bill may have another time than the first, but it must be one.
    fn check_time(&mut self) -> Result<(), FieldError> {
        let bytes = self.rows.bytes(self.columns.time);
        if bytes != self.time_read {
            self.rows.time(self.columns.time)?;
            self.time_read.clear();
            self.time_read.extend_from_slice(self.rows.bytes(self.columns.time));
        }
        Ok(())
    }

    /// The row's amount before rounding, and its line without a place.
    fn line(&self) -> Result<(Decimal, Line), FieldError> {
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
        let department = self.columns.department.map_or(Ok(""), |column| self.rows.text(column, false))?;
        let line = Line {
            no: 0,
            item: self.rows.text(self.columns.item, true)?.to_owned(),
            text: self.rows.text(self.columns.text, false)?.to_owned(),
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
        let overflow = || at(price_column)(Fault::Money(crate::domain::money::MoneyError::Overflow));
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

    fn reject_row(&mut self, error: FieldError) {
        if self.map.says.rows == Rows::Together {
            self.spoil_bill();
        }
        let reject = Box::new(self.rows.reject(error));
        self.wait(Waiting::Reject(reject, self.rows.place, self.rows.next.byte));
    }

    /// Keeps the bill of a bad row aside. A bad row may not even name its bill; then there is none to spoil.
    fn spoil_bill(&mut self) {
        let Ok(number) = self.rows.needed(self.columns.bill).map(str::to_owned) else { return };
        if open_bill(&mut self.waiting, &number).is_none() && self.begin_bill().is_err() {
            return;
        }
        if let Some(bill) = open_bill(&mut self.waiting, &number) {
            bill.fault.get_or_insert(Fault::RowRejected { line: self.rows.place.line });
            bill.ends_byte = self.rows.next.byte;
        }
    }

    fn give_out_oldest(&mut self) {
        match self.waiting.pop_front() {
            Some(Waiting::Bill(bill)) => {
                self.last_given = self.last_given.max(bill.ends_byte);
                if bill.rows > 0 {
                    self.ready.push_back(bill.close(&self.map, &self.source));
                }
            }
            Some(Waiting::Reject(reject, _, ends_byte)) => {
                self.last_given = self.last_given.max(ends_byte);
                self.ready.push_back(Incoming::Reject(reject));
            }
            None => {}
        }
        self.next = self.waiting.front().map_or(self.rows.place, Waiting::begins);
    }
}

fn open_bill<'a>(waiting: &'a mut VecDeque<Waiting>, number: &str) -> Option<&'a mut OpenBill> {
    waiting.iter_mut().rev().find_map(|waiting| match waiting {
        Waiting::Bill(bill) if bill.number == number => Some(&mut **bill),
        Waiting::Bill(_) | Waiting::Reject(..) => None,
    })
}

/// The till's number for the row's member.
fn member<'a, R: Read>(rows: &'a CsvRows<R>, columns: &Columns, map: &SalesMap) -> Result<Option<&'a str>, FieldError> {
    let Some(column) = columns.member else { return Ok(None) };
    if map.says.members == WhenUnknown::Ignore {
        return Ok(None);
    }
    let text = rows.text(column, false)?;
    let code = text.strip_suffix(map.file.member_ending.as_str()).unwrap_or(text);
    Ok(Some(code).filter(|code| !code.is_empty()))
}

impl Columns {
    fn of<R: Read>(rows: &CsvRows<R>, named: &SalesColumns) -> Result<Self, IntakeError> {
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

impl OpenBill {
    fn close(self, map: &SalesMap, source: &str) -> Incoming {
        let key = format!("{}/{}", map.says.till, self.number);
        let (rows, raw_sum, place) = (self.rows, self.raw_sum, self.begins);
        let fault = match (self.fault, Self::bill(self.number, self.at, self.business_date, self.lines, &key, map)) {
            (Some(fault), _) | (None, Err(fault)) => fault,
            (None, Ok(bill)) => match NewBill::checked(bill, rows, raw_sum, place) {
                Ok(mut bill) => {
                    bill.member_code = self.member;
                    bill.when_unknown = map.says.members;
                    return Incoming::Bill(Box::new(bill));
                }
                Err(error) => Fault::Bill(error),
            },
        };
        let raw = String::from_utf8_lossy(&self.raw).into_owned();
        Incoming::Aside(Box::new(Aside::new(key, source, fault, raw, rows, raw_sum, place)))
    }

    fn bill(number: String, at: Moment, business_date: Date, lines: Vec<Line>, key: &str, map: &SalesMap) -> Result<Bill, Fault> {
        let currency: Currency = map.says.currency;
        let paid = Money::sum(currency, lines.iter().map(|line| line.gross))?;
        Ok(Bill {
            id: BillId(uuid::Uuid::nil()),
            key: key.to_owned(),
            number,
            kind: map.says.kind,
            till: map.says.till.clone(),
            at,
            business_date,
            member: None,
            currency,
            tax_mode: map.says.tax,
            lines,
            payments: vec![Payment { no: 1, tender: map.says.tender, amount: paid, card: None }],
            rounding: currency.zero(),
            groups: Vec::new(),
        })
    }
}

/// The same quantity the other way round: what the file charges negatively was taken back, so that it cannot be again.
pub(super) fn opposite(quantity: Quantity) -> Quantity {
    Quantity::from_thousandths(quantity.thousandths().saturating_neg())
}

impl<R: Read> Iterator for CsvSales<R> {
    type Item = Result<Incoming, IntakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(incoming) = self.ready.pop_front() {
                return Some(Ok(incoming));
            }
            if self.ended {
                return None;
            }
            if let Err(error) = self.read_row() {
                self.ended = true;
                return Some(Err(error));
            }
        }
    }
}

impl<R: Read> Incomings for CsvSales<R> {
    fn place(&self) -> Option<Place> {
        Some(self.next).filter(|next| self.ready.is_empty() && next.byte >= self.last_given)
    }

    fn read_byte(&self) -> u64 {
        self.rows.next.byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn retail(rows: &str) -> Vec<Incoming> {
        let header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
        let map = SalesMap::from_toml(include_str!("../../resources/maps/online_retail.toml")).unwrap();
        let text = format!("{header}{rows}");
        CsvSales::new(text.as_bytes(), map, "test").unwrap().map(|incoming| incoming.unwrap()).collect()
    }

    fn rejects(items: &[Incoming]) -> Vec<&Reject> {
        items.iter().filter_map(|item| if let Incoming::Reject(reject) = item { Some(&**reject) } else { None }).collect()
    }

    #[test]
    fn bad_rows_name_line_column_and_reason() {
        for (row, column, name) in [
            ("1,A,x,1,2010-12-01 08:26:00,2.55,17850.0", 1, "columns"),
            ("1,A,x,1,2010-12-01 08:26:00,2.55,17850.0,UK,more", 1, "columns"),
            (",A,x,1,2010-12-01 08:26:00,2.55,17850.0,UK", 1, "missing"),
            ("1,A,x,one,2010-12-01 08:26:00,2.55,17850.0,UK", 4, "not-a-number"),
            ("1,A,x,,2010-12-01 08:26:00,2.55,17850.0,UK", 4, "missing"),
            ("1,A,x,0.0005,2010-12-01 08:26:00,2.55,17850.0,UK", 4, "quantity-too-fine"),
            ("1,A,x,1,2010-12-01 08:26:00,2.5500001,17850.0,UK", 6, "price-too-fine"),
            ("1,A,x,1,2010-12-01 08:26:00,1e5,17850.0,UK", 6, "not-a-number"),
            ("1,A,x,1,2010-13-01 08:26:00,2.55,17850.0,UK", 5, "not-a-time"),
            ("1,A,x,1,2010-02-30 08:26:00,2.55,17850.0,UK", 5, "not-a-time"),
            ("1,A,x,1,,2.55,17850.0,UK", 5, "missing"),
            ("1,A,x,9000000000000,2010-12-01 08:26:00,9999999999.99,17850.0,UK", 6, "money"),
            ("1,A,card 4111 1111 1111 1111,1,2010-12-01 08:26:00,2.55,17850.0,UK", 3, "card-number"),
            ("1,A,x,1,2010-12-01 08:26:00,2.55,4111111111111111,UK", 7, "card-number"),
            ("1,A,a\0b,1,2010-12-01 08:26:00,2.55,17850.0,UK", 3, "control-character"),
            ("1,A,\"never closed,1,2010-12-01 08:26:00,2.55,17850.0,UK", 1, "columns"),
            ("1,A,x,1,2010-12-01 08:26:00,2.55,17850.0,\"UK\n2,B,y", 8, "line-break"),
        ] {
            let items = retail(&format!("0,Z,z,1,2010-12-01 08:25:00,1.00,,UK\n{row}"));
            let rejects = rejects(&items);
            assert_eq!(rejects.len(), 1, "{row}");
            assert_eq!((rejects[0].line, rejects[0].column, rejects[0].fault.name()), (3, column, name), "{row}");
            assert!(!rejects[0].raw.contains("4111 1111 1111 1111"));
            assert_eq!(items.len(), 2, "{row}");
        }
    }
}
