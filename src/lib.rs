//! Courtesy, the program at a membership counter.
//!
//! One way through the house: `Request -> Quote -> Approval -> Document -> Receipt`. The rooms, and which way they may look:
//!
//! ```text
//! main, gui -> desk -> store, receipt, intake -> domain
//! gui, receipt, main -> text -> domain
//! ```
//!
//! `domain` is pure: no clock, file, SQL, window or random number. A test holds these arrows.

pub mod desk;
pub mod domain;
pub mod gui;
pub mod intake;
pub mod planted;
pub mod receipt;
pub mod store;
pub mod text;
