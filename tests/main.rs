//! Everything tested from outside, in one binary: one module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod backup;
mod chain;
mod commands;
mod conformance;
mod desk;
mod golden;
mod intake;
mod journeys;
mod program;
mod proof;
mod receipt;
mod screens;
mod server;
mod shows;
mod specimens;
mod store;
mod trouble;
mod widgets;
mod words;
