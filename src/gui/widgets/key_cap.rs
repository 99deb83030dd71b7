//! A key as it looks on the keyboard, beside the word of what it does.

use super::{Element, words::key_word};
use crate::gui::theme::{Look, radius, size, space};
use iced::border;
use iced::widget::container;
use iced::widget::text::IntoFragment;

/// A key cap on a plain surface.
pub fn key_cap<'a, Message: 'a>(key: impl IntoFragment<'a>) -> Element<'a, Message> {
    cap(key, |look| {
        let palette = Look::palette(*look);
        container::Style {
            text_color: Some(palette.muted),
            background: Some(palette.surface.into()),
            border: border::rounded(radius::KEY).color(palette.line).width(size::HAIRLINE),
            ..container::Style::default()
        }
    })
}

/// A key cap on the primary button.
pub(super) fn key_cap_on_accent<'a, Message: 'a>(key: impl IntoFragment<'a>, on: bool) -> Element<'a, Message> {
    cap(key, move |look| {
        let palette = Look::palette(*look);
        let color = if on { palette.on_accent } else { palette.off };
        container::Style {
            text_color: Some(color),
            border: border::rounded(radius::KEY).color(color.scale_alpha(0.55)).width(size::HAIRLINE),
            ..container::Style::default()
        }
    })
}

fn cap<'a, Message: 'a>(key: impl IntoFragment<'a>, style: impl Fn(&Look) -> container::Style + 'a) -> Element<'a, Message> {
    container(key_word(key)).center_y(size::KEY_CAP).padding([0.0, space::XS - 1.0]).style(style).into()
}
