//! The parts that screens are built of, a file each. They take strings that are already worded, and hold no state of
//! the desk.

mod burst;

pub mod avatar;
pub mod bars;
pub mod button;
pub mod card;
pub mod chip;
pub mod dates;
pub mod empty;
pub mod field;
pub mod floating;
pub mod focus;
pub mod frame;
pub mod hotkeys;
pub mod icon;
pub mod key_cap;
pub mod modal;
pub mod money;
pub mod notice;
pub mod options;
pub mod paper;
pub mod pin_dots;
pub mod pin_pad;
pub mod pressable;
pub mod progress;
pub mod rail;
pub mod rows;
pub mod say;
pub mod scan_box;
pub mod scanner;
pub mod stat;
pub mod steps;
pub mod tick;
pub mod words;

use crate::gui::theme::Look;

/// Anything that can be shown in the window.
pub type Element<'a, Message> = iced::Element<'a, Message, Look>;
