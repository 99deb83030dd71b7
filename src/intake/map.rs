//! Column maps: what the columns of a CSV are, and what such a file does not say.
//!
//! People write them as TOML. Those of `resources/maps` are compiled in, and are found by the header they fit.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::domain::bill::{BillKind, TaxMode, Tender};
use crate::domain::calendar::ShopDay;
use crate::domain::money::{Currency, Rate, Rounding};
use crate::domain::plain::shown;

/// A map that cannot be used. Nothing was read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MapError {
    /// It is not the TOML that a map is.
    #[error("the map cannot be read: {0}; nothing was imported; correct it at the place it names")]
    Toml(String),
    /// It names a time zone that does not exist.
    #[error("the map names the zone {0}, which is not known; nothing was imported; write it like Europe/London")]
    Zone(String),
    /// It names a tax that no price has.
    #[error("the map's tax_rate {0} is below nothing or more than ten times the price; nothing was imported; correct it")]
    TaxRate(Rate),
    /// It needs one sign that parts where it has something else.
    #[error("the map's {field} must be one sign such as , or ; that parts; nothing was imported; correct it")]
    OneCharacter {
        /// The field.
        field: &'static str,
    },
}

/// What to do with a bill whose member is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenUnknown {
    /// Make a member who has the number and nothing else yet.
    Create,
    /// Keep the bill aside until the member is known.
    KeepAside,
    /// Keep the bill without a member.
    Ignore,
}

/// Whether one bad row spoils its bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rows {
    /// No: the row is rejected and the rest of the bill comes in.
    Independent,
    /// Yes: the whole bill is kept aside.
    Together,
}

/// A map for sales in CSV.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalesMap {
    /// What the map is for, in words.
    pub name: String,
    /// How the file is written.
    #[serde(default)]
    pub file: FileForm,
    /// Which column holds what.
    pub columns: SalesColumns,
    /// What the file does not say.
    pub says: Says,
}

/// How a CSV is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FileForm {
    /// What parts the columns.
    pub delimiter: char,
    /// What parts whole and decimals.
    pub decimal: char,
    /// Form of times, as `strptime` has it.
    pub time: String,
    /// Form of days.
    pub date: String,
    /// An ending to take off members' numbers.
    pub member_ending: String,
}

impl Default for FileForm {
    fn default() -> Self {
        Self {
            delimiter: ',',
            decimal: '.',
            time: "%Y-%m-%d %H:%M:%S".to_owned(),
            date: "%Y-%m-%d".to_owned(),
            member_ending: String::new(),
        }
    }
}

/// Names of the columns of a sales file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalesColumns {
    /// Number of the bill.
    pub bill: String,
    /// Code of the item.
    pub item: String,
    /// What the item is called.
    pub text: String,
    /// How many.
    pub quantity: String,
    /// Price of one.
    pub unit_price: String,
    /// When the bill was made.
    pub time: String,
    /// What the line came to, where the file says so; else quantity times price.
    pub line_total: Option<String>,
    /// Department or charge code.
    pub department: Option<String>,
    /// The till's number for the member.
    pub member: Option<String>,
}

/// What a sales file does not say.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Says {
    /// Sale or folio.
    #[serde(default = "sale")]
    pub kind: BillKind,
    /// Name of the till.
    pub till: String,
    /// How every bill was paid.
    pub tender: Tender,
    /// Whether prices contain tax.
    pub tax: TaxMode,
    /// The tax of every line.
    #[serde(default)]
    pub tax_rate: Rate,
    /// Currency of every amount.
    pub currency: Currency,
    /// Zone of its times.
    pub zone: String,
    /// Time of night at which a business day ends.
    #[serde(default)]
    pub day_ends_at: Time,
    /// How line amounts are rounded to the currency.
    pub rounding: Rounding,
    /// What to do when no member has a number.
    pub members: WhenUnknown,
    /// Whether one bad row spoils its bill.
    pub rows: Rows,
    /// How many other bills may stand between two rows of one bill.
    #[serde(default = "bills_apart")]
    pub bills_apart: usize,
}

fn sale() -> BillKind {
    BillKind::Sale
}

fn bills_apart() -> usize {
    16
}

/// A map for members in CSV.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembersMap {
    /// What the map is for, in words.
    pub name: String,
    /// How the file is written.
    #[serde(default)]
    pub file: FileForm,
    /// Which column holds what.
    pub columns: MembersColumns,
}

/// Names of the columns of a members file. At least one of the names must be mapped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MembersColumns {
    /// The till's number for the member.
    pub code: Option<String>,
    /// Given names.
    pub given: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Day of birth.
    pub born: Option<String>,
    /// Day of joining.
    pub since: Option<String>,
    /// Code of the plan.
    pub plan: Option<String>,
    /// First day of the paid term.
    pub term_start: Option<String>,
    /// Last day of the paid term.
    pub term_end: Option<String>,
}

/// What POSLog files of a shop do not say.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PosLogMap {
    /// What the map is for, in words.
    pub name: String,
    /// Whether prices contain tax, where the file does not say.
    pub tax: TaxMode,
    /// Currency where the file names none; else the shop's.
    pub currency: Option<Currency>,
    /// Zone of its times; else the shop's.
    pub zone: Option<String>,
    /// Time of night at which a business day ends; else the shop's.
    pub day_ends_at: Option<Time>,
    /// What to do when no member has a number.
    pub members: WhenUnknown,
    /// What tenders of the till are, by the name the file gives them.
    pub tenders: BTreeMap<String, Tender>,
}

