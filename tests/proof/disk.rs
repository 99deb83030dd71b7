//! Disks of a test's own, which only root can have.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Unmounts; whoever was killed may hold it a moment longer.
pub fn unmount(root: &Path) {
    let until = Instant::now() + Duration::from_secs(10);
    while let Err(busy) = ran("umount", &[root.to_str().unwrap()]) {
        if busy.contains("not mounted") || Instant::now() > until {
            return;
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// Runs a program of the system; an error says what it said.
pub fn ran(program: &str, arguments: &[&str]) -> Result<(), String> {
    let done = Command::new(program).args(arguments).stdin(Stdio::null()).output();
    let done = done.map_err(|error| format!("{program}: {error}"))?;
    if done.status.success() { Ok(()) } else { Err(format!("{program}: {}", String::from_utf8_lossy(&done.stderr).trim())) }
}
