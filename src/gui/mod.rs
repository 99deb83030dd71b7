//! The window: what a clerk and a manager see and press.
//!
//! `theme` holds spacing, type and colour by name; `widgets` the parts that screens are built of; `screens` one file a
//! screen. Views compute nothing: amounts and rulings come from a quote, words from Fluent.

pub mod draft;
pub mod keys;
pub mod pay;
pub mod screens;
pub mod shared;
pub mod theme;
pub mod widgets;

use theme::letters;

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
