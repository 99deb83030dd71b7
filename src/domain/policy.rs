//! A shop's rules as data. TOML is how people write them; every figure here is editable and has a version.
//!
//! Amounts are plain decimals and mean the shop's currency; they become money when a rule asks for them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::bill::{Line, Tender};
use super::membership::{Plan, StatusMonths, TermRule};
use super::money::{Currency, Money, MoneyError, Rate};
use super::payment_card;
use super::plain::{self, NotPlain, shown};
use super::spoken::settle;
use super::staff::Role;

/// Everything that somebody wrote into a policy but item codes: its text as it stands, remarks and all, and each text in it as it is
/// read.
pub fn written(text: &str) -> Vec<String> {
    let (mut all, mut items) = (Vec::new(), Vec::new());
    if let Ok(table) = text.parse::<toml::Table>() {
        gather(toml::Value::Table(table), &mut all, &mut items);
    }
    let (codes, others): (Vec<String>, Vec<String>) = items.into_iter().partition(|item| is_code(item));
    all.extend(others);
    let without = |text: String, code: &String| {
        ['"', '\''].iter().fold(text, |text, quote| text.replace(&format!("{quote}{code}{quote}"), ""))
    };
    all.push(codes.iter().fold(text.to_owned(), without));
    all
}

/// Whether an item is named by the number that its maker gave it: up to 14 digits (GTIN, GS1 General Specifications), or the
/// beginning of one.
fn is_code(item: &str) -> bool {
    let digits = item.strip_suffix('*').unwrap_or(item);
    digits.len() <= 14 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn gather(value: toml::Value, all: &mut Vec<String>, items: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => all.push(text),
        toml::Value::Array(values) => values.into_iter().for_each(|value| gather(value, all, items)),
        toml::Value::Table(table) => {
            for (key, value) in table {
                if key == "items" { gather(value, items, &mut Vec::new()) } else { gather(value, all, items) }
            }
        }
        _ => {}
    }
}

/// Why a policy cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// The text is not what a policy looks like.
    #[error("the policy cannot be read: {0}; nothing was changed; mend the line it names and bring it in again")]
    Unreadable(String),
    /// It reads, but a rule in it makes no sense.
    #[error("the policy's {place} makes no sense: {reason}; nothing was changed; mend it and bring it in again")]
    Senseless {
        /// Where.
        place: String,
        /// Why.
        reason: &'static str,
    },
    /// A text in it, or a remark, holds a payment card's number.
    #[error(
        "the policy contains a payment card number, which must not be kept; nothing was changed; take it out and bring it in again"
    )]
    CardNumber,
}

/// Months that a rule may count.
const MONTHS: std::ops::RangeInclusive<i32> = 0..=1_200;
/// A year without a 29 February.
const COMMON_YEAR: i16 = 2001;

/// How much a role may do alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ceiling {
    /// Up to this amount, in the shop's currency.
    UpTo(Decimal),
    /// Any amount.
    Any,
}

/// Ceilings by role; a role that is not named may do nothing of it alone.
pub type Ceilings = BTreeMap<Role, Ceiling>;

/// Until how much each role may do each job alone, what was done on the day for the same member and bill counted in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Refunds.
    pub refund: Ceilings,
    /// Price corrections.
    pub price_correction: Ceilings,
    /// Goodwill.
    pub goodwill: Ceilings,
}

/// Until when goods may come back. The first window that fits a line counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnWindow {
    /// What it is called when it is spoken of.
    pub name: String,
    /// Departments it is for; none and no items: everything.
    #[serde(default)]
    pub departments: Vec<String>,
    /// Item codes it is for; a trailing `*` stands for any ending.
    #[serde(default)]
    pub items: Vec<String>,
    /// Days in which it may come back; absent: no limit.
    #[serde(default)]
    pub days: Option<i32>,
    /// Further days in which it may with a manager's word.
    #[serde(default)]
    pub approval_days: i32,
    /// Whether it may not come back at all.
    #[serde(default)]
    pub never: bool,
}

