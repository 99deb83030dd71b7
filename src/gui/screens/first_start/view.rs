//! What the first start looks like, step by step.

use iced::Length;
use iced::keyboard::{Key, key::Named};
use iced::widget::{column, container, row};

use super::{Field, FirstStart, Message, Step};
use crate::domain::policy::Policy;
use crate::domain::preset;
use crate::gui::screens::trouble;
use crate::gui::theme::{Tone, space};
use crate::gui::widgets::words::{Toned, body, caption, help, money_figure, strong, title};
use crate::gui::widgets::{
    Element, button, field::field, frame, hotkeys::first, options::choice_line, options::choosable, steps::steps,
};
use crate::text::{Language, Words};

impl FirstStart {
    /// Draws it.
    pub fn view<'a>(&'a self, words: &Words) -> Element<'a, Message> {
        let names = ["first-step-trade", "first-step-shop", "first-step-manager", "first-step-code"];
        let at = match self.step {
            Step::Trade => 0,
            Step::Shop => 1,
            Step::Manager => 2,
            Step::Code => 3,
        };
        let words = words.clone();
        let sheet = trouble::whole_around(move |height_px| self.sheet(&words, names, at, height_px));
        // Enter is the large button's wherever the focus is; Space presses what has it.
        first(sheet, |key, _| (*key == Key::Named(Named::Enter)).then_some(Message::Next))
    }

    fn sheet<'a>(&'a self, words: &Words, names: [&str; 4], at: usize, height_px: f32) -> Element<'a, Message> {
        let head = column![title(words.plain("first-title")), steps(names.map(|name| words.plain(name)), at)].spacing(space::XS);
        let content = match self.step {
            Step::Trade => self.trade(words),
            Step::Shop => self.shop(words),
            Step::Manager => self.manager(words),
            Step::Code => self.code(words),
        };
        let failed = self.failed.as_ref().map(|saying| body(format!("×\u{a0}{}", words.saying(saying))).tone(Tone::Refused));
        let sheet =
            column![head, frame::scroll(content).spacing(space::XS).height(height_px)].push(failed).push(self.foot(words));
        sheet.spacing(space::XL).into()
    }

    fn foot(&self, words: &Words) -> Element<'_, Message> {
        let (word, back) = match self.step {
            Step::Trade => ("button-next", false),
            Step::Shop => ("button-next", true),
            Step::Manager => ("button-open-shop", true),
            Step::Code => ("button-code-kept", false),
        };
        let back = back.then(|| button::secondary_inline(words.plain("button-back"), Some("Esc"), Some(Message::Back)));
        let next = button::primary_inline(words.plain(word), Some("Enter"), (!self.is_busy).then_some(Message::Next));
        row![].push(back).push(iced::widget::space().width(Length::Fill)).push(next).into()
    }

    fn trade(&self, words: &Words) -> Element<'_, Message> {
        let languages = Language::ALL.iter().map(|language| {
            choice_line(language.own_name(), None, self.language == *language, Some(Message::Speaks(*language))).into()
        });
        let presets = preset::ALL.iter().enumerate().map(|(index, preset)| {
            let (name, about) = Policy::parse_in(preset.text, words.language().code())
                .map_or_else(|_| (preset.code.to_owned(), String::new()), |policy| (policy.name, policy.about));
            let content = column![strong(name), help(about)].spacing(space::XXS);
            choosable(content, index == self.preset, Some(Message::Preset(index))).into()
        });
        column![
            caption(words.plain("first-language")),
            row(languages).spacing(space::S),
            caption(words.plain("first-preset")),
            column(presets).spacing(space::XS),
        ]
        .spacing(space::S)
        .into()
    }

    fn input<'a>(
        &'a self,
        field_of: Field,
        name: &str,
        hint: &str,
        words: &Words,
    ) -> crate::gui::widgets::field::Field<'a, Message> {
        let wrong = self.wrong.as_ref().filter(|(of, _)| *of == field_of).map(|(_, saying)| words.saying(saying));
        field(words.plain(name), hint, self.text(field_of))
            .id(field_of.id())
            .on_input(move |text| Message::Typed(field_of, text))
            .wrong(wrong)
    }

    fn shop<'a>(&'a self, words: &Words) -> Element<'a, Message> {
        let input = |field, name| Element::from(self.input(field, name, "", words));
        let day_ends =
            self.input(Field::DayEnds, "first-day-ends", "04:00", words).note(Some(words.plain("first-day-ends-note")));
        column![
            input(Field::ShopName, "first-shop-name"),
            input(Field::Address, "field-address"),
            row![input(Field::Currency, "first-currency"), input(Field::Zone, "first-zone"), Element::from(day_ends)]
                .spacing(space::M),
        ]
        .spacing(space::XS)
        .into()
    }

    fn manager<'a>(&'a self, words: &Words) -> Element<'a, Message> {
        let pin = self.input(Field::Pin, "field-pin", "", words).secret().note(Some(words.plain("first-pin-note")));
        let again = self.input(Field::Again, "staff-pin-again", "", words).secret();
        column![
            body(words.plain("first-manager-about")).tone(Tone::Muted),
            Element::from(self.input(Field::Manager, "staff-name", "", words)),
            row![Element::from(pin), Element::from(again)].spacing(space::M),
        ]
        .spacing(space::M)
        .into()
    }

    fn code<'a>(&'a self, words: &Words) -> Element<'a, Message> {
        let code = self.made.as_ref().map(|(_, code)| code.to_string()).unwrap_or_default();
        column![
            body(words.plain("first-code-about")),
            container(money_figure(code)).center_x(Length::Fill).padding(space::XL),
            help(words.plain("first-code-lost")),
        ]
        .spacing(space::M)
        .into()
    }
}
