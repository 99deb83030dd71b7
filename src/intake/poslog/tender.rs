//! How a sale was paid: change and cash back come off the tender that they were given on, and cash rounding stands apart.

use rust_decimal::Decimal;

use super::super::fault::Fault;
use super::super::map::PosLogMap;
use super::node::{Node, Wrong, is_card_account};
use crate::domain::bill::{CardTrace, Payment, Tender};
use crate::domain::money::{Currency, Money, MoneyError};

/// Payments as the till wrote them.
#[derive(Debug)]
pub(super) struct Paid {
    currency: Currency,
    given: Vec<Given>,
    /// Cash rounding: up is more than the lines.
    pub rounding: Money,
    /// A tender that is none of ours.
    pub unknown: Option<String>,
}

#[derive(Debug)]
struct Given {
    tender: Tender,
    amount: Money,
    cash_back: Money,
    card: Option<CardTrace>,
}

impl Paid {
    pub fn new(currency: Currency) -> Self {
        Self { currency, given: Vec::new(), rounding: currency.zero(), unknown: None }
    }

    /// Takes a tender line, or one of cash rounding.
    pub fn take(&mut self, node: &Node, is_void: bool, map: &PosLogMap) -> Result<(), Wrong> {
        let wrong = |error: MoneyError| node.wrong(Fault::from(error));
        if let Some(rounding) = node.child("Rounding") {
            let amount = self.rounding(rounding)?;
            self.rounding = self.rounding.plus(amount).map_err(wrong)?;
        }
        let Some(element) = node.first(&["Amount"]) else { return Ok(()) };
        let exact = |amount: Decimal| self.currency.exact(amount).map_err(|error| element.wrong(Fault::from(error)));
        let mut amount = exact(element.number()?)?;
        if is_void && amount.is_positive() {
            return Ok(());
        }
        if matches!(node.attribute("TypeCode"), Some("Refund" | "Change" | "Return")) && amount.is_positive() {
            amount = amount.negated().map_err(wrong)?;
        }
        let cash_back = node.number_of(&["Cashback", "CashBack"])?.unwrap_or_default();
        let cash_back = exact(cash_back)?;
        if amount.is_positive()
            && let Some(change) = node.child("TenderChange").and_then(|change| change.first(&["Amount"]))
        {
            let change = exact(change.number()?.abs())?;
            amount = amount.minus(change).map_err(wrong)?;
        }
        let name = node.attribute("TenderType").unwrap_or_default();
        let Some(tender) = tender_of(name, map) else {
            self.unknown.get_or_insert(if name.is_empty() { "without a name".to_owned() } else { name.to_owned() });
            return Ok(());
        };
        self.given.push(Given { tender, amount, cash_back, card: (tender == Tender::Card).then(|| trace(node)) });
        Ok(())
    }

    /// A rounding: unsigned with a direction, or signed without one.
    pub fn rounding(&self, node: &Node) -> Result<Money, Wrong> {
        let amount = node.number()?;
        let signed = match node.attribute("RoundingDirection") {
            Some("Down") => -amount.abs(),
            Some("Up") => amount.abs(),
            _ => amount,
        };
        self.currency.exact(signed).map_err(|error| node.wrong(Fault::from(error)))
    }

    /// The payments, change and cash back taken off where they were given.
    pub fn payments(mut self) -> Result<Vec<Payment>, MoneyError> {
        let (mut paid, back): (Vec<Given>, Vec<Given>) = self.given.drain(..).partition(|given| !given.amount.is_negative());
        let mut left = Vec::new();
        for given in back {
            let mut change = given.amount.negated()?;
            if given.tender == Tender::Cash {
                let on_card = |paid: &mut Given| std::mem::replace(&mut paid.cash_back, paid.amount.currency().zero());
                for paid in &mut paid {
                    let most = on_card(paid).at_most(paid.amount)?;
                    take_back(paid, &mut change, most)?;
                }
                for paid in paid.iter_mut().rev().filter(|paid| paid.tender == Tender::Cash) {
                    take_back(paid, &mut change, paid.amount)?;
                }
            }
            if !change.is_zero() {
                left.push(Given { amount: change.negated()?, ..given });
            }
        }
        paid.retain(|given| !given.amount.is_zero());
        paid.append(&mut left);
        let numbered = paid.into_iter().zip(1_u32..);
        Ok(numbered.map(|(given, no)| Payment { no, tender: given.tender, amount: given.amount, card: given.card }).collect())
    }
}

fn take_back(paid: &mut Given, change: &mut Money, most: Money) -> Result<(), MoneyError> {
    let part = change.at_most(most)?;
    paid.amount = paid.amount.minus(part)?;
    *change = change.minus(part)?;
    Ok(())
}

fn tender_of(name: &str, map: &PosLogMap) -> Option<Tender> {
    let known = match name {
        "Cash" => Some(Tender::Cash),
        "CreditDebit" | "Credit" | "Debit" | "CreditCard" | "DebitCard" => Some(Tender::Card),
        "GiftCard" | "GiftCertificate" | "StoredValue" => Some(Tender::GiftCard),
        "StoreCredit" | "CreditNote" | "StoreVoucher" => Some(Tender::StoreCredit),
        "AccountsReceivable" | "CustomerAccount" | "HouseAccount" => Some(Tender::Account),
        "RoomCharge" => Some(Tender::Room),
        _ => None,
    };
    map.tenders.get(name).copied().or(known)
}

/// What may be kept of a card: brand, last four digits, and the terminal's reference.
fn trace(node: &Node) -> CardTrace {
    let card = node.first_of(&["CreditDebit", "Card"]).unwrap_or(node);
    let brand = card.attribute("CreditDescription").or_else(|| card.attribute("CardType")).map(str::to_owned);
    let account = node.find(&|inner| is_card_account(&inner.name)).map(Node::value).unwrap_or_default();
    let last_four: String = account.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
    let authorization = node.child("Authorization").unwrap_or(node);
    let reference = authorization.text_of(&["ReferenceNumber", "AuthorizationCode"]);
    let says_something = |text: &str| text.bytes().any(|byte| byte != b'0' && byte != b'*');
    CardTrace {
        brand,
        last_four: Some(last_four).filter(|four| four.len() == 4 && four.bytes().all(|byte| byte.is_ascii_digit())),
        reference: Some(reference.to_owned()).filter(|text| says_something(text)),
    }
}

impl Node {
    fn first_of(&self, names: &[&str]) -> Option<&Node> {
        names.iter().find_map(|name| self.child(name))
    }

    /// The first element within this one that passes a test.
    fn find(&self, test: &dyn Fn(&Node) -> bool) -> Option<&Node> {
        self.children.iter().find_map(|child| if test(child) { Some(child) } else { child.find(test) })
    }
}