/// Rules of goods coming back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Returns {
    /// Windows, the first that fits counts; the last fits everything.
    pub windows: Vec<ReturnWindow>,
    /// Reasons offered, the usual one first.
    pub reasons: Vec<String>,
    /// Conditions offered, the usual one first.
    pub conditions: Vec<String>,
}

/// Where money may go back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payouts {
    /// The order in which the tenders of a split payment are paid back.
    pub order: Vec<Tender>,
    /// For a tender, the others to which its money may go as well.
    pub instead: BTreeMap<Tender, Vec<Tender>>,
    /// The role that may send money to a tender the matrix does not name.
    pub override_by: Role,
    /// Smallest coin in minor units, 1 where none is smaller than the minor unit.
    pub cash_step_minor: i64,
}

/// Rules of saying sorry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Goodwill {
    /// What a role may give in a day without asking.
    pub budget_day: Ceilings,
    /// What a member may be given in twelve months without asking.
    pub member_year: Ceiling,
    /// What the shop may give in a calendar month without asking.
    pub shop_month: Ceiling,
    /// Reasons offered, the usual one first.
    pub reasons: Vec<String>,
    /// Whether it lowers the tax of the bill with it, as a rebate on a folio does.
    #[serde(default)]
    pub lowers_tax: bool,
    /// Whether goodwill off the bill is set off against what its lines still give back.
    #[serde(default)]
    pub set_off: bool,
}

/// A plan as people write it; its fee means the shop's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanText {
    /// Short code.
    pub code: String,
    /// Name as printed.
    pub name: String,
    /// Fee of a term, tax included.
    pub fee: Decimal,
    /// Tax contained in the fee, in percent.
    #[serde(default)]
    pub tax: Rate,
    /// How its terms are counted.
    pub term: TermRule,
    /// How many further people of a household carry a card without paying.
    #[serde(default = "one_card")]
    pub household_cards: u32,
    /// What it offers, a line each.
    #[serde(default)]
    pub offers: Vec<String>,
}

/// A club gives one card to another adult at the same address.
fn one_card() -> u32 {
    1
}

/// Rules of approvals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approvals {
    /// Minutes for which an approval is good.
    pub minutes: i64,
    /// Whether a shop of one person may approve its own requests; the document then says so.
    #[serde(default)]
    pub own: bool,
}

/// A shop's rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Name of the preset it came from.
    pub name: String,
    /// What trade it is for, in a sentence.
    pub about: String,
    /// Whether members get the ways of a hotel (folios, rebates) or of a shop.
    #[serde(default)]
    pub hotel: bool,
    /// Limits by role.
    pub limits: Limits,
    /// Goods coming back.
    pub returns: Returns,
    /// Money going back.
    pub payouts: Payouts,
    /// Saying sorry.
    pub goodwill: Goodwill,
    /// Reasons of price corrections, the usual one first.
    pub price_reasons: Vec<String>,
    /// Approvals.
    pub approvals: Approvals,
    /// Months for which a member is new, or served after the end.
    pub status: StatusMonths,
    /// Levels of membership, the most common first.
    pub plans: Vec<PlanText>,
}

impl Ceiling {
    /// The ceiling as money; `None` when there is none.
    pub fn money(self, currency: Currency) -> Result<Option<Money>, MoneyError> {
        match self {
            Self::UpTo(amount) => currency.exact(amount).map(Some),
            Self::Any => Ok(None),
        }
    }
}

/// A ceiling of the whole shop as ceilings by role: managers give past it.
pub fn of_the_shop(ceiling: Ceiling) -> Ceilings {
    Role::ALL.into_iter().map(|role| (role, if role >= Role::Manager { Ceiling::Any } else { ceiling })).collect()
}

impl ReturnWindow {
    /// Whether this window is for a line.
    pub fn fits(&self, line: &Line) -> bool {
        let item = |pattern: &String| match pattern.strip_suffix('*') {
            Some(start) => line.item.starts_with(start),
            None => line.item == *pattern,
        };
        (self.departments.is_empty() && self.items.is_empty())
            || self.departments.iter().any(|department| department.eq_ignore_ascii_case(&line.department))
            || self.items.iter().any(item)
    }
}

