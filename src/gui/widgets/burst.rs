//! Tells a scanner's burst of keys from a person's typing. No window in here: keys and instants in, verdicts out.

use iced::keyboard::{Event, Key, Modifiers, key::Named};
use iced::time::{Duration, Instant};

/// The shortest code that a scanner reads at a desk, in letters.
const LEAST_LETTERS: usize = 6;
/// The longest pause inside a burst. Scanners type a letter in 1 to 20 ms, quick people in 60 or more.
const LONGEST_GAP: Duration = Duration::from_millis(35);
/// How long letters are held back before they are a person's.
const HOLD: Duration = Duration::from_millis(40);

/// How much later than asked for a redraw comes while the window has nothing else to do.
const SLACK: Duration = Duration::from_millis(20);

/// What is being held back.
///
/// While the window draws, keys wait outside and come all at once when it is done, so that the time between two of them says
/// nothing. That it was drawing shows: the redraw that ends the holding comes late, or a letter comes before it.
#[derive(Debug, Default)]
pub(super) struct Burst {
    held: Vec<Event>,
    letters: String,
    last: Option<Instant>,
    /// Whether the time to hold was begun anew since the last letter.
    is_renewed: bool,
    scanned_at: Option<Instant>,
}

/// What to do with the event of now. The events inside come first, in their order.
#[derive(Debug, PartialEq)]
pub(super) enum Verdict {
    /// Hand on these, then the event.
    Pass(Vec<Event>),
    /// Hand on these; the event is kept, or swallowed.
    Hold(Vec<Event>),
    /// A scanner read this; hand on what is not a letter.
    Scan(String, Vec<Event>),
}

impl Burst {
    /// Judges one key event.
    pub(super) fn see(&mut self, event: &Event, now: Instant) -> Verdict {
        let Event::KeyPressed { key, text, modifiers, repeat, .. } = event else {
            return self.keep_order(event);
        };
        if *key == Key::Named(Named::Enter) || matches!(text.as_deref(), Some("\r" | "\n")) {
            return self.enter(*repeat, now);
        }
        if matches!(key, Key::Named(Named::Shift | Named::AltGraph | Named::CapsLock)) {
            return self.keep_order(event);
        }
        match letter(text.as_deref(), *modifiers) {
            Some(letter) if !repeat => {
                let before = if self.is_quick(now) { Vec::new() } else { self.give_up() };
                self.held.push(event.clone());
                self.letters.push_str(letter);
                self.last = Some(now);
                self.is_renewed = false;
                Verdict::Hold(before)
            }
            _ => Verdict::Pass(self.give_up()),
        }
    }

    /// Lets time pass: what was held long enough is handed on. After a busy time it is held once more, because the rest of
    /// the burst may still be on its way.
    pub(super) fn wait(&mut self, now: Instant) -> Verdict {
        let Some(late_by) = self.ends_at().filter(|end| now >= *end).map(|end| now.saturating_duration_since(end)) else {
            return Verdict::Pass(Vec::new());
        };
        if late_by > SLACK && !self.is_renewed {
            self.last = Some(now);
            self.is_renewed = true;
            return Verdict::Pass(Vec::new());
        }
        Verdict::Pass(self.give_up())
    }

    /// Hands on everything: it was no scanner.
    pub(super) fn give_up(&mut self) -> Vec<Event> {
        self.letters.clear();
        self.last = None;
        self.is_renewed = false;
        std::mem::take(&mut self.held)
    }

    /// When what is held now will be handed on.
    pub(super) fn ends_at(&self) -> Option<Instant> {
        self.last.map(|last| last + HOLD)
    }

    /// Whether a key belongs to the burst: it came soon, or the window was too busy to end the holding.
    fn is_quick(&self, now: Instant) -> bool {
        let was_busy = self.ends_at().is_some_and(|end| now > end + SLACK);
        was_busy || self.last.is_some_and(|last| now.saturating_duration_since(last) <= LONGEST_GAP)
    }

    fn enter(&mut self, is_repeat: bool, now: Instant) -> Verdict {
        let follows_scan = self.scanned_at.is_some_and(|at| now.saturating_duration_since(at) <= LONGEST_GAP);
        if is_repeat || (follows_scan && self.held.is_empty()) {
            return Verdict::Hold(self.give_up());
        }
        if self.letters.chars().count() < LEAST_LETTERS || !self.is_quick(now) {
            return Verdict::Pass(self.give_up());
        }
        let code = std::mem::take(&mut self.letters);
        let mut rest = self.give_up();
        rest.retain(|event| matches!(event, Event::ModifiersChanged(_)));
        self.scanned_at = Some(now);
        Verdict::Scan(code, rest)
    }

    /// Releases and modifiers wait behind the letters that are held.
    fn keep_order(&mut self, event: &Event) -> Verdict {
        if self.held.is_empty() {
            return Verdict::Pass(Vec::new());
        }
        self.held.push(event.clone());
        Verdict::Hold(Vec::new())
    }
}

