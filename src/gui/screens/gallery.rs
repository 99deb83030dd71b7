//! Every widget at once, with sample words, in every look: F11 goes to the next. A new look is judged here first.

use crate::gui::theme::{Look, Tone, size, space};
use crate::gui::widgets::chip::{Verdict, chip};
use crate::gui::widgets::dates::{Day, before_after};
use crate::gui::widgets::icon::Icon;
use crate::gui::widgets::options::Choice;
use crate::gui::widgets::paper::{PaperRow, SIDE_SHEET_PX, paper};
use crate::gui::widgets::rail::Place;
use crate::gui::widgets::rows::{Mark, amount, item, left, right};
use crate::gui::widgets::words::{Toned, body, caption, help, strong, title};
use crate::gui::widgets::{
    Element, avatar::avatar, bars, button, card, empty::empty, field::field, frame, hotkeys::hotkeys, modal, money::money,
    notice::notice, options, pin_dots::pin_dots, progress::progress_with, rail::rail, rows, say::to_say, scan_box,
    scanner::scanner, stat::stat, steps::steps, tick::tick,
};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::widget::{column, container, row};
use iced::{Alignment, Length};

/// The state of the sampler.
#[derive(Debug)]
pub struct Gallery {
    look: Look,
    search: String,
    first_name: String,
    mail: String,
    ticked: [bool; 5],
    current: usize,
    way: usize,
    is_asking: bool,
    pin: usize,
    said: String,
    receipt: Vec<PaperRow>,
}

/// What happens in the sampler.
#[derive(Debug, Clone)]
pub enum Message {
    /// Shows the next look.
    NextLook,
    /// The scan box changed.
    Search(String),
    /// The name changed.
    FirstName(String),
    /// The address changed.
    Mail(String),
    /// Ticks a line, or clears it.
    Tick(usize),
    /// Moves the frame.
    Move(isize),
    /// Chooses a way.
    Way(usize),
    /// Opens the dialog.
    Ask,
    /// Closes it.
    Close,
    /// A digit of the PIN.
    Digit,
    /// A scanner read this.
    Scanned(String),
    /// Something was pressed that does nothing here.
    Pressed(&'static str),
}

impl Default for Gallery {
    fn default() -> Self {
        Self::in_look(Look::default())
    }
}

impl Gallery {
    /// The sampler in one look.
    #[must_use]
    pub fn in_look(look: Look) -> Self {
        Self {
            look,
            search: String::new(),
            first_name: String::new(),
            mail: String::from("oie@saar"),
            ticked: [true, false, true, false, false],
            current: 2,
            way: 0,
            is_asking: false,
            pin: 0,
            said: String::new(),
            receipt: sample_receipt(),
        }
    }

    /// Its look.
    #[must_use]
    pub fn look(&self) -> Look {
        self.look
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) {
        match message {
            Message::NextLook => self.look = self.look.next(),
            Message::Search(search) => self.search = search,
            Message::FirstName(name) => self.first_name = name,
            Message::Mail(mail) => self.mail = mail,
            Message::Tick(index) => {
                if let Some(ticked) = self.ticked.get_mut(index) {
                    *ticked = !*ticked;
                }
            }
            Message::Move(by) => self.current = self.current.saturating_add_signed(by).min(self.ticked.len() - 1),
            Message::Way(way) => self.way = way,
            Message::Ask => self.is_asking = true,
            Message::Close => (self.is_asking, self.pin) = (false, 0),
            Message::Digit => self.pin = (self.pin + 1).min(6),
            Message::Scanned(code) => self.said = format!("scanned {code}"),
            Message::Pressed(what) => self.said = format!("pressed {what}"),
        }
    }

    fn on_key(&self, key: &Key, _modifiers: Modifiers) -> Option<Message> {
        match key.as_ref() {
            Key::Named(Named::F11) => Some(Message::NextLook),
            Key::Named(Named::F9) => Some(Message::Ask),
            Key::Named(Named::Escape) => Some(Message::Close),
            Key::Named(Named::ArrowDown) => Some(Message::Move(1)),
            Key::Named(Named::ArrowUp) => Some(Message::Move(-1)),
            Key::Named(Named::Enter) => Some(Message::Pressed("Enter")),
            Key::Character(digit) if self.is_asking && digit.chars().all(|c| c.is_ascii_digit()) => Some(Message::Digit),
            Key::Character(digit) => digit.parse::<usize>().ok().filter(|n| (1..=5).contains(n)).map(|n| Message::Way(n - 1)),
            _ => None,
        }
    }

