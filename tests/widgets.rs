//! The widgets that take keys, driven without a window.

use courtesy::gui::screens::gallery::{Gallery, Message as Sample};
use courtesy::gui::theme::{Look, letters};
use courtesy::gui::widgets::words::body;
use courtesy::gui::widgets::{
    Element, button, field::field, hotkeys::hotkeys, modal::modal, pressable::pressable, scanner::scanner,
};
use iced::advanced::widget::Id;
use iced::keyboard::{Event as Keys, Key, Modifiers, key::Named};
use iced::time::{Duration, Instant};
use iced::widget::column;
use iced::{Event, Settings, window};
use iced_test::Simulator;
use iced_test::simulator::{press_key, tap_key, typewrite};

#[derive(Debug, Clone, PartialEq)]
enum Message {
    Pressed(&'static str),
    Typed(String),
    Submitted,
    Key(String),
    Scanned(String),
}
use Message::{Pressed, Scanned, Submitted, Typed};

type Sim<'a> = Simulator<'a, Message, Look>;

fn sim<'a>(view: impl Into<Element<'a, Message>>) -> Sim<'a> {
    Simulator::with_size(Settings { fonts: letters::files(), ..Settings::default() }, (800.0, 600.0), view)
}

fn messages(sim: Sim<'_>) -> Vec<Message> {
    sim.into_messages().collect()
}

/// Lets the moment pass in which letters are held back.
fn wait(sim: &mut Sim<'_>) {
    // The first says that the window was busy for long; then the letters are held once more.
    for seconds in [1, 2] {
        let later = Instant::now() + Duration::from_secs(seconds);
        let _ = sim.simulate([Event::Window(window::Event::RedrawRequested(later))]);
    }
}

fn tap(sim: &mut Sim<'_>, key: Named) {
    let _ = sim.tap_key(key);
}

fn with_repeat(event: Event) -> Event {
    match event {
        Event::Keyboard(Keys::KeyPressed { key, modified_key, physical_key, location, modifiers, text, .. }) => {
            Event::Keyboard(Keys::KeyPressed { key, modified_key, physical_key, location, modifiers, text, repeat: true })
        }
        other => other,
    }
}

fn two_buttons<'a>() -> Element<'a, Message> {
    let one = pressable(body("one"), Some(Pressed("one"))).id("one");
    let off = pressable(body("off"), None).id("off");
    let two = pressable(body("two"), Some(Pressed("two"))).id("two");
    scanner(column![one, off, two], Scanned)
}

fn letter_keys(key: &Key, _modifiers: Modifiers) -> Option<Message> {
    match key.as_ref() {
        Key::Character(letter) => Some(Message::Key(letter.to_string())),
        Key::Named(Named::ArrowDown) => Some(Message::Key(String::from("down"))),
        Key::Named(Named::Enter) => Some(Message::Key(String::from("enter"))),
        _ => None,
    }
}

fn a_field<'a>(value: &str) -> Element<'a, Message> {
    field("Name", "", value).id("name").on_input(Typed).on_submit(Submitted).into()
}

#[test]
fn a_click_presses_and_what_is_off_does_not() {
    let mut sim = sim(two_buttons());
    let _ = sim.click(Id::new("two")).expect("two is there");
    let _ = sim.click("off").expect("off is there");
    assert_eq!(messages(sim), [Pressed("two")]);
}

#[test]
fn tab_goes_round_and_enter_and_space_press() {
    let mut sim = sim(two_buttons());
    tap(&mut sim, Named::Enter);
    tap(&mut sim, Named::Tab);
    tap(&mut sim, Named::Enter);
    tap(&mut sim, Named::Tab);
    tap(&mut sim, Named::Space);
    tap(&mut sim, Named::Tab);
    tap(&mut sim, Named::Enter);
    assert_eq!(messages(sim), [Pressed("one"), Pressed("two"), Pressed("one")]);
}

#[test]
fn shift_tab_goes_back() {
    let mut sim = sim(two_buttons());
    let mut back = press_key(Named::Tab, None);
    if let Event::Keyboard(Keys::KeyPressed { modifiers, .. }) = &mut back {
        *modifiers = Modifiers::SHIFT;
    }
    let _ = sim.simulate([back]);
    tap(&mut sim, Named::Enter);
    assert_eq!(messages(sim), [Pressed("two")]);
}

#[test]
fn a_held_key_presses_once() {
    for key in [Named::Enter, Named::Space] {
        let mut sim = sim(two_buttons());
        tap(&mut sim, Named::Tab);
        let press = press_key(key, None);
        let _ = sim.simulate([press.clone(), with_repeat(press.clone()), with_repeat(press)]);
        assert_eq!(messages(sim), [Pressed("one")], "{key:?}");
    }
}

#[test]
fn hotkeys_get_what_no_field_took_and_a_held_key_once_unless_it_moves() {
    let mut sim = sim(hotkeys(a_field(""), letter_keys));
    let _ = sim.typewrite("r");
    let down = press_key(Named::ArrowDown, None);
    let _ = sim.simulate([down.clone(), with_repeat(down)]);
    let r = press_key(Key::Character("r".into()), Some("r".into()));
    let _ = sim.simulate([with_repeat(r)]);
    let _ = sim.click(Id::new("name")).expect("the field is there");
    let _ = sim.typewrite("x");
    let key = |name: &str| Message::Key(name.into());
    assert_eq!(messages(sim), [key("r"), key("down"), key("down"), Typed("x".into())]);
}

