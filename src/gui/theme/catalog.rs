//! What iced's own widgets look like in each [`Look`].

use super::{Look, Palette, radius, size};
use iced::widget::{container, rule, scrollable, text, text_input};
use iced::{Background, Border, Color, Shadow, border};

/// What words, a chip or an edge say by their colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Of second rank.
    Muted,
    /// Chosen, or what to do next.
    Accent,
    /// Allowed, in order.
    Allowed,
    /// A second person is asked.
    Ask,
    /// Refused, or wrong.
    Refused,
}

impl Tone {
    /// The colour of its words.
    #[must_use]
    pub fn color(self, palette: &Palette) -> Color {
        match self {
            Self::Plain => palette.text,
            Self::Muted => palette.muted,
            Self::Accent => palette.accent,
            Self::Allowed => palette.allowed,
            Self::Ask => palette.ask,
            Self::Refused => palette.refused,
        }
    }

    /// The colour behind its words.
    #[must_use]
    pub fn soft(self, palette: &Palette) -> Color {
        match self {
            Self::Plain | Self::Muted => palette.quiet,
            Self::Accent => palette.accent_soft,
            Self::Allowed => palette.allowed_soft,
            Self::Ask => palette.ask_soft,
            Self::Refused => palette.refused_soft,
        }
    }
}

/// The surfaces that containers can be, each a style to pass to `container(..).style(..)`.
pub mod surface {
    use super::*;

    fn plain(background: Color, border: Border) -> container::Style {
        container::Style { background: Some(Background::Color(background)), border, ..container::Style::default() }
    }

    /// Behind everything.
    pub fn background(look: &Look) -> container::Style {
        let palette = Look::palette(*look);
        container::Style { text_color: Some(palette.text), ..plain(palette.background, Border::default()) }
    }

    /// Bars: surface without a border.
    pub fn bar(look: &Look) -> container::Style {
        plain(Look::palette(*look).surface, Border::default())
    }

    /// The side panel.
    pub fn side(look: &Look) -> container::Style {
        plain(Look::palette(*look).raised, Border::default())
    }

    /// A card.
    pub fn card(look: &Look) -> container::Style {
        let palette = Look::palette(*look);
        plain(palette.surface, border::rounded(radius::CARD).color(palette.line).width(size::HAIRLINE))
    }

    /// A hairline as wide or high as its container.
    pub fn line(look: &Look) -> container::Style {
        plain(Look::palette(*look).line, Border::default())
    }
}

impl text::Catalog for Look {
    type Class<'a> = text::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| text::Style { color: None })
    }

    fn style(&self, class: &Self::Class<'_>) -> text::Style {
        class(self)
    }
}

impl container::Catalog for Look {
    type Class<'a> = container::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|_| container::Style::default())
    }

    fn style(&self, class: &Self::Class<'_>) -> container::Style {
        class(self)
    }
}

impl rule::Catalog for Look {
    type Class<'a> = rule::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|look: &Self| rule::Style {
            color: Look::palette(*look).line,
            radius: 0.0.into(),
            fill_mode: rule::FillMode::Full,
            snap: true,
        })
    }

    fn style(&self, class: &Self::Class<'_>) -> rule::Style {
        class(self)
    }
}

impl text_input::Catalog for Look {
    type Class<'a> = text_input::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|look, status| field(look, status, false))
    }

    fn style(&self, class: &Self::Class<'_>, status: text_input::Status) -> text_input::Style {
        class(self, status)
    }
}

/// A field: quiet outline, framed when it has the focus, red when what it holds is wrong.
pub(in crate::gui) fn field(look: &Look, status: text_input::Status, is_wrong: bool) -> text_input::Style {
    let palette = Look::palette(*look);
    let focused = matches!(status, text_input::Status::Focused { .. });
    let (color, width) = match (focused, is_wrong) {
        (true, false) => (palette.frame, look.frame_px()),
        (true, true) => (palette.refused, look.frame_px()),
        (false, true) => (palette.refused, size::HAIRLINE),
        (false, false) => (palette.edge, size::HAIRLINE),
    };
    let value = if status == text_input::Status::Disabled { palette.muted } else { palette.text };
    text_input::Style {
        background: Background::Color(palette.surface),
        border: border::rounded(radius::FIELD).color(color).width(width),
        icon: palette.muted,
        placeholder: palette.off,
        value,
        selection: if look.is_contrast() { palette.frame.scale_alpha(0.5) } else { palette.accent.scale_alpha(0.28) },
    }
}

impl scrollable::Catalog for Look {
    type Class<'a> = scrollable::StyleFn<'a, Self>;

    fn default<'a>() -> Self::Class<'a> {
        Box::new(|look: &Self, status| {
            let palette = Look::palette(*look);
            let is_busy = matches!(
                status,
                scrollable::Status::Hovered { is_vertical_scrollbar_hovered: true, .. } | scrollable::Status::Dragged { .. }
            );
            let color = if is_busy { palette.edge } else { palette.line };
            let rail = scrollable::Rail {
                background: None,
                border: Border::default(),
                scroller: scrollable::Scroller { background: Background::Color(color), border: border::rounded(radius::PILL) },
            };
            scrollable::Style {
                container: container::Style::default(),
                vertical_rail: rail,
                horizontal_rail: rail,
                gap: None,
                auto_scroll: scrollable::AutoScroll {
                    background: Background::Color(palette.surface),
                    border: border::rounded(radius::PILL).color(palette.line).width(size::HAIRLINE),
                    shadow: Shadow::default(),
                    icon: palette.text,
                },
            }
        })
    }

    fn style(&self, class: &Self::Class<'_>, status: scrollable::Status) -> scrollable::Style {
        class(self, status)
    }
}
