//! Brings a database to this program's form, step by numbered step. A step that has landed is never edited: its sum is
//! kept in the database, and one that is not this program's own is refused, as is a database of a newer program.

use std::collections::BTreeSet;

use super::engine::{Address, Engine, postgres};
use super::{Result, StoreError, Tx, tally};
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
const SEALS: Step = Step { number: 10, name: "seals", sql: include_str!("../../resources/migrations/0010_seals.sql") };
const PEOPLE: Step = Step { number: 12, name: "people", sql: include_str!("../../resources/migrations/0012_people.sql") };
const SUMS: Step = Step { number: 13, name: "sums", sql: include_str!("../../resources/migrations/0013_sums.sql") };

/// The steps for SQLite. Those without an engine in their name are every engine's.
const SQLITE: [Step; 10] = [
    BOOKS,
    Step { number: 2, name: "text", sql: include_str!("../../resources/migrations/0002_text.sqlite.sql") },
    LOOKUPS,
    Step { number: 4, name: "planner", sql: include_str!("../../resources/migrations/0004_planner.sqlite.sql") },
    PRINT,
    SEALS,
    Step { number: 11, name: "privacy", sql: include_str!("../../resources/migrations/0011_privacy.sqlite.sql") },
    PEOPLE,
    SUMS,
    Step { number: 14, name: "rows", sql: include_str!("../../resources/migrations/0014_rows.sqlite.sql") },
];

/// The steps for PostgreSQL.
const POSTGRES: [Step; 8] = [
    BOOKS,
    Step { number: 2, name: "text", sql: include_str!("../../resources/migrations/0002_text.postgres.sql") },
    LOOKUPS,
    PRINT,
    SEALS,
    Step { number: 11, name: "privacy", sql: include_str!("../../resources/migrations/0011_privacy.postgres.sql") },
    PEOPLE,
    SUMS,
];

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migration (
    number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum BYTEA NOT NULL) /*heap*/;";

/// Applies what is missing, all of it or nothing.
pub fn migrate(engine: &mut Engine) -> Result<()> {
    let steps = steps_of(engine);
    apply(engine, steps)
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
    let look = |tx: &mut Tx<'_>| Ok::<_, StoreError>((tx.has_schema()?, has_steps(tx)?, tx.has_tables()?));
    let (schema, ours, tables) = engine.read(look)?;
    if !schema {
        return Err(StoreError::NotAllowed("it may use no schema there, or the one that was named is not there".to_owned()));
    }
    match (ours, tables, create) {
        (true, ..) | (false, false, true) => Ok(()),
        (false, true, _) => Err(StoreError::OthersTables(address.to_string())),
        (false, false, false) => Err(StoreError::NoBooks(address.to_string())),
    }
}

/// The number of a database's last step, its form; `None` where nothing is made yet.
///
/// # Errors
/// Where tables stand and no step is noted that made them.
pub fn form(engine: &mut Engine) -> Result<Option<i64>> {
    engine.read(|tx| {
        if !has_steps(tx)? {
            return Ok(None);
        }
        let last = tx.one("SELECT number FROM migration ORDER BY number DESC LIMIT 1", &[])?;
        match last {
            Some(last) => last.int(0).map(Some),
            None if has_books(tx)? => Err(undone(0)),
            None => Ok(None),
        }
    })
}

/// Whether a database has a list of the steps that built it; an error where the books stand without one.
fn has_steps(tx: &mut Tx<'_>) -> Result<bool> {
    let has = tx.has_table("migration")?;
    if !has && has_books(tx)? { Err(undone(0)) } else { Ok(has) }
}

/// Whether tables are there that no other program is likely to have.
fn has_books(tx: &mut Tx<'_>) -> Result<bool> {
    let has_own = tx.has_table("approval_used")? || tx.has_table("kept_aside")?;
    Ok(has_own || (tx.is_file() && tx.has_table("setting")? && tx.has_table("posting")?))
}

/// Steps are gone from the list of those that built the books.
pub fn undone(form: i64) -> StoreError {
    let found = if form == 0 { "no step".to_owned() } else { format!("step {form} as the last one") };
    let place = "the list of steps that built the books".to_owned();
    StoreError::Damaged { place, found, wanted: "every step that they are known to have had" }
}

