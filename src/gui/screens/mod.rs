//! The screens, a file each: state, `Message`, `Effect` (outside work as comparable data with one `perform`), `update` (pure, answers
//! an [`Action`](super::shared::Action)), `view` (answers [`Parts`](super::shared::Parts)). A late answer carries a ticket and is
//! dropped when stale. Words come through `Shared`, spacing, type and colour by name from the theme.

pub mod approval;
pub mod approvals;
pub mod bill;
pub mod bills;
pub mod credit;
pub mod document;
pub mod due;
pub mod first_start;
pub mod gallery;
pub mod history;
pub mod home;
pub mod key_help;
pub mod member;
pub mod shift;
pub mod sign_in;
pub mod sign_up;
pub mod staff;
pub mod trouble;

use crate::domain::ruling::Ruling;
use crate::domain::say::Saying;

/// What the weightiest rule says.
fn heaviest(rulings: &[Ruling]) -> Option<Saying> {
    rulings.iter().max_by_key(|ruling| ruling.outcome).map(|ruling| ruling.say.clone())
}
