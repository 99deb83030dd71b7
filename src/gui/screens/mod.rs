//! The screens, a file each: state, `Message`, `Effect` (outside work as comparable data with one `perform`), `update` (pure, answers
//! an [`Action`](super::shared::Action)), `view` (answers [`Parts`](super::shared::Parts)). A late answer carries a ticket and is
//! dropped when stale. Words come through `Shared`, spacing, type and colour by name from the theme.

pub mod approval;
pub mod bill;
pub mod gallery;
pub mod member;
pub mod sign_up;
