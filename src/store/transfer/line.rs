//! A line of the file.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::VERSION;
use crate::domain::digest::{BEGINNING, Digest};
use crate::store::{Result, Row, StoreError, Tx, Value, migrate};

/// Bytes of this length and more are shown as the text they are.
const TEXT_FROM: usize = 64;

/// What a line says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// The first line.
    Courtesy(Beginning),
    /// Rows of this table follow.
    Table(Columns),
    /// A row.
    Row(Vec<Cell>),
    /// The last line.
    End(End),
}

/// What the file is.
#[derive(Debug, Serialize, Deserialize)]
pub struct Beginning {
    /// Version of the file's form.
    pub version: u32,
    /// Form of the database.
    pub form: i64,
}

impl Beginning {
    /// A file of this program.
    pub fn own() -> Self {
        Self { version: VERSION, form: migrate::newest() }
    }
}

/// A table and what its rows hold.
#[derive(Debug, Serialize, Deserialize)]
pub struct Columns {
    /// Name of the table.
    pub name: String,
    /// Its columns.
    pub columns: Vec<String>,
}

/// A value as JSON has it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged, expecting = "a value is null, a whole number, a text or bytes")]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Bytes(Bytes),
}

/// Bytes, as hexadecimal or as the text they are.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bytes {
    /// Hexadecimal.
    Hex(String),
    /// The text that they are.
    Utf8(String),
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Bytes(bytes) => Self::Bytes(match std::str::from_utf8(bytes) {
                Ok(text) if bytes.len() >= TEXT_FROM => Bytes::Utf8(text.to_owned()),
                _ => Bytes::Hex(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
            }),
        }
    }
}

impl Cell {
    /// The value as the engines keep it; `None` when it is none.
    pub fn value(self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(Bytes::Utf8(text)) => Value::Bytes(text.into_bytes()),
            Self::Bytes(Bytes::Hex(text)) => Value::Bytes(from_hex(&text)?),
        })
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    pairs.map(|pair| pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())).collect()
}

/// What must have come out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// How many rows were written.
    pub rows: u64,
    /// Where each desk stands.
    pub desks: Vec<Head>,
    /// What each account comes to.
    pub balances: Vec<Balance>,
    /// What is left on store credits.
    pub credits: Vec<Balance>,
}

/// Where a desk's chain stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The desk.
    pub desk: i64,
    /// Its last number.
    pub last: i64,
    /// The sum of its last document.
    pub head: Digest,
}

/// What something comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Of what.
    pub account: String,
    /// In which currency.
    pub currency: String,
    /// How much, in minor units.
    pub minor: i64,
}

impl End {
    /// What the books come to.
    pub fn of(tx: &mut Tx<'_>, rows: u64) -> Result<Self> {
        let desk = |row: &Row| Ok(Head { desk: row.int(0)?, last: row.int(1)?, head: row.digest(2)? });
        let balance = |row: &Row| Ok(Balance { account: row.string(0)?, currency: row.string(1)?, minor: row.int(2)? });
        let desks = tx.query("SELECT no, last_sequence, head FROM desk WHERE site = ?1 ORDER BY no", &[tx.site()])?;
        let balances = "SELECT account, currency, CAST(SUM(amount_minor) AS BIGINT) FROM posting WHERE site = ?1
            GROUP BY account, currency ORDER BY account, currency";
        let credits = "SELECT 'store_credit', currency, CAST(SUM(balance_minor) AS BIGINT) FROM credit WHERE site = ?1
            GROUP BY currency ORDER BY currency";
        Ok(Self {
            rows,
            desks: desks.iter().map(desk).collect::<Result<_>>()?,
            balances: tx.query(balances, &[tx.site()])?.iter().map(balance).collect::<Result<_>>()?,
            credits: tx.query(credits, &[tx.site()])?.iter().map(balance).collect::<Result<_>>()?,
        })
    }
}

/// The sum that runs along all lines.
#[derive(Debug)]
pub struct Running(Digest);

impl Running {
    /// Before the first line.
    pub fn new() -> Self {
        Self(BEGINNING)
    }

    /// Writes a line.
    pub fn write(&mut self, output: &mut dyn Write, content: &Content) -> Result<io::Result<()>> {
        let text = serde_json::to_string(content).map_err(|error| StoreError::Engine(error.to_string()))?;
        let rest = text.strip_prefix('{').unwrap_or(&text);
        self.0 = self.0.after(rest.as_bytes());
        Ok(writeln!(output, "{{\"sum\":\"{}\",{rest}", self.0.short()))
    }

    /// Reads a line without its line feed.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn read(&mut self, line: &str) -> std::result::Result<Content, String> {
        let foreign = || "it does not begin with its sum".to_owned();
        let (sum, rest) = line.strip_prefix("{\"sum\":\"").and_then(|line| line.split_once("\",")).ok_or_else(foreign)?;
        self.0 = self.0.after(rest.as_bytes());
        if sum != self.0.short() {
            return Err("it was changed, or a line before it was lost or moved".to_owned());
        }
        serde_json::from_str(&format!("{{{rest}")).map_err(|error| format!("it cannot be understood ({error})"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_went() {
        let long = "ä".repeat(TEXT_FROM);
        let bytes = [b"".to_vec(), vec![0, 255, 16], b"a short text".to_vec(), long.clone().into_bytes(), vec![255; 90]];
        let mut values = vec![Value::Null, Value::Int(i64::MIN), Value::Text("“\n\0”".to_owned()), Value::Text(long)];
        values.extend(bytes.map(Value::Bytes));
        let mut written = Vec::new();
        let content = Content::Row(values.iter().map(Cell::from).collect());
        Running::new().write(&mut written, &content).unwrap().unwrap();
        let line = String::from_utf8(written).unwrap();
        let Content::Row(cells) = Running::new().read(line.trim_end()).unwrap() else { panic!("{line}") };
        assert_eq!(cells.into_iter().map(|cell| cell.value().unwrap()).collect::<Vec<_>>(), values);
    }

    #[test]
    fn what_is_no_hexadecimal_is_no_value() {
        for text in ["0", "zz", "0ä", "+1"] {
            let value = Cell::Bytes(Bytes::Hex(text.to_owned())).value();
            assert!(value.is_none(), "{text}: {value:?}");
        }
    }

    #[test]
    fn a_changed_line_is_known() {
        let mut lines = Vec::new();
        let mut running = Running::new();
        for number in [7, 8] {
            let mut line = Vec::new();
            running.write(&mut line, &Content::Row(vec![Cell::Int(number)])).unwrap().unwrap();
            lines.push(String::from_utf8(line).unwrap().trim_end().to_owned());
        }
        let mut whole = Running::new();
        assert!(lines.iter().all(|line| whole.read(line).is_ok()));
        assert!(Running::new().read(&lines[0].replace('7', "9")).is_err());
        assert!(Running::new().read(&lines[1]).is_err());
        assert!(Running::new().read("{\"row\":[7]}").is_err());
    }
}
