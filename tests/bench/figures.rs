//! Figures and how they are told.

use std::time::Duration;

/// Tells a figure beside its goal.
pub fn tell(name: &str, figure: &str, goal: &str) {
    println!("{name}: {figure} (goal {goal})");
}

/// Tells something besides the figures.
pub fn note(name: &str, what: &str) {
    println!("{name}: {what}");
}

/// The middle of some figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// The duration that this share of all stays within.
pub fn percentile(sorted: &[Duration], share: f64) -> Duration {
    let last = sorted.len() - 1;
    sorted[((last as f64) * share).round() as usize]
}

/// Milliseconds.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Processor time of this thread so far, where the system tells.
pub fn thread_cpu() -> Option<Duration> {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    told.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// A throw-away folder on the disk that this was built on.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}
