//! Everything tested from outside, in one binary: one module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod conformance;
mod desk;
mod intake;
mod journeys;
mod receipt;
mod screens;
mod server;
mod specimens;
mod store;
mod widgets;
mod words;
