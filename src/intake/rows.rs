//! Rows of a CSV with their places, and fields of them as text, numbers and times. Nothing here allocates for a good row.

use std::io::{BufReader, Read};

use csv::ByteRecord;
use jiff::civil::{Date, DateTime};
use rust_decimal::Decimal;

use super::IntakeError;
use super::fault::Fault;
use super::item::{Incoming, Place, Reject};
use super::map::{FileForm, MapError};
use super::meter::Meter;
use crate::domain::payment_card;
use crate::domain::plain::is_plain;

/// Bytes that one row may take.
const LARGEST_ROW: u64 = 4 << 20;
/// Bytes that one field may take.
const LONGEST_FIELD: usize = 1_000;

/// What is wrong with a field, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldError {
    /// Its column, from 0; none for the row as a whole.
    pub column: Option<usize>,
    /// What is wrong.
    pub fault: Fault,
}

/// A CSV, row by row.
pub(super) struct CsvRows<R: Read> {
    csv: csv::Reader<Meter<BufReader<R>>>,
    header: Vec<String>,
    base: Place,
    /// The row that was read last.
    pub record: ByteRecord,
    /// Where that row begins.
    pub place: Place,
    /// Where the row after it begins.
    pub next: Place,
    form: FileForm,
    decimal: u8,
}

impl<R: Read> CsvRows<R> {
    /// Reads a CSV from its beginning, the header first.
    pub fn new(source: R, form: &FileForm) -> Result<Self, IntakeError> {
        let mut rows = Self::raw(source, form, Vec::new(), Place { byte: 0, line: 1 })?;
        if !rows.read().map_err(|error| IntakeError::read("the header", error))? {
            return Err(IntakeError::Empty);
        }
        for field in &rows.record {
            let name = std::str::from_utf8(field).map_err(|_| IntakeError::HeaderNotText)?;
            let name = name.trim();
            if !name.is_empty() && rows.header.iter().any(|before| before == name) {
                return Err(IntakeError::TwoColumns { column: name.to_owned() });
            }
            rows.header.push(name.to_owned());
        }
        Ok(rows)
    }

    /// Goes on at a place where a row begins, under a header read before.
    pub fn resume(source: R, form: &FileForm, header: Vec<String>, place: Place) -> Result<Self, MapError> {
        Self::raw(source, form, header, place)
    }

    fn raw(source: R, form: &FileForm, header: Vec<String>, base: Place) -> Result<Self, MapError> {
        let meter = Meter::new(BufReader::with_capacity(1 << 16, source), base.byte, base.line, LARGEST_ROW);
        let mut builder = csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(form.delimiter_byte()?).buffer_capacity(1 << 16);
        let csv = builder.from_reader(meter);
        let decimal = form.decimal_byte()?;
        Ok(Self { csv, header, base, record: ByteRecord::new(), place: base, next: base, form: form.clone(), decimal })
    }

