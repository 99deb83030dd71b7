//! Ways to go on, side by side: each has a name, the money it means, and the key that chooses it.

use super::pressable::{Pressable, Status, Style, pressable};
use super::words::strong;
use super::{Element, button::mix, key_cap::key_cap};
use crate::gui::theme::{Look, radius, size, space};
use iced::widget::text::Wrapping;
use iced::widget::{container, row};
use iced::{Alignment, Border, Length};

/// One way.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The key that chooses it.
    pub key: String,
    /// What it is.
    pub name: String,
    /// The money it means.
    pub figure: String,
}

/// A line for one way; framed when it is chosen.
pub fn option<'a, Message: Clone + 'a>(choice: Choice, is_chosen: bool, on_press: Option<Message>) -> Pressable<'a, Message> {
    let name = container(strong(choice.name).wrapping(Wrapping::None)).width(Length::Fill).clip(true);
    let figure = strong(choice.figure).wrapping(Wrapping::None);
    let line = row![name, figure, key_cap(choice.key)].spacing(space::XS).align_y(Alignment::Center);
    pressable(container(line).center_y(size::BUTTON).padding([0.0, space::M]), on_press)
        .style(move |look, status| style(look, status, is_chosen))
}

/// Any content as a card that can be chosen.
pub fn choosable<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    is_chosen: bool,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    let inside = container(content).width(Length::Fill).padding([space::S, space::M - 2.0]);
    pressable(inside, on_press).style(move |look, status| style(look, status, is_chosen))
}

/// A choice of one line: a person to approve, a reason, a tender.
pub fn choice_line<'a, Message: Clone + 'a>(
    word: impl iced::widget::text::IntoFragment<'a>,
    key: Option<String>,
    is_chosen: bool,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    let line = row![container(strong(word)).width(Length::Fill)].push(key.map(key_cap)).align_y(Alignment::Center);
    let inside = container(line).width(Length::Fill).center_y(size::BUTTON).padding([0.0, space::M]);
    pressable(inside, on_press).style(move |look, status| style(look, status, is_chosen))
}

/// Cards side by side, equally wide.
pub fn side_by_side<'a, Message: 'a>(cards: impl IntoIterator<Item = Element<'a, Message>>) -> Element<'a, Message> {
    row(cards.into_iter().map(|card| container(card).width(Length::FillPortion(1)).into())).spacing(space::S).into()
}

fn style(look: &Look, status: Status, is_chosen: bool) -> Style {
    let palette = Look::palette(*look);
    let ground = if is_chosen { palette.accent_soft } else { palette.surface };
    let background = match status {
        Status::Hovered => mix(ground, palette.text, 0.03),
        Status::Held => mix(ground, palette.text, 0.07),
        Status::Idle => ground,
        Status::Off => palette.background,
    };
    let (color, width) = if is_chosen { (palette.frame, look.frame_px()) } else { (palette.line, size::HAIRLINE) };
    let text_color = if status == Status::Off { palette.off } else { palette.text };
    let border = Border { color, width, radius: radius::BUTTON.into() };
    Style { background, border, text_color }
}
