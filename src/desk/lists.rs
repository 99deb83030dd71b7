//! The lists that screens show: bills, documents, payouts that are due.

use jiff::civil::Date;
use std::sync::Arc;

use super::{Desk, DeskError, DueView};
use crate::domain::calendar::Moment;
use crate::domain::ids::DeskNo;
use crate::domain::membership::Plan;
use crate::domain::policy::Policy;
use crate::domain::say::Saying;
use crate::domain::spoken::Dictionary;
use crate::domain::staff::Staff;
use crate::store::document::DocumentRow;
use crate::store::shop::Shop;
use crate::store::{bill, document, policy, print};

/// Rows of a list that can be searched.
const ROWS: usize = 50;

/// What a window has to know before anybody signs in.
#[derive(Debug, Clone)]
pub struct Basics {
    /// The shop.
    pub shop: Shop,
    /// This desk.
    pub desk: DeskNo,
    /// Everybody who may sign in.
    pub people: Vec<Staff>,
    /// The rules in force, in the shop's language.
    pub policy: Arc<Policy>,
    /// Their texts in the language of who reads.
    pub texts: Dictionary,
    /// The plans on offer, with fees.
    pub plans: Vec<Plan>,
    /// The business day.
    pub today: Date,
    /// The moment on the shop's clock.
    pub now: Moment,
    /// Whether this desk only reads, because the books are not as they should be.
    pub reads_only: bool,
    /// What is wrong with the books or with what is kept outside them, what it means for the money, and the way out.
    pub trouble: Option<Saying>,
    /// What came of requests whose answers were not known when the program ended.
    pub resent: Option<Saying>,
}

impl Desk {
    /// What a window has to know before anybody signs in.
    pub fn basics(&mut self) -> Result<Basics, DeskError> {
        let language = self.shop.language.clone();
        self.basics_in(&language)
    }

    /// The same for somebody who reads a language.
    pub fn basics_in(&mut self, language: &str) -> Result<Basics, DeskError> {
        let version = self.policy_version()?.version;
        let rules = self.store.read(|tx| policy::text(tx, version).map_err(DeskError::from))?;
        Ok(Basics {
            shop: self.shop.clone(),
            desk: self.number,
            people: self.people()?,
            policy: self.policy()?,
            texts: Dictionary::of(&rules, &self.shop.language, language)?,
            plans: self.plans()?,
            today: self.today()?,
            now: self.now(),
            reads_only: self.read_only().is_some(),
            trouble: self.trouble(),
            resent: self.resent.say(),
        })
    }

    /// Bills by number, item, day or amount, newest first; without a text the newest of all.
    pub fn bills(&mut self, text: &str) -> Result<Vec<bill::Summary>, DeskError> {
        let text = text.trim();
        self.store.read(|tx| if text.is_empty() { Ok(bill::recent(tx, ROWS)?) } else { Ok(bill::search(tx, text, ROWS)?) })
    }

    /// What was posted at every desk, newest first.
    pub fn history(&mut self) -> Result<Vec<DocumentRow>, DeskError> {
        self.store.read(|tx| Ok(document::recent(tx, None, ROWS)?))
    }

    /// Payouts to cards that the terminal has still to confirm, oldest first.
    pub fn due(&mut self) -> Result<Vec<DueView>, DeskError> {
        self.store.read(|tx| Ok(document::due_payouts(tx)?))
    }

    /// How many receipts still wait to be printed.
    pub fn waiting_receipts(&mut self) -> Result<usize, DeskError> {
        let number = self.number;
        self.store.read(|tx| Ok(print::pending(tx, number)?.len()))
    }
}
