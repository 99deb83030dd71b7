//! SQLite: a file that is opened so that a commit, once answered, outlives a power cut, and that refuses to be opened
//! otherwise.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{
    Connection, DropBehavior, ErrorCode, MAIN_DB, OpenFlags, ToSql, Transaction, TransactionBehavior, TransactionState,
};
use rusqlite::{ffi, params_from_iter};

use super::{Row, Value};
use crate::domain::money::MoneyError;
use crate::planted::planted;
use crate::store::error::Broken;
use crate::store::{Result, StoreError};

/// What marks a file as one of this program: “CTSY”.
pub const APPLICATION_ID: i64 = 0x4354_5359;

/// How long a writer waits for another one.
const BUSY_MS: u64 = 10_000;

/// Bytes of the header that every database begins with.
const HEADER: u64 = 100;

/// How many prepared statements are kept.
const STATEMENTS: usize = 192;

/// File systems on which locks or commits are not what they promise to be.
const NETWORK: [&str; 8] = ["nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "fuse.sshfs"];

/// Settings, and what each must answer when it is read back.
const SETTINGS: [(&str, &str, &str); 9] = [
    ("journal_mode=WAL", "journal_mode", "wal"),
    ("synchronous=FULL", "synchronous", "2"),
    ("foreign_keys=ON", "foreign_keys", "1"),
    ("secure_delete=ON", "secure_delete", "1"),
    ("trusted_schema=OFF", "trusted_schema", "0"),
    ("cell_size_check=ON", "cell_size_check", "1"),
    ("wal_autocheckpoint=4000", "wal_autocheckpoint", "4000"),
    ("cache_size=-32768", "cache_size", "-32768"),
    ("busy_timeout=10000", "busy_timeout", "10000"),
];

/// Opens a file; makes it, and its folder, when asked to.
pub fn open(path: &Path, create: bool) -> Result<Connection> {
    if !create && !path.exists() {
        return Err(StoreError::NotThere(path.to_owned()));
    }
    let folder = folder(path);
    if create {
        std::fs::create_dir_all(&folder)
            .map_err(|error| StoreError::Folder { path: path.to_owned(), reason: error.to_string() })?;
    }
    if let Some(kind) = network_kind(&folder) {
        return Err(StoreError::NetworkFolder { path: path.to_owned(), kind });
    }
    // What is shorter than a database's header would be taken for a new one, and written over.
    if std::fs::metadata(path).is_ok_and(|file| file.is_file() && (1..HEADER).contains(&file.len())) {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, create);
    let before = identity(path);
    let connection = Connection::open_with_flags(path, flags).map_err(|error| on_open(path, &error))?;
    connection.busy_timeout(Duration::from_millis(BUSY_MS)).map_err(|error| failed(&error))?;
    recognise(&connection, path)?;
    // While this one waited, a backup may have been put in the file's place; what is open then are the old books.
    if before.is_some() && identity(path) != before {
        return Err(StoreError::Busy);
    }
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Else a statement is planned anew for every value that might fit a partial index, which costs more than running it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|error| failed(&error))?;
    for (set, name, wanted) in SETTINGS {
        apply(&connection, set, name, wanted)?;
    }
    if planted("erased without cleaning") {
        execute_all(&connection, "PRAGMA secure_delete=OFF")?;
    }
    if planted("commits that do not wait for the disk") {
        apply(&connection, "synchronous=OFF", "synchronous", "0")?;
    }
    Ok(connection)
}

/// Which file has a name now, where the system tells.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(path).ok().map(|file| (file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
}

fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned)
}

/// The kind of network file system that a folder lies on, where the system tells.
fn network_kind(folder: &Path) -> Option<String> {
    let folder = folder.canonicalize().ok()?;
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    kind_of_mount(&mounts, &folder).filter(|kind| NETWORK.contains(&kind.as_str()))
}

