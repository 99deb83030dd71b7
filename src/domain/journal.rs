//! The journal: what a document moves between accounts. Debits are positive, credits negative, and every document sums to zero.

use serde::{Deserialize, Serialize};

use super::bill::Tender;
use super::money::{Currency, Money, MoneyError};

/// An account of the counter's books.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Account {
    /// Sales given back, without tax.
    Returns,
    /// Price corrections, without tax.
    Corrections,
    /// Apologies, without tax.
    Goodwill,
    /// Membership fees, without tax.
    Fees,
    /// Tax, by code.
    Tax(String),
    /// Money in a tender.
    Tender(Tender),
    /// What the shop owes on store credit.
    StoreCredit,
    /// Store credit on its way to the till.
    TillClearing,
    /// Gains and losses of cash rounding.
    CashRounding,
}

/// One side of a posting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The account.
    pub account: Account,
    /// Positive: debit. Negative: credit.
    pub amount: Money,
}

/// Collects entries, leaves out those of nothing, and proves that they balance.
#[derive(Debug)]
pub struct Journal {
    currency: Currency,
    entries: Vec<Entry>,
}

/// A posting that does not sum to zero. It is never written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// The sum is not zero.
    #[error("the posting is out by {0}; nothing was booked; please report it")]
    Unbalanced(Money),
    /// Arithmetic failed.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

impl Journal {
    /// An empty posting in a currency.
    pub fn new(currency: Currency) -> Self {
        Self { currency, entries: Vec::new() }
    }

    /// Adds a debit, or a credit when negative; amounts on one account are added up.
    pub fn debit(&mut self, account: Account, amount: Money) -> Result<(), MoneyError> {
        if let Some(entry) = self.entries.iter_mut().find(|entry| entry.account == account) {
            entry.amount = entry.amount.plus(amount)?;
        } else {
            self.entries.push(Entry { account, amount });
        }
        Ok(())
    }

    /// Adds a credit, or a debit when negative.
    pub fn credit(&mut self, account: Account, amount: Money) -> Result<(), MoneyError> {
        self.debit(account, amount.negated()?)
    }

    /// The entries, proved to balance.
    pub fn close(mut self) -> Result<Vec<Entry>, JournalError> {
        self.entries.retain(|entry| !entry.amount.is_zero());
        balanced(self.currency, &self.entries)?;
        Ok(self.entries)
    }
}

/// Whether entries sum to zero.
pub fn balanced(currency: Currency, entries: &[Entry]) -> Result<(), JournalError> {
    let sum = Money::sum(currency, entries.iter().map(|entry| entry.amount))?;
    if sum.is_zero() { Ok(()) } else { Err(JournalError::Unbalanced(sum)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_posting_balances_or_is_refused() {
        let eur = Currency::from_code("EUR").unwrap();
        let mut journal = Journal::new(eur);
        journal.debit(Account::Returns, eur.minor(422)).unwrap();
        journal.debit(Account::Tax("A".into()), eur.minor(88)).unwrap();
        journal.credit(Account::Tender(Tender::Cash), eur.minor(510)).unwrap();
        journal.debit(Account::CashRounding, eur.zero()).unwrap();
        assert_eq!(journal.close().unwrap().len(), 3);
        let mut journal = Journal::new(eur);
        journal.debit(Account::Returns, eur.minor(1)).unwrap();
        assert_eq!(journal.close(), Err(JournalError::Unbalanced(eur.minor(1))));
    }
}
