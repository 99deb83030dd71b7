//! A receipt of twelve lines as PDF.

use std::time::Instant;

use courtesy::receipt::pdf::{self, Imprint};
use criterion::Criterion;

use crate::figures::{folder, median, ms, tell};
use crate::shop;

/// Times that it is drawn for the middle.
const TIMES: usize = 101;

/// Runs the subject.
pub fn run(criterion: &mut Criterion) {
    let folder = folder();
    let mut desk = shop::open(folder.path(), "EUR");
    shop::sell(&mut desk, 1);
    let envelope = shop::refund(&desk, 1, None);
    let document = shop::post(&mut desk, &envelope).document;
    assert_eq!(document.quote.lines.len(), shop::LINES as usize);
    let (filled, _) = desk.filled(document.number, 0).unwrap();
    let number = document.number.to_string();
    let imprint = Imprint { number: &number, title: &number, author: "Club", posted_at_us: document.at.at_us };
    let bytes = pdf::draw(&filled, &imprint).unwrap().bytes.len();
    let times = (0..TIMES).map(|_| {
        let began = Instant::now();
        assert_eq!(pdf::draw(&filled, &imprint).unwrap().bytes.len(), bytes);
        ms(began.elapsed())
    });
    tell("paper: PDF of twelve lines, time", &format!("{:.2} ms", median(times.collect())), "under 3 ms");
    tell("paper: PDF of twelve lines, size", &format!("{:.1} KB", bytes as f64 / 1e3), "under 35 KB");
    criterion.bench_function("paper/pdf", |bencher| bencher.iter(|| pdf::draw(&filled, &imprint).unwrap()));
}
