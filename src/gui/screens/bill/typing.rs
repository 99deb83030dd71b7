//! Digits that go to what the way is about: how many of the line, its right price, how much goodwill.

use super::{Bill, Way};
use crate::domain::money::Quantity;
use crate::gui::shared::Shared;

impl Bill {
    pub(super) fn tick(&mut self) {
        let Some((no, left)) = self.line().map(|line| (line.line.no, line.left)) else { return };
        self.way = Way::Refund;
        self.typed.remove(&no);
        self.is_fresh = true;
        if self.picks.remove(&no).is_none() && left.is_positive() {
            self.picks.insert(no, left);
        }
    }

    pub(super) fn step(&mut self, by: i64) {
        let Some(no) = self.line().map(|line| line.line.no) else { return };
        let before = self.picks.get(&no).copied().unwrap_or_default().thousandths();
        let after = before.saturating_add(by.saturating_mul(Quantity::ONE.thousandths()));
        self.way = Way::Refund;
        self.typed.remove(&no);
        self.is_fresh = true;
        self.pick(no, Quantity::from_thousandths(after));
    }

    fn pick(&mut self, no: u32, quantity: Quantity) {
        if quantity.is_positive() {
            self.picks.insert(no, quantity);
        } else {
            self.picks.remove(&no);
        }
    }

    /// What stands in the field of the way.
    pub(super) fn figure(&self) -> String {
        let no = self.line().map(|line| line.line.no).unwrap_or_default();
        match self.way {
            Way::Refund => self.typed.get(&no).cloned().unwrap_or_default(),
            Way::PriceFix => self.prices.get(&no).cloned().unwrap_or_default(),
            Way::Goodwill => self.sorry.clone(),
        }
    }

    pub(super) fn type_in(&mut self, text: &str, shared: &Shared) {
        let mut figure = if self.is_fresh && self.way == Way::Refund { String::new() } else { self.figure() };
        figure.push_str(text);
        self.put(figure, shared);
    }

    pub(super) fn put(&mut self, text: String, shared: &Shared) {
        self.is_fresh = false;
        self.slip = None;
        let formats = shared.words.formats();
        let no = self.line().map(|line| line.line.no);
        match (self.way, no) {
            (Way::Refund, Some(no)) => {
                match formats.read_quantity(text.trim_end_matches(['.', ','])) {
                    Ok(quantity) => self.pick(no, quantity),
                    Err(_) if text.is_empty() => drop(self.picks.remove(&no)),
                    Err(error) => self.slip = Some(error.say(&shared.words)),
                }
                self.typed.insert(no, text);
            }
            (Way::PriceFix, Some(no)) if text.is_empty() => drop(self.prices.remove(&no)),
            (Way::PriceFix, Some(no)) => drop(self.prices.insert(no, text)),
            (Way::Goodwill, _) => self.sorry = text,
            (_, None) => {}
        }
    }
}
