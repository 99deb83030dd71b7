//! Digits to touch, for a PIN at a desk without a number block. Keys do the same, so Tab passes it by.

use super::words::{label, strong};
use super::{Element, button::outlined, pressable::pressable};
use crate::gui::theme::{size, space};
use iced::Length;
use iced::widget::{column, container, row};

/// Three digits a row, and what takes the last digit back.
pub fn pin_pad<'a, Message: Clone + 'a>(
    on_digit: impl Fn(char) -> Message,
    erase: String,
    on_erase: Message,
) -> Element<'a, Message> {
    let digit = |digit: char| key(strong(digit.to_string()).into(), 1, on_digit(digit));
    let rows = ["123", "456", "789"].map(|digits| row(digits.chars().map(digit)).spacing(space::XS).into());
    let last = row![digit('0'), key(label(erase).into(), 2, on_erase)].spacing(space::XS);
    column(rows).push(last).spacing(space::XS).into()
}

fn key<'a, Message: Clone + 'a>(content: Element<'a, Message>, portion: u16, message: Message) -> Element<'a, Message> {
    let inside = container(content).width(Length::Fill).center_x(Length::Fill).center_y(size::FIELD);
    container(pressable(inside, Some(message)).style(outlined).skip_tab()).width(Length::FillPortion(portion)).into()
}
