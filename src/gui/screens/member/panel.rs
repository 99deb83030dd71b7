//! What is done with a member now, and the request that says it.

use super::{Effect, Member, Message, plan_now};
use crate::domain::request::{ErasePerson, Give, Goodwill, GoodwillTo, Renew, Request};
use crate::gui::pay::{self, Pay};
use crate::gui::shared::{Action, Shared};

impl Member {
    /// What changes what is asked.
    pub(super) fn change(&mut self, message: Message, shared: &Shared) -> Action<Effect> {
        self.slip = None;
        let mut focus = Action::None;
        match (&mut self.panel, message) {
            (Panel::Renew { plan, .. }, Message::Plan(index)) => *plan = Some(index.min(shared.plans.len().saturating_sub(1))),
            (Panel::Renew { plan, .. }, Message::MovePlan(by)) => {
                let last = shared.plans.len().saturating_sub(1);
                let now = plan.or_else(|| plan_now(self.member.as_ref().ok()?.as_deref()?, shared)).unwrap_or_default();
                *plan = Some(now.saturating_add_signed(by).min(last));
            }
            (Panel::Renew { pay, .. }, Message::Pay(message)) => {
                let is_other = !matches!(message, pay::Message::Typed(_));
                pay.update(message);
                if is_other && pay.typed().is_some() {
                    focus = Action::Run(vec![Effect::FocusPay]);
                }
            }
            (Panel::Renew { pay, .. }, Message::Type(text)) => {
                let typed = pay.typed().map(|typed| format!("{typed}{text}"));
                if let Some(typed) = typed {
                    pay.update(pay::Message::Typed(typed));
                }
            }
            (Panel::Renew { pay, .. }, Message::Erase) => {
                let mut typed = pay.typed().map(String::from).unwrap_or_default();
                typed.pop();
                pay.update(pay::Message::Typed(typed));
            }
            (Panel::Goodwill { typed, .. }, Message::Typed(text)) => *typed = text,
            (Panel::Goodwill { typed, .. }, Message::Type(text)) => typed.push_str(&text),
            (Panel::Goodwill { typed, .. }, Message::Erase) => drop(typed.pop()),
            (Panel::Goodwill { reason, .. }, Message::Reason) => {
                *reason = if *reason + 1 < shared.policy.goodwill.reasons.len() { *reason + 1 } else { 0 };
            }
            _ => return Action::None,
        }
        Action::All(vec![focus, self.ask(shared)])
    }

    pub(super) fn request(&mut self, shared: &Shared) -> Option<Request> {
        let read = |typed: &str| shared.words.formats().read_money(typed.trim_end_matches(['.', ',']), shared.currency);
        let request = match &self.panel {
            Panel::Overview => return None,
            Panel::Forget => Request::ErasePerson(ErasePerson { member: self.id.to_string(), reason: None }),
            Panel::Renew { plan, pay } => {
                let plan = plan.and_then(|plan| shared.plans.get(plan)).map(|plan| plan.code.clone());
                Request::Renew(Renew { member: self.id.to_string(), plan, pay: Some(pay.pay_in()) })
            }
            Panel::Goodwill { typed, .. } if typed.is_empty() => return None,
            Panel::Goodwill { typed, reason } => match read(typed) {
                Ok(amount) => {
                    let reason = shared.policy.goodwill.reasons.get(*reason).cloned();
                    let (give, to, note) = (Give::Amount(amount), GoodwillTo::StoreCredit, self.note.note());
                    Request::Goodwill(Goodwill { bill: None, member: Some(self.id.to_string()), give, to, reason, note })
                }
                Err(error) => {
                    self.slip = Some(error.say(&shared.words));
                    return None;
                }
            },
        };
        Some(request)
    }
}

/// What the screen does now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Panel {
    /// Shows the member.
    Overview,
    /// Renews the membership.
    Renew {
        /// Place of the plan in the shop's list; absent: the plan of the last term.
        plan: Option<usize>,
        /// How the fee is paid.
        pay: Pay,
    },
    /// Says what would go and what would stay of a person, before a manager erases them.
    Forget,
    /// Says sorry with a store credit.
    Goodwill {
        /// How much, as typed.
        typed: String,
        /// Place of the reason in the shop's list.
        reason: usize,
    },
}

impl Panel {
    /// A renewal of the same plan, before anything was chosen.
    pub(super) fn renewal() -> Self {
        Self::Renew { plan: None, pay: Pay::default() }
    }
}
