//! Leaving nothing in a server's files of people who were erased. Its archived logs, base backups and replicas are its owner's matter,
//! and help says so.

use std::thread::sleep;
use std::time::Duration;

use super::Session;
use crate::store::{Result, StoreError};

/// Tables that hold something of people, with the columns in which it stands and their types.
const PERSONAL: [(&str, &[(&str, &str)]); 7] = [
    ("member", &[("code", TEXT)]),
    ("person", &[("given", TEXT), ("family", TEXT), ("phone", TEXT), ("email", TEXT), ("address", TEXT), ("born", TEXT)]),
    ("name_start", &[("start", TEXT)]),
    ("text_index", &[("text", TEXT), ("triples", "text[]")]),
    ("note", &[("text", TEXT)]),
    ("kept_aside", &[("reason", TEXT), ("raw", TEXT)]),
    ("uncleaned", &[]),
];

const TEXT: &str = "text COLLATE \"C\"";

/// How often, and how long each time, it is waited for those who look at the books as they were before.
const TRIES: u32 = 40;
const WAIT: Duration = Duration::from_millis(250);

/// The number of a transaction that begins now.
const NOW: &str = "SELECT CAST(txid_current() % 4294967296 AS TEXT)";

/// How many others may still see what was there before that transaction.
const OLDER: &str = "SELECT COUNT(*) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL
    AND (datname = current_database() OR backend_type = 'walsender')
    AND age(backend_xmin) >= age(CAST(CAST(?1 AS TEXT) AS xid))";

impl Session {
    /// Writes every table of people anew, without what was deleted, and forgets what the server noted of their columns for its
    /// planner. While one is written nobody else works with it.
    pub(super) fn clean(&mut self) -> Result<()> {
        self.wait_for_older()?;
        for (table, columns) in PERSONAL {
            // Given the type that it has, a column loses what the planner knows of its values, and nothing else.
            for (column, kind) in columns {
                self.order_strictly(&format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}"))?;
            }
            self.order_strictly(&format!("VACUUM FULL {table}"))?;
        }
        self.order_strictly("VACUUM FULL pg_catalog.pg_statistic")
    }

    /// Rows that somebody may still see are carried over, so nobody may.
    fn wait_for_older(&mut self) -> Result<()> {
        let now = self.text_of(NOW, &[])?;
        for _ in 0..TRIES {
            if self.number_of(OLDER, &[now.as_str().into()])? == 0 {
                return Ok(());
            }
            sleep(WAIT);
        }
        Err(StoreError::Busy)
    }

    fn text_of(&mut self, sql: &str, params: &[crate::store::Value]) -> Result<String> {
        let mut found = None;
        self.scan(sql, params, &mut |row| {
            found = Some(row.string(0)?);
            Ok(())
        })?;
        found.ok_or_else(|| StoreError::Engine("no answer".to_owned()))
    }

    fn number_of(&mut self, sql: &str, params: &[crate::store::Value]) -> Result<i64> {
        let mut found = 0;
        self.scan(sql, params, &mut |row| {
            found = row.int(0)?;
            Ok(())
        })?;
        Ok(found)
    }
}
