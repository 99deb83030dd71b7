//! How far something is that takes longer than a glance.

use crate::domain::say::Saying;

/// How far it is, with what is being done now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub doing: Saying,
    /// Steps that are done.
    pub done: u32,
    /// All of them.
    pub all: u32,
}

/// Who is told how far something is.
pub type Tell<'a> = &'a mut dyn FnMut(Progress);

/// Counts steps, and tells of each hundredth.
pub(super) struct Steps<'a> {
    tell: Tell<'a>,
    now: Progress,
    told: u32,
}

impl<'a> Steps<'a> {
    /// So many steps, the first of which does this.
    pub(super) fn new(all: u32, doing: &str, tell: Tell<'a>) -> Self {
        let now = Progress { doing: Saying::new(doing), done: 0, all };
        tell(now.clone());
        Self { tell, now, told: 0 }
    }

    /// Something else is done now.
    pub(super) fn turn_to(&mut self, doing: &str) {
        self.now.doing = Saying::new(doing);
        self.say();
    }

    /// So many more are done.
    pub(super) fn done(&mut self, steps: u32) {
        self.now.done = self.now.done.saturating_add(steps).min(self.now.all);
        if self.now.done.saturating_sub(self.told) >= self.now.all.div_ceil(100) {
            self.say();
        }
    }

    fn say(&mut self) {
        self.told = self.now.done;
        (self.tell)(self.now.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hundredth_is_told_and_each_turn() {
        let mut told = Vec::new();
        let mut tell = |progress: Progress| told.push((progress.doing.id, progress.done));
        let mut steps = Steps::new(1000, "opening-members", &mut tell);
        (0..25).for_each(|_| steps.done(1));
        steps.turn_to("opening-sales");
        steps.done(2000);
        let members = |done| (String::from("opening-members"), done);
        let sales = |done| (String::from("opening-sales"), done);
        assert_eq!(told, [members(0), members(10), members(20), sales(25), sales(1000)]);
    }
}
