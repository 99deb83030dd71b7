//! Signing in: who is at the desk, then the PIN. The same screen unlocks the window for who was away.

use crate::desk::{Answer, Basics, Desk, Pin, Reach, SignedIn, Worker};
use crate::domain::ids::StaffNo;
use crate::domain::say::Saying;
use crate::domain::staff::Staff;
use crate::gui::reached::reached;
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::words::{Toned, body, caption, help, strong, title};
use crate::gui::widgets::{
    Element, avatar::avatar, button, chip, frame, key_cap::key_cap, options::choosable, pin_dots::pin_dots, pin_pad::pin_pad,
};
use crate::text::{Arg, Words};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, row};
use iced::{Alignment, Length, Task};

/// The most digits that a PIN may have.
const MOST_DIGITS: usize = 12;
/// The fewest; as many dots are shown.
pub(super) const LEAST_DIGITS: usize = 6;

/// What the PIN came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trying {
    /// It is being typed.
    Typing,
    /// The desk looks at it.
    Asking,
    /// It was not taken.
    Wrong(Saying),
}

/// The screen.
#[derive(Debug)]
pub struct SignIn {
    shop_name: String,
    people: Vec<Staff>,
    pins: Vec<(StaffNo, String)>,
    chosen: usize,
    is_person_chosen: bool,
    is_locked: bool,
    pin: String,
    trying: Trying,
    ticket: u64,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// This person, and on to the PIN.
    Choose(usize),
    /// Up or down the list.
    Move(isize),
    /// On to the PIN of who is chosen.
    Confirm,
    /// A digit of the PIN.
    Digit(char),
    /// The last digit was wrong.
    Erase,
    /// Back to the list.
    Back,
    /// That was the PIN.
    Submit,
    /// What the desk says to it.
    Answered(u64, Answer<SignedIn>),
}

/// What the root must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    None,
    /// Ask the desk.
    Try(Effect),
    /// Let this person work.
    Admit(Staff),
}

/// Outside work.
#[derive(Clone, PartialEq, Eq)]
pub struct Effect {
    ticket: u64,
    no: StaffNo,
    pin: String,
}

impl std::fmt::Debug for Effect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Effect").field("ticket", &self.ticket).field("no", &self.no).finish_non_exhaustive()
    }
}

impl Effect {
    /// Asks the desk whether the PIN is right.
    pub fn perform(self, worker: &Worker) -> Task<Message> {
        let Self { ticket, no, pin } = self;
        let pin = Pin::new(pin);
        let asked = worker.ask(move |desk: &mut Desk| desk.sign_in(no, &pin));
        Task::perform(asked, move |answer| Message::Answered(ticket, answer))
    }
}

impl SignIn {
    /// The screen for the people of a shop; `away` is who left the window locked.
    #[must_use]
    pub fn new(basics: &Basics, pins: Vec<(StaffNo, String)>, away: Option<StaffNo>) -> Self {
        let chosen = away.and_then(|no| basics.people.iter().position(|person| person.no == no));
        Self {
            shop_name: basics.shop.name.clone(),
            people: basics.people.clone(),
            pins,
            chosen: chosen.unwrap_or(0),
            is_person_chosen: chosen.is_some() || basics.people.len() == 1,
            is_locked: chosen.is_some(),
            pin: String::new(),
            trying: Trying::Typing,
            ticket: 0,
        }
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) -> Action {
        if self.trying == Trying::Asking && !matches!(message, Message::Answered(..)) {
            return Action::None;
        }
        match message {
            Message::Choose(index) => self.choose(index, true),
            // The first arrow goes to who is marked; each further one to the next.
            Message::Move(_) if !self.is_person_chosen => self.choose(self.chosen, true),
            Message::Move(by) => {
                let last = self.people.len().saturating_sub(1);
                self.choose(self.chosen.saturating_add_signed(by).min(last), true);
            }
            Message::Confirm => self.choose(self.chosen, true),
            Message::Back => self.choose(self.chosen, false),
            // Before anybody is chosen, a digit is somebody's number.
            Message::Digit(digit) if !self.is_person_chosen => {
                let number = digit.to_string();
                if let Some(index) = self.people.iter().position(|person| person.no.to_string() == number) {
                    self.choose(index, true);
                }
            }
            Message::Digit(digit) => {
                self.trying = Trying::Typing;
                if self.pin.len() < MOST_DIGITS {
                    self.pin.push(digit);
                }
            }
            Message::Erase => {
                self.trying = Trying::Typing;
                self.pin.pop();
            }
            Message::Submit => return self.submit(),
            Message::Answered(ticket, answer) if ticket == self.ticket => return self.answered(answer),
            Message::Answered(..) => {}
        }
        Action::None
    }

