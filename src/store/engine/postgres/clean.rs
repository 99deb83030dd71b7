//! Leaving nothing in a server's files of people who were erased. Its archived logs, base backups and replicas are its owner's matter,
//! and help says so.

use std::thread::sleep;
use std::time::Duration;

use super::Session;
use super::failure::on_statement;
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

/// Takes little, and is refused with a warning where [`STATISTICS`] would be.
const MAY_CLEAN: &str = "VACUUM pg_catalog.pg_statistic";

/// What the server noted of columns for its planner, written anew; only the database's owner may.
const STATISTICS: &str = "VACUUM FULL pg_catalog.pg_statistic";

/// The file of what the server noted, which is another one once that was written anew, whoever did it.
const FILE: &str = "SELECT CAST(pg_relation_filenode('pg_catalog.pg_statistic') AS TEXT)";

/// Who is not cleaned up after yet.
const WHO: &str = "SELECT COALESCE(encode(sha256(string_agg(member, CAST('' AS bytea) ORDER BY member)), 'hex'), '')
    FROM uncleaned";

/// For whom the tables were written anew and which file the server's notes had then, where these are left to the owner.
const LEFT: &str = "SELECT COALESCE(obj_description(CAST('uncleaned' AS regclass), 'pg_class'), '')";

impl Session {
    /// Leaves nothing of whoever was erased in the tables of people, nor in what the server noted of their columns for its planner.
    /// Where this role may not clean those notes, the tables are written anew once, and it is done when the owner has cleaned them.
    pub(super) fn clean(&mut self) -> Result<()> {
        let Some(refusal) = self.refusal()? else {
            self.write_anew()?;
            self.order_strictly(STATISTICS)?;
            return self.note_left(None);
        };
        let (who, left) = (self.text_of(WHO, &[])?, self.text_of(LEFT, &[])?);
        let file = left.split_once(' ').filter(|(of, _)| *of == who).map(|(_, file)| file);
        match file {
            Some(file) if file != self.text_of(FILE, &[])? => return self.note_left(None),
            Some(_) => {}
            None => {
                self.write_anew()?;
                let file = self.text_of(FILE, &[])?;
                self.note_left(Some(&format!("{who} {file}")))?;
            }
        }
        Err(StoreError::OwnersStatistics(refusal))
    }

    /// Why the server does not let this role clean what it noted of columns; `None` where it does.
    fn refusal(&mut self) -> Result<Option<String>> {
        self.wire.order_heeding(MAY_CLEAN).map_err(|error| on_statement(&self.address, &error, false).0)
    }

    /// Keeps beside the list of whoever is not cleaned up after what is left to the owner, or that nothing is.
    fn note_left(&mut self, left: Option<&str>) -> Result<()> {
        let left = left.map_or_else(|| "NULL".to_owned(), |left| format!("'{left}'"));
        self.order_strictly(&format!("COMMENT ON TABLE uncleaned IS {left}"))
    }

    /// Writes every table of people anew, without what was deleted, and drops what the server noted of their columns for its
    /// planner. While one is written nobody else works with it.
    fn write_anew(&mut self) -> Result<()> {
        self.wait_for_older()?;
        for (table, columns) in PERSONAL {
            // Given the type that it has, a column loses what the planner knows of its values, and nothing else.
            for (column, kind) in columns {
                self.order_strictly(&format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}"))?;
            }
            self.order_strictly(&format!("VACUUM FULL {table}"))?;
        }
        Ok(())
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
