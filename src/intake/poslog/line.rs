//! The parts of a sale that carry money: lines, taxes, rewards and discounts.

use rust_decimal::Decimal;

use super::super::csv_sales::opposite;
use super::super::fault::Fault;
use super::node::{Node, Wrong};
use super::sale::key;
use super::shares::{Aim, Draft};
use crate::domain::bill::{Line, LineName, LineTax, TaxMode};
use crate::domain::money::{Currency, Money, MoneyError, Quantity, Rate, Rounding};

/// Decimals of a unit price.
const PRICE_DECIMALS: u32 = 6;

/// The till's own numbers, by which its returns name lines; where they are no numbers of their own, the order.
pub(super) fn number_lines(lines: &mut [Draft]) {
    let mut numbers: Vec<u32> = lines.iter().map(|line| line.no).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.len() != lines.len() || numbers.first() == Some(&0) {
        for (line, no) in lines.iter_mut().zip(1..) {
            line.no = no;
        }
    }
}

pub(super) fn finished(line: Draft, mode: TaxMode, currency: Currency) -> Result<Line, Fault> {
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

/// A line of a bill; none for one that was struck out before it counted.
pub(super) fn line(item: &Node, part: &Node, currency: Currency, is_void: bool) -> Result<Option<Draft>, Wrong> {
    let is_return = part.name == "Return";
    let wrong = |fault: Fault| part.wrong(fault);
    let shown = part.number_of(&["ActualSalesUnitPrice", "RegularSalesUnitPrice", "SuggestedPrice"])?;
    let pieces = part.number_of(&["Quantity"])?.unwrap_or(Decimal::ONE);
    let product = |price: Decimal| price.checked_mul(pieces).ok_or(Fault::Money(MoneyError::Overflow));
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
        quantity = opposite(quantity);
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

pub(super) fn tax(node: &Node, currency: Currency) -> Result<LineTax, Wrong> {
    let element = node.needed(&["Amount"])?;
    let amount = currency.round(element.number()?, Rounding::HalfUp).map_err(|error| element.wrong(Fault::from(error)))?;
    let percent = node.number_of(&["Percent"])?.unwrap_or_default();
    let rate = Rate::from_percent(percent.round_dp(4)).map_err(|error| node.wrong(Fault::from(error)))?;
    let named = node.attribute("TaxType").or_else(|| node.attribute("TaxID")).unwrap_or_default();
    let code = if named.is_empty() { node.text_of(&["TaxGroupID", "TaxRuleID", "TaxAuthority"]) } else { named };
    Ok(LineTax { code: if code.is_empty() { "tax".to_owned() } else { code.to_owned() }, rate, amount })
}

/// A loyalty reward that is money: not points, and not the copy that sums others up.
pub(super) fn reward(node: &Node, currency: Currency) -> Result<Option<(Money, Aim)>, Wrong> {
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
pub(super) fn discount(node: &Node, currency: Currency) -> Result<Option<(Money, Aim)>, Wrong> {
    let Some(element) = node.first(&["Amount"]) else { return Ok(None) };
    let amount = currency.round(element.number()?.abs(), Rounding::HalfUp).map_err(|error| element.wrong(Fault::from(error)))?;
    Ok(Some((amount, Aim { what: node.text_of(&["ReasonCode", "PromotionID"]).to_owned(), ..Aim::default() })))
}