    fn choose(&mut self, index: usize, then_pin: bool) {
        if index < self.people.len() {
            self.chosen = index;
            self.is_person_chosen = then_pin;
            self.pin.clear();
            self.trying = Trying::Typing;
        }
    }

    fn submit(&mut self) -> Action {
        let Some(person) = self.people.get(self.chosen).filter(|_| !self.pin.is_empty()) else { return Action::None };
        self.ticket += 1;
        self.trying = Trying::Asking;
        Action::Try(Effect { ticket: self.ticket, no: person.no, pin: std::mem::take(&mut self.pin) })
    }

    fn answered(&mut self, answer: Answer<SignedIn>) -> Action {
        match answer {
            Ok(signed_in) => {
                self.trying = Trying::Typing;
                Action::Admit(signed_in.staff)
            }
            Err(error) => {
                self.trying = Trying::Wrong(error.saying());
                Action::None
            }
        }
    }

    /// What a key does here.
    #[must_use]
    pub fn key(&self, key: &Key, modifiers: Modifiers) -> Option<Message> {
        if modifiers.command() {
            return None;
        }
        match key.as_ref() {
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::Escape) if self.is_person_chosen => Some(Message::Back),
            Key::Named(Named::Backspace) if self.is_person_chosen => Some(Message::Erase),
            Key::Named(Named::Enter) if self.is_person_chosen => Some(Message::Submit),
            Key::Named(Named::Enter) => Some(Message::Confirm),
            Key::Character(typed) => typed.chars().next().filter(char::is_ascii_digit).map(Message::Digit),
            _ => None,
        }
    }

    /// Draws it, for books that can be reached so.
    pub fn view<'a>(&'a self, words: &Words, reach: Reach) -> Element<'a, Message> {
        let heading = if self.is_locked { words.plain("sign-in-locked") } else { words.plain("sign-in-title") };
        let words = words.clone();
        super::trouble::whole_around(move |height_px| {
            let shop = container(body(self.shop_name.as_str()).tone(Tone::Muted)).align_right(Length::Fill);
            let head = row![title(heading.clone()), shop].spacing(space::M).align_y(Alignment::Center);
            let content = row![
                container(self.list(&words, height_px)).width(Length::FillPortion(3)),
                container(self.pin_side(&words, reach)).width(Length::FillPortion(2)),
            ]
            .spacing(space::XL);
            column![head, content, self.foot(&words)].spacing(space::XL).into()
        })
    }

    fn list(&self, words: &Words, height_px: f32) -> Element<'_, Message> {
        let lines = self.people.iter().enumerate().map(|(index, person)| self.person(index, person, words));
        let list = column(lines).spacing(space::XS);
        column![caption(words.plain("sign-in-who")), frame::scroll(list).spacing(space::XS).height(height_px)]
            .spacing(space::XS)
            .into()
    }

    fn person<'a>(&'a self, index: usize, person: &'a Staff, words: &Words) -> Element<'a, Message> {
        let is_chosen = index == self.chosen && self.is_person_chosen;
        let name = column![strong(person.name.as_str()).line_height(1.2), help(words.named(&person.role)).line_height(1.2)];
        let shown = self.pins.iter().find(|(no, _)| *no == person.no);
        let shown =
            shown.map(|(_, pin)| chip::chip(chip::Verdict::Quiet, words.say("sign-in-demo-pin", &[("pin", Arg::text(pin))])));
        let line = row![avatar(&person.name, is_chosen), container(name).width(Length::Fill)]
            .push(shown)
            .push(key_cap(person.no.to_string()))
            .spacing(space::S)
            .align_y(Alignment::Center);
        choosable(line, is_chosen, Some(Message::Choose(index))).into()
    }

    fn pin_side(&self, words: &Words, reach: Reach) -> Element<'_, Message> {
        let person = self.people.get(self.chosen).filter(|_| self.is_person_chosen);
        let of = person.map_or_else(
            || words.plain("field-pin"),
            |person| words.say("sign-in-pin-of", &[("name", Arg::text(person.name.as_str()))]),
        );
        let (tone, note) = match (&self.trying, reached(reach, words)) {
            (Trying::Wrong(saying), _) => (Tone::Refused, format!("×\u{a0}{}", words.saying(saying))),
            (_, Some(said)) => said,
            (Trying::Asking, None) => (Tone::Muted, words.plain("sign-in-asking")),
            (Trying::Typing, None) if !self.is_person_chosen => (Tone::Muted, words.plain("sign-in-choose")),
            (Trying::Typing, None) => (Tone::Muted, words.plain("sign-in-type")),
        };
        let dots = pin_dots(self.pin.len(), LEAST_DIGITS, matches!(self.trying, Trying::Wrong(_)));
        let pad = pin_pad(Message::Digit, words.plain("sign-in-erase"), Message::Erase);
        column![caption(of), dots, container(help(note).tone(tone)).height(size::TWO_LINES), pad].spacing(space::XS).into()
    }

    fn foot(&self, words: &Words) -> Element<'_, Message> {
        let keys =
            [("key-up-down", "key-does-choose"), ("key-enter", "key-does-sign-in"), ("key-escape", "key-does-somebody-else")];
        let keys = keys.into_iter().map(|(key, does)| {
            row![key_cap(words.plain(key)), help(words.plain(does))].spacing(space::XS).align_y(Alignment::Center).into()
        });
        let is_ready = self.pin.len() >= LEAST_DIGITS && self.trying != Trying::Asking;
        let enter = button::primary_inline(words.plain("button-sign-in"), None, is_ready.then_some(Message::Submit));
        row![row(keys).spacing(space::L).width(Length::Fill), enter].align_y(Alignment::Center).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::staff::Role;

    fn screen(is_person_chosen: bool) -> SignIn {
        let person = |no: u32, name: &str| Staff {
            no: StaffNo(no),
            name: name.to_owned(),
            role: Role::Clerk,
            language: "en".to_owned(),
            active: true,
            member: None,
        };
        SignIn {
            shop_name: String::new(),
            people: vec![person(1, "Maria"), person(2, "Ann"), person(3, "Otto")],
            pins: Vec::new(),
            chosen: 0,
            is_person_chosen,
            is_locked: false,
            pin: String::new(),
            trying: Trying::Typing,
            ticket: 0,
        }
    }

    #[test]
    fn a_digit_is_a_number_until_somebody_is_chosen_and_then_of_the_pin() {
        let mut screen = screen(false);
        for (digit, chosen, pin) in [('9', 0, ""), ('2', 1, ""), ('1', 1, "1"), ('3', 1, "13")] {
            assert_eq!(screen.update(Message::Digit(digit)), Action::None);
            assert_eq!((screen.chosen, screen.pin.as_str()), (chosen, pin), "after {digit}");
        }
        let _nothing = screen.update(Message::Back);
        assert_eq!((screen.is_person_chosen, screen.pin.as_str()), (false, ""));
    }

    #[test]
    fn the_first_arrow_goes_to_who_is_marked_and_the_next_to_the_next() {
        let mut screen = screen(false);
        for (by, chosen) in [(1, 0), (1, 1), (1, 2), (1, 2), (-1, 1)] {
            let _nothing = screen.update(Message::Move(by));
            assert_eq!((screen.chosen, screen.is_person_chosen), (chosen, true));
        }
    }
}
