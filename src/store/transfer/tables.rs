//! Which tables are carried, in which order, with which columns: as the steps that built the database say.

use crate::store::{Result, Tx, migrate};

/// Made again from the members where they arrive, or of use for minutes only.
const MADE_AGAIN: [&str; 2] = ["name_start", "waiting"];

/// A table that is carried.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns in their order, without the site.
    pub columns: Vec<String>,
    /// The columns by which its rows are ordered.
    key: &'static str,
}

impl Table {
    /// Asks for all rows of the site, in the order of their key.
    pub fn select(&self) -> String {
        format!("SELECT {} FROM {} WHERE {} ORDER BY {}", self.columns.join(", "), self.name, self.which(), self.key)
    }

    /// How many rows there are.
    pub fn count(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let row = tx.one(&format!("SELECT COUNT(*) FROM {} WHERE {}", self.name, self.which()), &[tx.site()])?;
        row.map_or(Ok(0), |row| row.number(0))
    }

    /// Which rows are carried: what tells one database from another stays with it.
    fn which(&self) -> &'static str {
        if self.name == "setting" { "site = ?1 AND key <> 'id'" } else { "site = ?1" }
    }

    /// Adds so many rows; the site is the first value, the rows' own values follow.
    pub fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |row: usize| {
            let marks: Vec<String> = (0..width).map(|column| format!("?{}", row * width + column + 2)).collect();
            format!("(?1, {})", marks.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("INSERT INTO {} (site, {}) VALUES {}", self.name, self.columns.join(", "), rows.join(", "))
    }

    /// Where a column stands.
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }
}

/// All tables that are carried; none names rows of one behind it.
pub fn tables(tx: &mut Tx<'_>) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for (name, key) in migrate::tables().filter(|(name, _)| !MADE_AGAIN.contains(name)) {
        let columns = tx.columns(name)?.into_iter().filter(|column| column != "site").collect();
        tables.push(Table { name, columns, key });
    }
    Ok(tables)
}
