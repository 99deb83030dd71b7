//! Copies of a SQLite file: made while desks write, looked at without touching them, put in the place of another.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::sqlite::{APPLICATION_ID, execute_all, failed, on_open, read_back};
use crate::planted::planted;
use crate::store::{Result, StoreError};

/// How long whoever wants a file alone waits for others to let go of it.
const ALONE_MS: u64 = 2_000;

/// Writes the books as they are at this moment into an empty file. Desks go on writing meanwhile; free pages stay behind.
pub fn write_into(connection: &Connection, target: &Path) -> Result<()> {
    let Some(target) = target.to_str() else {
        return Err(StoreError::Folder { path: target.to_owned(), reason: "its name is no text".to_owned() });
    };
    if planted("a backup copies the file as it lies there") {
        let books = connection.path().unwrap_or_default();
        return std::fs::copy(books, target).map(|_| ()).map_err(|error| StoreError::Engine(error.to_string()));
    }
    connection.execute("VACUUM INTO ?1", [target]).map(|_| ()).map_err(|error| failed(&error))
}

/// About how many bytes a copy will have.
pub fn size(connection: &Connection) -> Result<u64> {
    let number = |name| read_back(connection, name).map(|text| text.parse::<u64>().unwrap_or(0));
    Ok((number("page_count")?.saturating_sub(number("freelist_count")?)).saturating_mul(number("page_size")?))
}

/// Opens a copy that nobody writes to, to be looked at alone: no byte of it changes, and nothing appears beside it.
pub fn open_still(path: &Path) -> Result<Connection> {
    if !path.exists() {
        return Err(StoreError::NotThere(path.to_owned()));
    }
    let Some(text) = path.to_str() else {
        return Err(StoreError::Folder { path: path.to_owned(), reason: "its name is no text".to_owned() });
    };
    let name = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection =
        Connection::open_with_flags(format!("file:{name}?immutable=1"), flags).map_err(|error| on_open(path, &error))?;
    execute_all(&connection, "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON")?;
    if is_ours(&connection, path)? { Ok(connection) } else { Err(StoreError::NotOurs(path.to_owned())) }
}

/// Opens the books so that no other program can; whatever lay in the journal beside the file is in the file then.
///
/// # Errors
/// [`StoreError::Busy`] when another program has them open.
pub fn open_alone(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| on_open(path, &error))?;
    connection.busy_timeout(Duration::from_millis(ALONE_MS)).map_err(|error| failed(&error))?;
    execute_all(&connection, "PRAGMA trusted_schema=OFF")?;
    let empty = std::fs::metadata(path).is_ok_and(|file| file.len() == 0);
    if !empty && !is_ours(&connection, path)? {
        return Err(StoreError::NotOurs(path.to_owned()));
    }
    settle(&connection)?;
    // In this mode a lock that was taken is kept until the connection goes.
    execute_all(&connection, "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT")?;
    // Whoever came in between has a journal again.
    if read_back(&connection, "journal_mode")? == "delete" { Ok(connection) } else { Err(StoreError::Busy) }
}

/// Puts everything into the one file, so that nothing of it lies beside.
pub fn settle(connection: &Connection) -> Result<()> {
    let mode: String =
        connection.query_row("PRAGMA journal_mode=DELETE", [], |row| row.get(0)).map_err(|error| failed(&error))?;
    if mode == "delete" { Ok(()) } else { Err(StoreError::Busy) }
}

fn is_ours(connection: &Connection, path: &Path) -> Result<bool> {
    let id: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| on_open(path, &error))?;
    Ok(id == APPLICATION_ID)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::engine::sqlite::open;

    #[test]
    fn books_that_are_open_cannot_be_had_alone_and_a_wait_does_not_end_in_the_old_ones() {
        let folder = tempfile::tempdir().unwrap();
        let (books, other) = (folder.path().join("books.db"), folder.path().join("other.db"));
        let held = open(&books, true).unwrap();
        execute_all(&held, "CREATE TABLE a (x INTEGER) STRICT").unwrap();
        assert!(matches!(open_alone(&books), Err(StoreError::Busy)));
        drop(held);
        let new = open(&other, true).unwrap();
        new.execute_batch("PRAGMA user_version=7").unwrap();
        settle(&new).unwrap();
        drop(new);
        let alone = open_alone(&books).unwrap();
        let path = books.clone();
        let waiting = std::thread::spawn(move || open(&path, false));
        std::thread::sleep(Duration::from_millis(300));
        std::fs::rename(&other, &books).unwrap();
        drop(alone);
        match waiting.join().unwrap() {
            Err(StoreError::Busy) => {}
            Ok(late) => assert_eq!(read_back(&late, "user_version").unwrap(), "7", "the old books were opened"),
            Err(error) => panic!("{error}"),
        }
    }
}
