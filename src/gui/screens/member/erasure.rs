//! The card that asks whether a person shall be erased: what goes, what stays, and the way back, where Enter leads. Erasing takes a key of
//! its own, so that no Enter too many does it.

use iced::keyboard::{Key, key::Named};
use iced::widget::{column, row, space as gap};
use iced::{Alignment, Length};

use super::{Member, Message, Panel};
use crate::gui::draft;
use crate::gui::shared::Shared;
use crate::gui::theme::{size, space};
use crate::gui::widgets::words::{body, caption, title};
use crate::gui::widgets::{Element, button, modal};
use crate::text::{Arg, Words};

/// The name of the button that keeps the person.
pub(super) const KEEP: &str = "keep person";
/// The key that erases.
const ERASE: &str = "E";

/// What goes, a line each.
const GOES: [&str; 4] = ["erase-goes-person", "erase-goes-till", "erase-goes-notes", "erase-goes-term"];
/// What stays, a line each.
const STAYS: [&str; 4] = ["erase-stays-documents", "erase-stays-credit", "erase-stays-backups", "erase-stays-files"];

/// What a key does while the card lies over the screen.
pub(super) fn key(key: &Key) -> Option<Message> {
    match key.as_ref() {
        Key::Named(Named::Enter | Named::Escape) => Some(Message::Aside),
        Key::Character(text) if text.eq_ignore_ascii_case(ERASE) => Some(Message::Draft(draft::Message::Enter)),
        _ => None,
    }
}

/// The keys of the card, with what they do.
pub(super) fn keys(words: &Words) -> Vec<(String, String)> {
    vec![(String::from(ERASE), words.plain("key-does-erase")), (words.plain("key-enter"), words.plain("key-does-keep"))]
}

/// The card, while it is asked.
pub(super) fn card<'a>(screen: &'a Member, shared: &'a Shared) -> Option<Element<'a, Message>> {
    let view = screen.loaded().filter(|_| screen.panel == Panel::Forget)?;
    let words = &shared.words;
    let name = view.member.person.as_ref().map(crate::domain::member::Person::name).unwrap_or_default();
    let list = |name: &str, lines: [&str; 4]| {
        let lines = lines.into_iter().map(|line| {
            let line = row![body("·"), body(words.plain(line))].spacing(space::XS).align_y(Alignment::Start);
            line.into()
        });
        let lines = column(lines).spacing(space::XS);
        column![caption(words.plain(name)), lines].spacing(space::XS).width(Length::FillPortion(1))
    };
    let lists = row![list("erase-goes", GOES), list("erase-stays", STAYS)].spacing(space::XL);
    let (word, is_on) = screen.draft.primary(words, None);
    let erase = is_on.then_some(Message::Draft(draft::Message::Enter));
    let keep = words.plain(if screen.draft.is_lost() { "button-put-aside" } else { "erase-keep" });
    let keep = button::primary_inline(keep, Some("Enter"), (!screen.draft.is_busy()).then_some(Message::Aside)).id(KEEP);
    let buttons = row![button::danger_inline(word, Some(ERASE), erase).id("erase person"), gap().width(Length::Fill), keep,];
    let heading = title(words.say("erase-title", &[("name", Arg::text(name))]));
    let head = draft::headed(heading.into(), &screen.draft, shared);
    let content = column![head, lists, buttons.spacing(space::S).align_y(Alignment::Center)];
    Some(modal::dialog(content.spacing(space::XL), size::DIALOG))
}
