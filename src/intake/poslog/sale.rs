//! What a transaction means: a bill, a bill to keep aside, or a record that is no sale.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::super::MOST_LINES;
use super::super::fault::Fault;
use super::super::item::{Aside, Incoming, NewBill, Place};
use super::super::map::{PosLogMap, WhenUnknown};
use super::super::open::Shop;
use super::fit_to_keep;
use super::line::{discount, finished, line, number_lines, reward, tax};
use super::node::{Node, Wrong};
use super::shares::{Aim, Draft, put_tax, take_off, without_voids};
use super::tender::Paid;
use crate::domain::bill::{Bill, BillKind, Line, LineTax, TaxMode};
use crate::domain::calendar::Moment;
use crate::domain::ids::BillId;
use crate::domain::money::{Currency, Money};

/// Shares of taxes and discounts of a whole sale that are worked out for its lines.
const MOST_SHARES: usize = 4_000_000;

/// Names of the elements that hold when something was.
const TIMES: &[&str] = &["EndDateTime", "BeginDateTime"];

/// What is known of the till beside its file.
pub(super) struct Till {
    pub map: PosLogMap,
    pub shop: Shop,
    pub source: String,
}

/// Who made a transaction, where and when.
struct Head {
    key: String,
    number: String,
    till: String,
    at: Moment,
    business_date: Date,
    currency: Currency,
}

/// What the line items of a sale say.
struct Read {
    lines: Vec<(Draft, bool)>,
    taxes: Vec<(LineTax, Option<String>)>,
    discounts: Vec<(Money, Aim)>,
    paid: Paid,
    included: bool,
}

impl Till {
    /// What a transaction means. `place` is where it begins.
    pub fn incoming(&self, node: &Node, raw: &str, place: Place) -> Result<Incoming, Wrong> {
        let Some(sale) = node.child("RetailTransaction") else { return Ok(Incoming::Control { kind: control_kind(node) }) };
        let status = sale.attribute("TransactionStatus").or_else(|| node.attribute("TransactionStatus")).unwrap_or_default();
        if node.says("TrainingModeFlag")
            || node.says("CancelFlag")
            || matches!(status, "Suspended" | "Cancelled" | "Canceled" | "Voided")
        {
            let kind = if status.is_empty() { "Training" } else { status };
            return Ok(Incoming::Control { kind: kind.to_owned() });
        }
        let head = self.head(node, sale)?;
        let rows = node.lines();
        if rows > MOST_LINES as u64 {
            return Err(sale.wrong(Fault::TooManyLines { most: MOST_LINES }));
        }
        let mut read = self.read(sale, &head)?;
        if read.lines.len().saturating_mul(read.taxes.len() + read.discounts.len()) > MOST_SHARES {
            return Err(sale.wrong(Fault::TooManyShares));
        }
        let raw_sum = read.lines.iter().map(|(line, _)| line.raw).sum();
        let unknown = read.paid.unknown.take().map(Fault::UnknownTender);
        let (key, number) = (head.key.clone(), head.number.clone());
        let member = member_code(sale).filter(|_| self.map.members != WhenUnknown::Ignore);
        let fault = match if status == "PostVoided" { Some(Fault::PostVoid) } else { unknown } {
            Some(fault) => fault,
            None => match self.bill(head, read) {
                Ok(bill) if bill.lines.is_empty() && bill.payments.is_empty() => {
                    return Ok(Incoming::Control { kind: format!("empty sale {number}") });
                }
                Ok(bill) => match NewBill::checked(bill, rows, raw_sum, place) {
                    Ok(mut bill) => {
                        bill.member_code = member;
                        bill.when_unknown = self.map.members;
                        return Ok(Incoming::Bill(Box::new(bill)));
                    }
                    Err(error) => Fault::Bill(error),
                },
                Err(fault) => fault,
            },
        };
        Ok(Incoming::Aside(Box::new(Aside::new(key, &self.source, fault, fit_to_keep(raw), rows, raw_sum, place))))
    }

    fn head(&self, node: &Node, sale: &Node) -> Result<Head, Wrong> {
        let till = node.needed(&["WorkstationID"])?.short()?.to_owned();
        let sequence = node.needed(&["SequenceNumber"])?.short()?;
        let time = node.first(TIMES).or_else(|| sale.first(&["ReceiptDateTime"]));
        let time = time.map_or_else(|| node.needed(TIMES), Ok)?;
        let (civil, is_utc) = time.time()?;
        let fail = || time.wrong(Fault::NotATime { format: "2026-10-12T08:26:00".to_owned() });
        let zone = if is_utc { jiff::tz::TimeZone::UTC } else { self.shop.day.zone.clone() };
        let at = zone.to_ambiguous_zoned(civil).compatible().map_err(|_| fail())?.timestamp();
        let business_date = match node.first(&["BusinessDayDate"]) {
            Some(day) => date_of(day)?,
            None => self.shop.day.business_date(at).map_err(|_| fail())?,
        };
        let key = key(node)?;
        let number = format!("{till}-{sequence}");
        Ok(Head { key, number, till, at: self.shop.day.moment(at), business_date, currency: self.currency(node, sale)? })
    }

    fn currency(&self, node: &Node, sale: &Node) -> Result<Currency, Wrong> {
        if let Some(code) = node.first(&["CurrencyCode"]) {
            return Currency::from_code(code.value()).map_err(|error| code.wrong(Fault::from(error)));
        }
        let tenders = sale.all("LineItem").filter_map(|item| item.child("Tender"));
        let mut named = tenders.filter_map(|tender| Currency::from_code(tender.attribute("SubTenderType")?).ok());
        Ok(named.next().unwrap_or(self.shop.currency))
    }

