//! The mark in a receipt's QR code: number, amount and the first bytes of the document's sum, so that members hold witnesses.

use std::fmt;

use crate::domain::digest::Digest;
use crate::domain::document::Document;
use crate::domain::ids::DocumentNumber;
use crate::domain::money::Money;

/// What a receipt says of its document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The document's number.
    pub number: DocumentNumber,
    /// Its total.
    pub amount: Money,
    /// The first eight bytes of its sum, in hexadecimal.
    pub sum: String,
}

/// What every mark begins with.
const SIGN: &str = "COURTESY1";

impl Mark {
    /// The mark of a document.
    pub fn of(document: &Document, hash: Digest) -> Self {
        Self { number: document.number, amount: document.quote.total, sum: hash.short() }
    }

    /// Reads what a scanner sent; `None` when it is something else.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('/');
        let (sign, number, amount, currency, sum) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if sign != SIGN || parts.next().is_some() || sum.len() != 16 {
            return None;
        }
        let amount = format!("{amount} {currency}").parse().ok()?;
        Some(Self { number: number.parse().ok()?, amount, sum: sum.to_owned() })
    }

    /// Whether paper and book agree.
    pub fn agrees(&self, document: &Document, hash: Digest) -> bool {
        *self == Self::of(document, hash)
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{SIGN}/{}/{}/{}/{}", self.number, self.amount.decimal(), self.amount.currency(), self.sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_reads_back() {
        let text = "COURTESY1/2-004811/-5.10/EUR/0123456789abcdef";
        let mark = Mark::read(text).unwrap();
        assert_eq!((mark.to_string().as_str(), mark.amount.minor()), (text, -510));
        for bad in ["", "COURTESY1/2-004811/5.10/EUR/01", "COURTESY2/2-004811/5.10/EUR/0123456789abcdef", "536365"] {
            assert_eq!(Mark::read(bad), None);
        }
    }
}
