//! What surrounds the open screen: rail, bar above, the line that says what happened, bar below.

use iced::keyboard::{Key, key::Named};
use iced::widget::{column, container};
use iced::{Length, Padding};

use super::{Message, Work};
use crate::gui::finder;
use crate::gui::reached::reached;
use crate::gui::route;
use crate::gui::screens::key_help;
use crate::gui::shared::{Place, Shared};
use crate::gui::theme::{Tone, size, space};
use crate::gui::widgets::chip::Verdict;
use crate::gui::widgets::frame::{Frame, frame};
use crate::gui::widgets::icon::{Icon, icon};
use crate::gui::widgets::{Element, bars, button, hotkeys::first, modal::modal, notice::notice, rail, scan_box};
use crate::text::Arg;

impl Work {
    /// Draws it; and says whether a card lies over the screen.
    pub fn view(&self) -> (Element<'_, Message>, bool) {
        let visit = self.visit;
        let parts = self.screen.view(&self.shared);

        let is_asking = parts.over.is_some();
        let screen = frame(Frame {
            rail: self.rail(),
            top: self.top(),
            body: column![container(of_visit(parts.body, visit)).height(Length::Fill)].push(self.line()).into(),
            side: parts.side.map(|side| of_visit(side, visit)),
            foot: self.foot(parts.keys),
            found: self.finder.view(&self.shared).map(|sheet| sheet.map(Message::Finder)),
        });
        let over = if self.is_help {
            Some(key_help::view(&self.shared.words, Message::Help(false)))
        } else {
            parts.over.map(|over| of_visit(over, visit))
        };
        let content = modal(screen, over);
        let is_finding = self.finder.is_open() && !is_asking;
        let content = first(content, move |key, _| {
            (is_finding && *key == Key::Named(Named::Escape)).then_some(Message::Finder(finder::Message::Leave))
        });
        (content, is_asking)
    }

    fn line(&self) -> Option<Element<'_, Message>> {
        let words = &self.shared.words;
        let Some(line) = &self.line else {
            let trouble = self.shared.trouble.as_ref()?;
            let verdict = if self.shared.reads_only { Verdict::Refused } else { Verdict::Ask };
            let said = notice(verdict, "", words.saying(trouble), None);
            return Some(container(said).padding(Padding::from([0.0, space::L]).bottom(space::S)).into());
        };
        let verdict = match line.tone {
            Tone::Allowed => Verdict::Allowed,
            Tone::Ask => Verdict::Ask,
            Tone::Refused => Verdict::Refused,
            Tone::Accent => Verdict::Accent,
            Tone::Plain | Tone::Muted => Verdict::Quiet,
        };
        let close = button::quiet(icon(Icon::X, size::ICON), Some(Message::Dismiss)).skip_tab();
        let said = notice(verdict, self.shared.words.saying(&line.saying), "", Some(close.into()));
        Some(container(said).padding(Padding::from([0.0, space::L]).bottom(space::S)).into())
    }

    fn rail(&self) -> Element<'_, Message> {
        let words = &self.shared.words;
        let place = |icon, word: &str, place: Place, is_current| rail::Place {
            icon,
            word: words.plain(word),
            waiting: 0,
            is_current,
            on_press: Message::Go(place),
        };
        let here = &self.place;
        let approvals = rail::Place {
            waiting: self.waiting,
            ..place(Icon::Stamp, "rail-approvals", Place::Approvals, matches!(here, Place::Approvals))
        };
        let mut places = vec![
            place(
                Icon::Store,
                "rail-desk",
                Place::Home,
                matches!(here, Place::Home | Place::Member(_) | Place::Renew(_) | Place::Credit(_)),
            ),
            place(Icon::UserPlus, "rail-sign-up", Place::SignUp, matches!(here, Place::SignUp)),
            place(Icon::ReceiptText, "rail-bills", Place::Bills, matches!(here, Place::Bills | Place::Bill(_))),
            place(Icon::CreditCard, "rail-due", Place::Due, matches!(here, Place::Due)),
            place(Icon::History, "rail-history", Place::History, matches!(here, Place::History | Place::Document(_))),
            place(Icon::KeyRound, "rail-shift", Place::Shift, matches!(here, Place::Shift)),
            place(Icon::Users, "rail-staff", Place::Staff, matches!(here, Place::Staff)),
        ];
        if self.shared.may_decide() {
            places.insert(3, approvals);
        }
        rail::rail("C", places)
    }

    fn top(&self) -> Element<'_, Message> {
        let Shared { words, clerk, desk, .. } = &self.shared;
        let scan = scan_box::scan_box(
            &words.plain("scan-hint"),
            self.finder.text(),
            "F2",
            |text| Message::Finder(finder::Message::Typed(text)),
            self.finder.has_text().then_some(Message::Finder(finder::Message::Submit)),
        );
        let place = match self.now.local() {
            Ok(now) => words.say(
                "top-place",
                &[
                    ("desk", Arg::text(desk.to_string())),
                    ("day", Arg::text(words.formats().weekday_and_day(now.date()))),
                    ("time", Arg::Time(now.time())),
                ],
            ),
            Err(_) => words.say("top-desk", &[("desk", Arg::text(desk.to_string()))]),
        };
        bars::top_bar(scan, clerk.name.clone(), format!("· {}", words.named(&clerk.role)), place)
    }

    fn foot(&self, keys: Vec<(String, String)>) -> Element<'_, Message> {
        let words = &self.shared.words;
        let find = (String::from("F2"), words.plain("key-does-find"));
        let all = (String::from("F1"), words.plain("key-does-all-keys"));
        let own = keys.into_iter().filter(|(key, _)| *key != find.0 && *key != all.0).collect::<Vec<_>>();
        let keys = std::iter::once(find.clone()).chain(own).chain([all.clone()]);
        let (tone, state) = match (reached(self.worker.reach(), words), self.unprinted) {
            _ if self.shared.reads_only => (Tone::Refused, words.plain("foot-trouble")),
            (Some(said), _) => said,
            (None, 0) => (Tone::Allowed, words.plain("foot-printed")),
            (None, waiting) => (Tone::Ask, words.say("foot-unprinted", &[("count", Arg::count(waiting))])),
        };
        bars::foot_bar(keys, tone, state)
    }
}

fn of_visit(element: Element<'_, route::Message>, visit: u64) -> Element<'_, Message> {
    element.map(move |message| Message::Screen(visit, message))
}
