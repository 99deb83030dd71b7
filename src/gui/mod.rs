//! The window: what a clerk and a manager see and press.
//!
//! `theme` holds spacing, type and colour by name; `widgets` the parts that screens are built of; `screens` one file a
//! screen. Views compute nothing: amounts and rulings come from a quote, words from Fluent.

pub mod app;
pub mod draft;
pub mod finder;
pub mod keys;
pub mod late;
pub mod pay;
pub mod route;
pub mod screens;
pub mod shared;
pub mod theme;
pub mod widgets;
pub mod work;

use std::path::PathBuf;
use std::sync::Arc;

use crate::desk::demo::Demo;
use crate::desk::{Desk, Opening, Worker, open_new};
use crate::domain::ids::DeskNo;
use crate::receipt::print::Printer;
use crate::text::Words;
use theme::{Look, letters};

/// What the window opens on.
pub enum Start {
    /// A practice shop, whose PINs the sign-in shows.
    Practice(Box<Demo>),
    /// Nothing yet: the first start asks for a shop and makes it.
    First {
        /// Where its database will be.
        path: PathBuf,
        /// Where its receipts go.
        printer: Printer,
        /// The number of this desk.
        desk: DeskNo,
    },
    /// A desk on the shop's own books.
    Desk(Box<Desk>),
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// When no window can be opened.
pub fn run(start: Start, words: Words) -> iced::Result {
    use app::{App, Opens, Options};
    let failed = |error: std::io::Error| iced::Error::ExecutorCreationFailed(error);
    // The practice shop's folder goes with the window.
    let (opens, pins, _folder) = match start {
        Start::Practice(demo) => {
            let Demo { desk, people, folder } = *demo;
            let pins = people.into_iter().map(|(person, pin)| (person.no, pin)).collect();
            (Opens::Desk(Worker::start(desk).map_err(failed)?), pins, Some(folder))
        }
        Start::Desk(desk) => (Opens::Desk(Worker::start(*desk).map_err(failed)?), Vec::new(), None),
        Start::First { path, printer, desk } => {
            let set_up = move |opening: &Opening| open_new(&path, desk, printer.clone(), opening);
            (Opens::SetUp(Arc::new(set_up)), Vec::new(), None)
        }
    };
    let options = Options { opens, pins, words, look: Look::default() };
    let settings = iced::Settings { fonts: letters::files(), default_font: letters::REGULAR, ..iced::Settings::default() };
    iced::application(move || App::open(options.clone()), App::update, App::view)
        .title(App::title)
        .settings(settings)
        .theme(App::look)
        .scale_factor(App::scale)
        .subscription(App::subscription)
        .window_size(theme::size::WINDOW)
        .run()
}

/// Shows every widget at once, to judge a change of the theme by.
///
/// # Errors
/// When no window can be opened.
pub fn gallery() -> iced::Result {
    use screens::gallery::Gallery;
    let settings = iced::Settings { fonts: letters::files(), default_font: letters::REGULAR, ..iced::Settings::default() };
    iced::application(Gallery::default, Gallery::update, Gallery::view)
        .title("Courtesy")
        .settings(settings)
        .theme(Gallery::look)
        .window_size(theme::size::WINDOW)
        .run()
}
