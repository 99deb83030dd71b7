//! What must hold of the books, each with what to say when it does.

use crate::domain::say::Saying;

/// Something that must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Invariant {
    /// The database file is whole.
    File,
    /// Every desk's numbers follow one another, up to where it counted.
    Numbers,
    /// Every document follows the one before it by its sum.
    Chain,
    /// Every checkpoint is signed and names what stands in the chain; every closed shift has one.
    Seals,
    /// Every key but a desk's first was brought in by a document.
    Keys,
    /// Every desk's chain stands where it is remembered outside the book.
    Outside,
    /// What lists show of documents is what these say.
    Columns,
    /// Every posting sums to nothing.
    Balance,
    /// What was booked with documents is what these say.
    Beside,
    /// No line gave back more than was sold.
    Lines,
    /// No payment gave back more than was paid.
    Payments,
    /// Every store credit holds what its documents come to, and never less than nothing.
    Credits,
    /// Every payout stands as documents left it.
    Payouts,
    /// Every bill is as it came, and balances.
    Bills,
    /// Every version of the rules is the one that was adopted.
    Rules,
    /// Everybody of the staff is as documents made them.
    Staff,
    /// Every approval was used once, by the document that carries it.
    Approvals,
    /// Every member's standing, household, cards and terms are what documents made of them.
    Members,
    /// What happened besides documents, and tries of PINs, have no gaps and are as they were kept.
    Events,
    /// Bills, cards and terms that were brought in are all there, and no others.
    Brought,
    /// What no document says is as it was sealed.
    Sealed,
    /// Paper was asked for of documents that are there, each copy once.
    Paper,
    /// What the search finds is what it was made from.
    Search,
    /// Every correction, refund and undoing was built on what stood in the books when its turn came.
    Seen,
    /// Nobody gave more than the rules of the day allowed without the word that it took.
    Limits,
    /// No document holds words that tell who a member is.
    Names,
    /// No payment card's number is kept.
    Cards,
}

impl Invariant {
    /// What is worked out from the bills that came in.
    pub(super) const BY_BILLS: [Self; 3] = [Self::Lines, Self::Payments, Self::Seen];

    /// What is worked out from all that was booked.
    pub(super) const BY_WHAT_IS_BOOKED: [Self; 11] = [
        Self::Lines,
        Self::Payments,
        Self::Credits,
        Self::Payouts,
        Self::Rules,
        Self::Staff,
        Self::Approvals,
        Self::Members,
        Self::Keys,
        Self::Seen,
        Self::Limits,
    ];

    /// What is worked out from what documents say.
    pub(super) const BY_WHAT_IS_SAID: [Self; 16] = [
        Self::Columns,
        Self::Balance,
        Self::Beside,
        Self::Lines,
        Self::Payments,
        Self::Credits,
        Self::Payouts,
        Self::Rules,
        Self::Staff,
        Self::Approvals,
        Self::Members,
        Self::Keys,
        Self::Seen,
        Self::Limits,
        Self::Names,
        Self::Cards,
    ];

    /// All of them.
    pub const ALL: [Self; 27] = [
        Self::File,
        Self::Numbers,
        Self::Chain,
        Self::Seals,
        Self::Keys,
        Self::Outside,
        Self::Columns,
        Self::Balance,
        Self::Beside,
        Self::Lines,
        Self::Payments,
        Self::Credits,
        Self::Payouts,
        Self::Bills,
        Self::Rules,
        Self::Staff,
        Self::Approvals,
        Self::Members,
        Self::Events,
        Self::Brought,
        Self::Sealed,
        Self::Paper,
        Self::Search,
        Self::Seen,
        Self::Limits,
        Self::Names,
        Self::Cards,
    ];

    /// That it holds, for so many things that were looked at.
    pub fn say(self, count: u64) -> Saying {
        let id = match self {
            Self::File => "holds-file",
            Self::Numbers => "holds-numbers",
            Self::Chain => "holds-chain",
            Self::Seals => "holds-seals",
            Self::Keys => "holds-keys",
            Self::Outside => "holds-outside",
            Self::Columns => "holds-columns",
            Self::Balance => "holds-balance",
            Self::Beside => "holds-beside",
            Self::Lines => "holds-lines",
            Self::Payments => "holds-payments",
            Self::Credits => "holds-credits",
            Self::Payouts => "holds-payouts",
            Self::Bills => "holds-bills",
            Self::Rules => "holds-rules",
            Self::Staff => "holds-staff",
            Self::Approvals => "holds-approvals",
            Self::Members => "holds-members",
            Self::Events => "holds-events",
            Self::Brought => "holds-brought",
            Self::Sealed => "holds-sealed",
            Self::Paper => "holds-paper",
            Self::Search => "holds-search",
            Self::Seen => "holds-seen",
            Self::Limits => "holds-limits",
            Self::Names => "holds-names",
            Self::Cards => "holds-cards",
        };
        Saying::new(id).with("count", i64::try_from(count).unwrap_or(i64::MAX))
    }
}
