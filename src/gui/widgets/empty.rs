//! A list without lines: says why, and what to do next.

use super::words::{Toned, help, strong};
use super::{
    Element,
    icon::{Icon, icon},
};
use crate::gui::theme::{Tone, size, space};
use iced::widget::text::IntoFragment;
use iced::widget::{column, container, row};
use iced::{Alignment, Length};

/// A sign, what is so, what to do next, and the button that does it.
pub fn empty<'a, Message: 'a>(
    sign: Icon,
    what: impl IntoFragment<'a>,
    next: impl IntoFragment<'a>,
    button: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let words = column![strong(what), help(next).align_x(Alignment::Center)].spacing(space::XXS).align_x(Alignment::Center);
    let content =
        column![icon(sign, size::ICON_EMPTY).tone(Tone::Muted), words].push(button).spacing(space::M).align_x(Alignment::Center);
    container(content).width(Length::Fill).align_x(Alignment::Center).padding(space::XXL).into()
}

/// The same in one line, for a list beside others.
pub fn empty_line<'a, Message: 'a>(sign: Icon, what: impl IntoFragment<'a>, next: impl IntoFragment<'a>) -> Element<'a, Message> {
    let words = column![strong(what).line_height(1.2), help(next).line_height(1.2)];
    let line = row![icon(sign, size::ICON_RAIL).tone(Tone::Muted), words].spacing(space::M).align_y(Alignment::Center);
    container(line).width(Length::Fill).padding([space::S, space::M]).into()
}
