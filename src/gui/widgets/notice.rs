//! A line that says what just happened or what is odd: a sign, what, and what to do; a button when one helps.

use super::words::{Toned, body, strong};
use super::{Element, chip::Verdict};
use crate::gui::theme::{Look, Tone, radius, size, space};
use iced::widget::text::IntoFragment;
use iced::widget::{container, row};
use iced::{Alignment, Length, border};

/// A notice as wide as its place.
pub fn notice<'a, Message: 'a>(
    verdict: Verdict,
    what: impl IntoFragment<'a>,
    next: impl IntoFragment<'a>,
    button: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    let tone = verdict.tone();
    let words = row![]
        .push(verdict.sign().map(|sign| strong(sign).tone(tone)))
        .push(strong(what).tone(tone))
        .push(container(body(next).tone(Tone::Plain)).width(Length::Fill))
        .push(button)
        .spacing(space::XS)
        .align_y(Alignment::Center);
    container(words)
        .width(Length::Fill)
        .padding([space::S, space::M])
        .style(move |look: &Look| {
            let palette = Look::palette(*look);
            container::Style {
                background: Some(tone.soft(palette).into()),
                border: border::rounded(radius::CARD).color(palette.outline).width(size::HAIRLINE),
                ..container::Style::default()
            }
        })
        .into()
}
