//! Reading the books in: all of them, or nothing.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::str::Utf8Error;

use super::line::{Beginning, Cell, Content, End, Running};
use super::tables::{Table, tables};
use super::{TransferError, VERSION};
use crate::domain::digest::{BEGINNING, Digest};
use crate::planted::planted;
use crate::store::backup::{Stage, Tell};
use crate::store::engine::{Engine, copy};
use crate::store::verify::verify;
use crate::store::{Place, Result as Stored, Store, StoreError, Tx, Value, member};

/// Bytes of a line; a bill kept aside as its till wrote it makes the longest ones.
const LONGEST_LINE: u64 = 128 << 20;

/// How many rows go to the engine at once.
const AT_ONCE: usize = 40;

type Result<T> = std::result::Result<T, TransferError>;

/// Brings the books of a file into an empty database, or one that is not there yet, and answers what they come to.
///
/// # Errors
/// Names the line that is not as it was written, or says what is not as it should be. The database is empty then, or not
/// there.
pub fn read(place: &Place, path: &Path, tell: Tell<'_>) -> Result<End> {
    let unusable = |source| TransferError::File { path: path.to_owned(), source };
    let size = std::fs::metadata(path).map_err(unusable)?.len();
    let made = matches!(place, Place::File(file) if !file.exists());
    let mut store = Store::open_at(place, true)?;
    let mut half = None;
    let done = store.write(|tx| {
        let tables = tables(tx)?;
        if !is_empty(tx, &tables)? {
            return Err(TransferError::NotEmpty(place.to_string()));
        }
        let input = BufReader::new(File::open(path).map_err(unusable)?);
        let mut reading = Reading::new(path, &tables);
        let end = match reading.all(tx, input, &mut |done| tell(Stage::Copying, done, size)) {
            Err(error) if planted("books come in half") => {
                half = Some(error);
                return Ok(End { rows: 0, desks: Vec::new(), balances: Vec::new(), credits: Vec::new() });
            }
            all => all?,
        };
        member::make_searchable(tx)?;
        compare(tx, path, &end)?;
        match verify(tx, None, &mut |done, all| tell(Stage::Checking, done, all))?.damage() {
            0 => Ok(end),
            wrong => Err(TransferError::Wrong { path: path.to_owned(), wrong }),
        }
    });
    drop(store);
    if let Some(error) = half {
        return Err(error);
    }
    match (place, done) {
        // Why the books did not come matters more than why an empty database stays.
        (Place::File(file), Err(error)) if made => Err(match take_away(file) {
            Ok(()) | Err(_) => error,
        }),
        (_, done) => done,
    }
}

/// Removes a database that was made for books which did not come; not one that somebody else has open, or has filled since.
fn take_away(file: &Path) -> Result<()> {
    let mut alone = match copy::open_alone(file) {
        Ok(connection) => Engine::Sqlite(connection),
        Err(StoreError::Busy) => return Ok(()),
        Err(error) => return Err(error.into()),
    };
    let is_empty = alone.read(|tx| {
        let tables = tables(tx)?;
        is_empty(tx, &tables)
    })?;
    if is_empty {
        std::fs::remove_file(file).map_err(|source| TransferError::File { path: file.to_owned(), source })?;
    }
    Ok(())
}

