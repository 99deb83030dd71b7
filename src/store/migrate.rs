//! Brings a database to this program's form, step by numbered step. A step that has landed is never edited: its sum is
//! kept in the database, and one that is not this program's own is refused, as is a database of a newer program.

use std::collections::BTreeSet;

use super::engine::{Address, Engine};
use super::{Result, StoreError, Tx};
use crate::domain::digest::Digest;

/// A step.
struct Step {
    number: i64,
    name: &'static str,
    sql: &'static str,
}

const BOOKS: Step = Step { number: 1, name: "books", sql: include_str!("../../resources/migrations/0001_books.sql") };
const LOOKUPS: Step = Step { number: 3, name: "lookups", sql: include_str!("../../resources/migrations/0003_lookups.sql") };
const PRINT: Step = Step { number: 5, name: "print", sql: include_str!("../../resources/migrations/0005_print.sql") };
const PEOPLE: Step = Step { number: 8, name: "people", sql: include_str!("../../resources/migrations/0008_people.sql") };
const SEALS: Step = Step { number: 10, name: "seals", sql: include_str!("../../resources/migrations/0010_seals.sql") };

/// The steps for SQLite. Those without an engine in their name are every engine's.
const SQLITE: [Step; 7] = [
    BOOKS,
    Step { number: 2, name: "text", sql: include_str!("../../resources/migrations/0002_text.sqlite.sql") },
    LOOKUPS,
    Step { number: 4, name: "planner", sql: include_str!("../../resources/migrations/0004_planner.sqlite.sql") },
    PRINT,
    PEOPLE,
    SEALS,
];

/// The steps for PostgreSQL.
const POSTGRES: [Step; 6] = [
    BOOKS,
    Step { number: 2, name: "text", sql: include_str!("../../resources/migrations/0002_text.postgres.sql") },
    LOOKUPS,
    PRINT,
    PEOPLE,
    SEALS,
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum BYTEA NOT NULL) /*heap*/;";

/// Applies what is missing, all of it or nothing.
pub fn migrate(engine: &mut Engine) -> Result<()> {
    match engine {
        Engine::Sqlite(_) => apply(engine, &SQLITE),
        Engine::Postgres(_) => apply(engine, &POSTGRES),
    }
}

/// Makes a database as the program before this one left it.
#[cfg(test)]
pub fn migrate_before_last(engine: &mut Engine) -> Result<()> {
    let (_, before) = SQLITE.split_last().ok_or(StoreError::PostedBefore)?;
    apply(engine, before)
}

/// Looks at what is on a server before anything is made there: another program's tables are left alone, and books are made
/// only when asked to.
pub fn recognise(engine: &mut Engine, address: &Address, create: bool) -> Result<()> {
    let (ours, tables) = engine.read(|tx| Ok::<_, StoreError>((tx.has_table("migration")?, tx.has_tables()?)))?;
    match (ours, tables, create) {
        (true, ..) | (false, false, true) => Ok(()),
        (false, true, _) => Err(StoreError::OthersTables(address.to_string())),
        (false, false, false) => Err(StoreError::NoBooks(address.to_string())),
    }
}

/// The number of this program's newest step: the form of its databases.
pub fn newest() -> i64 {
    SQLITE.last().map_or(0, |step| step.number)
}

/// The tables that every engine has, in the order in which they are made, with the columns of their keys.
pub fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let blocks = SQLITE.iter().flat_map(|step| step.sql.split("CREATE TABLE ").skip(1));
    blocks.filter_map(|block| {
        let (name, rest) = block.split_once(" (")?;
        let (columns, _) = rest.split_once(") /*")?;
        let key = columns.split_once("PRIMARY KEY (").and_then(|(_, key)| key.split_once(')'));
        Some((name, key.map_or("site", |(key, _)| key)))
    })
}

