//! Buttons: one primary a screen, named after what it will do; the others are quiet.

use super::Element;
use super::key_cap::{key_cap, key_cap_on_accent};
use super::pressable::{Pressable, Status, Style, pressable};
use super::words::{primary_word, strong};
use crate::gui::theme::{Look, radius, size, space};
use iced::widget::text::{IntoFragment, Wrapping};
use iced::widget::{container, row};
use iced::{Alignment, Border, Color, Length, border};

/// The one thing this screen does: full width, always in the same place. Off when `on_press` is `None`.
pub fn primary<'a, Message: Clone + 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    let is_on = on_press.is_some();
    let cap = key.map(|key| key_cap_on_accent(key, is_on));
    let content = row![primary_word(word).wrapping(Wrapping::None)].push(cap).spacing(space::S);
    pressable(inside(content, size::PRIMARY).width(Length::Fill), on_press).style(filled)
}

/// A primary button as wide as its word, for dialogs.
pub fn primary_inline<'a, Message: Clone + 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    let is_on = on_press.is_some();
    let cap = key.map(|key| key_cap_on_accent(key, is_on));
    let content = row![strong(word).wrapping(Wrapping::None)].push(cap).spacing(space::S);
    pressable(inside(content, size::BUTTON), on_press).style(filled)
}

/// What else can be done, full width.
pub fn secondary<'a, Message: Clone + 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    pressable(outlined_content(word, key, size::BUTTON).width(Length::Fill), on_press).style(outlined)
}

/// What else can be done, as wide as its word.
pub fn secondary_inline<'a, Message: Clone + 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    pressable(outlined_content(word, key, size::BUTTON), on_press).style(outlined)
}

/// What cannot be undone, or refuses, full width: its word is red.
pub fn danger<'a, Message: Clone + 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    pressable(outlined_content(word, key, size::BUTTON).width(Length::Fill), on_press).style(refusing)
}

/// The same as wide as its word.
pub fn danger_inline<'a, Message: Clone + 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    pressable(outlined_content(word, key, size::BUTTON), on_press).style(refusing)
}

fn refusing(look: &Look, status: Status) -> Style {
    let palette = Look::palette(*look);
    Style { text_color: if status == Status::Off { palette.off } else { palette.refused }, ..outlined(look, status) }
}

/// A sign alone, a square target: close, clear. `content` is usually an icon.
pub fn quiet<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    let square = container(content).center(size::FIELD);
    pressable(square, on_press).style(|look, status| {
        let palette = Look::palette(*look);
        let background = match status {
            Status::Hovered | Status::Held => palette.background,
            Status::Idle | Status::Off => Color::TRANSPARENT,
        };
        Style { background, border: border::rounded(radius::FIELD), text_color: palette.muted }
    })
}

fn outlined_content<'a, Message: 'a>(
    word: impl IntoFragment<'a>,
    key: Option<&'a str>,
    height_px: f32,
) -> iced::widget::Container<'a, Message, Look> {
    let content = row![strong(word).wrapping(Wrapping::None)].push(key.map(key_cap)).spacing(space::S);
    inside(content, height_px)
}

fn inside<'a, Message: 'a>(
    content: iced::widget::Row<'a, Message, Look>,
    height_px: f32,
) -> iced::widget::Container<'a, Message, Look> {
    container(content.align_y(Alignment::Center))
        .height(height_px)
        .padding([0.0, space::L])
        .align_x(Alignment::Center)
        .align_y(Alignment::Center)
}

fn filled(look: &Look, status: Status) -> Style {
    let palette = Look::palette(*look);
    let (background, text_color) = match status {
        Status::Idle => (palette.accent, palette.on_accent),
        Status::Hovered => (mix(palette.accent, palette.text, 0.10), palette.on_accent),
        Status::Held => (mix(palette.accent, palette.text, 0.22), palette.on_accent),
        Status::Off => (palette.background, palette.off),
    };
    let border = match status {
        Status::Off => Border { color: off_line(look), width: size::HAIRLINE, radius: radius::BUTTON.into() },
        _ => border::rounded(radius::BUTTON),
    };
    Style { background, border, text_color }
}

/// The outline of what cannot be pressed now.
fn off_line(look: &Look) -> Color {
    let palette = Look::palette(*look);
    if look.is_contrast() { palette.off } else { palette.line }
}

/// The style of quiet buttons, and of whatever should look like one.
pub(super) fn outlined(look: &Look, status: Status) -> Style {
    let palette = Look::palette(*look);
    let background = match status {
        Status::Idle => palette.surface,
        Status::Hovered => mix(palette.surface, palette.text, 0.03),
        Status::Held => mix(palette.surface, palette.text, 0.08),
        Status::Off => palette.background,
    };
    let text_color = if status == Status::Off { palette.off } else { palette.text };
    let color = if status == Status::Off { off_line(look) } else { palette.line };
    let border = Border { color, width: size::HAIRLINE, radius: radius::BUTTON.into() };
    Style { background, border, text_color }
}

/// `share` of `other` stirred into `color`.
pub(super) fn mix(color: Color, other: Color, share: f32) -> Color {
    let part = |one: f32, two: f32| one + (two - one) * share;
    Color { r: part(color.r, other.r), g: part(color.g, other.g), b: part(color.b, other.b), a: color.a }
}
