//! A PIN as it is typed: a dot for each digit, and never the digits.

use super::Element;
use crate::gui::theme::{Look, radius, size, space};
use iced::widget::{container, row};
use iced::{Alignment, Length, border};

/// `typed` full dots of `length`, in a frame that says that keys go here; red after a wrong PIN.
pub fn pin_dots<'a, Message: 'a>(typed: usize, length: usize, is_wrong: bool) -> Element<'a, Message> {
    let dots = (0..length.max(typed)).map(|index| dot(index < typed));
    let dots = row(dots).spacing(space::M - 2.0).align_y(Alignment::Center);
    container(dots)
        .width(Length::Fill)
        .center_y(size::FIELD)
        .align_x(Alignment::Center)
        .style(move |look: &Look| {
            let palette = Look::palette(*look);
            let color = if is_wrong { palette.refused } else { palette.frame };
            container::Style {
                background: Some(palette.background.into()),
                border: border::rounded(radius::FIELD).color(color).width(look.frame_px()),
                ..container::Style::default()
            }
        })
        .into()
}

fn dot<'a, Message: 'a>(is_full: bool) -> Element<'a, Message> {
    container(iced::widget::space())
        .width(size::PIN_DOT)
        .height(size::PIN_DOT)
        .style(move |look: &Look| {
            let palette = Look::palette(*look);
            container::Style {
                background: is_full.then_some(palette.text.into()),
                border: border::rounded(radius::PILL).color(palette.text).width(size::FRAME),
                ..container::Style::default()
            }
        })
        .into()
}