/// Whether a database has this program's form; `false` when it has an older one, an error when it has another.
pub fn is_current(engine: &mut Engine) -> Result<bool> {
    let steps: &[Step] = match engine {
        Engine::Sqlite(_) => &SQLITE,
        Engine::Postgres(_) => &POSTGRES,
    };
    engine.read(|tx| check(tx, steps)).map(|known| known.len() == steps.len())
}

fn apply(engine: &mut Engine, steps: &[Step]) -> Result<()> {
    let known = engine.read(|tx| check(tx, steps))?;
    if known.len() == steps.len() {
        return Ok(());
    }
    engine.write(|tx| {
        tx.execute_all(TABLE)?;
        let known = check(tx, steps)?;
        for step in steps.iter().filter(|step| !known.contains(&step.number)) {
            tx.execute_all(step.sql)?;
            let params = [step.number.into(), step.name.into(), Digest::of(step.sql.as_bytes()).into()];
            tx.execute("INSERT INTO migration (number, name, checksum) VALUES (?1, ?2, ?3)", &params)?;
        }
        Ok(())
    })
}

/// The numbers of the steps that the database has; an error when one of them is none of these. A step with a lower number may be
/// newer than the last one, where both were made side by side.
fn check(tx: &mut Tx<'_>, steps: &[Step]) -> Result<BTreeSet<i64>> {
    let mut known = BTreeSet::new();
    if !tx.has_table("migration")? {
        return Ok(known);
    }
    let rows = tx.query("SELECT number, name, checksum FROM migration ORDER BY number", &[])?;
    let newest = steps.last().map_or(0, |step| step.number);
    if let Some(last) = rows.last()
        && last.int(0)? > newest
    {
        return Err(StoreError::Newer { found: last.int(0)?, known: newest });
    }
    for row in &rows {
        let (number, checksum) = (row.int(0)?, row.digest(2)?);
        if !steps.iter().any(|step| step.number == number && Digest::of(step.sql.as_bytes()) == checksum) {
            return Err(StoreError::MigrationChanged { number, name: row.string(1)? });
        }
        known.insert(number);
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine(folder: &tempfile::TempDir) -> Engine {
        Engine::sqlite(&folder.path().join("books.db"), true).unwrap()
    }

    #[test]
    fn steps_are_applied_once() {
        let folder = tempfile::tempdir().unwrap();
        for _ in 0..2 {
            migrate(&mut engine(&folder)).unwrap();
        }
        let rows = engine(&folder).read(|tx| tx.query("SELECT number FROM migration", &[])).unwrap();
        assert_eq!(rows.len(), SQLITE.len());
    }

    #[test]
    fn changed_and_newer_steps_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let one = Step { number: 1, name: "one", sql: "CREATE TABLE a (x BIGINT) /*heap*/;" };
        let two = Step { number: 2, name: "two", sql: "CREATE TABLE b (x BIGINT) /*heap*/;" };
        let changed = Step { number: 1, name: "one", sql: "CREATE TABLE a (y BIGINT) /*heap*/;" };
        let steps = [one, two];
        apply(&mut engine(&folder), &steps).unwrap();
        let older = apply(&mut engine(&folder), &steps[..1]);
        assert!(matches!(older, Err(StoreError::Newer { found: 2, known: 1 })), "{older:?}");
        let [_, two] = steps;
        let other = apply(&mut engine(&folder), &[changed, two]);
        assert!(matches!(other, Err(StoreError::MigrationChanged { number: 1, .. })), "{other:?}");
    }

    #[test]
    fn a_step_that_fails_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let steps = [
            Step { number: 1, name: "one", sql: "CREATE TABLE a (x BIGINT) /*heap*/;" },
            Step { number: 2, name: "two", sql: "CREATE TABLE a (x BIGINT) /*heap*/;" },
        ];
        assert!(apply(&mut engine(&folder), &steps).is_err());
        assert!(!engine(&folder).read(|tx| tx.has_table("a")).unwrap());
    }
}