/// Steps are gone from the list before one that is in it.
fn gone_before(number: i64) -> StoreError {
    let place = "the list of steps that built the books".to_owned();
    StoreError::Damaged {
        place,
        found: format!("step {number} without all before it"),
        wanted: "every step that built the books",
    }
}

/// The number of this program's newest step: the form of its databases.
pub fn newest() -> i64 {
    SQLITE.last().map_or(0, |step| step.number)
}

/// The number of the newest step on an engine.
pub fn newest_of(engine: &Engine) -> i64 {
    steps_of(engine).last().map_or(0, |step| step.number)
}

fn steps_of(engine: &Engine) -> &'static [Step] {
    match engine {
        Engine::Sqlite(_) => &SQLITE,
        Engine::Postgres(_) => &POSTGRES,
    }
}

/// The tables that every engine has, in the order in which they are made, with the columns of their keys.
pub fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let blocks = SQLITE.iter().flat_map(|step| step.sql.split("CREATE TABLE ").skip(1));
    blocks.filter_map(|block| {
        let (name, rest) = block.split_once(" (")?;
        // A table that is made anew takes the place and the name of the one before.
        if rest.contains(&format!("ALTER TABLE {name} RENAME TO")) {
            return None;
        }
        let (columns, _) = rest.split_once(") /*")?;
        let key = columns.split_once("PRIMARY KEY (").and_then(|(_, key)| key.split_once(')'));
        Some((name, key.map_or("site", |(key, _)| key)))
    })
}

/// What stands in a database besides this program's own form: rows of another site, and whatever its schema has more, less or
/// otherwise than a new one; a trigger would change the books behind the program's back.
pub fn strangers(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    let (new, here) = if tx.is_file() { (new_file(&SQLITE)?, schema(tx)?) } else { on_server(tx)? };
    let otherwise: BTreeSet<&str> = new.symmetric_difference(&here).map(|(_, name, _)| name.as_str()).collect();
    let is_whole = |table: &str| !otherwise.iter().any(|name| name.split('.').next() == Some(table));
    let mut strange: Vec<String> = otherwise.iter().map(|name| format!("the form of {name}")).collect();
    // A table of another form need not have the column that is asked for.
    for (table, _) in tables().filter(|(table, _)| is_whole(table)) {
        let sql = format!("SELECT 1 FROM {table} WHERE site < ?1 OR site > ?1 LIMIT 1");
        if tx.one(&sql, &[tx.site()])?.is_some() {
            strange.push(format!("rows of another site in {table}"));
        }
    }
    Ok(strange)
}

/// Triggers in a file, and what hides as something else: no step makes one, and each would change the books behind the program's back
/// from the first posting on.
pub fn triggers(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    if !tx.is_file() {
        return Ok(Vec::new());
    }
    let rows = tx.query(
        "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index') OR sql LIKE '%trigger%' ORDER BY name",
        &[],
    )?;
    rows.iter().map(|row| Ok(format!("the form of {}", row.text(0)?))).collect()
}

/// What stands in a file besides what these steps made: afterwards nobody could tell.
fn besides(tx: &mut Tx<'_>, steps: &[Step]) -> Result<Option<String>> {
    let own: BTreeSet<(String, String)> = new_file(steps)?.into_iter().map(|(kind, name, _)| (kind, name)).collect();
    let here = schema(tx)?.into_iter().map(|(kind, name, _)| (kind, name));
    // What the engine makes for a table's keys goes and comes with the table.
    let mut added = here.filter(|part| !own.contains(part) && !part.1.starts_with("sqlite_autoindex_"));
    Ok(added.next().map(|(_, name)| format!("the form of {name}")))
}

/// The form of a new file that these steps make.
fn new_file(steps: &[Step]) -> Result<BTreeSet<Form>> {
    let mut own = Engine::in_memory()?;
    apply(&mut own, steps)?;
    own.read(schema)
}

/// A part of a schema: its kind or its table, its name, and how it is.
type Form = (String, String, String);

/// Every part of a file's schema, and what its planner believes.
fn schema(tx: &mut Tx<'_>) -> Result<BTreeSet<Form>> {
    let mut sql = "SELECT type, name, tbl_name || ': ' || COALESCE(sql, '') FROM sqlite_schema".to_owned();
    if tx.has_table("sqlite_stat1")? {
        sql.push_str(" UNION ALL SELECT 'stat', tbl, COALESCE(idx, '') || ': ' || COALESCE(stat, '') FROM sqlite_stat1");
    }
    tx.query(&sql, &[])?.iter().map(|row| Ok((row.string(0)?, row.string(1)?, row.string(2)?))).collect()
}

