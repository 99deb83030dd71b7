//! The scan box's own state: what was typed or scanned, what it was taken for, and what it found.
//!
//! Every letter asks the desk anew; only the answer to the last question counts.

mod view;

use iced::Task;
use iced::keyboard::{Key, key::Named};

use super::shared::Place;
use super::theme::Tone;
use crate::desk::{Answer, Found, Hit, TookFor, Worker};
use crate::domain::say::Saying;

/// What waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Then {
    /// The answer is shown.
    #[default]
    Show,
    /// One hit alone is opened at once.
    Open,
}

/// The scan box's own state.
#[derive(Debug, Default)]
pub struct Finder {
    text: String,
    ticket: u64,
    then: Then,
    is_asking: bool,
    found: Option<Found>,
    chosen: usize,
}

/// What happens in the scan box.
#[derive(Debug, Clone)]
pub enum Message {
    /// A person typed.
    Typed(String),
    /// A scanner read.
    Scanned(String),
    /// Up or down the sheet.
    Move(isize),
    /// Opens what is chosen.
    Submit,
    /// Opens this hit.
    Pick(usize),
    /// Closes the sheet.
    Leave,
    /// What the desk found.
    Answered(u64, Answer<Found>),
}

/// What the window must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Ask the desk.
    Run(Effect),
    /// Open what was found, and perhaps say something about it.
    Open(Place, Option<(Tone, Saying)>),
    /// Say something.
    Say(Tone, Saying),
    /// Give the keys back to the screen.
    Leave,
}

/// Outside work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// Which question this is.
    pub ticket: u64,
    /// What to find.
    pub text: String,
}

impl Effect {
    /// Asks the desk.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        let Self { ticket, text } = self;
        Task::perform(worker.ask(move |desk| desk.find(&text)), move |answer| Message::Answered(ticket, answer))
    }
}

impl Finder {
    /// What the box holds.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether there is anything to open.
    #[must_use]
    pub fn has_text(&self) -> bool {
        !self.text.trim().is_empty()
    }

