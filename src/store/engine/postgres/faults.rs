//! What is wrong with rows that name others which are not there. A server checks files and indexes by tools of its own.

use super::Session;
use crate::store::{Result, StoreError};

/// Rows of a table that name rows of another one: the table with its columns, the other one with its own.
const NAMES: [(&str, &[&str], &str, &[&str]); 14] = [
    ("person", &["member"], "member", &["id"]),
    ("card", &["member"], "member", &["id"]),
    ("term", &["member"], "member", &["id"]),
    ("bill_line", &["bill"], "bill", &["id"]),
    ("bill_payment", &["bill"], "bill", &["id"]),
    ("till_return", &["bill"], "bill", &["id"]),
    ("document_bill", DOCUMENT, "document", DOCUMENT),
    ("posting", DOCUMENT, "document", DOCUMENT),
    ("payout", DOCUMENT, "document", DOCUMENT),
    ("voided", DOCUMENT, "document", DOCUMENT),
    ("print_job", DOCUMENT, "document", DOCUMENT),
    ("line_event", &["bill", "line"], "bill_line", &["bill", "no"]),
    ("payment_event", &["bill", "payment"], "bill_payment", &["bill", "no"]),
    ("credit_event", DOCUMENT, "credit", DOCUMENT),
];

const DOCUMENT: &[&str] = &["desk", "sequence"];

/// Tables with rows that name what is not there, as `table > other`.
pub fn faults(session: &mut Session) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    for (table, columns, other, keys) in NAMES {
        let same: Vec<String> = columns.iter().zip(keys).map(|(column, key)| format!("o.{key} = t.{column}")).collect();
        let sql = format!(
            "SELECT 1 FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM {other} o WHERE o.site = t.site AND {}) LIMIT 1",
            same.join(" AND ")
        );
        let mut lost = false;
        session.scan(&sql, &[], &mut |_| {
            lost = true;
            Ok::<_, StoreError>(())
        })?;
        if lost {
            faults.push(format!("{table} > {other}"));
        }
    }
    Ok(faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The list above is the one that the tables were made with.
    #[test]
    fn every_reference_of_the_tables_is_looked_at() {
        let books = include_str!("../../../../resources/migrations/0001_books.sql");
        let mut table = "";
        let mut found = Vec::new();
        for line in books.lines() {
            if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                table = rest.trim_end_matches(" (");
            }
            if let Some(rest) = line.trim().strip_prefix("FOREIGN KEY (site, ") {
                let rest = rest.trim_end_matches(',').trim_end_matches(')');
                let (columns, other) = rest.split_once(") REFERENCES ").unwrap();
                let (other, keys) = other.split_once(" (site, ").unwrap();
                found.push(format!("{table} {columns} {other} {keys}"));
            }
        }
        let mut known: Vec<String> = NAMES
            .iter()
            .map(|(table, columns, other, keys)| format!("{table} {} {other} {}", columns.join(", "), keys.join(", ")))
            .collect();
        found.sort();
        known.sort();
        assert_eq!(known, found);
    }
}