/// The form that this program's tables have on a new server and the one that they have here; others' tables do not count. There is
/// nothing to compare where the server is not PostgreSQL itself, for others name things otherwise.
fn on_server(tx: &mut Tx<'_>) -> Result<(BTreeSet<Form>, BTreeSet<Form>)> {
    let version = tx.one("SELECT version()", &[])?.map_or(Ok(String::new()), |row| row.string(0))?;
    if !postgres::is_postgres(&version) {
        return Ok((BTreeSet::new(), BTreeSet::new()));
    }
    let new: BTreeSet<Form> = postgres::OWN_FORM.lines().map(kept_form).collect();
    let tables: BTreeSet<&str> = new.iter().map(|(table, ..)| table.as_str()).collect();
    let mut here = BTreeSet::new();
    for row in tx.query(postgres::FORM, &[])? {
        if tables.contains(row.text(0)?) {
            here.insert((row.string(0)?, row.string(2)?, format!("{} {}", row.text(1)?, row.text(3)?)));
        }
    }
    Ok((new, here))
}

/// A part of the form as it is kept: table, kind, name, and how it is.
fn kept_form(line: &str) -> Form {
    let mut words = line.splitn(4, ' ');
    let mut word = || words.next().unwrap_or_default();
    let (table, kind, name, how) = (word(), word(), word(), word());
    (table.to_owned(), name.to_owned(), format!("{kind} {how}"))
}

/// Whether a database has this program's form; `false` when it has an older one, an error when it has another.
pub fn is_current(engine: &mut Engine) -> Result<bool> {
    let steps = steps_of(engine);
    engine.read(|tx| check(tx, steps)).map(|known| known == steps.len())
}

fn apply(engine: &mut Engine, steps: &[Step]) -> Result<()> {
    let known = engine.read(|tx| check(tx, steps))?;
    if known == steps.len() {
        return Ok(());
    }
    let made = engine.rebuild(|tx| {
        tx.execute_all(TABLE)?;
        let known = check(tx, steps)?;
        if known > 0
            && tx.is_file()
            && let Some(strange) = besides(tx, steps.get(..known).unwrap_or(steps))?
        {
            return Err(misfit(strange));
        }
        for step in steps.iter().skip(known) {
            tx.execute_all(step.sql)?;
            if step.number == SUMS.number {
                tally::begin(tx)?;
            }
            let params = [step.number.into(), step.name.into(), Digest::of(step.sql.as_bytes()).into()];
            tx.execute("INSERT INTO migration (number, name, checksum) VALUES (?1, ?2, ?3)", &params)?;
        }
        tx.watch_references()
    });
    match made {
        // What stood in the books before does not fit into them now: it was never written by the program.
        Err(StoreError::Rule { broken, .. }) if known > 0 => Err(misfit(broken.to_string())),
        made => made,
    }
}

fn misfit(found: String) -> StoreError {
    StoreError::Damaged { place: "the database of an older form".to_owned(), found, wanted: "what this program wrote" }
}

