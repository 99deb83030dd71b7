//! Everything tested from outside, in one binary: one module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod chain;
mod desk;
mod golden;
mod intake;
mod journeys;
mod receipt;
mod screens;
mod specimens;
mod store;
mod widgets;
mod words;
