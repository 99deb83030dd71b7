//! Sales as CSV: one row a line, rows of one bill near each other.
//!
//! A bill is given out when it can be taken for whole: once as many other bills as the map allows have begun after it.
//! The place to go on from is one that no bill straddles, so that going on never cuts a bill in two.

mod line;
mod open_bill;

use std::collections::VecDeque;
use std::io::Read;

use rust_decimal::Decimal;

use super::fault::Fault;
use super::item::{Incoming, Place};
use super::map::{Rows, SalesMap};
use super::rows::{CsvRows, FieldError};
use super::{Incomings, IntakeError, MOST_LINES};
use crate::domain::bill::Line;
use crate::domain::calendar::ShopDay;
use crate::planted::planted;
pub(super) use line::opposite;
use line::{Columns, member};
use open_bill::{OpenBill, Waiting, open_bill};

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

    fn reject_row(&mut self, error: FieldError) {
        if self.map.says.rows == Rows::Together && !planted("the rest of a spoilt bill comes in") {
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
    use super::super::item::Reject;
    use super::*;

    fn retail(rows: &str) -> Vec<Incoming> {
        let header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";
        let map = SalesMap::from_toml(include_str!("../../../resources/maps/online_retail.toml")).unwrap();
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