/// The file system of the innermost mount that holds a folder.
fn kind_of_mount(mounts: &str, folder: &Path) -> Option<String> {
    let mut innermost: Option<(usize, &str)> = None;
    for line in mounts.lines() {
        let mut halves = line.splitn(2, " - ");
        let point = halves.next().and_then(|half| half.split(' ').nth(4));
        let kind = halves.next().and_then(|half| half.split(' ').next());
        let (Some(point), Some(kind)) = (point, kind) else { continue };
        let point = point.replace("\\040", " ");
        if folder.starts_with(&point) && innermost.is_none_or(|(length, _)| length <= point.len()) {
            innermost = Some((point.len(), kind));
        }
    }
    innermost.map(|(_, kind)| kind.to_owned())
}

/// Refuses a file of another program, and marks a new one.
fn recognise(connection: &Connection, path: &Path) -> Result<()> {
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| on_open(path, &error));
    let id = number("PRAGMA application_id")?;
    if id == APPLICATION_ID {
        return Ok(());
    }
    if id != 0 || number("SELECT COUNT(*) FROM sqlite_schema")? != 0 {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID).map_err(|error| failed(&error))?;
    if number("PRAGMA application_id")? == APPLICATION_ID { Ok(()) } else { Err(StoreError::NotOurs(path.to_owned())) }
}

fn apply(connection: &Connection, set: &'static str, name: &str, wanted: &str) -> Result<()> {
    connection.execute_batch(&format!("PRAGMA {set}")).map_err(|error| failed(&error))?;
    let found = read_back(connection, name)?;
    if found == wanted { Ok(()) } else { Err(StoreError::SettingRefused { setting: set, found }) }
}

/// Whether rows that name others are watched, from the next transaction on.
pub fn watch(connection: &Connection, on: bool) -> Result<()> {
    let (set, wanted) = if on { ("foreign_keys=ON", "1") } else { ("foreign_keys=OFF", "0") };
    apply(connection, set, "foreign_keys", wanted)
}

/// An error where a row names another one that is not there.
pub fn watch_references(connection: &Connection) -> Result<()> {
    scan(connection, "PRAGMA foreign_key_check", &[], &mut |row| {
        let found = format!("{} > {}", row.text(0)?, row.text(2)?);
        Err(StoreError::Damaged { place: "the database file".to_owned(), found, wanted: "rows that name what is there" })
    })
}

pub(super) fn read_back(connection: &Connection, name: &str) -> Result<String> {
    let text = |value: ValueRef<'_>| match value {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).to_lowercase(),
        _ => String::new(),
    };
    connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get_ref(0).map(text)).map_err(|error| failed(&error))
}

/// Begins a transaction; a writer takes its lock at once, so that it never fails half way for want of it.
pub fn begin(connection: &mut Connection, write: bool) -> Result<Transaction<'_>> {
    if planted("answered before the commit") && !connection.is_autocommit() {
        execute_all(connection, "COMMIT")?;
    }
    let behavior = if write { TransactionBehavior::Immediate } else { TransactionBehavior::Deferred };
    connection.transaction_with_behavior(behavior).map_err(|error| failed(&error))
}

