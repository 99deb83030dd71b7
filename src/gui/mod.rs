//! The window: what a clerk and a manager see and press.
//!
//! `theme` holds spacing, type and colour by name; `widgets` the parts that screens are built of; `screens` one file a
//! screen. Views compute nothing: amounts and rulings come from a quote, words from Fluent.

pub mod app;
pub mod draft;
pub mod finder;
pub mod keys;
pub mod late;
pub mod list;
pub mod note;
pub mod opening;
pub mod pay;
mod reached;
pub mod route;
pub mod screens;
pub mod shared;
pub mod theme;
pub mod widgets;
pub mod work;

use std::time::Duration;

use crate::text::Words;
use app::{App, Options};
use opening::Books;
use theme::{Look, letters};

/// How often is looked whether somebody asks for a word, or gave it.
pub const LOOK: Duration = Duration::from_millis(500);

/// Opens the window and stays until it is closed; the books are opened behind it.
///
/// # Errors
/// When no window can be opened.
pub fn run(books: Books, words: Words) -> iced::Result {
    let options = Options { books, words, look: Look::default() };
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
