//! How SQLite means to run each statement that was asked for, so that a test can hold that none reads a whole table of a shop
//! that has traded for years.

use std::cell::RefCell;
use std::collections::BTreeSet;

use rusqlite::Connection;

thread_local! {
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
}

/// Remembers a statement.
pub(super) fn remember(sql: &str) {
    ASKED.with_borrow_mut(|asked| {
        if !asked.contains(sql) {
            asked.insert(sql.to_owned());
        }
    });
}

/// Steps of the plans of all statements of this thread that read more than the values ask for, each with its statement.
pub(crate) fn wide(connection: &Connection) -> Vec<(String, String)> {
    let asked = ASKED.with_borrow(Clone::clone);
    let mut wide = Vec::new();
    for sql in asked {
        let Ok(mut plan) = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")) else { continue };
        let steps = plan.raw_query().mapped(|row| row.get::<_, String>(3)).collect::<Result<Vec<_>, _>>().unwrap();
        wide.extend(steps.into_iter().filter(|step| is_wide(step)).map(|step| (step, sql.clone())));
    }
    wide
}

/// Whether a step goes through a table, or through all rows of the site.
fn is_wide(step: &str) -> bool {
    let reads_all = step.starts_with("SCAN") && !step.contains("CONSTANT ROW") && !step.contains("VIRTUAL TABLE");
    reads_all || step.ends_with("(site=?)")
}

#[test]
fn a_search_by_site_alone_is_wide() {
    for step in ["SEARCH bill USING PRIMARY KEY (site=?)", "SCAN bill", "SCAN b USING COVERING INDEX bill_key"] {
        assert!(is_wide(step), "{step}");
    }
    for step in ["SEARCH bill USING INDEX bill_number (site=? AND number=?)", "SCAN CONSTANT ROW", "USE TEMP B-TREE FOR ORDER BY"]
    {
        assert!(!is_wide(step), "{step}");
    }
}
