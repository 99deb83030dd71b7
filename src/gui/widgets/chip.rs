//! A status: a sign and a word. The colour only supports them.

use super::{
    Element,
    words::{Toned, label},
};
use crate::gui::theme::{Look, Tone, radius, size, space};
use iced::Alignment;
use iced::border;
use iced::widget::text::Wrapping;
use iced::widget::{container, row};

/// What a chip says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// ✓
    Allowed,
    /// !
    Ask,
    /// ×
    Refused,
    /// No sign: a fact, not a ruling.
    Quiet,
    /// No sign: a fact about what is chosen.
    Accent,
}

impl Verdict {
    /// The sign that stands before the word.
    #[must_use]
    pub fn sign(self) -> Option<&'static str> {
        match self {
            Self::Allowed => Some("✓"),
            Self::Ask => Some("!"),
            Self::Refused => Some("×"),
            Self::Quiet | Self::Accent => None,
        }
    }

    /// Its colour.
    #[must_use]
    pub fn tone(self) -> Tone {
        match self {
            Self::Allowed => Tone::Allowed,
            Self::Ask => Tone::Ask,
            Self::Refused => Tone::Refused,
            Self::Quiet => Tone::Muted,
            Self::Accent => Tone::Accent,
        }
    }
}

/// A chip.
pub fn chip<'a, Message: 'a>(verdict: Verdict, word: impl iced::widget::text::IntoFragment<'a>) -> Element<'a, Message> {
    let tone = verdict.tone();
    let sign = verdict.sign().map(|sign| label(sign).tone(tone));
    let content = row![].push(sign).push(label(word).tone(tone).wrapping(Wrapping::None)).spacing(space::XXS);
    container(content.align_y(Alignment::Center))
        .center_y(size::CHIP)
        .padding([0.0, space::XS + 2.0])
        .style(move |look: &Look| {
            let palette = Look::palette(*look);
            container::Style {
                background: Some(tone.soft(palette).into()),
                border: border::rounded(radius::PILL).color(palette.outline).width(size::HAIRLINE),
                ..container::Style::default()
            }
        })
        .into()
}
