//! Signs, drawn with the letters of the icon font, so that they scale and take the colour of words.

use super::words::Words;
use crate::gui::theme::letters;
pub use lucide_icons::Icon;

/// A sign, `size_px` high, in the colour of the words around it.
pub fn icon<'a>(icon: Icon, size_px: f32) -> Words<'a> {
    iced::widget::text(char::from(icon).to_string()).font(letters::ICONS).size(size_px).line_height(1.0)
}
