//! Fonts and the sizes of words.

use iced::Font;
use iced::font::{Family, Weight};
use std::borrow::Cow;

/// The family of the window; its digits are all of one width, so that money lines up.
const SANS: &str = "Courtesy Sans";
/// The family of the receipt.
const MONO: &str = "Courtesy Mono";

const fn font(family: &'static str, weight: Weight) -> Font {
    Font { family: Family::Name(family), weight, ..Font::DEFAULT }
}

/// Words.
pub const REGULAR: Font = font(SANS, Weight::Normal);
/// Words that label something.
pub const MEDIUM: Font = font(SANS, Weight::Medium);
/// Words that matter.
pub const SEMIBOLD: Font = font(SANS, Weight::Semibold);
/// Titles and money.
pub const BOLD: Font = font(SANS, Weight::Bold);
/// What a receipt prints.
pub const PRINT: Font = font(MONO, Weight::Normal);
/// What a receipt prints strongly.
pub const PRINT_BOLD: Font = font(MONO, Weight::Bold);
/// Signs.
pub const ICONS: Font = Font::with_name("lucide");

/// How wide one letter of the receipt's font is, for each pixel of its size.
pub const PRINT_ADVANCE: f32 = 0.602;

/// The files to load before the first frame.
#[must_use]
pub fn files() -> Vec<Cow<'static, [u8]>> {
    macro_rules! file {
        ($name:literal) => {
            Cow::Borrowed(include_bytes!(concat!("../../../resources/fonts/", $name)).as_slice())
        };
    }
    vec![
        file!("courtesy-sans-regular.otf"),
        file!("courtesy-sans-medium.otf"),
        file!("courtesy-sans-semibold.otf"),
        file!("courtesy-sans-bold.otf"),
        file!("courtesy-mono-regular.ttf"),
        file!("courtesy-mono-bold.ttf"),
        Cow::Borrowed(lucide_icons::LUCIDE_FONT_BYTES),
    ]
}

/// The type scale, in logical pixels.
pub mod scale {
    /// Key caps.
    pub const KEY: f32 = 12.0;
    /// Help and labels.
    pub const HELP: f32 = 13.0;
    /// Words.
    pub const BODY: f32 = 15.0;
    /// A sentence to say, and the word of the primary button.
    pub const SPOKEN: f32 = 17.0;
    /// Titles, and money inside cards.
    pub const TITLE: f32 = 20.0;
    /// Figures of tiles.
    pub const FIGURE: f32 = 26.0;
    /// The money that the screen is about.
    pub const MONEY: f32 = 30.0;
}
