//! Before there is anything to work on: the shop is being read, or could not be.

use crate::desk::DeskError;
use crate::gui::theme::{size, surface};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::{Element, empty::empty, modal::dialog};
use crate::text::Words;
use iced::Length;
use iced::widget::container;

/// The shop is being read.
pub fn opening<'a, Message: 'a>(words: &Words) -> Element<'a, Message> {
    whole(empty(Icon::Store, words.plain("opening-title"), words.plain("opening-next"), None))
}

/// The shop could not be read.
pub fn failed<'a, Message: 'a>(words: &Words, error: &DeskError) -> Element<'a, Message> {
    whole(empty(Icon::TriangleAlert, words.plain("opening-failed"), words.saying(&error.saying()), None))
}

/// A card in the middle of the window.
pub(super) fn whole<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(dialog(content, size::DIALOG)).center(Length::Fill).style(surface::background).into()
}