impl Policy {
    /// Reads a policy, in English where it says its texts by language, and checks that its rules make sense.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        Self::parse_in(text, "en")
    }

    /// The same in a language.
    pub fn parse_in(text: &str, language: &str) -> Result<Self, PolicyError> {
        let policy: Self =
            toml::from_str(&settle(text, language)?).map_err(|error| PolicyError::Unreadable(shown(&error.to_string())))?;
        policy.check()?;
        Ok(policy)
    }

    fn check(&self) -> Result<(), PolicyError> {
        let senseless = |place: &str, reason| Err(PolicyError::Senseless { place: place.to_owned(), reason });
        if let Err(NotPlain { field }) = plain::check(self, &|_| true) {
            return senseless(&field, "it contains control characters");
        }
        match self.returns.windows.last() {
            None => return senseless("returns.windows", "there is none"),
            Some(last) if !(last.departments.is_empty() && last.items.is_empty()) => {
                return senseless("returns.windows", "the last window must fit every line");
            }
            Some(_) => {}
        }
        if self.returns.windows.iter().any(|window| window.days.is_some_and(|days| days < 0) || window.approval_days < 0) {
            return senseless("returns.windows", "days are counted from nought");
        }
        if self.payouts.cash_step_minor < 1 {
            return senseless("payouts.cash_step_minor", "the smallest coin is at least one minor unit");
        }
        if self.approvals.minutes < 1 {
            return senseless("approvals.minutes", "an approval is good for at least a minute");
        }
        if !(MONTHS.contains(&self.status.new) && MONTHS.contains(&self.status.grace)) {
            return senseless("status", "months are counted from nought, and to a hundred years at most");
        }
        self.check_plans()
    }

    fn check_plans(&self) -> Result<(), PolicyError> {
        let senseless = |place: &str, reason| Err(PolicyError::Senseless { place: place.to_owned(), reason });
        let term = |plan: &PlanText| match plan.term {
            TermRule::Anniversary { months, continue_within_months } => {
                months > 0 && MONTHS.contains(&months) && MONTHS.contains(&continue_within_months)
            }
            TermRule::Rolling { months } => months > 0 && MONTHS.contains(&months),
            TermRule::Fixed { start_month, start_day, rollover } => {
                let is_day = |(month, day)| Date::new(COMMON_YEAR, month, day).is_ok();
                is_day((start_month, start_day)) && rollover.is_none_or(is_day)
            }
            TermRule::Lifetime => true,
        };
        if !self.plans.iter().all(term) {
            return senseless("plans", "a term lasts from a month to a hundred years, or starts on a day that every year has");
        }
        if !self.plans.iter().all(|plan| plan.tax.is_of_a_price()) {
            return senseless("plans", "a tax is never below nothing, and at most ten times the price");
        }
        if self.goodwill.lowers_tax && !self.goodwill.set_off {
            return senseless("goodwill.lowers_tax", "tax that goodwill lowered would be given back again; set it off as well");
        }
        if self.plans.is_empty() {
            return senseless("plans", "there is none");
        }
        if self.plans.iter().any(|plan| plan.fee.is_sign_negative() && !plan.fee.is_zero()) {
            return senseless("plans", "a fee below nothing");
        }
        for (place, list) in [
            ("returns.reasons", &self.returns.reasons),
            ("returns.conditions", &self.returns.conditions),
            ("goodwill.reasons", &self.goodwill.reasons),
            ("price_reasons", &self.price_reasons),
        ] {
            if list.is_empty() {
                return senseless(place, "at least one is needed");
            }
        }
        let duplicate = |plan: &PlanText| self.plans.iter().filter(|other| other.code == plan.code).count() > 1;
        if self.plans.iter().any(duplicate) {
            return senseless("plans", "two plans share a code");
        }
        Ok(())
    }

    /// Reads rules that are to be adopted by a shop with this currency.
    ///
    /// # Errors
    /// Beside what [`Policy::parse`] refuses: amounts that the currency cannot count, and payment card numbers anywhere in the text.
    pub fn adopt(text: &str, currency: Currency) -> Result<Self, PolicyError> {
        let policy = Self::parse(text)?;
        policy.check_amounts(currency)?;
        let holds_card = written(text).iter().any(|one| payment_card::find(one.as_bytes()).is_some());
        if holds_card { Err(PolicyError::CardNumber) } else { Ok(policy) }
    }

    /// Checks that every amount can be counted in a currency.
    pub fn check_amounts(&self, currency: Currency) -> Result<(), PolicyError> {
        let (limits, goodwill) = (&self.limits, &self.goodwill);
        let by_role = [&limits.refund, &limits.price_correction, &limits.goodwill, &goodwill.budget_day];
        let ceilings = by_role.into_iter().flat_map(|ceilings| ceilings.values().copied());
        for ceiling in ceilings.chain([goodwill.member_year, goodwill.shop_month]) {
            ceiling.money(currency).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        }
        for plan in &self.plans {
            plan.priced(currency).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        }
        Ok(())
    }

    /// The window of a line; the last one fits every line.
    pub fn window(&self, line: &Line) -> Option<&ReturnWindow> {
        self.returns.windows.iter().find(|window| window.fits(line))
    }

    /// The plan of a code, its fee in the shop's currency.
    pub fn plan(&self, code: &str, currency: Currency) -> Result<Option<Plan>, MoneyError> {
        self.plans.iter().find(|plan| plan.code == code).map(|plan| plan.priced(currency)).transpose()
    }
}

