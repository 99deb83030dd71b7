//! What a transaction means: a bill, a bill to keep aside, or a record that is no sale.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::fault::Fault;
use super::super::item::{Aside, Incoming, NewBill, Place};
use super::super::map::{PosLogMap, WhenUnknown};
use super::super::open::Shop;
use super::node::{Node, Wrong};
use super::shares::{Aim, Draft, put_tax, take_off, without_voids};
use super::tender::Paid;
use crate::domain::bill::{Bill, BillKind, Line, LineName, LineTax, TaxMode};
use crate::domain::calendar::Moment;
use crate::domain::ids::BillId;
use crate::domain::money::{Currency, Money, Quantity, Rate, Rounding};

/// Names of the elements that hold when something was.
const TIMES: &[&str] = &["EndDateTime", "BeginDateTime"];
/// Decimals of a unit price.
const PRICE_DECIMALS: u32 = 6;

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

/// A line whose void flag has not been looked at.
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
        let mut read = self.read(sale, &head)?;
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
        Ok(Incoming::Aside(Box::new(Aside::new(key, &self.source, fault, raw.to_owned(), rows, raw_sum, place))))
    }

    fn head(&self, node: &Node, sale: &Node) -> Result<Head, Wrong> {
        let till = node.needed(&["WorkstationID"])?.value().to_owned();
        let sequence = node.needed(&["SequenceNumber"])?.value();
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
        let carried: Vec<String> = lines.iter().flat_map(|line| &line.taxes).map(|tax| tax.code.clone()).collect();
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

/// The till's own numbers, by which its returns name lines; where they are no numbers of their own, the order.
fn number_lines(lines: &mut [Draft]) {
    let mut numbers: Vec<u32> = lines.iter().map(|line| line.no).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() != lines.len() || numbers.first() == Some(&0) {
        for (line, no) in lines.iter_mut().zip(1..) {
            line.no = no;
        }
    }
}

fn finished(line: Draft, mode: TaxMode, currency: Currency) -> Result<Line, Fault> {
    let tax = Money::sum(currency, line.taxes.iter().map(|tax| tax.amount))?;
    let (net, gross) = match mode {
        TaxMode::Included => (line.amount.minus(tax)?, line.amount),
        TaxMode::Added => (line.amount, line.amount.plus(tax)?),
    };
    Ok(Line {
        no: line.no,
        item: line.item,
        text: line.text,
        department: line.department,
        quantity: line.quantity,
        unit_price: line.unit_price,
        discount: line.discount,
        net,
        tax,
        gross,
        taxes: line.taxes,
        returns: line.returns,
        group: None,
    })
}

/// Shop, till, day and sequence: what makes a transaction one, in a sale as in a link to it.
fn key(node: &Node) -> Result<String, Wrong> {
    let shop = match node.child("BusinessUnit") {
        Some(unit) => unit.text_of(&["UnitID", "BusinessUnitShortName", "BusinessUnitNumber", "BusinessUnitName"]),
        None => node.text_of(&["RetailStoreID"]),
    };
    let till = node.text_of(&["WorkstationID"]);
    let sequence = node.needed(&["SequenceNumber"])?.value();
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

/// A line of a bill; none for one that was struck out before it counted.
fn line(item: &Node, part: &Node, currency: Currency, is_void: bool) -> Result<Option<Draft>, Wrong> {
    let is_return = part.name == "Return";
    let wrong = |fault: Fault| part.wrong(fault);
    let shown = part.number_of(&["ActualSalesUnitPrice", "RegularSalesUnitPrice", "SuggestedPrice"])?;
    let pieces = part.number_of(&["Quantity"])?.unwrap_or(Decimal::ONE);
    let product = |price: Decimal| price.checked_mul(pieces).ok_or(Fault::Money(crate::domain::money::MoneyError::Overflow));
    let raw = match part.number_of(&["ExtendedAmount"])? {
        Some(amount) => amount,
        None => {
            let price = shown.map_or_else(|| part.needed(&["ExtendedAmount"]).and_then(Node::number), Ok)?;
            product(price).map_err(wrong)?
        }
    };
    if is_void && !raw.is_sign_negative() {
        return Ok(None);
    }
    let quantity_element = part.first(&["Quantity"]).unwrap_or(part);
    let mut quantity = Quantity::exact(pieces).map_err(|error| quantity_element.wrong(Fault::from(error)))?;
    let raw = if is_return { -raw.abs() } else { raw };
    if raw.is_sign_negative() && quantity.is_positive() && !raw.is_zero() {
        quantity = super::super::csv_sales::opposite(quantity);
    }
    let per_piece = raw.checked_div(pieces).map(|price| price.abs().round_dp(PRICE_DECIMALS)).unwrap_or_default();
    let unit_price = shown.unwrap_or(per_piece).normalize();
    if unit_price.scale() > PRICE_DECIMALS {
        return Err(part.first(&["ActualSalesUnitPrice", "RegularSalesUnitPrice"]).unwrap_or(part).wrong(Fault::PriceTooFine));
    }
    let amount = currency.round(raw, Rounding::HalfUp).map_err(|error| wrong(Fault::from(error)))?;
    let own_discount = part.number_of(&["ExtendedDiscountAmount"])?.unwrap_or_default().abs();
    let discount = currency.round(own_discount, Rounding::HalfUp).map_err(|error| wrong(Fault::from(error)))?;
    let mut taxes = part.all("Tax").map(|node| tax(node, currency)).collect::<Result<Vec<_>, _>>()?;
    if amount.is_negative() {
        for tax in taxes.iter_mut().filter(|tax| tax.amount.is_positive()) {
            tax.amount = tax.amount.negated().map_err(|error| wrong(Fault::from(error)))?;
        }
    }
    let (code, text) = names(part);
    Ok(Some(Draft {
        no: item.text_of(&["SequenceNumber"]).parse().unwrap_or(0),
        item: code.to_owned(),
        text: text.to_owned(),
        department: part.text_of(&["MerchandiseHierarchy"]).to_owned(),
        quantity,
        unit_price,
        raw,
        amount,
        discount,
        taxes,
        tax_flags: tax_flags(part).unwrap_or_default(),
        operator_sequence: part.first(&["OperatorSequence"]).map(|node| node.value().to_owned()),
        returns: returned_line(part)?,
    }))
}

/// The code and the name of a line's item.
fn names(part: &Node) -> (&str, &str) {
    if let Some(service) = part.child("NonSKUItem") {
        return (service.text_of(&["ServiceItemTypeCode"]), service.text_of(&["ServiceItemTypeDescriptionText"]));
    }
    let identity = part.child("POSIdentity").map(|identity| identity.text_of(&["POSItemID"])).unwrap_or_default();
    let code = if identity.is_empty() { part.text_of(&["ItemID"]) } else { identity };
    (code, part.text_of(&["Description"]))
}

/// The sale line that a return names: the sale alone is not enough to count it as given back.
fn returned_line(part: &Node) -> Result<Option<LineName>, Wrong> {
    let Some(link) = part.child("TransactionLink").filter(|_| part.name == "Return") else { return Ok(None) };
    let Some(number) = link.first(&["LineItemSequenceNumber"]) else { return Ok(None) };
    let line = number.value().parse().map_err(|_| number.wrong(Fault::NotANumber))?;
    Ok(Some(LineName { bill_key: key(link)?, line }))
}

/// The ids of the taxes that a line or reward carries, where the till says so.
fn tax_flags(part: &Node) -> Option<Vec<String>> {
    let flags = part.child("Itemizers")?.attributes.iter().filter(|(_, value)| value == "true");
    Some(flags.filter_map(|(key, _)| key.strip_prefix("Tax")).map(str::to_owned).collect())
}

fn tax(node: &Node, currency: Currency) -> Result<LineTax, Wrong> {
    let element = node.needed(&["Amount"])?;
    let amount = currency.round(element.number()?, Rounding::HalfUp).map_err(|error| element.wrong(Fault::from(error)))?;
    let percent = node.number_of(&["Percent"])?.unwrap_or_default();
    let rate = Rate::from_percent(percent.round_dp(4)).map_err(|error| node.wrong(Fault::from(error)))?;
    let named = node.attribute("TaxType").or_else(|| node.attribute("TaxID")).unwrap_or_default();
    let code = if named.is_empty() { node.text_of(&["TaxGroupID", "TaxRuleID", "TaxAuthority"]) } else { named };
    Ok(LineTax { code: if code.is_empty() { "tax".to_owned() } else { code.to_owned() }, rate, amount })
}

/// A loyalty reward that is money: not points, and not the copy that sums others up.
fn reward(node: &Node, currency: Currency) -> Result<Option<(Money, Aim)>, Wrong> {
    if node.text_of(&["RewardCategory"]) != "Monetary" || !node.says("detailedData") {
        return Ok(None);
    }
    let element = node.needed(&["ExtendedRewardAmount"])?;
    let amount = currency.round(-element.number()?, Rounding::HalfUp).map_err(|error| element.wrong(Fault::from(error)))?;
    let reference = node.text_of(&["OperatorSequenceReference"]);
    let basis = node.child("RewardBasis").map(|basis| basis.text_of(&["ItemID"])).unwrap_or_default();
    let some = |text: &str| Some(text.to_owned()).filter(|text| text.bytes().any(|byte| byte != b'0'));
    let what = node.text_of(&["PromotionID"]).to_owned();
    Ok(Some((amount, Aim { what, operator_sequence: some(reference), item: some(basis), tax_flags: tax_flags(node) })))
}

/// A discount of the whole sale.
fn discount(node: &Node, currency: Currency) -> Result<Option<(Money, Aim)>, Wrong> {
    let Some(element) = node.first(&["Amount"]) else { return Ok(None) };
    let amount = currency.round(element.number()?.abs(), Rounding::HalfUp).map_err(|error| element.wrong(Fault::from(error)))?;
    Ok(Some((amount, Aim { what: node.text_of(&["ReasonCode", "PromotionID"]).to_owned(), ..Aim::default() })))
}

impl Node {
    /// Whether this element or one within it passes a test.
    fn anything(&self, test: &dyn Fn(&Node) -> bool) -> bool {
        test(self) || self.children.iter().any(|child| child.anything(test))
    }
}
