//! Faults planted on purpose, to see that the tests would notice them. Only builds for tests can be asked for one; the finished program
//! has neither the faults nor the name of the variable that asks for them.

/// Whether this fault is asked for by the environment.
#[cfg(debug_assertions)]
pub fn planted(fault: &str) -> bool {
    std::env::var("COURTESY_PLANT").is_ok_and(|asked| asked == fault)
}

/// Nothing is planted in the finished program; built into whoever asks, so that not even the fault's name is left.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub const fn planted(_fault: &str) -> bool {
    false
}
