//! The colours, by what they mean.
//!
//! A status always comes as a sign and a word as well: colour only supports it.

use iced::Color;

/// Every colour that a widget may use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub background: Color,
    /// Cards, bars and fields.
    pub surface: Color,
    /// The side panel, and a surface under the pointer.
    pub raised: Color,
    /// Behind words that state a fact: quiet chips, avatars.
    pub quiet: Color,
    /// Hairlines between rows and around cards.
    pub line: Color,
    /// The outline of what can be filled in or ticked.
    pub edge: Color,
    /// Words.
    pub text: Color,
    /// Words of second rank.
    pub muted: Color,
    /// Words of what cannot be pressed now.
    pub off: Color,
    /// The one accent: the primary button, what is chosen.
    pub accent: Color,
    /// Behind what is chosen.
    pub accent_soft: Color,
    /// Words on the accent.
    pub on_accent: Color,
    /// The frame of what is chosen or has the focus.
    pub frame: Color,
    /// A rule allows it.
    pub allowed: Color,
    /// Behind words of what is allowed.
    pub allowed_soft: Color,
    /// A second person is asked.
    pub ask: Color,
    /// Behind words of what must be asked.
    pub ask_soft: Color,
    /// A rule refuses it, or something is wrong.
    pub refused: Color,
    /// Behind words of what is refused.
    pub refused_soft: Color,
    /// Words on `refused`.
    pub on_refused: Color,
    /// The outline of chips, which only high contrast needs.
    pub outline: Color,
    /// The receipt's sheet.
    pub paper: Color,
    /// The edge of the receipt's sheet.
    pub paper_line: Color,
    /// What is printed on the receipt.
    pub ink: Color,
    /// Laid over the screen under a dialog.
    pub scrim: Color,
    /// Under what floats.
    pub shadow: Color,
}

const fn rgb(hex: u32) -> Color {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color::from_rgb8(red, green, blue)
}

const fn black(alpha: f32) -> Color {
    Color::from_rgba8(0, 0, 0, alpha)
}

/// Daylight.
pub const LIGHT: Palette = Palette {
    background: rgb(0xF5_F4_F0),
    surface: rgb(0xFF_FF_FF),
    raised: rgb(0xFB_FA_F7),
    quiet: rgb(0xEF_ED_E8),
    line: rgb(0xE4_E1_DA),
    edge: rgb(0x8B_90_97),
    text: rgb(0x1E_22_26),
    muted: rgb(0x66_6C_75),
    off: rgb(0x66_6C_75),
    accent: rgb(0x0F_6B_63),
    accent_soft: rgb(0xE1_F0_EE),
    on_accent: rgb(0xFF_FF_FF),
    frame: rgb(0x0F_6B_63),
    allowed: rgb(0x17_71_3B),
    allowed_soft: rgb(0xE3_F3_E8),
    ask: rgb(0x9A_4A_06),
    ask_soft: rgb(0xFB_EE_DC),
    refused: rgb(0xA8_23_1A),
    refused_soft: rgb(0xFB_E6_E4),
    on_refused: rgb(0xFF_FF_FF),
    outline: Color::TRANSPARENT,
    paper: rgb(0xFF_FE_FA),
    paper_line: rgb(0xE4_E1_DA),
    ink: rgb(0x1E_22_26),
    scrim: black(0.45),
    shadow: black(0.16),
};

/// A dim room.
pub const DARK: Palette = Palette {
    background: rgb(0x13_16_19),
    surface: rgb(0x1B_1F_23),
    raised: rgb(0x20_25_2A),
    quiet: rgb(0x29_2F_35),
    line: rgb(0x2E_35_3C),
    edge: rgb(0x6C_76_80),
    text: rgb(0xE9_EC_EF),
    muted: rgb(0x9C_A5_AF),
    off: rgb(0x9C_A5_AF),
    accent: rgb(0x3C_C8_B8),
    accent_soft: rgb(0x17_35_31),
    on_accent: rgb(0x06_23_1F),
    frame: rgb(0x3C_C8_B8),
    allowed: rgb(0x5B_D3_8A),
    allowed_soft: rgb(0x16_30_1F),
    ask: rgb(0xF0_B3_65),
    ask_soft: rgb(0x35_27_0F),
    refused: rgb(0xFF_8A_80),
    refused_soft: rgb(0x3A_1A_18),
    on_refused: rgb(0x2A_08_06),
    outline: Color::TRANSPARENT,
    paper: rgb(0xF4_F1_E8),
    paper_line: rgb(0xF4_F1_E8),
    ink: rgb(0x1E_22_26),
    scrim: black(0.6),
    shadow: black(0.5),
};

/// Black on white; the accent is only a frame.
pub const CONTRAST_LIGHT: Palette = contrast(Color::WHITE, Color::BLACK, rgb(0x70_70_70), rgb(0x0B_57_D0), black(0.7));

/// White on black; the accent is only a frame.
pub const CONTRAST_DARK: Palette =
    contrast(Color::BLACK, Color::WHITE, rgb(0xA0_A0_A0), rgb(0xFF_D4_00), Color::from_rgba8(64, 64, 64, 0.85));

const fn contrast(ground: Color, words: Color, off: Color, frame: Color, scrim: Color) -> Palette {
    Palette {
        background: ground,
        surface: ground,
        raised: ground,
        quiet: ground,
        line: words,
        edge: words,
        text: words,
        muted: words,
        off,
        accent: words,
        accent_soft: ground,
        on_accent: ground,
        frame,
        allowed: words,
        allowed_soft: ground,
        ask: words,
        ask_soft: ground,
        refused: words,
        refused_soft: ground,
        on_refused: ground,
        outline: words,
        paper: Color::WHITE,
        paper_line: Color::BLACK,
        ink: Color::BLACK,
        scrim,
        shadow: Color::TRANSPARENT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance as WCAG 2.2 defines it.
    fn luminance(color: Color) -> f32 {
        let linear = |part: f32| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
        0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
    }

    fn ratio(one: Color, other: Color) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn words_can_be_read_in_every_theme() {
        for (name, p) in [("light", LIGHT), ("dark", DARK), ("contrast light", CONTRAST_LIGHT), ("contrast dark", CONTRAST_DARK)]
        {
            let pairs = [
                ("text on background", p.text, p.background),
                ("text on surface", p.text, p.surface),
                ("text on chosen", p.text, p.accent_soft),
                ("muted on background", p.muted, p.background),
                ("muted on surface", p.muted, p.surface),
                ("muted on raised", p.muted, p.raised),
                ("muted on quiet", p.muted, p.quiet),
                ("muted on chosen", p.muted, p.accent_soft),
                ("off on background", p.off, p.background),
                ("accent on surface", p.accent, p.surface),
                ("accent on chosen", p.accent, p.accent_soft),
                ("on accent", p.on_accent, p.accent),
                ("on refused", p.on_refused, p.refused),
                ("allowed", p.allowed, p.allowed_soft),
                ("ask", p.ask, p.ask_soft),
                ("refused", p.refused, p.refused_soft),
                ("refused on surface", p.refused, p.surface),
                ("ink", p.ink, p.paper),
            ];
            for (what, one, other) in pairs {
                assert!(ratio(one, other) >= 4.5, "{name}: {what} is {:.2}, below 4.5", ratio(one, other));
            }
            for (what, one, other) in [("edge", p.edge, p.surface), ("frame", p.frame, p.surface)] {
                assert!(ratio(one, other) >= 3.0, "{name}: {what} is {:.2}, below 3", ratio(one, other));
            }
        }
    }
}