/// How many steps the database has; an error when they are not the first of these.
fn check(tx: &mut Tx<'_>, steps: &[Step]) -> Result<usize> {
    if !has_steps(tx)? {
        return Ok(0);
    }
    let rows = tx.query("SELECT number, name, checksum FROM migration ORDER BY number", &[])?;
    let newest = steps.last().map_or(0, |step| step.number);
    if let Some(last) = rows.last()
        && last.int(0)? > newest
    {
        return Err(StoreError::Newer { found: last.int(0)?, known: newest });
    }
    for (i, row) in rows.iter().enumerate() {
        let (number, checksum) = (row.int(0)?, row.digest(2)?);
        let name = row.text(1)?;
        let is = |step: &Step| step.number == number && step.name == name && Digest::of(step.sql.as_bytes()) == checksum;
        if !steps.get(i).is_some_and(is) {
            if steps.iter().any(is) {
                return Err(gone_before(number));
            }
            return Err(StoreError::MigrationChanged { number, name: name.to_owned() });
        }
    }
    Ok(rows.len())
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
    fn a_step_that_is_gone_from_the_list_is_missed() {
        let folder = tempfile::tempdir().unwrap();
        let mut books = engine(&folder);
        migrate(&mut books).unwrap();
        books.write(|tx| tx.execute_all("DELETE FROM migration WHERE number = 11")).unwrap();
        let told = migrate(&mut books);
        let is_told = |found: &str| found == "step 12 without all before it";
        assert!(matches!(&told, Err(StoreError::Damaged { found, .. }) if is_told(found)), "{told:?}");
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

    /// A document and a posting that names it, as any form of the books keeps them.
    const BOOKED: &str = "
        INSERT INTO document (site, desk, sequence, id, request, request_hash, job, at_us, offset_min, business_date, clerk, currency,
            total_minor, previous, hash, body, paper)
        VALUES (1, 1, 1, zeroblob(16), zeroblob(16), zeroblob(32), 'refund', 1, 120, '2026-03-01', 1, 'EUR', 500, zeroblob(32),
            zeroblob(32), x'0102', 'paper');
        INSERT INTO posting (site, desk, sequence, no, account, currency, amount_minor) VALUES (1, 1, 1, 1, 'cash', 'EUR', -500);";

    /// A posting that names no document.
    const LOST: &str = "INSERT INTO posting (site, desk, sequence, no, account, currency, amount_minor) VALUES (1, 1, 2, 1, 'cash', 'EUR', -500);";

    fn booked(engine: &mut Engine) -> Vec<(String, i64)> {
        let sql = "SELECT paper, amount_minor FROM document d, posting p WHERE (p.site, p.desk, p.sequence) = (d.site, d.desk, d.sequence)
            AND d.body = x'0102' AND d.total_minor = 500 AND d.member IS NULL";
        let rows = engine.read(|tx| tx.query(sql, &[])).unwrap();
        rows.iter().map(|row| (row.string(0).unwrap(), row.int(1).unwrap())).collect()
    }

    #[test]
    fn the_last_step_keeps_what_is_booked_and_what_names_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut books = engine(&folder);
        migrate_before_last(&mut books).unwrap();
        books.write(|tx| tx.execute_all(BOOKED)).unwrap();
        migrate(&mut books).unwrap();
        assert_eq!(booked(&mut books), [("paper".to_owned(), -500)]);
        let orphan = books.write(|tx| tx.execute_all(LOST));
        assert!(orphan.is_err(), "a posting without its document was taken");
        assert_eq!(books.read(strangers).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_somebody_added_to_older_books_is_told_and_not_taken_away() {
        for sql in [
            "CREATE TRIGGER spy AFTER INSERT ON document BEGIN DELETE FROM posting; END;",
            "CREATE VIEW spy AS SELECT * FROM document;",
            "CREATE INDEX spy ON document (clerk);",
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut books = engine(&folder);
            migrate_before_last(&mut books).unwrap();
            books.write(|tx| tx.execute_all(sql)).unwrap();
            let told = migrate(&mut books);
            assert!(matches!(&told, Err(StoreError::Damaged { found, .. }) if found == "the form of spy"), "{sql} {told:?}");
            let kept = books.read(|tx| tx.one("SELECT 1 FROM sqlite_schema WHERE name = 'spy'", &[])).unwrap();
            assert!(kept.is_some() && !is_current(&mut books).unwrap(), "{sql}");
        }
    }

    #[test]
    fn books_without_a_list_of_their_steps_are_not_built_anew() {
        let folder = tempfile::tempdir().unwrap();
        let mut books = engine(&folder);
        migrate(&mut books).unwrap();
        books.write(|tx| tx.execute_all("DROP TABLE migration")).unwrap();
        for told in [migrate(&mut books).err(), form(&mut books).err(), is_current(&mut books).err()] {
            assert!(matches!(&told, Some(StoreError::Damaged { found, .. }) if found == "no step"), "{told:?}");
        }
    }

    #[test]
    fn books_whose_rows_name_what_is_gone_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let mut books = engine(&folder);
        migrate_before_last(&mut books).unwrap();
        books.rebuild(|tx| tx.execute_all(&format!("{BOOKED}{LOST}"))).unwrap();
        let refused = migrate(&mut books);
        assert!(matches!(&refused, Err(StoreError::Damaged { found, .. }) if found == "posting > document"), "{refused:?}");
        assert!(!is_current(&mut books).unwrap());
        assert_eq!(booked(&mut books), [("paper".to_owned(), -500)]);
    }
}
