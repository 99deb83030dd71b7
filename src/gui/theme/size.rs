//! Lengths by name, in logical pixels.

/// Room between and inside things.
pub mod space {
    /// Between a sign and its word.
    pub const XXS: f32 = 4.0;
    /// Between a word and its key cap.
    pub const XS: f32 = 8.0;
    /// Between cards that belong together.
    pub const S: f32 = 12.0;
    /// Inside cards, between columns.
    pub const M: f32 = 16.0;
    /// The margin of a screen.
    pub const L: f32 = 20.0;
    /// Inside large cards.
    pub const XL: f32 = 24.0;
    /// Around a dialog.
    pub const XXL: f32 = 32.0;
}

/// How round corners are.
pub mod radius {
    /// Key caps.
    pub const KEY: f32 = 5.0;
    /// Ticks and small marks.
    pub const CHIP: f32 = 6.0;
    /// Fields.
    pub const FIELD: f32 = 10.0;
    /// Buttons.
    pub const BUTTON: f32 = 12.0;
    /// Cards.
    pub const CARD: f32 = 14.0;
    /// Half of anything: chips and dots.
    pub const PILL: f32 = 99.0;
}

/// The window at its first opening, and the least it is made for: width and height.
pub const WINDOW: (f32, f32) = (1280.0, 800.0);
/// What has to stay of the window, in logical pixels, however large everything is drawn.
pub const LEAST: (f32, f32) = (960.0, 540.0);
/// The width of a body below which a list shows its figures below each other.
pub const BODY_NARROW: f32 = 700.0;
/// The width of the rail at the left.
pub const RAIL: f32 = 88.0;
/// The height of one entry of the rail.
pub const RAIL_ENTRY: f32 = 60.0;
/// The height of the bar with the scan box.
pub const TOP: f32 = 64.0;
/// The width of the side with the receipt.
pub const SIDE: f32 = 332.0;
/// The margin of the side.
pub const SIDE_MARGIN: f32 = 18.0;
/// The height of the bar with the keys.
pub const FOOT: f32 = 40.0;
/// The height of a field.
pub const FIELD: f32 = 44.0;
/// The height of a row of a list, and the least.
pub const ROW: f32 = 52.0;
/// The height of the line of column names.
pub const ROW_HEAD: f32 = 40.0;
/// The height of a button.
pub const BUTTON: f32 = 48.0;
/// The height of the one primary button.
pub const PRIMARY: f32 = 56.0;
/// The width of the scan box.
pub const SCAN_BOX: f32 = 640.0;
/// The width of a dialog.
pub const DIALOG: f32 = 740.0;
/// The width of a narrow dialog: a PIN, a question.
pub const DIALOG_NARROW: f32 = 420.0;
/// The side of a tick's square.
pub const TICK: f32 = 22.0;
/// The side of an avatar.
pub const AVATAR: f32 = 36.0;
/// The height of a progress bar.
pub const PROGRESS: f32 = 8.0;
/// The size of an icon beside words.
pub const ICON: f32 = 18.0;
/// The size of an icon of the rail.
pub const ICON_RAIL: f32 = 21.0;
/// The size of an icon that stands alone in an empty list.
pub const ICON_EMPTY: f32 = 36.0;
/// The side of a PIN's dot.
pub const PIN_DOT: f32 = 18.0;
/// The height of a key cap.
pub const KEY_CAP: f32 = 22.0;
/// The height of a chip.
pub const CHIP: f32 = 26.0;
/// The width of the coloured edge of a card.
pub const CARD_EDGE: f32 = 4.0;
/// The height of one tooth of the paper's torn edge.
pub const TOOTH: f32 = 5.0;
/// The height of a receipt's bars on the screen.
pub const BARS: f32 = 40.0;
/// The side of a receipt's QR code on the screen.
pub const QR: f32 = 96.0;
/// The width of a column of quantities.
pub const COLUMN_QUANTITY: f32 = 88.0;
/// The width of a column of money.
pub const COLUMN_MONEY: f32 = 92.0;
/// The width of a column of chips.
pub const COLUMN_CHIP: f32 = 176.0;
/// The same in a narrow window.
pub const COLUMN_CHIP_NARROW: f32 = 144.0;
/// The width of a column of a day and a time.
pub const COLUMN_WHEN: f32 = 144.0;
/// The width of a scroll bar.
pub const SCROLL_BAR: f32 = 8.0;
/// How far the shade of what floats reaches at its sides.
pub const SHADE: f32 = 18.0;
/// A hairline.
pub const HAIRLINE: f32 = 1.0;
/// The frame of what is chosen.
pub const FRAME: f32 = 2.0;
/// The same in high contrast.
pub const FRAME_CONTRAST: f32 = 3.0;
/// The room between a thing and the ring of its focus.
pub const RING_GAP: f32 = 2.0;
/// The width of a column with a date, a chip or an amount.
pub const COLUMN: f32 = 120.0;
/// The width of a column with a chip of several words.
pub const COLUMN_WIDE: f32 = 200.0;
/// What a sheet in the middle of the window takes around its list.
pub const SHEET_REST: f32 = 204.0;
/// The height of the list of people at the sign-in.
pub const SIGN_IN_LIST: f32 = 408.0;
/// The room of two lines of help.
pub const TWO_LINES: f32 = 40.0;
/// The height of a body below which nothing in it can stay in its place.
pub const BODY_LOW: f32 = 560.0;
