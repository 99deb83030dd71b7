//! Words in the type scale. Each takes a string that is already worded, and its colour from [`Toned::tone`].

use crate::gui::theme::{Look, Tone, letters, scale};
use iced::Font;
use iced::widget::text::{IntoFragment, Text, Wrapping};

/// Words of the window.
pub type Words<'a> = Text<'a, Look>;

fn words<'a>(content: impl IntoFragment<'a>, font: Font, size_px: f32) -> Words<'a> {
    iced::widget::text(content).font(font).size(size_px)
}

/// What most words are.
pub fn body<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::REGULAR, scale::BODY)
}

/// The word in a row that matters.
pub fn strong<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::SEMIBOLD, scale::BODY)
}

/// Second lines, notes.
pub fn help<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::REGULAR, scale::HELP).tone(Tone::Muted)
}

/// Names of fields, and words inside chips.
pub fn label<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::MEDIUM, scale::HELP)
}

/// Names a group: above a card, above a column.
pub fn caption<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::SEMIBOLD, scale::HELP).tone(Tone::Muted)
}

/// The title of a screen or dialog.
pub fn title<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::BOLD, scale::TITLE)
}

/// A sentence to say to the person at the counter.
pub fn spoken<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::REGULAR, scale::SPOKEN)
}

/// The word on the primary button.
pub fn primary_word<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::SEMIBOLD, scale::SPOKEN)
}

/// What stands on a key.
pub fn key_word<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::MEDIUM, scale::KEY).wrapping(Wrapping::None)
}

/// The figure of a tile or an option.
pub fn figure<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::BOLD, scale::TITLE).wrapping(Wrapping::None)
}

/// A large figure.
pub fn large_figure<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::BOLD, scale::FIGURE).wrapping(Wrapping::None)
}

/// The money that the screen is about.
pub fn money_figure<'a>(content: impl IntoFragment<'a>) -> Words<'a> {
    words(content, letters::BOLD, scale::MONEY).wrapping(Wrapping::None)
}

/// Gives words a tone.
pub trait Toned {
    /// The same words in the colour of `tone`.
    #[must_use]
    fn tone(self, tone: Tone) -> Self;
}

impl Toned for Words<'_> {
    fn tone(self, tone: Tone) -> Self {
        self.style(move |look: &Look| iced::widget::text::Style { color: Some(tone.color(Look::palette(*look))) })
    }
}
