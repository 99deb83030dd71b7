//! A bill whose rows are still coming, and its place in the queue.

use std::collections::VecDeque;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::fault::Fault;
use super::super::item::{Aside, Incoming, NewBill, Place, Reject};
use super::super::map::SalesMap;
use crate::domain::bill::{Bill, Line, Payment};
use crate::domain::calendar::Moment;
use crate::domain::ids::BillId;
use crate::domain::money::{Currency, Money};
use crate::domain::payment_card;

/// What was read and may still grow, in the order in which it began.
pub(super) enum Waiting {
    Bill(Box<OpenBill>),
    Reject(Box<Reject>, Place, u64),
}

impl Waiting {
    pub fn begins(&self) -> Place {
        match self {
            Self::Bill(bill) => bill.begins,
            Self::Reject(_, begins, _) => *begins,
        }
    }
}

/// A bill whose rows are still coming.
pub(super) struct OpenBill {
    pub number: String,
    pub member: Option<String>,
    pub at: Moment,
    pub business_date: Date,
    pub lines: Vec<Line>,
    pub raw: Vec<u8>,
    pub raw_sum: Decimal,
    pub rows: u64,
    pub begins: Place,
    pub ends_byte: u64,
    pub fault: Option<Fault>,
}

/// The bill of a number among those that wait.
pub(super) fn open_bill<'a>(waiting: &'a mut VecDeque<Waiting>, number: &str) -> Option<&'a mut OpenBill> {
    waiting.iter_mut().rev().find_map(|waiting| match waiting {
        Waiting::Bill(bill) if bill.number == number => Some(&mut **bill),
        Waiting::Bill(_) | Waiting::Reject(..) => None,
    })
}

impl OpenBill {
    pub fn close(self, map: &SalesMap, source: &str) -> Incoming {
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
        // Columns that the map does not name are looked at by nobody before.
        let raw = payment_card::mask(&String::from_utf8_lossy(&self.raw));
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
