//! The square of a line that can be ticked. The line around it is what is pressed.

use super::{
    Element,
    icon::{Icon, icon},
};
use crate::gui::theme::{Look, radius, size};
use iced::border;
use iced::widget::container;

/// A tick's square; faint when the line cannot be ticked.
pub fn tick<'a, Message: 'a>(is_ticked: bool, is_on: bool) -> Element<'a, Message> {
    let sign = is_ticked.then(|| icon(Icon::Check, size::TICK - 6.0));
    container(iced::widget::row![].push(sign))
        .center(size::TICK)
        .style(move |look: &Look| {
            let palette = Look::palette(*look);
            let (ground, edge) = match (is_ticked, is_on) {
                (true, _) => (palette.accent, palette.accent),
                (false, true) => (palette.surface, palette.edge),
                (false, false) if look.is_contrast() => (palette.background, palette.off),
                (false, false) => (palette.background, palette.line),
            };
            container::Style {
                text_color: Some(palette.on_accent),
                background: Some(ground.into()),
                border: border::rounded(radius::CHIP).color(edge).width(size::HAIRLINE * 1.5),
                ..container::Style::default()
            }
        })
        .into()
}
