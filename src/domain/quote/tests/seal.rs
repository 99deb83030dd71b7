//! Shifts, keys and confirmed restores: what is refused, and what a document says.

use super::*;
use crate::domain::quote::{AtDesk, WaitingKey};
use crate::domain::request::{CloseShift, OpenShift, ReAnchor, RotateKey};
use crate::domain::seal::{NextKey, SecretKey};

fn at(own: Role, at_desk: AtDesk) -> Shop {
    let mut shop = shop("club", []);
    shop.facts.clerk = person(1, own);
    shop.facts.at_desk = at_desk;
    shop
}

#[test]
fn a_desk_has_one_shift_at_a_time() {
    let (open, close) = (Request::OpenShift(OpenShift {}), Request::CloseShift(CloseShift {}));
    let opened = DocumentNumber { desk: DeskNo(2), sequence: 4 };
    let (idle, trading) = (AtDesk::default(), AtDesk { shift: Some(opened), ..AtDesk::default() });
    for (request, at_desk, own, expected, says_what) in [
        (&open, &idle, Role::Clerk, Outcome::Allowed, "ruling-shift-opens"),
        (&open, &trading, Role::Clerk, Outcome::Refused, "ruling-shift-open-already"),
        (&close, &trading, Role::Clerk, Outcome::Allowed, "ruling-shift-closes"),
        (&close, &idle, Role::Clerk, Outcome::Refused, "ruling-shift-none-open"),
        (&open, &idle, Role::Auditor, Outcome::Refused, "ruling-shift-opens"),
    ] {
        let quote = at(own, at_desk.clone()).ask(request);
        assert_eq!((quote.verdict(), says(&quote, "shift")), (expected, says_what));
        assert!(quote.total.is_zero() && quote.journal.is_empty());
    }
    assert_eq!(at(Role::Clerk, trading).ask(&close).effects, [Effect::CloseShift { opened }]);
}

#[test]
fn a_new_key_is_a_managers_and_vouched_for_by_the_old_one() {
    let (old, public) = (SecretKey::from_seed(&[1; 32]), SecretKey::from_seed(&[2; 32]).public());
    let sign = |no| old.sign(&NextKey { desk: DeskNo(2), no, public }.bytes().unwrap());
    let rotate = Request::RotateKey(RotateKey {});
    for (own, signature, expected) in [
        (Role::Manager, Some(sign(2)), Outcome::Allowed),
        (Role::Clerk, Some(sign(2)), Outcome::NeedsApproval(Role::Manager)),
        (Role::Manager, Some(sign(3)), Outcome::Refused),
        (Role::Manager, None, Outcome::Refused),
    ] {
        let (key, waiting) = (Some((1, old.public())), Some(WaitingKey { public, signature }));
        let quote = at(own, AtDesk { key, waiting, ..AtDesk::default() }).ask(&rotate);
        assert_eq!(quote.verdict(), expected, "{own:?} {signature:?}");
        assert_eq!(quote.effects, [Effect::ChangeKey { no: 2, public, signature }]);
    }
    assert_eq!(at(Role::Manager, AtDesk::default()).try_ask(&rotate), Err(QuoteError::Missing("waiting key")));
}

#[test]
fn a_restore_is_confirmed_by_a_manager_and_only_where_it_explains_something() {
    let request = |reason: &str| Request::ReAnchor(ReAnchor { reason: reason.into() });
    let remembered = Some((9, Digest::of(b"x")));
    let adrift = AtDesk { adrift: true, remembered, ..AtDesk::default() };
    for (own, at_desk, reason, expected) in [
        (Role::Manager, &adrift, "new disk", Outcome::Allowed),
        (Role::Clerk, &adrift, "new disk", Outcome::NeedsApproval(Role::Manager)),
        (Role::Manager, &adrift, " ", Outcome::Refused),
        (Role::Manager, &AtDesk::default(), "new disk", Outcome::Refused),
    ] {
        assert_eq!(at(own, at_desk.clone()).ask(&request(reason)).verdict(), expected, "{own:?} {reason}");
    }
    let quote = at(Role::Manager, adrift.clone()).ask(&request("new disk"));
    assert_eq!(quote.effects, [Effect::ReAnchor { remembered }]);
    let public = SecretKey::from_seed(&[2; 32]).public();
    let waiting = Some(WaitingKey { public, signature: None });
    let quote = at(Role::Manager, AtDesk { waiting, ..adrift }).ask(&request("new disk"));
    assert_eq!(quote.verdict(), Outcome::Allowed);
    assert_eq!(quote.effects[1], Effect::ChangeKey { no: 1, public, signature: None });
}
