//! Cards: what belongs together stands on one sheet.

use super::{
    Element,
    words::{help, strong},
};
use crate::gui::theme::{size, space, surface};
use iced::widget::text::IntoFragment;
use iced::widget::{column, container, row, space as gap};
use iced::{Alignment, Length};

/// A card with room around its content.
pub fn card<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).width(Length::Fill).padding([space::M, space::M + 2.0]).style(surface::card).into()
}

/// A card whose content reaches its edges: lists.
pub fn bare_card<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    container(content).width(Length::Fill).padding(size::HAIRLINE).style(surface::card).into()
}

/// A card with a title line, and lists below it.
pub fn titled_card<'a, Message: 'a>(
    name: impl IntoFragment<'a>,
    note: Option<String>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let head = row![strong(name), gap().width(Length::Fill)].push(note.map(help)).align_y(Alignment::Center);
    let head = container(head).center_y(size::BUTTON).padding([0.0, space::M]);
    bare_card(column![head, hairline(), content.into()])
}

/// A line across.
pub fn hairline<'a, Message: 'a>() -> Element<'a, Message> {
    container(gap()).width(Length::Fill).height(size::HAIRLINE).style(surface::line).into()
}

/// A line down.
pub fn upright_hairline<'a, Message: 'a>() -> Element<'a, Message> {
    container(gap()).width(size::HAIRLINE).height(Length::Fill).style(surface::line).into()
}