/// Commits; an error here leaves unknown whether it was written, but for a full disk: what says that a transaction is committed is
/// written last, and there was no room for it.
pub fn commit(mut transaction: Transaction<'_>) -> Result<()> {
    if planted("answered before the commit") {
        // It is committed when the next one begins.
        transaction.set_drop_behavior(DropBehavior::Ignore);
        return Ok(());
    }
    match transaction.commit() {
        Err(_) if planted("errors of the commit are not heard") => Ok(()),
        answer => answer.map_err(|error| match failed(&error) {
            known @ (StoreError::Busy | StoreError::DiskFull) => known,
            _ => StoreError::CommitUnknown(error.to_string()),
        }),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Runs a statement; answers how many rows it changed.
pub fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<usize> {
    #[cfg(test)]
    super::plans::remember(sql);
    let mut statement = connection.prepare_cached(sql).map_err(|error| failed(&error))?;
    statement.execute(params_from_iter(params)).map_err(|error| failed(&error))
}

/// Runs statements that are known beforehand and take no values.
pub fn execute_all(connection: &Connection, sql: &str) -> Result<()> {
    connection.execute_batch(sql).map_err(|error| failed(&error))
}

/// Asks and answers all rows.
pub fn query(connection: &Connection, sql: &str, params: &[Value]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    scan(connection, sql, params, &mut |row| {
        rows.push(row);
        Ok(())
    })?;
    Ok(rows)
}

/// Asks and hands each row over as it comes.
pub fn scan(connection: &Connection, sql: &str, params: &[Value], each: &mut dyn FnMut(Row) -> Result<()>) -> Result<()> {
    #[cfg(test)]
    super::plans::remember(sql);
    let mut statement = connection.prepare_cached(sql).map_err(|error| failed(&error))?;
    let columns = statement.column_count();
    let mut rows = statement.query(params_from_iter(params)).map_err(|error| failed(&error))?;
    while let Some(row) = rows.next().map_err(|error| failed(&error))? {
        let mut values = Vec::with_capacity(columns);
        for column in 0..columns {
            values.push(value(row.get_ref(column).map_err(|error| failed(&error))?)?);
        }
        each(Row(values))?;
    }
    Ok(())
}

/// The one map of types: what the migrations are written in, as SQLite has it.
pub fn own_types(sql: &str) -> String {
    sql.replace("BIGINT", "INTEGER")
        .replace("BYTEA", "BLOB")
        .replace("/*heap*/", "STRICT")
        .replace("/*clustered*/", "STRICT, WITHOUT ROWID")
}

/// Another connection to the same file that only reads, for a thread of its own; none where it would not see the same.
pub fn second(connection: &Connection) -> Result<Option<Connection>> {
    let Some(path) = connection.path().filter(|path| !path.is_empty()).map(Path::new) else { return Ok(None) };
    if connection.is_readonly(MAIN_DB).map_err(|error| failed(&error))? {
        // Others may write to books that this one may only read; of their journal a copy opened as still would know nothing.
        let may_change = read_back(connection, "journal_mode")? == "wal";
        return if may_change { Ok(None) } else { super::copy::open_still(path).map(Some) };
    }
    let writes = matches!(connection.transaction_state(Some(MAIN_DB)), Ok(TransactionState::Write) | Err(_));
    if writes || read_back(connection, "locking_mode")? == "exclusive" {
        return Ok(None);
    }
    // A connection that was opened to read only knows no CHECK rules, and would find none broken.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let second = Connection::open_with_flags(path, flags).map_err(|error| on_open(path, &error))?;
    second.busy_timeout(Duration::from_millis(BUSY_MS)).map_err(|error| failed(&error))?;
    for set in ["query_only=ON", "trusted_schema=OFF", "cell_size_check=ON", "cache_size=-32768"] {
        execute_all(&second, &format!("PRAGMA {set}"))?;
    }
    Ok(Some(second))
}

/// What SQLite finds wrong with the file: pages, indexes, rules of columns, rows that name others that are not there.
pub fn faults(connection: &Connection) -> Result<Vec<String>> {
    let mut faults = Vec::new();
    scan(connection, "PRAGMA integrity_check(20)", &[], &mut |row| {
        faults.push(row.string(0)?);
        Ok(())
    })?;
    faults.retain(|fault| fault != "ok");
    scan(connection, "PRAGMA foreign_key_check", &[], &mut |row| {
        faults.push(format!("{} > {}", row.text(0)?, row.text(2)?));
        Ok(())
    })?;
    faults.dedup();
    faults.truncate(20);
    Ok(faults)
}

/// Leaves nothing in the file and its journal of what was deleted: every page is written anew, and the journal ends.
pub fn clean(connection: &Connection) -> Result<()> {
    empty_journal(connection)?;
    execute_all(connection, "VACUUM")?;
    empty_journal(connection)
}

/// Brings all of the journal into the file and cuts it to nothing; an error while somebody still looks at what is in it.
fn empty_journal(connection: &Connection) -> Result<()> {
    let busy = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
    if busy.map_err(|error| failed(&error))? == 0 { Ok(()) } else { Err(StoreError::Busy) }
}

fn value(value: ValueRef<'_>) -> Result<Value> {
    Ok(match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Text(text) => {
            Value::Text(std::str::from_utf8(text).map_err(|_| damaged("bytes that are no text", "text"))?.to_owned())
        }
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
        ValueRef::Real(_) => return Err(damaged("a fraction", "a whole number")),
    })
}

fn damaged(found: &str, wanted: &'static str) -> StoreError {
    StoreError::Damaged { place: "an answer".to_owned(), found: found.to_owned(), wanted }
}

pub(super) fn on_open(path: &Path, error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotOurs(path.to_owned()),
        Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
            StoreError::Folder { path: path.to_owned(), reason: error.to_string() }
        }
        _ => failed(error),
    }
}

