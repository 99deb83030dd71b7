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

#[cfg(test)]
mod tests {
    use super::files;
    use allsorts::Font;
    use allsorts::binary::read::ReadScope;
    use allsorts::font::MatchingPresentation;
    use allsorts::font_data::FontData;
    use std::collections::BTreeSet;

    /// What has to be in every font of words: seven languages and the signs that widgets and figures use.
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 \
        ÄÖÕÜŠŽäöõüšž ĀČĒĢĪĶĻŅŠŪŽāčēģīķļņšūž ĄČĘĖĮŠŲŪŽąčęėįšųūž ÅÄÖåäö ĂÂÎȘȚăâîșț ĄĆĘŁŃÓŚŹŻąćęłńóśźż \
        −–—‘’“”„…·•€£%+±×✓●←↑→↓!?#&/()[]{}<>=@*_:;,.'\"\u{a0}\u{202f}";

    fn with_font<T>(bytes: &[u8], ask: impl FnOnce(&mut dyn FnMut(char) -> (u16, u16)) -> T) -> T {
        let data = ReadScope::new(bytes).read::<FontData<'_>>().expect("a font");
        let provider = data.table_provider(0).expect("its tables");
        let mut font = Font::new(provider).expect("a map of letters");
        ask(&mut |letter| {
            let (glyph, _) = font.lookup_glyph_index(letter, MatchingPresentation::NotRequired, None);
            (glyph, font.horizontal_advance(glyph).unwrap_or_default())
        })
    }

    #[test]
    fn every_letter_is_in_every_font_of_words() {
        for (index, file) in files().iter().take(6).enumerate() {
            let missing: String = with_font(file, |glyph| LETTERS.chars().filter(|letter| glyph(*letter).0 == 0).collect());
            assert!(missing.is_empty(), "font {index} lacks {missing:?}");
        }
    }

    #[test]
    fn digits_are_all_of_one_width_so_that_money_lines_up() {
        for (index, file) in files().iter().take(6).enumerate() {
            let widths: BTreeSet<u16> = with_font(file, |glyph| ('0'..='9').map(|digit| glyph(digit).1).collect());
            assert_eq!(widths.len(), 1, "font {index} has {widths:?}");
        }
    }
}
