//! How quick the desk is, each figure beside the bare engine or a bare window in the same run.
//!
//! `cargo bench` runs everything, `cargo bench -- post` one subject. Figures are printed as `name: figure (goal ...)`; nothing
//! here fails for being slow. What is compared is taken by turns, so that a busy machine slows both.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod age;
mod desks;
mod figures;
mod find;
mod import;
mod paper;
mod post;
#[path = "../server.rs"]
#[allow(dead_code)]
mod server;
mod shop;
mod window;

use std::time::Duration;

use criterion::Criterion;

fn main() {
    if window::is_bare() {
        return window::open_bare();
    }
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted.starts_with(name));
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_millis(1_500))
        .without_plots()
        .configure_from_args();
    type Run = fn(&mut Criterion);
    let subjects: [(&str, Run); 7] = [
        ("post", post::run),
        ("paper", paper::run),
        ("find", find::run),
        ("import", import::run),
        ("window", window::run),
        ("desks", desks::run),
        ("age", age::run),
    ];
    for (name, run) in subjects {
        if is_wanted(name) {
            run(&mut criterion);
        }
    }
    criterion.final_summary();
}
