//! What waits for a second person, on the screen of whoever may decide: one worker serves the desk that asks and the one that decides.

use std::time::Duration;

use super::*;
use crate::proof::people::Hands;
use courtesy::desk::{Heard, Pin};
use courtesy::domain::ids::{DeskNo, RequestId};
use courtesy::receipt::print::Printer;

/// The manager's screen.
type Decides<'a> = Open<'a, Approvals>;

/// The clerk's bill whose refund waits at other desks.
fn asking(shop: &Shop) -> Open<'_, Bill> {
    let mut asks = Open::new(shop, Bill::open(shop.bill(25_000, 100_000)));
    asks.press(Named::Enter).press(Named::Enter).type_out("w");
    assert_eq!(shop.ask(Desk::waiting).len(), 1);
    asks
}

fn deciding(shop: &Shop) -> Decides<'_> {
    Open::before(shop, Role::Manager, Approvals::open())
}

fn look(screen: &mut Decides<'_>) {
    screen.send(decisions::Message::Look);
}

fn hear(asks: &mut Open<'_, Bill>) {
    asks.send(bill::Message::Draft(draft::Message::Look));
}

fn type_pin(screen: &mut Decides<'_>, pin: &str) {
    screen.send(decisions::Message::Pin(pin.to_owned()));
}

fn said<'a>(open: &'a Decides<'_>) -> Vec<&'a str> {
    open.said.iter().map(|saying| saying.id.as_str()).collect()
}

fn request(shop: &Shop) -> RequestId {
    shop.ask(Desk::waiting)[0].request
}

#[test]
fn a_request_appears_and_is_approved_by_pin_and_the_clerk_posts_it() {
    let shop = Shop::open();
    let mut decides = deciding(&shop);
    assert!(decides.sees("Nothing waits"));
    decides.picture("approvals-none");
    let mut asks = asking(&shop);
    look(&mut decides);
    assert!(decides.sees("Refund") && decides.sees("Your PIN") && !decides.sees("Nothing waits"));
    decides.picture("approvals-waits");
    decides.press(Named::Enter);
    assert!(decides.sees("×\u{a0}Type your PIN first; it has six digits or more."));
    type_pin(&mut decides, "999999");
    decides.press(Named::Enter);
    decides.picture("approvals-wrong-pin");
    hear(&mut asks);
    assert!(matches!(stage(&asks), Stage::Approving(_)) && said(&decides).is_empty(), "a wrong PIN is nobody's word");
    let pin = shop.pin(Role::Manager);
    type_pin(&mut decides, &pin);
    decides.press(Named::Enter);
    assert_eq!(said(&decides), ["approvals-given"]);
    assert!(decides.sees("Nothing waits"));
    hear(&mut asks);
    assert_eq!(stage(&asks), Stage::Quoted);
    asks.picture("bill-granted");
    asks.press(Named::Enter);
    assert_eq!(shop.done(Job::Refund), 1);
    look(&mut decides);
    assert_eq!(said(&decides), ["approvals-given"], "one's own decision is not told as another's");
}

#[test]
fn a_request_is_refused_only_with_a_reason_which_the_clerk_reads() {
    let shop = Shop::open();
    let mut asks = asking(&shop);
    let mut decides = deciding(&shop);
    let pin = shop.pin(Role::Manager);
    type_pin(&mut decides, &pin);
    decides.press(Named::F4);
    assert!(decides.sees("×\u{a0}Say why you refuse; the clerk reads it."));
    hear(&mut asks);
    assert!(matches!(stage(&asks), Stage::Approving(_)));
    decides.send(decisions::Message::Reason("Ask for the receipt".into()));
    decides.press(Named::F4);
    assert_eq!(said(&decides), ["approvals-denied"]);
    hear(&mut asks);
    assert!(asks.sees("Helena Ozola has refused: Ask for the receipt"));
    assert_eq!((stage(&asks), shop.done(Job::Refund)), (Stage::Quoted, 0));
}

#[test]
fn a_request_that_nobody_decides_goes_and_both_are_told() {
    let hands = Hands::at("2026-11-23T08:05:00Z");
    let demo = demo::open(7, Some(jiff::civil::date(2026, 11, 23)), "en").unwrap();
    drop(demo.desk);
    let printer = Printer::Folder(demo.folder.path().join("receipts"));
    let path = demo.folder.path().join("courtesy.db");
    let desk = Desk::open_path(&path, DeskNo(1), Box::new(hands.clone()), printer).unwrap();
    let shop = Shop::around(desk, demo.people, demo.folder);
    let mut asks = asking(&shop);
    let mut decides = deciding(&shop);
    assert!(decides.sees("Your PIN"));
    hands.turn(Duration::from_secs(11 * 60));
    look(&mut decides);
    assert!(decides.sees("Nothing waits") && !decides.sees("Your PIN"));
    assert_eq!(said(&decides), ["approvals-gone"]);
    decides.picture("approvals-gone");
    hear(&mut asks);
    assert!(asks.sees("×\u{a0}Nobody decided in ten minutes. Ask again, or let somebody come here."));
    look(&mut decides);
    assert_eq!(said(&decides), ["approvals-gone"], "it is told once");
}

#[test]
fn a_request_that_is_answered_elsewhere_goes_with_the_pin_that_was_being_typed() {
    let shop = Shop::open();
    let mut first = asking(&shop);
    let mut decides = deciding(&shop);
    type_pin(&mut decides, "3456");
    let (waits, seen) = (request(&shop), shop.ask(Desk::waiting)[0].digest);
    // A second one comes after it; the screen stays with the first.
    let mut second = Open::new(&shop, Bill::open(shop.bill(10_000, 25_000)));
    second.press(Named::Enter).press(Named::Enter).type_out("w");
    look(&mut decides);
    assert_eq!((shop.ask(Desk::waiting).len(), said(&decides).len()), (2, 0));
    let no = shop.shared.people.iter().find(|person| person.role == Role::Administrator).unwrap().no;
    let pin = Pin::new(shop.pin(Role::Administrator));
    shop.ask(move |desk| desk.decide((no, &pin), (waits, seen), None));
    look(&mut decides);
    assert_eq!(said(&decides), ["approvals-gone"]);
    let pin = shop.pin(Role::Manager);
    // The rest of the PIN is typed on: alone it is no PIN, and nobody's word is given on the second.
    type_pin(&mut decides, &pin[4..]);
    decides.press(Named::Enter);
    assert_eq!(said(&decides), ["approvals-gone"]);
    let left = request(&shop);
    assert_eq!(shop.ask(move |desk| desk.heard(left)), Heard::Waiting);
    hear(&mut first);
    assert_eq!(stage(&first), Stage::Quoted);
    first.press(Named::Enter);
    assert_eq!(shop.done(Job::Refund), 1);
}

#[test]
fn the_keyboard_stays_on_what_is_looked_at_when_an_older_one_goes() {
    let shop = Shop::open();
    let mut first = asking(&shop);
    let mut second = Open::new(&shop, Bill::open(shop.bill(10_000, 25_000)));
    second.press(Named::Enter).press(Named::Enter).type_out("w");
    let mut decides = deciding(&shop);
    decides.press(Named::ArrowDown);
    let pin = shop.pin(Role::Manager);
    type_pin(&mut decides, &pin);
    first.press(Named::F4);
    look(&mut decides);
    assert_eq!((shop.ask(Desk::waiting).len(), said(&decides).len()), (1, 0));
    decides.press(Named::Enter);
    assert_eq!(said(&decides), ["approvals-given"], "the PIN that was typed was for this one");
    hear(&mut second);
    assert_eq!(stage(&second), Stage::Quoted);
}
