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
        let no = self.line().map(|line| line.line.no);
        match (self.way, no) {
            (Way::Refund, Some(no)) => {
                match read_quantity(&text, shared) {
                    Ok(quantity) => self.pick(no, quantity),
                    Err(_) => drop(self.picks.remove(&no)),
                }
                self.typed.insert(no, text);
            }
            (Way::PriceFix, Some(no)) if text.is_empty() => drop(self.prices.remove(&no)),
            (Way::PriceFix, Some(no)) => drop(self.prices.insert(no, text)),
            (Way::Goodwill, _) => self.sorry = text,
            (_, None) => {}
        }
    }

    /// Why a quantity as typed cannot be taken, of the first line where one cannot.
    pub(super) fn quantity_slip(&self, shared: &Shared) -> Option<String> {
        let mut typed = self.typed.values().filter(|text| !text.is_empty());
        typed.find_map(|text| read_quantity(text, shared).err())
    }

    /// Place of the line whose figure cannot be taken; the line in the frame where the figure is of no line.
    pub(super) fn slipped(&self, shared: &Shared) -> Option<usize> {
        self.slip.as_ref()?;
        let is_wrong = |no: &u32| self.typed.get(no).is_some_and(|text| !text.is_empty() && read_quantity(text, shared).is_err());
        let wrong = self.lines().iter().position(|line| self.way == Way::Refund && is_wrong(&line.line.no));
        wrong.or(Some(self.current))
    }
}

fn read_quantity(text: &str, shared: &Shared) -> Result<Quantity, String> {
    shared.words.formats().read_quantity(text.trim_end_matches(['.', ','])).map_err(|error| error.say(&shared.words))
}
