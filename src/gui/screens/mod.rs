//! One file a screen: its state, messages, actions, effects and view.

pub mod gallery;
