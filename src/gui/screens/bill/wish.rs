//! What the clerk wishes of a bill, as the request that says it.

use std::collections::BTreeMap;

use super::{Bill, Effect, Way};
use crate::desk::LineView;
use crate::domain::bill::Tender;
use crate::domain::money::Quantity;
use crate::domain::request::{CorrectPrice, Give, Goods, Goodwill, GoodwillTo, LinePart, Refund, Request, RightPrice, Seen};
use crate::domain::ruling::Outcome;
use crate::gui::shared::{Action, Shared};

impl Bill {
    /// The reasons of the way.
    pub(super) fn reasons<'a>(&self, shared: &'a Shared) -> &'a [String] {
        match self.way {
            Way::Refund => &shared.policy.returns.reasons,
            Way::PriceFix => &shared.policy.price_reasons,
            Way::Goodwill => &shared.policy.goodwill.reasons,
        }
    }

    /// Asks the desk what the screen shows now.
    pub(super) fn ask(&mut self, shared: &Shared) -> Action<Effect> {
        let request = match self.way {
            Way::Refund => self.refund(shared),
            Way::PriceFix => self.price_fix(shared),
            Way::Goodwill => self.goodwill(shared),
        };
        self.draft.ask(request, shared).act(Effect::Draft)
    }

    fn tender(&self) -> Option<Tender> {
        self.to_credit.then_some(Tender::StoreCredit)
    }

    fn refund(&mut self, shared: &Shared) -> Option<Request> {
        self.slip = self.quantity_slip(shared);
        if self.picks.is_empty() || self.slip.is_some() {
            return None;
        }
        let lines = self.picks.iter().map(|(line, quantity)| LinePart { line: *line, quantity: Some(*quantity) }).collect();
        let seen = self.lines().iter().filter(|line| self.picks.contains_key(&line.line.no));
        let seen = seen.map(|line| Seen { line: line.line.no, returned: line.returned }).collect();
        Some(Request::Refund(Refund {
            goods: Goods::Lines { bill: self.id.to_string(), lines },
            to: self.tender(),
            reason: self.reasons(shared).get(self.reason).cloned(),
            condition: shared.policy.returns.conditions.get(self.condition).cloned(),
            seen: Some(seen),
            note: self.note.note(),
        }))
    }

    fn price_fix(&mut self, shared: &Shared) -> Option<Request> {
        let mut lines = Vec::new();
        for (line, text) in &self.prices {
            match shared.words.formats().read_money(text.trim_end_matches(['.', ',']), shared.currency) {
                Ok(price) => lines.push(RightPrice { line: *line, price: price.decimal() }),
                Err(error) => self.slip = Some(error.say(&shared.words)),
            }
        }
        let reason = self.reasons(shared).get(self.reason).cloned();
        (!lines.is_empty() && self.slip.is_none()).then(|| {
            let (bill, to, note) = (self.id.to_string(), self.tender(), self.note.note());
            Request::CorrectPrice(CorrectPrice { bill, lines, reason, to, note })
        })
    }

    fn goodwill(&mut self, shared: &Shared) -> Option<Request> {
        let (formats, text) = (shared.words.formats(), self.sorry.trim_end_matches(['.', ',']));
        if text.is_empty() {
            return None;
        }
        let read = if self.is_percent {
            formats.read_rate(text).map(Give::Percent)
        } else {
            formats.read_money(text, shared.currency).map(Give::Amount)
        };
        match read {
            Ok(give) => {
                let to = if self.to_credit { GoodwillTo::StoreCredit } else { GoodwillTo::Bill };
                let reason = self.reasons(shared).get(self.reason).cloned();
                let (bill, note) = (Some(self.id.to_string()), self.note.note());
                Some(Request::Goodwill(Goodwill { bill, member: None, give, to, reason, note }))
            }
            Err(error) => {
                self.slip = Some(error.say(&shared.words));
                None
            }
        }
    }

    /// Picks all that may come back without a word; where there is none of it, all that may with one.
    pub(super) fn take_all(&mut self) {
        let may = |wanted: fn(Outcome) -> bool| -> BTreeMap<u32, Quantity> {
            let fine =
                |line: &&LineView| line.left.is_positive() && line.window.as_ref().is_some_and(|ruling| wanted(ruling.outcome));
            self.lines().iter().filter(fine).map(|line| (line.line.no, line.left)).collect()
        };
        let mut picks = may(|outcome| outcome == Outcome::Allowed);
        if picks.is_empty() {
            picks = may(|outcome| outcome.asks().is_some());
        }
        self.picks = picks;
    }
}