    /// Draws it.
    pub fn view(&self) -> Element<'_, Message> {
        let screen = frame::frame(frame::Frame {
            rail: rail("C", places()),
            top: bars::top_bar(
                scan_box::scan_box("Scan or type: card, receipt, name, phone, room", &self.search, "F2", Message::Search, None),
                String::from("Ann Kask"),
                String::from("clerk"),
                String::from("Desk 2 · Sun 22 Nov · 11:42"),
            ),
            body: self.body(),
            side: Some(self.side()),
            foot: bars::foot_bar(
                [("Space", "tick"), ("1–5", "way"), ("F9", "dialog"), ("F11", "next theme"), ("↑ ↓", "choose")]
                    .map(|(key, word)| (key.to_string(), word.to_string())),
                Tone::Allowed,
                String::from("Books in order · on this desk"),
            ),
            found: (!self.search.is_empty()).then(|| self.found()),
        });
        let dialog = self.is_asking.then(|| self.dialog());
        scanner(hotkeys(modal::modal(screen, dialog), |key, modifiers| self.on_key(key, modifiers)), Message::Scanned)
    }

    fn body(&self) -> Element<'_, Message> {
        frame::body([
            self.heading(),
            self.lines(),
            to_say(
                "SAY",
                "The lamp may come back until 10 January. Because it is over 50, my manager will look at it with me – it takes a moment.",
                Tone::Ask,
                Some(String::from("F8 in Latvian")),
            ),
            caption("WAYS TO PUT IT RIGHT").into(),
            self.ways(),
            self.form(),
            notice(
                Verdict::Ask,
                "Same phone and address as Ülo Šaar, Gold.",
                "A household card would be free.",
                Some(button::secondary_inline("Add a card", Some("F6"), Some(Message::Pressed("add"))).into()),
            ),
            notice(Verdict::Refused, "Nothing was written.", "The price changed while you typed: look at the lines again.", None),
            notice(Verdict::Allowed, "2-004811 is done.", "The receipt is printing.", None),
            before_after(
                day("Valid to", "30 Nov 2026", "Gold, since 2019"),
                day("Then valid to", "30 Nov 2027", "counted from the old last day: nothing is lost"),
            ),
            self.buttons(),
            row![chip(Verdict::Quiet, "due 13:00"), chip(Verdict::Accent, "last year: 143.20 back")].spacing(space::S).into(),
            row![
                card::titled_card(
                    "Waiting for someone",
                    None,
                    empty(Icon::Inbox, "Nothing waits", "What is put aside or asked of a manager shows here.", None)
                ),
                card::card(
                    column![strong("Import"), progress_with(41, 100, "131,489 of 320,705 lines · 6 s left")].spacing(space::M)
                ),
            ]
            .spacing(space::M)
            .into(),
        ])
    }

    fn heading(&self) -> Element<'_, Message> {
        let left =
            column![title("Bill 536365"), body("12 Oct 2026, 08:26 · till 4 · paid 162.70 by card ··4821").tone(Tone::Muted)]
                .spacing(space::XXS);
        let said = if self.said.is_empty() { String::from("Gold · valid to 31 Mar 2027") } else { self.said.clone() };
        let who = column![strong("Ilze Bērziņa"), help(said)].align_x(Alignment::End);
        row![container(left).width(Length::Fill), who, avatar("Ilze Bērziņa", true), chip(Verdict::Allowed, "Active")]
            .spacing(space::M)
            .align_y(Alignment::Center)
            .into()
    }

    fn lines(&self) -> Element<'_, Message> {
        let columns = [left(size::TICK), left(Length::Fill), right(80.0), right(80.0), right(100.0), left(190.0)];
        let names = ["", "Item", "Give back", "Paid each", "Money back", "Ruling"].map(String::from).to_vec();
        let samples = [
            (
                "White hanging heart holder",
                "85123A · bought 6, 4 left",
                "2 of 4",
                "2.55",
                "5.10",
                Verdict::Allowed,
                "Until 10 Jan",
            ),
            ("Cream cupid coat hanger", "84406B · bought 8", "0 of 8", "2.75", "11.11", Verdict::Allowed, "Until 10 Jan"),
            (
                "Desk lamp, brass",
                "22752 · electronics · bought 1",
                "1 of 1",
                "74.90",
                "74.90",
                Verdict::Ask,
                "Manager: over 50.00",
            ),
            ("Gift card 25.00", "GC25 · bought 1", "–", "25.00", "–", Verdict::Refused, "Never comes back"),
            ("Glass star frosted t-light", "22633 · bought 6, 0 left", "0 of 0", "4.25", "–", Verdict::Quiet, "Nothing left"),
        ];
        let last = samples.len() - 1;
        let lines = samples.into_iter().enumerate().map(|(index, (name, note, back, each, money, verdict, word))| {
            let is_ticked = self.ticked[index];
            let cells = vec![
                tick(is_ticked, index < 3),
                item(name, note, is_ticked),
                amount(back, is_ticked),
                amount(each, false),
                amount(money, is_ticked),
                chip(verdict, word),
            ];
            let mark = Mark { is_current: index == self.current, is_ticked, is_last: index == last };
            rows::line(format!("line {index}"), &columns, cells, mark, (index < 3).then_some(Message::Tick(index)))
        });
        card::bare_card(column![rows::head(&columns, names)].extend(lines))
    }

    fn ways(&self) -> Element<'_, Message> {
        let ways = [("Refund", "80.00"), ("Exchange", "± 0.00"), ("Price fix", "15.00"), ("Goodwill", "8.00")];
        options::side_by_side(ways.into_iter().enumerate().map(|(index, (name, figure))| {
            let choice = Choice { key: (index + 1).to_string(), name: name.into(), figure: figure.into() };
            options::option(choice, index == self.way, Some(Message::Way(index))).into()
        }))
    }

    fn form(&self) -> Element<'_, Message> {
        let wrong = (!self.mail.contains('.')).then(|| String::from("An address ends in something like .ee"));
        let form = row![
            field("First name", "Õie", &self.first_name).on_input(Message::FirstName),
            field("E-mail", "", &self.mail).on_input(Message::Mail).wrong(wrong),
            field("Amount", "0.00", "12.50").on_input(Message::FirstName).right().note(Some(String::from("at most 17.00"))),
            field("Born", "14.02.1984", ""),
        ]
        .spacing(space::M);
        let names = ["Person", "Plan", "Pay", "Card"].map(String::from);
        card::card(
            column![row![container(strong("New membership")).width(Length::Fill), steps(names, 1)], form].spacing(space::M),
        )
    }

    fn buttons(&self) -> Element<'_, Message> {
        let press = |what| Some(Message::Pressed(what));
        row![
            button::primary_inline("Approve", Some("Enter"), press("approve")),
            button::primary_inline("Approve", Some("Enter"), None),
            button::secondary_inline("To her desk", Some("F6"), press("desk")),
            button::secondary_inline("By phone", None, None),
            button::danger_inline("Refuse", Some("F4"), press("refuse")),
        ]
        .spacing(space::S)
        .align_y(Alignment::Center)
        .into()
    }

    fn side(&self) -> Element<'_, Message> {
        let tiles = row![stat("Sign-ups", "6"), stat("Goodwill left", "17.00")].spacing(space::S);
        let shown =
            column![caption("RECEIPT, AS IT WILL PRINT"), paper(&self.receipt, 42, SIDE_SHEET_PX), tiles].spacing(space::S);
        let done = column![
            money("Money back", "80.00 €"),
            button::primary("Ask a manager", Some("Enter"), Some(Message::Ask)),
            button::secondary("Put aside", Some("Esc"), Some(Message::Pressed("aside"))),
        ]
        .spacing(space::S);
        frame::side(shown, done)
    }

    fn found(&self) -> Element<'_, Message> {
        let columns = [left(size::AVATAR), left(Length::Fill), left(180.0)];
        let people = [
            ("Ilze Bērziņa", "Gold · Rīga, Brīvības iela 40 · +371 ··· 118", Verdict::Allowed, "to 31 Mar 2027"),
            ("Jānis Bērziņš", "Executive, add-on card · same household", Verdict::Ask, "ends in 9 days"),
            ("Māra Bērzkalne", "Business · SIA Kalni", Verdict::Refused, "ended 2 Oct"),
        ];
        let lines = people.into_iter().enumerate().map(|(index, (name, note, verdict, word))| {
            let cells = vec![avatar(name, index == 0), item(name, note, index == 0), chip(verdict, word)];
            let mark = Mark { is_current: index == 0, is_ticked: index == 0, is_last: index == 2 };
            rows::line(name, &columns, cells, mark, Some(Message::Pressed("person")))
        });
        scan_box::found(String::from("3 members"), lines.collect())
    }

    fn dialog(&self) -> Element<'_, Message> {
        let facts = [
            ("Why you are asked", "over 50.00 (clerk’s limit)"),
            ("Age of the sale", "41 days of 90"),
            ("Ilze, last 12 months", "3 of 61 bills returned, 4 %"),
            ("Together today", "80.00 on this bill"),
        ];
        let facts = facts
            .into_iter()
            .enumerate()
            .map(|(index, (name, fact))| rows::fact(name, if index == 0 { strong(fact) } else { body(fact) }, index == 0));
        let left = column![money("Refund to card ··4821", "80.00 €"), card::bare_card(column(facts))].spacing(space::M);
        let right = column![
            caption("WHO APPROVES"),
            options::choice_line("Maria Tamm · manager", None, true, Some(Message::Pressed("maria"))),
            options::choice_line("Otto Lepp · lead", None, false, Some(Message::Pressed("otto"))),
            caption("PIN"),
            pin_dots(self.pin, 6, false),
            help("10 wrong tries in 30 minutes lock this desk for Maria."),
        ]
        .spacing(space::XS);
        let foot = row![
            button::danger_inline("Refuse", Some("F4"), Some(Message::Close)),
            button::secondary_inline("By phone", Some("F7"), Some(Message::Close)),
            iced::widget::space().width(Length::Fill),
            button::primary_inline("Approve", Some("Enter"), (self.pin >= 4).then_some(Message::Close)),
        ]
        .spacing(space::S);
        let head = row![
            container(title("A manager’s word is needed")).width(Length::Fill),
            body("this refund only · 2:00 left").tone(Tone::Muted)
        ]
        .align_y(Alignment::Center);
        let content = column![
            head,
            row![container(left).width(Length::FillPortion(3)), container(right).width(Length::FillPortion(2))]
                .spacing(space::XL),
            foot,
        ]
        .spacing(space::XL);
        modal::dialog(content, size::DIALOG)
    }
}