fn is_empty(tx: &mut Tx<'_>, tables: &[Table]) -> Stored<bool> {
    for table in tables {
        if table.count(tx)? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

fn compare(tx: &mut Tx<'_>, path: &Path, end: &End) -> Result<()> {
    let own = End::of(tx, end.rows)?;
    let parts = [
        ("the numbers or heads of desks", own.desks == end.desks),
        ("balances", own.balances == end.balances),
        ("store credits", own.credits == end.credits),
    ];
    match parts.into_iter().find(|(_, same)| !same) {
        Some((what, _)) => Err(TransferError::Differs { path: path.to_owned(), what }),
        None => Ok(()),
    }
}

/// Where the reading stands.
struct Reading<'a> {
    path: &'a Path,
    tables: &'a [Table],
    line: u64,
    rows: u64,
    /// The table whose rows are coming.
    table: Option<&'a Table>,
    /// Values of rows that have not gone to the engine.
    waiting: Vec<Value>,
    heads: HashMap<i64, Digest>,
}

impl<'a> Reading<'a> {
    fn new(path: &'a Path, tables: &'a [Table]) -> Self {
        Self { path, tables, line: 0, rows: 0, table: None, waiting: Vec::new(), heads: HashMap::new() }
    }

    fn wrong(&self, reason: impl Into<String>) -> TransferError {
        TransferError::Line { path: self.path.to_owned(), line: self.line, reason: reason.into() }
    }

    /// Reads to the last line.
    fn all(&mut self, tx: &mut Tx<'_>, mut input: BufReader<File>, tell: &mut dyn FnMut(u64)) -> Result<End> {
        let mut running = Running::new();
        let (mut bytes, mut line) = (0, Vec::new());
        let mut end = None;
        loop {
            line.clear();
            self.line += 1;
            let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
            let read = read.map_err(|error| self.wrong(format!("it cannot be read ({error})")))? as u64;
            if read == 0 {
                return end.ok_or_else(|| self.wrong("the file ends here, before its last line"));
            }
            if read == LONGEST_LINE {
                return Err(self.wrong("it is longer than any that was written"));
            }
            bytes += read;
            tell(bytes);
            let no_text = |error: Utf8Error| self.wrong(format!("byte {} is not UTF-8 text", error.valid_up_to() + 1));
            let text = std::str::from_utf8(&line).map_err(no_text)?;
            if self.line == 1 {
                self.begin(text)?;
            }
            let content = running.read(text.trim_end_matches('\n')).map_err(|reason| self.wrong(reason))?;
            match content {
                _ if end.is_some() => return Err(self.wrong("it comes after the last line")),
                Content::Courtesy(_) if self.line == 1 => {}
                Content::Courtesy(_) => return Err(self.wrong("the file begins once more")),
                Content::Table(head) => {
                    self.flush(tx)?;
                    let known = self.tables.iter().find(|table| table.name == head.name && table.columns == head.columns);
                    self.table = Some(known.ok_or_else(|| self.wrong(format!("{} is not a table of these books", head.name)))?);
                }
                Content::Row(cells) => self.row(tx, cells)?,
                Content::End(told) if told.rows == self.rows => {
                    self.flush(tx)?;
                    end = Some(told);
                }
                Content::End(told) => {
                    return Err(self.wrong(format!("{} rows were written, {} are here", told.rows, self.rows)));
                }
            }
        }
    }

    /// The first line is looked at before its sum, so that another version is told as such.
    fn begin(&self, text: &str) -> Result<()> {
        let strange = |reason: String, remedy| TransferError::Strange { path: self.path.to_owned(), reason, remedy };
        let parsed = serde_json::from_str::<serde_json::Value>(text).ok();
        let version = parsed.as_ref().and_then(|line| line.pointer("/courtesy/version")).and_then(serde_json::Value::as_u64);
        let Some(version) = version else {
            return Err(strange("is not an export of books".to_owned(), "take a file that courtesy export has written"));
        };
        if version != u64::from(VERSION) {
            return Err(strange(
                format!("has version {version}, this program reads {VERSION}"),
                "use the program of its version",
            ));
        }
        let (own, form) = (Beginning::own().form, parsed.as_ref().and_then(|line| line.pointer("/courtesy/form")));
        if form.and_then(serde_json::Value::as_i64) != Some(own) {
            let other = form.map(ToString::to_string).unwrap_or_default();
            let reason = format!("holds books of form {other}, this program has form {own}");
            return Err(strange(reason, "export them once more with this program"));
        }
        Ok(())
    }

    fn row(&mut self, tx: &mut Tx<'_>, cells: Vec<Cell>) -> Result<()> {
        let table = self.table.ok_or_else(|| self.wrong("it is a row of no table"))?;
        let values: Option<Vec<Value>> = cells.into_iter().map(Cell::value).collect();
        let values = values.filter(|values| values.len() == table.columns.len());
        let values = values.ok_or_else(|| self.wrong(format!("it is not a row of the table {}", table.name)))?;
        if values.iter().any(|value| matches!(value, Value::Text(text) if text.contains('\0'))) {
            return Err(self.wrong("a text in it contains the character NUL, which is kept nowhere"));
        }
        if table.name == "document" {
            self.follow(table, &values)?;
        }
        self.rows += 1;
        self.waiting.extend(values);
        if self.waiting.len() >= AT_ONCE * table.columns.len() { self.flush(tx) } else { Ok(()) }
    }

    /// A document must make its sum and follow the one before it.
    fn follow(&mut self, table: &Table, values: &[Value]) -> Result<()> {
        let value = |column| table.place(column).and_then(|place| values.get(place));
        let parts = (value("desk"), value("sequence"), value("previous"), value("hash"), value("body"));
        let (
            Some(Value::Int(desk)),
            Some(Value::Int(sequence)),
            Some(Value::Bytes(previous)),
            Some(Value::Bytes(hash)),
            Some(Value::Bytes(body)),
        ) = parts
        else {
            return Err(self.wrong("it is not a document"));
        };
        let sum = |bytes: &[u8]| <[u8; 32]>::try_from(bytes).map(Digest).map_err(|_| self.wrong("its sum is not 32 bytes"));
        let (previous, hash) = (sum(previous)?, sum(hash)?);
        let head = self.heads.get(desk).copied().unwrap_or(BEGINNING);
        if previous != head || previous.after(body) != hash {
            return Err(self.wrong(format!("document {desk}-{sequence:06} was changed, or does not follow the one before it")));
        }
        self.heads.insert(*desk, hash);
        Ok(())
    }

    /// Hands the waiting rows over.
    fn flush(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(table) = self.table.filter(|_| !self.waiting.is_empty()) else { return Ok(()) };
        let rows = self.waiting.len() / table.columns.len();
        let mut values = vec![tx.site()];
        values.append(&mut self.waiting);
        let put: Stored<usize> = tx.execute(&table.insert(rows), &values);
        match put {
            Ok(_) => Ok(()),
            Err(StoreError::Rule { broken, .. }) => {
                Err(self.wrong(format!("one of the {rows} rows of {} up to here is refused: {broken}", table.name)))
            }
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::shop;

    #[test]
    fn only_an_empty_database_that_nobody_has_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("books.db");
        let mut open = Store::open_at(&Place::File(file.clone()), true).unwrap();
        take_away(&file).unwrap();
        assert!(file.exists(), "somebody has it open");
        open.write(|tx| shop::set_setting(tx, "printer", "a")).unwrap();
        drop(open);
        take_away(&file).unwrap();
        assert!(file.exists(), "somebody filled it");
        let mut open = Store::open_at(&Place::File(file.clone()), false).unwrap();
        open.write(|tx| tx.send("DELETE FROM setting", &[])).unwrap();
        drop(open);
        take_away(&file).unwrap();
        assert!(!file.exists());
    }
}
