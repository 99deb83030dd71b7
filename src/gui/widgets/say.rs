//! The sentence to say to the person at the counter, in quotes, at the top of everything a ruling means.

use super::{
    Element,
    key_cap::key_cap,
    words::{caption, spoken},
};
use crate::gui::theme::{Look, Tone, radius, size, space, surface};
use iced::widget::text::IntoFragment;
use iced::widget::{column, container, row};
use iced::{Length, border};

/// A card named `name` with `sentence` (the quotes are put around it here), its edge in the tone of the ruling.
/// `key` is what changes the language of the sentence, if something does.
pub fn to_say<'a, Message: 'a>(
    name: impl IntoFragment<'a>,
    sentence: &str,
    tone: Tone,
    key: Option<String>,
) -> Element<'a, Message> {
    let head = row![container(caption(name)).width(Length::Fill)].push(key.map(key_cap));
    let words = column![head, spoken(format!("“{sentence}”"))].spacing(space::XXS);
    edged(words, tone)
}

/// A card whose left edge has a tone.
pub fn edged<'a, Message: 'a>(content: impl Into<Element<'a, Message>>, tone: Tone) -> Element<'a, Message> {
    let sheet = container(content).width(Length::Fill).padding([space::M - 2.0, space::M]).style(|look: &Look| {
        let card = surface::card(look);
        let radius = border::Radius { top_left: radius::CHIP, bottom_left: radius::CHIP, ..radius::CARD.into() };
        container::Style { border: card.border.rounded(radius), ..card }
    });
    container(sheet)
        .padding(iced::Padding::ZERO.left(size::CARD_EDGE))
        .style(move |look: &Look| container::Style {
            background: Some(tone.color(Look::palette(*look)).into()),
            border: border::rounded(radius::CARD),
            ..container::Style::default()
        })
        .into()
}
