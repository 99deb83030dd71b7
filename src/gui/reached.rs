//! What is said of a server that does not answer as it should, wherever somebody waits for it.

use crate::desk::Reach;
use crate::gui::theme::Tone;
use crate::text::Words;

/// What to say while the books cannot be reached as usual; `None` while they can.
pub fn reached(reach: Reach, words: &Words) -> Option<(Tone, String)> {
    match reach {
        Reach::Connected => None,
        Reach::Waiting => Some((Tone::Ask, words.plain("foot-waiting"))),
        Reach::Reconnecting => Some((Tone::Refused, words.plain("foot-reconnecting"))),
        Reach::ReadOnly => Some((Tone::Ask, words.plain("foot-read-only"))),
    }
}
