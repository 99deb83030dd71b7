//! Before there is anything to work on: the shop is being read, or could not be.

use crate::desk::{DeskError, Progress};
use crate::gui::theme::{size, space, surface};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::words::help;
use crate::gui::widgets::{Element, button, empty::empty, modal::dialog, progress::progress as bar};
use crate::text::{Arg, Words};
use iced::widget::{column, container, responsive};
use iced::{Alignment, Length};
use std::path::Path;

/// The books are being opened; with a bar where it is known how far that is.
pub fn opening<'a, Message: 'a>(words: &Words, progress: Option<&Progress>) -> Element<'a, Message> {
    let next = progress.map_or_else(|| words.plain("opening-next"), |progress| words.saying(&progress.doing));
    let bar = progress.map(|progress| bar(progress.done.into(), progress.all.into()));
    whole(empty(Icon::Store, words.plain("opening-title"), next, bar))
}

/// The books could not be opened: why, where they are, and trying again.
pub fn failed<'a, Message: Clone + 'a>(
    words: &Words,
    error: &DeskError,
    place: Option<&Path>,
    again: Message,
) -> Element<'a, Message> {
    let place = place.map(|place| help(words.say("opening-place", &[("path", Arg::text(place.display().to_string()))])));
    let again = button::primary_inline(words.plain("button-try-again"), Some("Enter"), Some(again));
    let ways = column![].push(place).push(again).spacing(space::M).align_x(Alignment::Center);
    whole(empty(Icon::TriangleAlert, words.plain("opening-failed"), words.saying(&error.saying()), Some(ways.into())))
}

/// A card in the middle of the window around a part that is as high as the window allows.
pub(super) fn whole_around<'a, Message: 'a>(content: impl Fn(f32) -> Element<'a, Message> + 'a) -> Element<'a, Message> {
    responsive(move |room| whole(content((room.height - size::SHEET_REST).min(size::SIGN_IN_LIST)))).into()
}

/// A card in the middle of the window.
pub(super) fn whole<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(dialog(content, size::DIALOG)).center(Length::Fill).style(surface::background).into()
}
