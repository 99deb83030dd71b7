//! What lies above the screen throws a soft shade: rings of a little dark, one around the other.
//!
//! iced's own shadow is not used: its software renderer paints it again over what it redraws in parts, and it darkens.

use super::Element;
use crate::gui::theme::{Look, radius, size};
use iced::widget::container;
use iced::{Padding, border};

const RINGS: u8 = 9;

/// A sheet (one with the radius of cards) with its shade; it is wider by [`size::SHADE`] at each side.
pub fn floating<'a, Message: 'a>(sheet: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let step_px = size::SHADE / f32::from(RINGS);
    let room = Padding { top: step_px / 2.0, right: step_px, bottom: 1.5 * step_px, left: step_px };
    (1..=RINGS).fold(sheet.into(), |inner, ring| {
        let corner_px = radius::CARD + f32::from(ring) * step_px;
        container(inner)
            .padding(room)
            .style(move |look: &Look| {
                let shadow = Look::palette(*look).shadow;
                container::Style {
                    background: (shadow.a > 0.0).then(|| shadow.scale_alpha(1.0 / f32::from(RINGS)).into()),
                    border: border::rounded(corner_px),
                    ..container::Style::default()
                }
            })
            .into()
    })
}
