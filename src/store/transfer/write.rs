//! Writing the books out.

use std::io::{self, BufWriter, Seek as _, Write as _};
use std::path::Path;

use super::TransferError;
use super::line::{Beginning, Cell, Columns, Content, End, Running};
use super::tables::tables;
use crate::store::backup::{Stage, Tell};
use crate::store::{Place, Store, StoreError, Tx, person};

/// Writes all of the books at a place, as they are at one moment, to a file on the disk.
///
/// # Errors
/// When there are none, or the file cannot be written.
pub fn write(place: &Place, file: &mut std::fs::File, name: &Path, tell: Tell<'_>) -> Result<End, TransferError> {
    let unusable = |source: io::Error| TransferError::File { path: name.to_owned(), source };
    let mut store = Store::open_at(place, false)?;
    let erased = store.outside().erased()?;
    let end = store.read(|tx| {
        person::nobody_is_known_again(tx, &erased)?;
        // A server may ask for the work once more.
        file.set_len(0).and_then(|()| file.rewind()).map_err(unusable)?;
        let mut output = BufWriter::new(&mut *file);
        let end = all(tx, &mut output, name, tell)?;
        output.flush().map_err(unusable)?;
        Ok::<_, TransferError>(end)
    })?;
    file.sync_all().map_err(unusable)?;
    Ok(end)
}

fn all(tx: &mut Tx<'_>, output: &mut dyn io::Write, name: &Path, tell: Tell<'_>) -> Result<End, TransferError> {
    let mut running = Running::new();
    let mut put = |content: &Content| -> Result<(), TransferError> {
        running.write(output, content)?.map_err(|source| TransferError::File { path: name.to_owned(), source })
    };
    put(&Content::Courtesy(Beginning::own()))?;
    let tables = tables(tx)?;
    let mut total = 0;
    for table in &tables {
        total += table.count(tx)?;
    }
    let mut rows = 0;
    for table in &tables {
        put(&Content::Table(Columns { name: table.name.to_owned(), columns: table.columns.clone() }))?;
        // What goes wrong with the file inside the engine's loop is carried past it.
        let mut failed = None;
        let scanned = tx.scan(&table.select(), &[tx.site()], &mut |row| {
            rows += 1;
            tell(Stage::Copying, rows, total);
            let cells = (0..table.columns.len()).map(|column| Cell::from(row.value(column))).collect();
            put(&Content::Row(cells)).map_err(|error| {
                failed = Some(error);
                StoreError::Engine("the file could not be written".to_owned())
            })
        });
        if let Some(error) = failed {
            return Err(error);
        }
        scanned?;
    }
    let end = End::of(tx, rows)?;
    put(&Content::End(end.clone()))?;
    Ok(end)
}