fn day(name: &str, day: &str, note: &str) -> Day {
    Day { name: name.into(), day: day.into(), note: note.into() }
}

fn places() -> Vec<Place<Message>> {
    [
        (Icon::Store, "Desk", 0, false),
        (Icon::Users, "Members", 0, false),
        (Icon::ReceiptText, "Bills", 0, true),
        (Icon::ShieldCheck, "Approvals", 3, false),
        (Icon::MessageSquare, "Cases", 0, false),
        (Icon::Banknote, "Till", 0, false),
        (Icon::ChartColumn, "Reports", 0, false),
    ]
    .map(|(icon, word, waiting, is_current)| Place {
        icon,
        word: word.into(),
        waiting,
        is_current,
        on_press: Message::Pressed(word),
    })
    .to_vec()
}

fn sample_receipt() -> Vec<PaperRow> {
    let row = |text: &str, is_bold, is_double| PaperRow { text: text.into(), is_bold, is_double };
    let rule = "-".repeat(42);
    let pair = |left: &str, right: &str, width: usize| format!("{left}{right:>rest$}", rest = width - left.chars().count());
    vec![
        row(&format!("{:^42}", "BALTIC WAREHOUSE CLUB"), true, false),
        row(&format!("{:^42}", "Riga Road 1 · Desk 2"), false, false),
        row(&rule, false, false),
        row(&format!("{:^42}", "REFUND"), true, false),
        row(&pair("Bill 536365", "12.10.2026", 42), false, false),
        row(&pair("Member", "4000 ··· 7719", 42), false, false),
        row(&rule, false, false),
        row(&pair("2 x White hanging heart", "−5.10", 42), false, false),
        row(&pair("1 x Desk lamp, brass", "−74.90", 42), false, false),
        row(&rule, false, false),
        row(&pair("VAT 21 %", "−13.88", 42), false, false),
        row(&pair("BACK", "80.00", 21), true, true),
        row(&pair("Card ··4821", "80.00", 42), false, false),
    ]
}
