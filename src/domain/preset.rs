//! The shipped policies, one a trade.

/// A policy that comes with the program.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Short code, such as `club`.
    pub code: &'static str,
    /// The policy's text.
    pub text: &'static str,
}

/// Every shipped preset.
pub const ALL: [Preset; 3] = [
    Preset { code: "club", text: include_str!("../../resources/presets/club.toml") },
    Preset { code: "hotel", text: include_str!("../../resources/presets/hotel.toml") },
    Preset { code: "open", text: include_str!("../../resources/presets/open.toml") },
];

/// The preset of a code.
pub fn of(code: &str) -> Option<Preset> {
    ALL.into_iter().find(|preset| preset.code == code)
}