pub(super) fn failed(error: &rusqlite::Error) -> StoreError {
    // Where the file that all who have the books open share cannot be made as long as it must be.
    if error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_IOERR_SHMSIZE) {
        return StoreError::DiskFull;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
        Some(ErrorCode::DiskFull) => StoreError::DiskFull,
        Some(ErrorCode::DatabaseCorrupt) => {
            StoreError::Damaged { place: "the database file".to_owned(), found: error.to_string(), wanted: "a whole database" }
        }
        Some(ErrorCode::ConstraintViolation) => StoreError::rule(broken(error), error.to_string()),
        _ if error.to_string() == OVERFLOW => MoneyError::Overflow.into(),
        _ if told(error).contains(OTHER_FORMAT) => {
            StoreError::Damaged { place: "text_index".to_owned(), found: told(error), wanted: "an index of texts" }
        }
        _ if told(error) == PART_GONE => StoreError::Lacking(format!("a part of text_index: {PART_GONE}")),
        _ if LACKING.iter().any(|lacking| told(error).contains(lacking)) => StoreError::Lacking(told(error)),
        _ => StoreError::Engine(told(error)),
    }
}

/// What SQLite says where one of the tables is gone in which it keeps the index of texts.
const PART_GONE: &str = "SQL logic error";

/// What SQLite says where the index of texts does not know its own form any more.
const OTHER_FORMAT: &str = "invalid fts5 file format";

/// What SQLite says, without the statement it says it of.
fn told(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// What SQLite says of tables, columns and keys that are asked for and not there, the tables of its search among them.
const LACKING: [&str; 5] =
    ["no such table: ", "no such column: ", " has no column named ", "foreign key mismatch", "vtable constructor failed: "];

/// What SQLite says of whole numbers whose sum is none any more.
const OVERFLOW: &str = "integer overflow";

/// Which kind of rule a table's refusal was about.
fn broken(error: &rusqlite::Error) -> Broken {
    match error.sqlite_error().map(|error| error.extended_code) {
        Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID) => Broken::Twice,
        Some(ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Broken::Names,
        Some(ffi::SQLITE_CONSTRAINT_NOTNULL) => Broken::Missing,
        _ => Broken::Range,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_folder_is_known_by_its_mount() {
        let mounts = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:45 / /srv/till\\040share rw shared:1 - nfs4 box:/x rw\n";
        for (folder, kind) in [("/home/desk", "ext4"), ("/srv/till share/books", "nfs4"), ("/srv/tills", "ext4")] {
            assert_eq!(kind_of_mount(mounts, Path::new(folder)).as_deref(), Some(kind), "{folder}");
        }
    }

    #[test]
    fn settings_are_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let connection = open(&folder.path().join("new/books.db"), true).unwrap();
        for (_, name, wanted) in SETTINGS {
            assert_eq!(read_back(&connection, name).unwrap(), wanted, "{name}");
        }
        assert_eq!(read_back(&connection, "application_id").unwrap(), APPLICATION_ID.to_string());
        let memory = Connection::open_in_memory().unwrap();
        assert!(matches!(
            apply(&memory, SETTINGS[0].0, SETTINGS[0].1, SETTINGS[0].2),
            Err(StoreError::SettingRefused { setting: "journal_mode=WAL", .. })
        ));
    }

    #[test]
    fn foreign_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let (text, other) = (folder.path().join("notes.txt"), folder.path().join("other.db"));
        std::fs::write(&text, "not a database at all, but long enough to look at".repeat(40)).unwrap();
        Connection::open(&other).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        for path in [&text, &other] {
            assert!(matches!(open(path, true), Err(StoreError::NotOurs(_))), "{}", path.display());
        }
        assert!(matches!(open(&folder.path().join("none.db"), false), Err(StoreError::NotThere(_))));
    }
}
