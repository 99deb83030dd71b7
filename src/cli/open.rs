//! Where the database is, and opening a desk on it: for the window and for every command.

use std::path::{Path, PathBuf};

use courtesy::desk::{Desk, SystemClock, demo};
use courtesy::domain::ids::DeskNo;
use courtesy::gui::{self, opening::Books};
use courtesy::receipt::print::{Lp, Printer};
use courtesy::store::Place;
use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

use super::{Common, Ended, Failure, Window, words};

/// The database that was named, or the one in the user's data folder.
pub(super) fn database(common: &Common) -> Result<PathBuf, Failure> {
    match &common.database {
        Some(path) => Ok(path.clone()),
        None => in_data_folder("courtesy.db"),
    }
}

fn in_data_folder(name: &str) -> Result<PathBuf, Failure> {
    let (top_level_domain, author, app_name) = ("org".to_owned(), "courtesy".to_owned(), "courtesy".to_owned());
    let folders = choose_app_strategy(AppStrategyArgs { top_level_domain, author, app_name }).map_err(|error| {
        Failure::Environment(format!("your data folder cannot be found ({error}); name a database with --database"))
    })?;
    Ok(folders.in_data_dir(name))
}

/// Where receipts go: the named queue, or a folder beside the database; for a server, a folder of this machine.
fn printer(place: &Place, queue: Option<&str>) -> Result<Printer, Failure> {
    Ok(match (queue, place) {
        (Some(queue), _) => Printer::Lp(Lp::queue(Some(queue.to_owned()))),
        (None, Place::File(path)) => Printer::Folder(path.with_file_name("receipts")),
        (None, Place::Server(_)) => Printer::Folder(in_data_folder("receipts")?),
    })
}

pub(super) fn place(path: &Path) -> Result<Place, Failure> {
    Place::of(path).map_err(|error| Failure::Used(error.to_string()))
}

/// A desk on the database, for commands; nobody stands there who takes paper home.
pub(super) fn desk(common: &Common) -> Result<Desk, Failure> {
    desk_with(common, |_| Ok(Printer::Nowhere))
}

/// A desk for commands that print: to the named queue, or into the folder beside the database.
pub(super) fn printing_desk(common: &Common, queue: Option<&str>) -> Result<Desk, Failure> {
    desk_with(common, |place| printer(place, queue))
}

fn desk_with(common: &Common, printer: impl FnOnce(&Place) -> Result<Printer, Failure>) -> Result<Desk, Failure> {
    let path = database(common)?;
    let printer = printer(&place(&path)?)?;
    Ok(Desk::open_path(&path, DeskNo(common.desk), Box::new(SystemClock), printer)?)
}

/// Opens the window: on the practice shop, on the shop's own books, or for the first start.
pub(super) fn open(common: &Common, window: &Window) -> Result<Ended, Failure> {
    let words = words(common)?;
    // The practice shop's folder goes with the window.
    let folder = if window.demo { Some(demo::folder()?) } else { None };
    let books = match &folder {
        Some(folder) => {
            let (folder, language) = (folder.path().to_owned(), words.language());
            Books::Practice { folder, seed: window.seed, today: window.today, language }
        }
        None => {
            let path = database(common)?;
            let printer = printer(&place(&path)?, window.printer.as_deref())?;
            Books::Shop { path, printer, desk: DeskNo(common.desk) }
        }
    };
    gui::run(books, words).map(|()| Ended::Done).map_err(|error| {
        Failure::Environment(format!(
            "the window cannot be opened: {error}; a display (X11 or Wayland) is needed; nothing was booked"
        ))
    })
}