    /// Whether the sheet hangs from the box, or the box holds something.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.text.is_empty() || self.found.is_some()
    }

    /// Empties the box; an answer on its way is dropped.
    pub fn close(&mut self) {
        *self = Self { ticket: self.ticket + 1, ..Self::default() };
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) -> Action {
        match message {
            Message::Typed(text) => self.ask(text, Then::Show),
            Message::Scanned(code) => self.ask(code, Then::Open),
            Message::Move(by) => {
                let last = self.hits().len().min(view::ROWS).saturating_sub(1);
                self.chosen = self.chosen.saturating_add_signed(by).min(last);
                Action::None
            }
            Message::Submit if self.is_asking => {
                self.then = Then::Open;
                Action::None
            }
            Message::Submit => self.pick(self.chosen),
            Message::Pick(index) => self.pick(index),
            Message::Leave => {
                self.close();
                Action::Leave
            }
            Message::Answered(ticket, answer) if ticket == self.ticket => {
                self.is_asking = false;
                self.answered(answer)
            }
            Message::Answered(..) => Action::None,
        }
    }

    fn hits(&self) -> &[Hit] {
        self.found.as_ref().map_or(&[], |found| &found.hits)
    }

    fn ask(&mut self, text: String, then: Then) -> Action {
        self.ticket += 1;
        self.chosen = 0;
        self.then = then;
        self.text = text;
        if !self.has_text() {
            self.found = None;
            self.is_asking = false;
            return Action::None;
        }
        self.is_asking = true;
        Action::Run(Effect { ticket: self.ticket, text: self.text.clone() })
    }

    fn answered(&mut self, answer: Answer<Found>) -> Action {
        match answer {
            Ok(found) => {
                let (then, count) = (std::mem::take(&mut self.then), found.hits.len());
                self.found = Some(found);
                match (then, count) {
                    (Then::Open, 1) => self.pick(0),
                    (Then::Open, 0) => {
                        let text = std::mem::take(&mut self.text);
                        self.close();
                        Action::Say(Tone::Ask, Saying::new("found-nothing-for").with("text", text))
                    }
                    _ => Action::None,
                }
            }
            Err(error) => Action::Say(Tone::Refused, error.saying()),
        }
    }

    fn pick(&mut self, index: usize) -> Action {
        let Some(hit) = self.hits().get(index) else { return Action::None };
        let line = match self.found.as_ref().map(|found| found.took_for) {
            Some(TookFor::Receipt { agrees: true }) => Some((Tone::Allowed, Saying::new("found-receipt-agrees"))),
            Some(TookFor::Receipt { agrees: false }) => Some((Tone::Refused, Saying::new("found-receipt-differs"))),
            _ => None,
        };
        let place = match hit {
            Hit::Member(hit) => Place::Member(hit.id),
            Hit::Bill(bill) => Place::Bill(bill.id),
            Hit::Document(number) => Place::Document(*number),
            Hit::Credit(code) => Place::Credit(*code),
        };
        self.close();
        Action::Open(place, line)
    }

    /// What a key does while the sheet is open.
    #[must_use]
    pub fn key(&self, key: &Key) -> Option<Message> {
        if !self.is_open() {
            return None;
        }
        match key.as_ref() {
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::Enter) => Some(Message::Submit),
            Key::Named(Named::Escape) => Some(Message::Leave),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{DeskNo, DocumentNumber};

    fn found(count: u64) -> Answer<Found> {
        let number = |sequence| Hit::Document(DocumentNumber { desk: DeskNo(1), sequence });
        Ok(Found { took_for: TookFor::Document, hits: (1..=count).map(number).collect() })
    }

    fn asked(ticket: u64, text: &str) -> Action {
        Action::Run(Effect { ticket, text: text.to_owned() })
    }

    fn document(sequence: u64) -> Action {
        Action::Open(Place::Document(DocumentNumber { desk: DeskNo(1), sequence }), None)
    }

    #[test]
    fn only_the_answer_to_the_last_letter_counts() {
        let mut finder = Finder::default();
        assert_eq!(finder.update(Message::Typed("b".into())), asked(1, "b"));
        assert_eq!(finder.update(Message::Typed("be".into())), asked(2, "be"));
        assert_eq!(finder.update(Message::Answered(1, found(3))), Action::None);
        assert!(finder.hits().is_empty());
        assert_eq!(finder.update(Message::Answered(2, found(2))), Action::None);
        assert_eq!(finder.hits().len(), 2);
    }

    #[test]
    fn arrows_choose_and_enter_opens() {
        let mut finder = Finder::default();
        let _ = finder.update(Message::Typed("1".into()));
        let _ = finder.update(Message::Answered(1, found(3)));
        for (by, chosen) in [(1, 1), (1, 2), (1, 2), (-1, 1)] {
            let _ = finder.update(Message::Move(by));
            assert_eq!(finder.chosen, chosen);
        }
        assert_eq!(finder.update(Message::Submit), document(2));
        assert!(!finder.is_open());
    }

    #[test]
    fn a_scan_of_one_thing_opens_it_and_of_nothing_says_so() {
        for (count, wanted) in [
            (1, document(1)),
            (0, Action::Say(Tone::Ask, Saying::new("found-nothing-for").with("text", "4711"))),
            (2, Action::None),
        ] {
            let mut finder = Finder::default();
            assert_eq!(finder.update(Message::Scanned("4711".into())), asked(1, "4711"));
            assert_eq!(finder.update(Message::Answered(1, found(count))), wanted, "{count}");
        }
    }

    #[test]
    fn enter_before_the_answer_opens_when_it_comes() {
        let mut finder = Finder::default();
        let _ = finder.update(Message::Typed("1".into()));
        assert_eq!(finder.update(Message::Submit), Action::None);
        assert_eq!(finder.update(Message::Answered(1, found(1))), document(1));
    }

    #[test]
    fn an_answer_after_leaving_is_dropped() {
        let mut finder = Finder::default();
        let _ = finder.update(Message::Typed("1".into()));
        assert_eq!(finder.update(Message::Leave), Action::Leave);
        assert_eq!(finder.update(Message::Answered(1, found(1))), Action::None);
        assert!(!finder.is_open());
    }
}