/// The letter that a key types, if it types one.
fn letter(text: Option<&str>, modifiers: Modifiers) -> Option<&str> {
    let text = text.filter(|_| !modifiers.command() && !modifiers.logo())?;
    (!text.is_empty() && !text.chars().any(char::is_control)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use iced_test::simulator::{press_key, release_key};

    fn pressed(text: &str) -> Event {
        let key = if text == "\r" { Key::Named(Named::Enter) } else { Key::Character(text.into()) };
        match press_key(key, Some(text.into())) {
            iced::Event::Keyboard(event) => event,
            other => panic!("{other:?}"),
        }
    }

    /// Types `text`, a letter each `gap_ms`, and Enter; says what was scanned and what was handed on.
    fn type_out(text: &str, gap_ms: u64) -> (Option<String>, String) {
        let (mut burst, mut now) = (Burst::default(), Instant::now());
        let (mut scan, mut seen) = (None, String::new());
        let mut note = |events: Vec<Event>| {
            for event in events {
                if let Event::KeyPressed { text: Some(text), .. } = event {
                    seen.push_str(&text);
                }
            }
        };
        for letter in text.chars().map(String::from).chain([String::from("\r")]) {
            let event = pressed(&letter);
            match burst.see(&event, now) {
                Verdict::Pass(events) => {
                    note(events);
                    note(vec![event]);
                }
                Verdict::Hold(events) => note(events),
                Verdict::Scan(code, events) => {
                    note(events);
                    scan = Some(code);
                }
            }
            if let iced::Event::Keyboard(event) = release_key(Key::Character(letter.into()))
                && let Verdict::Pass(events) = burst.see(&event, now)
            {
                note(events);
            }
            let next = now + Duration::from_millis(gap_ms);
            now = burst.ends_at().map_or(next, |end| end.min(next));
            if let Verdict::Pass(events) = burst.wait(now) {
                note(events);
            }
            now = next;
        }
        (scan, seen)
    }

    #[test]
    fn quick_and_long_is_a_scan_and_nothing_else_is() {
        for (text, gap_ms, scan, seen) in [
            ("4000123456789", 2, Some("4000123456789"), ""),
            ("4000123456789", 20, Some("4000123456789"), ""),
            ("4000123456789", 35, Some("4000123456789"), ""),
            ("4000123456789", 36, None, "4000123456789\r"),
            ("4000123456789", 70, None, "4000123456789\r"),
            ("Bērziņa", 5, Some("Bērziņa"), ""),
            ("12345", 2, None, "12345\r"),
            ("", 2, None, "\r"),
        ] {
            let (got_scan, got_seen) = type_out(text, gap_ms);
            assert_eq!((got_scan.as_deref(), got_seen.as_str()), (scan, seen), "{text} each {gap_ms} ms");
        }
    }

    /// Letters of a burst, a few on each side of a time in which the window was busy, and then Enter.
    fn scan_around(busy_ms: u64, redraw_first: bool) -> Option<String> {
        let (mut burst, mut now) = (Burst::default(), Instant::now());
        for letter in "4000123456789".chars() {
            if letter == '3' {
                now += Duration::from_millis(busy_ms);
                if redraw_first {
                    assert_eq!(burst.wait(now), Verdict::Pass(Vec::new()), "{busy_ms} ms");
                }
            }
            assert_eq!(burst.see(&pressed(&letter.to_string()), now), Verdict::Hold(Vec::new()), "{busy_ms} ms");
            now += Duration::from_millis(2);
        }
        match burst.see(&pressed("\r"), now) {
            Verdict::Scan(code, _) => Some(code),
            _ => None,
        }
    }

    #[test]
    fn a_burst_that_a_busy_window_cuts_in_two_is_one_scan() {
        for busy_ms in [70, 120, 400] {
            for redraw_first in [false, true] {
                assert_eq!(scan_around(busy_ms, redraw_first).as_deref(), Some("4000123456789"), "{busy_ms} {redraw_first}");
            }
        }
    }

    #[test]
    fn letters_held_over_a_busy_time_are_a_persons_when_nothing_follows() {
        let (mut burst, now) = (Burst::default(), Instant::now());
        let letter = pressed("7");
        assert_eq!(burst.see(&letter, now), Verdict::Hold(Vec::new()));
        let late = now + Duration::from_millis(200);
        assert_eq!(burst.wait(late), Verdict::Pass(Vec::new()));
        assert_eq!(burst.ends_at(), Some(late + HOLD));
        assert_eq!(burst.wait(late + HOLD), Verdict::Pass(vec![letter]));
    }

    #[test]
    fn a_held_enter_is_swallowed_and_so_is_the_second_enter_of_a_scan() {
        let (mut burst, now) = (Burst::default(), Instant::now());
        let Event::KeyPressed { key, modified_key, physical_key, location, modifiers, text, .. } = pressed("\r") else {
            panic!("Enter is a press");
        };
        let held = Event::KeyPressed { key, modified_key, physical_key, location, modifiers, text, repeat: true };
        assert_eq!(burst.see(&pressed("\r"), now), Verdict::Pass(Vec::new()));
        assert_eq!(burst.see(&held, now), Verdict::Hold(Vec::new()));
        for letter in "123456".chars() {
            assert_eq!(burst.see(&pressed(&letter.to_string()), now), Verdict::Hold(Vec::new()));
        }
        assert_eq!(burst.see(&pressed("\r"), now), Verdict::Scan(String::from("123456"), Vec::new()));
        assert_eq!(burst.see(&pressed("\r"), now + Duration::from_millis(3)), Verdict::Hold(Vec::new()));
        assert_eq!(burst.see(&pressed("\r"), now + Duration::from_millis(300)), Verdict::Pass(Vec::new()));
    }
}
