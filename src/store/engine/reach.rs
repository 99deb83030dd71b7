//! Whether the books can be reached: told by the engine, watched by the window while the desk's thread waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Whether the books can be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// They can.
    Connected,
    /// The server does not answer; it is being tried again.
    Reconnecting,
    /// Only a server answers that takes no writes: the books can be looked at, and nothing can be booked.
    ReadOnly,
}

/// A handle by which another thread sees whether the books can be reached. A file always can.
#[derive(Debug, Clone, Default)]
pub struct Reaching(Arc<AtomicU8>);

impl Reaching {
    /// Whether the books can be reached now.
    pub fn now(&self) -> Reach {
        match self.0.load(Ordering::Relaxed) {
            0 => Reach::Connected,
            1 => Reach::Reconnecting,
            _ => Reach::ReadOnly,
        }
    }

    pub(super) fn tell(&self, reach: Reach) {
        let number = match reach {
            Reach::Connected => 0,
            Reach::Reconnecting => 1,
            Reach::ReadOnly => 2,
        };
        self.0.store(number, Ordering::Relaxed);
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
}
