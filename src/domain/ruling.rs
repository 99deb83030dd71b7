//! Rulings: rules that spoke, and the one limit engine behind everything that loses money.

use serde::{Deserialize, Serialize};

use super::money::{Currency, Money, MoneyError};
use super::policy::Ceilings;
use super::say::{Named, Saying};
use super::staff::Role;

/// What a rule decided. Later ones weigh more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It may be done.
    Allowed,
    /// It may be done with the word of this role.
    NeedsApproval(Role),
    /// It is refused, but this role may lift that.
    RefusedUnless(Role),
    /// It is refused.
    Refused,
}

impl Outcome {
    /// The role whose word makes it possible; `None` when no word is needed or none helps.
    pub fn asks(self) -> Option<Role> {
        match self {
            Self::NeedsApproval(role) | Self::RefusedUnless(role) => Some(role),
            Self::Allowed | Self::Refused => None,
        }
    }
}

/// A rule that spoke about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// The rule's name.
    pub rule: String,
    /// What it decided.
    pub outcome: Outcome,
    /// The line of the bill it is about, if one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What to say to the person at the counter.
    pub say: Saying,
}

impl Ruling {
    /// A rule that allows.
    pub fn allowed(rule: &str, say: Saying) -> Self {
        Self { rule: rule.to_owned(), outcome: Outcome::Allowed, line: None, say }
    }

    /// A rule that refuses.
    pub fn refused(rule: &str, say: Saying) -> Self {
        Self { rule: rule.to_owned(), outcome: Outcome::Refused, line: None, say }
    }

    /// A rule that asks for a role's word.
    pub fn asks(rule: &str, role: Role, say: Saying) -> Self {
        Self { rule: rule.to_owned(), outcome: Outcome::NeedsApproval(role), line: None, say }
    }

    /// The same ruling about a line.
    #[must_use]
    pub fn about(mut self, line: u32) -> Self {
        self.line = Some(line);
        self
    }
}

/// What all rulings come to: the heaviest outcome, with the highest role that any of them asks for.
pub fn verdict(rulings: &[Ruling]) -> Outcome {
    let heaviest = rulings.iter().map(|ruling| ruling.outcome).max().unwrap_or(Outcome::Allowed);
    let role = rulings.iter().filter_map(|ruling| ruling.outcome.asks()).max();
    match (heaviest, role) {
        (Outcome::NeedsApproval(_), Some(role)) => Outcome::NeedsApproval(role),
        (Outcome::RefusedUnless(_), Some(role)) => Outcome::RefusedUnless(role),
        (outcome, _) => outcome,
    }
}

/// What a limit is asked about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The limit's name, which is the ruling's.
    pub rule: &'a str,
    /// Who asks.
    pub role: Role,
    /// This request and everything that counts together with it.
    pub together: Money,
    /// Message when it is within the limit; gets `amount`, `limit`.
    pub within: &'a str,
    /// Message when a higher role must say yes; gets `amount`, `limit`, `role`.
    pub above: &'a str,
    /// Message when nobody may; gets `amount`.
    pub beyond: &'a str,
}

/// The limit engine: what it takes that a role gives so much in all, its own word or another role's. More never takes less.
pub fn reach(role: Role, together: Money, ceilings: &Ceilings, currency: Currency) -> Result<Outcome, MoneyError> {
    let enough = |of: Role| match ceilings.get(&of) {
        None => Ok(!together.is_positive()),
        Some(ceiling) => match ceiling.money(currency)? {
            None => Ok(true),
            Some(limit) => together.exceeds(limit).map(|over| !over),
        },
    };
    if enough(role)? {
        return Ok(Outcome::Allowed);
    }
    for other in ceilings.keys().copied().filter(|other| other.may_approve(Role::Lead)) {
        if enough(other)? {
            return Ok(Outcome::NeedsApproval(other));
        }
    }
    Ok(Outcome::Refused)
}

/// What the limit engine says about a request, in words.
pub fn limit(asked: Asked<'_>, ceilings: &Ceilings, currency: Currency) -> Result<Ruling, MoneyError> {
    let own = ceilings.get(&asked.role).map(|ceiling| ceiling.money(currency)).transpose()?;
    let own_limit = own.unwrap_or(Some(currency.zero())).unwrap_or(asked.together);
    let say = |id: &str| Saying::new(id).with("amount", asked.together);
    Ok(match reach(asked.role, asked.together, ceilings, currency)? {
        Outcome::Allowed => Ruling::allowed(asked.rule, say(asked.within).with("limit", own_limit)),
        Outcome::NeedsApproval(role) | Outcome::RefusedUnless(role) => {
            Ruling::asks(asked.rule, role, say(asked.above).with("limit", own_limit).with("role", role.value()))
        }
        Outcome::Refused => Ruling::refused(asked.rule, say(asked.beyond)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::policy::Ceiling;

    #[test]
    fn the_limit_engine() {
        let eur = Currency::from_code("EUR").unwrap();
        let up_to = |text: &str| Ceiling::UpTo(text.parse().unwrap());
        let full: Ceilings = [(Role::Clerk, up_to("50")), (Role::Lead, up_to("200")), (Role::Manager, Ceiling::Any)].into();
        let short: Ceilings = [(Role::Clerk, up_to("50")), (Role::Lead, up_to("200"))].into();
        for (ceilings, role, minor, outcome) in [
            (&full, Role::Clerk, 5000, Outcome::Allowed),
            (&full, Role::Clerk, 5001, Outcome::NeedsApproval(Role::Lead)),
            (&full, Role::Clerk, 20001, Outcome::NeedsApproval(Role::Manager)),
            (&full, Role::Manager, 9_999_999, Outcome::Allowed),
            (&short, Role::Lead, 20001, Outcome::Refused),
            (&full, Role::Auditor, 1, Outcome::NeedsApproval(Role::Lead)),
        ] {
            let asked = Asked { rule: "refund-limit", role, together: eur.minor(minor), within: "w", above: "a", beyond: "b" };
            assert_eq!(limit(asked, ceilings, eur).unwrap().outcome, outcome, "{role:?} {minor}");
        }
    }

    #[test]
    fn the_heaviest_ruling_decides() {
        let say = || Saying::new("x");
        let asks = |role| Ruling::asks("r", role, say());
        assert_eq!(verdict(&[]), Outcome::Allowed);
        assert_eq!(verdict(&[asks(Role::Manager), asks(Role::Lead)]), Outcome::NeedsApproval(Role::Manager));
        let lifted = Ruling { outcome: Outcome::RefusedUnless(Role::Lead), ..asks(Role::Lead) };
        assert_eq!(verdict(&[asks(Role::Manager), lifted]), Outcome::RefusedUnless(Role::Manager));
        assert_eq!(verdict(&[asks(Role::Manager), Ruling::refused("r", say())]), Outcome::Refused);
    }
}
