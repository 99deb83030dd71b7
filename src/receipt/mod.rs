//! What a member takes home.
//!
//! A receipt is first a [`Paper`]: rows in reading order, with no device, no font and no personal data in it. A posted document keeps its
//! paper for ever. To print, the paper is *filled* ([`Paper::fill`]): each slot asks for the name or card of its person as they stand
//! today, and an erased person leaves the word for "erased". Small painters draw the filled paper:
//!
//! - [`pdf`]: an 80 mm strip as a file, the same bytes for the same receipt;
//! - [`text`]: 42 columns of plain text, and the rows of the preview on the screen.
//!
//! [`print`] hands the result to a printer or a folder. Nothing here knows what a refund is, and no word is made here: the text
//! room gives every word.

pub mod compose;
pub mod font;
pub mod layout;
pub mod mark;
pub mod pdf;
pub mod print;
pub mod sheet;
pub mod symbol;
pub mod text;
pub mod wrap;

pub use layout::{Filled, Line, Paper, PersonPart, Row, Slot, Span, Text, Weight};