#[test]
fn a_burst_is_a_scan_and_leaves_the_field_and_its_enter_alone() {
    let mut sim = sim(scanner(hotkeys(a_field("kept"), letter_keys), Scanned));
    let _ = sim.click(Id::new("name")).expect("the field is there");
    let burst = typewrite("4000123456789").chain(tap_key(Named::Enter, Some("\r".into())));
    let _ = sim.simulate(burst);
    wait(&mut sim);
    assert_eq!(messages(sim), [Scanned("4000123456789".into())]);
}

#[test]
fn typing_reaches_the_field_in_its_order_and_so_does_enter() {
    let mut sim = sim(scanner(hotkeys(a_field(""), letter_keys), Scanned));
    let _ = sim.click(Id::new("name")).expect("the field is there");
    let _ = sim.typewrite("Õ");
    wait(&mut sim);
    let _ = sim.typewrite("ie");
    tap(&mut sim, Named::Backspace);
    tap(&mut sim, Named::Enter);
    let typed = |text: &str| Typed(text.into());
    assert_eq!(messages(sim), [typed("Õ"), typed("Õi"), typed("Õie"), typed("Õi"), Submitted]);
}

#[test]
fn nothing_is_lost_when_a_click_ends_the_wait() {
    let mut sim = sim(scanner(column![a_field(""), button::secondary("go", None, Some(Pressed("go"))).id("go")], Scanned));
    let _ = sim.click(Id::new("name")).expect("the field is there");
    let _ = sim.typewrite("a");
    let _ = sim.click(Id::new("go")).expect("the button is there");
    assert_eq!(messages(sim), [Typed("a".into()), Pressed("go")]);
}

#[test]
fn a_held_enter_posts_nothing() {
    let mut sim = sim(scanner(hotkeys(body("a screen"), letter_keys), Scanned));
    let enter = press_key(Named::Enter, None);
    let _ = sim.simulate([enter.clone(), with_repeat(enter.clone()), with_repeat(enter)]);
    assert_eq!(messages(sim), [Message::Key("enter".into())]);
}

#[test]
fn a_dialog_takes_keys_clicks_and_focus_until_it_goes() {
    let base = || column![pressable(body("below"), Some(Pressed("below"))).id("below"), a_field("")];
    let dialog = || Element::from(pressable(body("above"), Some(Pressed("above"))).id("above"));
    let mut open = sim(scanner(modal(base(), Some(dialog())), Scanned));
    assert!(open.find(Id::new("below")).is_err(), "what is below cannot be reached");
    open.point_at(iced::Point::new(10.0, 5.0));
    let _ = open.simulate(iced_test::simulator::click());
    tap(&mut open, Named::Tab);
    tap(&mut open, Named::Enter);
    tap(&mut open, Named::Tab);
    tap(&mut open, Named::Enter);
    assert_eq!(messages(open), [Pressed("above"), Pressed("above")]);

    let mut closed = sim(scanner(modal(base(), None), Scanned));
    let _ = closed.click(Id::new("below")).expect("below is there");
    assert_eq!(messages(closed), [Pressed("below")]);
}

#[test]
fn the_gallery_draws_in_every_look_and_its_dialog_too() {
    for look in Look::ALL {
        for is_asking in [false, true] {
            let mut gallery = Gallery::in_look(look);
            gallery.update(Sample::Search(String::from("bērz")));
            if is_asking {
                gallery.update(Sample::Ask);
            }
            let settings = Settings { fonts: letters::files(), default_font: letters::REGULAR, ..Settings::default() };
            let mut sim: Simulator<'_, Sample, Look> = Simulator::with_size(settings, (1280.0, 800.0), gallery.view());
            assert!(sim.snapshot(&look).is_ok(), "{look:?}");
        }
    }
}

#[test]
fn tab_scrolls_what_it_reaches_into_view() {
    let button = |index: usize| {
        let id = Id::from(format!("button {index}"));
        Element::from(button::secondary("one of many", None, Some(Pressed("many"))).id(id))
    };
    let screen = courtesy::gui::widgets::frame::body((0..40).map(button));
    let mut sim = sim(scanner(screen, Scanned));
    let is_seen = |sim: &mut Sim<'_>, index: usize| {
        let found = sim.find(Id::from(format!("button {index}"))).expect("it is there");
        found.visible_bounds().is_some_and(|seen| (seen.height - found.bounds().height).abs() < 1.0)
    };
    assert!(!is_seen(&mut sim, 30));
    for _ in 0..31 {
        tap(&mut sim, Named::Tab);
    }
    assert!(is_seen(&mut sim, 30) && !is_seen(&mut sim, 0));
    for _ in 0..10 {
        tap(&mut sim, Named::Tab);
    }
    assert!(is_seen(&mut sim, 0), "from the last, Tab goes to the first");
}
