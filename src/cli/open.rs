//! Where the database is, and opening a desk on it: for the window and for every command.

use std::path::{Path, PathBuf};

use courtesy::desk::{Desk, SystemClock, demo};
use courtesy::domain::ids::DeskNo;
use courtesy::gui::{self, Start};
use courtesy::receipt::print::{Lp, Printer};
use courtesy::text::Language;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use super::{Common, Ended, Failure, Window, words};

/// The database that was named, or the one in the user's data folder.
pub(super) fn database(common: &Common) -> Result<PathBuf, Failure> {
    if let Some(path) = &common.database {
        return Ok(path.clone());
    }
    let (top_level_domain, author, app_name) = ("org".to_owned(), "courtesy".to_owned(), "courtesy".to_owned());
    let folders = choose_app_strategy(AppStrategyArgs { top_level_domain, author, app_name }).map_err(|error| {
        Failure::Environment(format!("your data folder cannot be found ({error}); name a database with --database"))
    })?;
    Ok(folders.in_data_dir("courtesy.db"))
}

/// Where receipts go: the named queue, or a folder beside the database.
fn printer(database: &Path, queue: Option<&str>) -> Printer {
    match queue {
        Some(queue) => Printer::Lp(Lp::queue(Some(queue.to_owned()))),
        None => Printer::Folder(database.with_file_name("receipts")),
    }
}

/// A desk on the database, for commands; nobody stands there who takes paper home.
pub(super) fn desk(common: &Common) -> Result<Desk, Failure> {
    desk_with(common, Printer::Nowhere)
}

/// A desk for commands that print: to the named queue, or into the folder beside the database.
pub(super) fn printing_desk(common: &Common, queue: Option<&str>) -> Result<Desk, Failure> {
    desk_with(common, printer(&database(common)?, queue))
}

fn desk_with(common: &Common, printer: Printer) -> Result<Desk, Failure> {
    Ok(Desk::open_path(&database(common)?, DeskNo(common.desk), Box::new(SystemClock), printer)?)
}

/// Opens the window: on the practice shop, on the shop's own books, or for the first start.
pub(super) fn open(common: &Common, window: &Window) -> Result<Ended, Failure> {
    let words = words(common)?;
    let language = words.language();
    let start = if window.demo { practice(window, language)? } else { own(common, window)? };
    gui::run(start, words).map(|()| Ended::Done).map_err(|error| {
        Failure::Environment(format!(
            "the window cannot be opened: {error}; a display (X11 or Wayland) is needed; nothing was booked"
        ))
    })
}

fn practice(window: &Window, language: Language) -> Result<Start, Failure> {
    Ok(Start::Practice(Box::new(demo::open(window.seed, window.today, language.code())?)))
}

fn own(common: &Common, window: &Window) -> Result<Start, Failure> {
    let path = database(common)?;
    let printer = printer(&path, window.printer.as_deref());
    if !path.exists() {
        if let Some(folder) = path.parent() {
            let failed = |source| Failure::File { path: folder.display().to_string(), source };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        return Ok(Start::First { path, printer, desk: DeskNo(common.desk) });
    }
    match Desk::open_path(&path, DeskNo(common.desk), Box::new(SystemClock), printer.clone()) {
        Ok(desk) => Ok(Start::Desk(Box::new(desk))),
        Err(courtesy::desk::DeskError::NoShop) => Ok(Start::First { path, printer, desk: DeskNo(common.desk) }),
        Err(error) => Err(error.into()),
    }
}
