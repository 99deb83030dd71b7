//! The rail at the left: the places of the program, each an icon and a word.

use super::pressable::{Ring, Status, Style, pressable};
use super::words::{Toned, label, title};
use super::{
    Element,
    icon::{Icon, icon},
};
use crate::gui::theme::{Look, Tone, letters, radius, scale, size, space, surface};
use iced::widget::{column, container, stack};
use iced::{Alignment, Color, Length, Padding, border};

/// One place.
#[derive(Debug, Clone)]
pub struct Place<Message> {
    /// Its sign.
    pub icon: Icon,
    /// Its name.
    pub word: String,
    /// How many things wait there; nothing is shown for 0.
    pub waiting: usize,
    /// Whether the screen belongs to it.
    pub is_current: bool,
    /// Goes there.
    pub on_press: Message,
}

/// The rail; `mark` is the letter in the tile at its top.
pub fn rail<'a, Message: Clone + 'a>(mark: &'a str, places: Vec<Place<Message>>) -> Element<'a, Message> {
    let tile = container(title(mark)).center(size::ICON_RAIL + space::L).style(|look: &Look| {
        let palette = Look::palette(*look);
        container::Style {
            text_color: Some(palette.on_accent),
            background: Some(palette.accent.into()),
            border: border::rounded(radius::BUTTON),
            ..container::Style::default()
        }
    });
    let places = places.into_iter().map(entry);
    let top = container(tile).center_x(Length::Fill).padding(Padding::ZERO.bottom(space::M));
    let content = column![top].extend(places).spacing(space::XXS);
    container(content).width(size::RAIL).height(Length::Fill).padding([space::S, space::XS]).style(surface::bar).into()
}

fn entry<'a, Message: Clone + 'a>(place: Place<Message>) -> Element<'a, Message> {
    let is_current = place.is_current;
    let tone = if is_current { Tone::Accent } else { Tone::Muted };
    let font = if is_current { letters::SEMIBOLD } else { letters::REGULAR };
    let sign = container(icon(place.icon, size::ICON_RAIL).tone(tone)).center_x(Length::Fill);
    let sign = stack![sign].push((place.waiting > 0).then(|| badge(place.waiting)));
    let word = label(place.word).font(font).size(scale::HELP).tone(tone);
    let content = column![sign, word].spacing(space::XXS + 2.0).align_x(Alignment::Center);
    let content = container(content).width(Length::Fill).center_y(size::RAIL_ENTRY);
    pressable(content, Some(place.on_press))
        .ring(Ring::Inside)
        .style(move |look, status| {
            let palette = Look::palette(*look);
            let background = match (is_current, status) {
                (true, _) => palette.accent_soft,
                (false, Status::Hovered | Status::Held) => palette.background,
                (false, _) => Color::TRANSPARENT,
            };
            let frame = if look.is_contrast() && is_current { look.frame_px() } else { 0.0 };
            Style {
                background,
                border: border::rounded(radius::BUTTON).color(palette.frame).width(frame),
                text_color: palette.muted,
            }
        })
        .into()
}

/// How many things wait, at the upper right of the sign.
fn badge<'a, Message: 'a>(waiting: usize) -> Element<'a, Message> {
    let count = container(super::words::key_word(waiting.to_string()).font(letters::BOLD).line_height(1.0))
        .padding([2.0, space::XS - 2.0])
        .style(|look: &Look| {
            let palette = Look::palette(*look);
            container::Style {
                text_color: Some(palette.on_refused),
                background: Some(palette.refused.into()),
                border: border::rounded(radius::PILL),
                ..container::Style::default()
            }
        });
    container(count).center_x(Length::Fill).padding(Padding::ZERO.left(size::ICON_RAIL + space::S)).into()
}
