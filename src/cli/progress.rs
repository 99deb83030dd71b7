//! What a person sees of work that takes longer than a blink.

use std::time::{Duration, Instant};

use courtesy::store::backup::Stage;
use courtesy::text::Words;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that ends sooner shows nothing.
const BLINK: Duration = Duration::from_millis(300);

/// A bar that appears when the work takes longer than a blink.
pub(super) struct Late {
    bar: ProgressBar,
    began: Instant,
    shown: bool,
}

impl Late {
    pub(super) fn new() -> Self {
        let style = ProgressStyle::with_template("{msg} {wide_bar} {percent}% {eta}");
        let bar = ProgressBar::hidden().with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self { bar, began: Instant::now(), shown: false }
    }

    /// Shows how much of a stage is done.
    pub(super) fn tell(&mut self, words: &Words, stage: Stage, done: u64, all: u64) {
        if !self.shown && self.began.elapsed() > BLINK {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.shown = true;
        }
        if self.shown {
            let stage = match stage {
                Stage::Copying => "cli-stage-copying",
                Stage::Checking => "cli-stage-checking",
            };
            self.bar.set_message(words.plain(stage));
            self.bar.set_length(all);
            self.bar.set_position(done);
        }
    }
}

impl Drop for Late {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
