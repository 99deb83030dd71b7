//! Whether the books can be reached: told by the engine, watched by the window while the desk's thread waits.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

/// How long a server may take to answer before whoever watches is told that it takes long.
const LONG: Duration = Duration::from_secs(2);

/// Whether the books can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// They can.
    Connected,
    /// The server was asked a while ago and has not answered yet.
    Waiting,
    /// The server does not answer; it is being tried again.
    Reconnecting,
    /// Only a server answers that takes no writes: the books can be looked at, and nothing can be booked.
    ReadOnly,
}

/// A handle by which another thread sees whether the books can be reached. A file always can.
#[derive(Debug, Clone, Default)]
pub struct Reaching(Arc<Told>);

#[derive(Debug, Default)]
struct Told {
    reach: AtomicU8,
    /// Since when an answer is waited for, in milliseconds after [`BEGAN`]; 0 when none is.
    asked_ms: AtomicU64,
}

/// A moment before anything was asked.
static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);

impl Reaching {
    /// Whether the books can be reached now.
    pub fn now(&self) -> Reach {
        match self.0.reach.load(Ordering::Relaxed) {
            1 => Reach::Reconnecting,
            _ if self.has_waited(LONG) => Reach::Waiting,
            0 => Reach::Connected,
            _ => Reach::ReadOnly,
        }
    }

    fn has_waited(&self, long: Duration) -> bool {
        let asked_ms = self.0.asked_ms.load(Ordering::Relaxed);
        asked_ms > 0 && BEGAN.elapsed().saturating_sub(Duration::from_millis(asked_ms)) >= long
    }

    pub(super) fn tell(&self, reach: Reach) {
        let number = match reach {
            Reach::Connected | Reach::Waiting => 0,
            Reach::Reconnecting => 1,
            Reach::ReadOnly => 2,
        };
        self.0.reach.store(number, Ordering::Relaxed);
    }

    /// An answer is waited for from now on.
    pub(super) fn asked(&self) {
        let now_ms = u64::try_from(BEGAN.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.0.asked_ms.store(now_ms.max(1), Ordering::Relaxed);
    }

    /// No answer is waited for any more.
    pub(super) fn answered(&self) {
        self.0.asked_ms.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_seen_elsewhere() {
        let reaching = Reaching::default();
        let watched = reaching.clone();
        assert_eq!(watched.now(), Reach::Connected);
        for reach in [Reach::Reconnecting, Reach::ReadOnly, Reach::Connected] {
            reaching.tell(reach);
            assert_eq!(watched.now(), reach);
        }
    }

    #[test]
    fn only_a_long_wait_is_told() {
        let reaching = Reaching::default();
        reaching.asked();
        assert_eq!((reaching.now(), reaching.has_waited(Duration::ZERO)), (Reach::Connected, true));
        reaching.answered();
        assert!(!reaching.has_waited(Duration::ZERO));
    }
}
