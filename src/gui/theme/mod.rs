//! The design law: spacing, type and colour have names here, and only here.
//!
//! A [`Look`] is iced's theme. Widgets ask it for its [`Palette`]; lengths are in [`size`], letters in [`letters`].

mod catalog;
pub mod letters;
pub mod palette;
pub mod size;

pub(in crate::gui) use catalog::field as field_style;
pub use catalog::{Tone, surface};
pub use letters::scale;
pub use palette::Palette;
pub use size::{radius, space};

use iced::theme;

/// How the window looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Look {
    /// Daylight.
    #[default]
    Light,
    /// A dim room.
    Dark,
    /// Black on white.
    ContrastLight,
    /// White on black.
    ContrastDark,
}

impl Look {
    /// Every look, in the order in which one key goes through them.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::ContrastLight, Self::ContrastDark];

    /// The look after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Light => Self::Dark,
            Self::Dark => Self::ContrastLight,
            Self::ContrastLight => Self::ContrastDark,
            Self::ContrastDark => Self::Light,
        }
    }

    /// Its colours.
    #[must_use]
    pub fn palette(self) -> &'static Palette {
        match self {
            Self::Light => &palette::LIGHT,
            Self::Dark => &palette::DARK,
            Self::ContrastLight => &palette::CONTRAST_LIGHT,
            Self::ContrastDark => &palette::CONTRAST_DARK,
        }
    }

    /// The width of the frame around what is chosen or has the focus, in logical pixels.
    #[must_use]
    pub fn frame_px(self) -> f32 {
        if self.is_contrast() { size::FRAME_CONTRAST } else { size::FRAME }
    }

    /// Whether it is one of the two of high contrast.
    #[must_use]
    pub fn is_contrast(self) -> bool {
        matches!(self, Self::ContrastLight | Self::ContrastDark)
    }

    /// The name under which settings keep it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::ContrastLight => "contrast-light",
            Self::ContrastDark => "contrast-dark",
        }
    }
}

impl theme::Base for Look {
    fn default(preference: theme::Mode) -> Self {
        match preference {
            theme::Mode::Dark => Self::Dark,
            theme::Mode::Light | theme::Mode::None => Self::Light,
        }
    }

    fn mode(&self) -> theme::Mode {
        match self {
            Self::Light | Self::ContrastLight => theme::Mode::Light,
            Self::Dark | Self::ContrastDark => theme::Mode::Dark,
        }
    }

    fn base(&self) -> theme::Style {
        let palette = Look::palette(*self);
        theme::Style { background_color: palette.background, text_color: palette.text }
    }

    fn palette(&self) -> Option<iced::theme::Palette> {
        let palette = Look::palette(*self);
        Some(iced::theme::Palette {
            background: palette.background,
            text: palette.text,
            primary: palette.accent,
            success: palette.allowed,
            warning: palette.ask,
            danger: palette.refused,
        })
    }

    fn name(&self) -> &str {
        self.key()
    }
}