impl Default for PosLogMap {
    fn default() -> Self {
        Self {
            name: "ARTS POSLog".to_owned(),
            tax: TaxMode::Added,
            currency: None,
            zone: None,
            day_ends_at: None,
            members: WhenUnknown::Create,
            tenders: BTreeMap::new(),
        }
    }
}

macro_rules! from_toml {
    ($type:ty) => {
        impl $type {
            /// Reads a map from TOML.
            pub fn from_toml(text: &str) -> Result<Self, MapError> {
                toml::from_str(text).map_err(|error| MapError::Toml(shown(&error.to_string())))
            }
        }
    };
}
from_toml!(SalesMap);
from_toml!(MembersMap);
from_toml!(PosLogMap);

/// Maps of sales files that are compiled in.
const SALES: &[&str] = &[include_str!("../../resources/maps/online_retail.toml")];
/// Maps of members files that are compiled in.
const MEMBERS: &[&str] = &[include_str!("../../resources/maps/members.toml")];

impl SalesMap {
    /// The compiled-in map whose columns a header has.
    pub fn fitting(header: &[String]) -> Option<Self> {
        let maps = SALES.iter().filter_map(|text| Self::from_toml(text).ok());
        maps.into_iter().find(|map| map.columns.named().all(|name| header.iter().any(|column| column == name)))
    }

    /// The shop's clock as the map has it.
    pub fn shop_day(&self) -> Result<ShopDay, MapError> {
        if !self.says.tax_rate.is_of_a_price() {
            return Err(MapError::TaxRate(self.says.tax_rate));
        }
        Ok(ShopDay { zone: zone(&self.says.zone)?, day_ends_at: self.says.day_ends_at })
    }
}

impl SalesColumns {
    fn named(&self) -> impl Iterator<Item = &str> {
        let needed = [&self.bill, &self.item, &self.text, &self.quantity, &self.unit_price, &self.time];
        let more = [&self.line_total, &self.department, &self.member];
        needed.into_iter().map(String::as_str).chain(more.into_iter().filter_map(Option::as_deref))
    }
}

impl MembersMap {
    /// The compiled-in map, some of whose columns a header has, a name among them.
    pub fn fitting(header: &[String]) -> Option<Self> {
        let has = |name: &Option<String>| name.as_ref().is_some_and(|name| header.contains(name));
        let mut map = MEMBERS
            .iter()
            .filter_map(|text| Self::from_toml(text).ok())
            .find(|map| has(&map.columns.given) || has(&map.columns.family))?;
        for column in map.columns.each_mut() {
            column.take_if(|name| !header.contains(name));
        }
        Some(map)
    }
}

impl MembersColumns {
    fn each_mut(&mut self) -> [&mut Option<String>; 11] {
        let Self { code, given, family, phone, email, address, born, since, plan, term_start, term_end } = self;
        [code, given, family, phone, email, address, born, since, plan, term_start, term_end]
    }
}

/// A time zone by name.
pub(super) fn zone(name: &str) -> Result<TimeZone, MapError> {
    TimeZone::get(name).map_err(|_| MapError::Zone(name.to_owned()))
}

impl FileForm {
    /// The delimiter as a byte.
    pub(super) fn delimiter_byte(&self) -> Result<u8, MapError> {
        one_byte("delimiter", self.delimiter)
    }

    /// The decimal sign as a byte.
    pub(super) fn decimal_byte(&self) -> Result<u8, MapError> {
        one_byte("decimal", self.decimal)
    }
}

/// A sign that parts something cannot be part of it: of a number, of a text, of the quotes around it.
fn one_byte(field: &'static str, sign: char) -> Result<u8, MapError> {
    let parts = |byte: &u8| byte.is_ascii_punctuation() && !matches!(byte, b'"' | b'-' | b'+') || matches!(byte, b'\t' | b' ');
    u8::try_from(sign).ok().filter(parts).ok_or(MapError::OneCharacter { field })
}

impl fmt::Display for SalesMap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compiled_in_maps_are_whole() {
        for text in SALES {
            SalesMap::from_toml(text).unwrap().shop_day().unwrap();
        }
        for text in MEMBERS {
            MembersMap::from_toml(text).unwrap();
        }
        PosLogMap::from_toml("").unwrap();
    }

    #[test]
    fn a_header_finds_its_map() {
        let header = |text: &str| text.split(',').map(str::to_owned).collect::<Vec<_>>();
        let retail = header("InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country");
        assert_eq!(SalesMap::fitting(&retail).unwrap().name, "UCI Online Retail");
        assert_eq!(SalesMap::fitting(&header("a,b,c")), None);
        let members = MembersMap::fitting(&header("given,email")).unwrap();
        assert_eq!((members.columns.email.as_deref(), members.columns.family), (Some("email"), None));
        assert_eq!(MembersMap::fitting(&header("email")), None);
    }

    #[test]
    fn wrong_maps_say_what_is_wrong() {
        for (map, says) in
            [("colour = 1", "unknown field"), ("[columns", "TOML parse error"), ("tax = \"sometimes\"", "sometimes")]
        {
            let error = PosLogMap::from_toml(map).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        assert_eq!(zone("Mars/Olympus").unwrap_err(), MapError::Zone("Mars/Olympus".to_owned()));
    }
}