    fn read(&self, sale: &Node, head: &Head) -> Result<Read, Wrong> {
        let currency = head.currency;
        let (lines, taxes, discounts) = (Vec::new(), Vec::new(), Vec::new());
        let included = self.map.tax == TaxMode::Included
            || sale.anything(&|node| {
                node.says("TaxIncludedInTaxableAmountFlag")
                    || node.says("TaxIncludedInPricesFlag")
                    || node.says("TaxIncludedInPriceFlag")
            });
        let mut read = Read { lines, taxes, discounts, paid: Paid::new(currency), included };
        for item in sale.all("LineItem").filter(|item| !item.says("CancelFlag")) {
            let is_void = item.says("VoidFlag");
            for part in &item.children {
                match part.name.as_str() {
                    "Sale" | "Return" => {
                        if let Some(line) = line(item, part, currency, is_void)? {
                            read.lines.push((line, is_void));
                        }
                    }
                    "Tax" => read.taxes.push((tax(part, currency)?, part.attribute("TaxID").map(str::to_owned))),
                    "LoyaltyReward" => read.discounts.extend(reward(part, currency)?),
                    "Discount" if !is_void => read.discounts.extend(discount(part, currency)?),
                    "Tender" => read.paid.take(part, is_void, &self.map)?,
                    "Rounding" => {
                        let rounding = read.paid.rounding(part)?;
                        read.paid.rounding = read.paid.rounding.plus(rounding).map_err(|error| part.wrong(Fault::from(error)))?;
                    }
                    _ => {}
                }
            }
        }
        Ok(read)
    }

    fn bill(&self, head: Head, read: Read) -> Result<Bill, Fault> {
        let mut lines = without_voids(read.lines)?;
        for (amount, aim) in &read.discounts {
            take_off(&mut lines, *amount, aim)?;
        }
        // A tax that the lines carry themselves is only repeated by a line of its own.
        let carried: BTreeSet<String> = lines.iter().flat_map(|line| &line.taxes).map(|tax| tax.code.clone()).collect();
        for (tax, id) in read.taxes.iter().filter(|(tax, _)| !carried.contains(&tax.code)) {
            put_tax(&mut lines, tax, id.as_deref())?;
        }
        let mode = if read.included { TaxMode::Included } else { TaxMode::Added };
        let currency = head.currency;
        number_lines(&mut lines);
        let lines: Vec<Line> = lines.into_iter().map(|line| finished(line, mode, currency)).collect::<Result<_, _>>()?;
        let rounding = read.paid.rounding;
        Ok(Bill {
            id: BillId(uuid::Uuid::nil()),
            key: head.key,
            number: head.number,
            kind: BillKind::Sale,
            till: head.till,
            at: head.at,
            business_date: head.business_date,
            member: None,
            currency,
            tax_mode: mode,
            lines,
            payments: read.paid.payments()?,
            rounding,
            groups: Vec::new(),
        })
    }
}

/// Shop, till, day and sequence: what makes a transaction one, in a sale as in a link to it.
pub(super) fn key(node: &Node) -> Result<String, Wrong> {
    let shop = match node.child("BusinessUnit") {
        Some(unit) => unit.first(&["UnitID", "BusinessUnitShortName", "BusinessUnitNumber", "BusinessUnitName"]),
        None => node.first(&["RetailStoreID"]),
    };
    let short = |node: Option<&Node>| node.map_or(Ok(String::new()), |node| node.short().map(str::to_owned));
    let (shop, till) = (short(shop)?, short(node.first(&["WorkstationID"]))?);
    let sequence = node.needed(&["SequenceNumber"])?.short()?;
    let day = match node.first(&["BusinessDayDate"]) {
        Some(day) => date_of(day)?,
        None => node.needed(TIMES)?.time()?.0.date(),
    };
    Ok(format!("{shop}/{till}/{day}/{sequence}"))
}

fn date_of(node: &Node) -> Result<Date, Wrong> {
    let text = node.value().get(..10).unwrap_or_default();
    text.parse().map_err(|_| node.wrong(Fault::NotATime { format: "2026-10-12".to_owned() }))
}

fn control_kind(node: &Node) -> String {
    let body = node.children.iter().rev().find(|child| child.name.ends_with("Transaction"));
    let kind = body.and_then(|body| body.children.iter().rev().find(|child| child.name != "ReasonCode"));
    kind.or(body).map_or_else(|| "Transaction".to_owned(), |kind| kind.name.clone())
}

/// The member whom the till knows: a customer, or a loyalty number without the zeros before it.
fn member_code(sale: &Node) -> Option<String> {
    let customer = sale.child("Customer").map(|customer| customer.text_of(&["CustomerID", "AlternateID"]));
    let parts = sale.all("LineItem").flat_map(|item| &item.children);
    let loyalty = parts.filter(|part| part.name == "LoyaltyMembership").map(|part| part.text_of(&["MembershipID", "LoyaltyID"]));
    let codes = customer.into_iter().chain(loyalty).map(|code| code.trim_start_matches('0'));
    codes.filter(|code| !code.is_empty()).map(str::to_owned).next()
}

impl Node {
    /// Whether this element or one within it passes a test.
    fn anything(&self, test: &dyn Fn(&Node) -> bool) -> bool {
        test(self) || self.children.iter().any(|child| child.anything(test))
    }
}