impl PlanText {
    /// The plan with its fee in a currency.
    pub fn priced(&self, currency: Currency) -> Result<Plan, MoneyError> {
        Ok(Plan {
            code: self.code.clone(),
            name: self.name.clone(),
            fee: currency.exact(self.fee)?,
            tax: self.tax,
            term: self.term,
            household_cards: self.household_cards,
            offers: self.offers.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_presets_are_sound() {
        for preset in crate::domain::preset::ALL {
            let policy = Policy::parse(preset.text).unwrap_or_else(|error| panic!("{}: {error}", preset.code));
            let eur = Currency::from_code("EUR").unwrap();
            assert!(policy.plans.iter().all(|plan| plan.priced(eur).is_ok()), "{}", preset.code);
        }
    }

    #[test]
    fn a_bad_policy_names_its_place() {
        let text = crate::domain::preset::ALL[0].text;
        let error = Policy::parse(&text.replace("cash_step_minor = 1", "cash_step_minor = 0")).unwrap_err();
        assert!(error.to_string().contains("payouts.cash_step_minor"), "{error}");
        let error = Policy::parse(&text.replace("[payouts]", "[payouts]\nsurprise = 1")).unwrap_err();
        assert!(error.to_string().contains("surprise"), "{error}");
    }
    #[test]
    fn rules_with_a_card_number_are_not_adopted_and_item_codes_are_none() {
        let open = crate::domain::preset::of("open").unwrap().text;
        let adopt = |text: String| Policy::adopt(&text, "EUR".parse().unwrap()).map(|_| ());
        // A till's number for goods that passes the check by chance.
        for code in ["\"4006381330060\"", "'4006381330060'"] {
            let pens = format!("[[returns.windows]]\nname = \"Pens\"\nitems = [{code}]\ndays = 3\n\n[[returns.windows]]");
            assert_eq!(adopt(open.replacen("[[returns.windows]]", &pens, 1)), Ok(()), "{code}");
        }
        assert_eq!(adopt(format!("# Christmas returns 26.12.2025 - 08.01.2026\n{open}")), Ok(()));
        let item = "[[returns.windows]]\nname = \"Pens\"\nitems = [\"4111 1111 1111 1111\"]\ndays = 3\n\n[[returns.windows]]";
        let item = open.replacen("[[returns.windows]]", item, 1);
        for text in [item, format!("# 4111 1111 1111 1111\n{open}"), open.replace("Avoin liike", "\\u0034111 1111 1111 1111")] {
            assert_eq!(adopt(text), Err(PolicyError::CardNumber));
        }
    }
}