    /// Names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Result<usize, IntakeError> {
        let found = self.header.iter().position(|column| column == name);
        found.ok_or_else(|| IntakeError::NoColumn { column: name.to_owned(), header: self.header.join(", ") })
    }

    /// Reads the next row; false at the end.
    pub fn read(&mut self) -> csv::Result<bool> {
        self.csv.get_mut().next_record();
        let found = self.csv.read_byte_record(&mut self.record)?;
        let absolute = |position: &csv::Position| Place {
            byte: self.base.byte + position.byte(),
            line: self.base.line + position.line() - 1,
        };
        if let Some(position) = self.record.position() {
            self.place = absolute(position);
        }
        self.next = absolute(self.csv.position());
        Ok(found)
    }

    /// Why reading stopped: a row larger than any real one, or the source itself.
    pub fn stopped(&self, error: csv::Error) -> Result<Incoming, IntakeError> {
        if self.csv.get_ref().is_over() {
            let fault = Fault::TooLarge { most: LARGEST_ROW };
            let line = self.next.line;
            Ok(Incoming::Reject(Box::new(Reject { line, column: 1, field: String::new(), fault, raw: String::new(), rows: 1 })))
        } else {
            Err(IntakeError::read(&format!("line {}", self.next.line), error))
        }
    }

    /// Checks the row as a whole: that no quote ran over its line, and its number of columns.
    pub fn check_form(&self) -> Result<(), FieldError> {
        if self.record.as_slice().contains(&b'\n') {
            let column = self.record.iter().position(|field| field.contains(&b'\n'));
            return Err(FieldError { column, fault: Fault::LineBreak });
        }
        let (expected, found) = (self.header.len(), self.record.len());
        if found == expected { Ok(()) } else { Err(FieldError { column: None, fault: Fault::Columns { expected, found } }) }
    }

    /// A field without the blanks around it.
    pub fn bytes(&self, column: usize) -> &[u8] {
        self.record.get(column).unwrap_or_default().trim_ascii()
    }

    /// A field as text that may be kept: UTF-8, printable, and without a payment card's number.
    pub fn text(&self, column: usize) -> Result<&str, FieldError> {
        let text = self.digits(column)?;
        let found = payment_card::find(text.as_bytes());
        found.map_or(Ok(text), |_| Err(FieldError { column: Some(column), fault: Fault::CardNumber }))
    }

    /// The same of a field whose digits may look like a payment card's number by chance: an item's code, a telephone.
    pub fn digits(&self, column: usize) -> Result<&str, FieldError> {
        let bytes = self.bytes(column);
        let fail = |fault| FieldError { column: Some(column), fault };
        let text = std::str::from_utf8(bytes).map_err(|_| fail(Fault::NotUtf8))?;
        if bytes.len() > LONGEST_FIELD {
            return Err(fail(Fault::TooLong { length: bytes.len(), most: LONGEST_FIELD }));
        }
        if !is_plain(text) {
            return Err(fail(Fault::ControlCharacter));
        }
        Ok(text)
    }

    /// A field as text that must not be empty.
    pub fn needed(&self, column: usize) -> Result<&str, FieldError> {
        let text = self.text(column)?;
        if text.is_empty() { Err(FieldError { column: Some(column), fault: Fault::Missing }) } else { Ok(text) }
    }

    /// A field as a decimal.
    pub fn decimal(&self, column: usize) -> Result<Decimal, FieldError> {
        let bytes = self.bytes(column);
        let fault = if bytes.is_empty() { Fault::Missing } else { Fault::NotANumber };
        decimal(bytes, self.decimal).ok_or(FieldError { column: Some(column), fault })
    }

    /// A field as a time of the map's form: what it says, its digits may look like a payment card's number by chance.
    pub fn time(&self, column: usize) -> Result<DateTime, FieldError> {
        let text = self.digits(column)?;
        let fail = |fault| FieldError { column: Some(column), fault };
        if text.is_empty() {
            return Err(fail(Fault::Missing));
        }
        DateTime::strptime(&self.form.time, text).map_err(|_| fail(Fault::NotATime { format: self.form.time.clone() }))
    }

    /// A field as a day of the map's form; none when it is empty.
    pub fn date(&self, column: usize) -> Result<Option<Date>, FieldError> {
        let text = self.digits(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let fault = |_| FieldError { column: Some(column), fault: Fault::NotATime { format: self.form.date.clone() } };
        Date::strptime(&self.form.date, text).map(Some).map_err(fault)
    }

    /// The row as a reject.
    pub fn reject(&self, error: FieldError) -> Reject {
        let field = error.column.and_then(|column| self.header.get(column)).cloned().unwrap_or_default();
        let breaks = self.record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        // A quote that stays open takes the last line's end with it.
        let runs_out = self.record.as_slice().ends_with(b"\n") && self.next.byte == self.fetched_byte();
        let rows = if runs_out { breaks } else { breaks + 1 };
        let mut raw = Vec::new();
        self.write_row(&mut raw);
        Reject {
            line: self.place.line,
            column: error.column.map_or(1, |column| column as u64 + 1),
            field,
            fault: error.fault,
            raw: payment_card::mask(String::from_utf8_lossy(&raw).trim_end()),
            rows,
        }
    }

    /// Bytes that came from the source so far, what lies in buffers included.
    fn fetched_byte(&self) -> u64 {
        self.csv.get_ref().byte
    }

    /// Adds the row to a text, quoted where it must be, with an end of line.
    pub fn write_row(&self, out: &mut Vec<u8>) {
        for (i, field) in self.record.iter().enumerate() {
            if i > 0 {
                out.push(b',');
            }
            if field.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
                out.push(b'"');
                for &byte in field {
                    if byte == b'"' {
                        out.push(b'"');
                    }
                    out.push(byte);
                }
                out.push(b'"');
            } else {
                out.extend_from_slice(field);
            }
        }
        out.push(b'\n');
    }
}

/// A decimal written with digits, at most one sign and one decimal sign; no thousands, exponents or underscores.
pub(super) fn decimal(bytes: &[u8], point: u8) -> Option<Decimal> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    let (mut mantissa, mut scale, mut seen, mut after_point) = (0_i128, 0_u32, false, false);
    for &byte in digits {
        if byte == point && !after_point {
            after_point = true;
        } else if byte.is_ascii_digit() {
            mantissa = mantissa.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
            scale += u32::from(after_point);
            seen = true;
        } else {
            return None;
        }
    }
    if !seen {
        return None;
    }
    Decimal::try_from_i128_with_scale(if negative { -mantissa } else { mantissa }, scale).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_plain() {
        for (text, value) in [
            ("2.55", Some("2.55")),
            ("-11062.06", Some("-11062.06")),
            ("+5", Some("5")),
            ("1.00000", Some("1.00000")),
            (".5", Some("0.5")),
            ("5.", Some("5")),
            ("1_000", None),
            ("1,000", None),
            ("1e3", None),
            ("", None),
            ("-", None),
            (".", None),
            ("1.2.3", None),
            ("NaN", None),
            ("0x10", None),
            ("123456789012345678901234567890123456789012", None),
        ] {
            assert_eq!(decimal(text.as_bytes(), b'.'), value.map(|value| value.parse().unwrap()), "{text}");
        }
        assert_eq!(decimal(b"2,55", b','), Some("2.55".parse().unwrap()));
    }

    proptest::proptest! {
        #[test]
        fn decimals_agree_with_the_library(text in "[-+]?[0-9]{1,12}(\\.[0-9]{1,9})?") {
            proptest::prop_assert_eq!(decimal(text.as_bytes(), b'.'), text.parse::<Decimal>().ok());
        }
    }
}
