//! How a fee is paid, as the renewal panel and the sign-up form ask for it: the tender, the terminal's reference, the credit.

use iced::Length;
use iced::advanced::widget::Id;
use iced::widget::{column, row};

use super::shared::Shared;
use super::theme::{Tone, space};
use super::widgets::options::choice_line;
use super::widgets::words::{Toned, label};
use super::widgets::{Element, field::field};
use crate::domain::bill::Tender;
use crate::domain::ids::CreditCode;
use crate::domain::request::PayIn;

/// The tenders that a desk takes fees in.
const TENDERS: [Tender; 3] = [Tender::Cash, Tender::Card, Tender::StoreCredit];

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pay {
    tender: usize,
    /// The terminal's reference as typed.
    pub reference: String,
    /// The credit's code as typed.
    pub credit: String,
}

/// What happens to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// Goes to the next or the previous tender.
    Move(isize),
    /// Chooses a tender.
    Choose(usize),
    /// What belongs to the tender was typed.
    Typed(String),
}

impl Pay {
    /// The tender.
    #[must_use]
    pub fn tender(&self) -> Tender {
        TENDERS.get(self.tender).copied().unwrap_or(Tender::Cash)
    }

    /// Applies a message.
    pub fn update(&mut self, message: Message) {
        match message {
            Message::Move(by) => self.tender = self.tender.saturating_add_signed(by).min(TENDERS.len() - 1),
            Message::Choose(tender) => self.tender = tender.min(TENDERS.len() - 1),
            Message::Typed(text) => match self.tender() {
                Tender::Card => self.reference = text,
                Tender::StoreCredit => self.credit = text,
                _ => {}
            },
        }
    }

    /// What of it stands in the field beside the tender; `None` where there is none.
    #[must_use]
    pub fn typed(&self) -> Option<&str> {
        match self.tender() {
            Tender::Card => Some(&self.reference),
            Tender::StoreCredit => Some(&self.credit),
            _ => None,
        }
    }

    /// What a scan is for the field beside the tender.
    #[must_use]
    pub fn scanned(&self, field: &Id, code: &str) -> Option<Message> {
        (*field == Id::new(FIELD) && self.typed().is_some()).then(|| Message::Typed(code.to_owned()))
    }

    /// It as a request says it.
    #[must_use]
    pub fn pay_in(&self) -> PayIn {
        let tender = self.tender();
        let reference = (tender == Tender::Card).then(|| self.reference.trim().to_owned()).filter(|text| !text.is_empty());
        let credit = self.credit.trim().parse::<CreditCode>().ok().filter(|_| tender == Tender::StoreCredit);
        PayIn { tender, reference, credit }
    }

    /// Draws it: the tenders beside each other, and the field that the chosen one needs.
    pub fn view<'a>(&'a self, shared: &'a Shared) -> Element<'a, Message> {
        let words = &shared.words;
        let choices = TENDERS.iter().enumerate().map(|(index, tender)| {
            let word = words.named(tender);
            let choice = choice_line(word, None, index == self.tender, Some(Message::Choose(index)));
            iced::widget::container(choice).width(Length::FillPortion(1)).into()
        });
        let choices = column![label(words.plain("field-tender")).tone(Tone::Muted), row(choices).spacing(space::XS)]
            .spacing(space::XXS)
            .width(Length::FillPortion(2));
        let name = match self.tender() {
            Tender::Card => Some(words.plain("field-reference")),
            Tender::StoreCredit => Some(words.plain("field-credit-code")),
            _ => None,
        };
        let input = name
            .zip(self.typed())
            .map(|(name, typed)| field(name, "", typed).id(FIELD).on_input(Message::Typed).width(Length::FillPortion(1)));
        match input {
            Some(input) => row![choices, Element::from(input)].spacing(space::M).into(),
            None => row![choices, iced::widget::space().width(Length::FillPortion(1))].spacing(space::M).into(),
        }
    }
}

/// The name by which the field beside the tender is focused.
pub const FIELD: &str = "pay";
