//! What can be wrong with a row, a record or a bill that comes in.

use crate::domain::bill::BillError;
use crate::domain::member::FieldFault;
use crate::domain::money::MoneyError;

/// Why something was rejected or kept aside. Its words go into the rejects file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The row has another number of columns than the header.
    #[error("the row has {found} columns where the header has {expected}")]
    Columns {
        /// Columns of the header.
        expected: usize,
        /// Columns of the row.
        found: usize,
    },
    /// A field that a bill or member cannot do without is empty.
    #[error("it is empty")]
    Missing,
    /// The bytes are not UTF-8.
    #[error("it is not UTF-8 text; have the till write UTF-8")]
    NotUtf8,
    /// The field contains characters that are no text.
    #[error("it contains control characters")]
    ControlCharacter,
    /// The field is longer than anything that could stand on a receipt.
    #[error("it is {length} bytes long, at most {most} are read")]
    TooLong {
        /// Its length in bytes.
        length: usize,
        /// Most that is read.
        most: usize,
    },
    /// A line break where none belongs; usually a quote that was never closed.
    #[error("it runs over the end of its line; a quote may not be closed")]
    LineBreak,
    /// Not a number.
    #[error("it is not a number")]
    NotANumber,
    /// Finer than thousandths of a piece.
    #[error("a quantity has at most three decimals")]
    QuantityTooFine,
    /// Finer than millionths.
    #[error("a price has at most six decimals")]
    PriceTooFine,
    /// Not a day or time of the form the map names.
    #[error("it is not a time of the form {format}")]
    NotATime {
        /// The form.
        format: String,
    },
    /// A field of a member that no person could have.
    #[error("{0}")]
    Field(FieldFault),
    /// Arithmetic failed.
    #[error("{0}")]
    Money(MoneyError),
    /// A payment card number stands in a field.
    #[error("it contains a payment card number, which must not be kept")]
    CardNumber,
    /// The text is not well-formed XML.
    #[error("the XML is damaged here ({0}); nothing after this place was read")]
    Xml(String),
    /// The file ends inside an element.
    #[error("the file ends in the middle of {element}; nothing of it was read")]
    Truncated {
        /// The element that stays open.
        element: String,
    },
    /// Entities of the file's own are never expanded.
    #[error("it declares or uses entities of its own, which are not read; nothing after this place was read")]
    Entities,
    /// Elements lie too deep within each other.
    #[error("elements lie more than {most} deep; nothing after this place was read")]
    TooDeep {
        /// Most that is read.
        most: usize,
    },
    /// One record is larger than any real one.
    #[error("one record is longer than {most} bytes; nothing after this place was read; a quote or tag may not be closed")]
    TooLarge {
        /// Most that is read.
        most: u64,
    },
    /// The file holds no transactions at all.
    #[error("the file holds no Transaction element, so it is not a POSLog")]
    NoTransactions,
    /// Another row of the same bill could not be read.
    #[error("line {line} of the same bill cannot be read, and the map says its rows belong together")]
    RowRejected {
        /// Line in the file.
        line: u64,
    },
    /// Rows of one bill name several members.
    #[error("its rows name the members {first} and {other}")]
    TwoMembers {
        /// Named first.
        first: String,
        /// Named later.
        other: String,
    },
    /// A bill with more lines than any real one.
    #[error("it has more than {most} lines")]
    TooManyLines {
        /// Most that is read.
        most: usize,
    },
    /// Taxes and discounts of the whole sale that would take too long to share out.
    #[error("it has more taxes and discounts for more lines than any real sale")]
    TooManyShares,
    /// The till undid an earlier sale by this record.
    #[error("the till undid an earlier sale by this record; compare both and refund here where it is still owed")]
    PostVoid,
    /// A tender of the till that is none of ours.
    #[error("its tender {0} is not known; name what it is in a map under [tenders]")]
    UnknownTender(String),
    /// A tax or discount that no line carries.
    #[error("{what} of {amount} names no line that carries it")]
    NowhereToStand {
        /// Which one.
        what: String,
        /// How much.
        amount: String,
    },
    /// The bill does not balance or disagrees with itself.
    #[error("{0}")]
    Bill(BillError),
    /// The members file names a plan that the shop does not have.
    #[error("the shop's rules have no plan {plan}; bring in rules that have it, then import again")]
    NoSuchPlan {
        /// The plan.
        plan: String,
    },
    /// A term ends before it begins.
    #[error("the term ends before it begins")]
    TermBackwards,
    /// The members file names a plan for an end that the plan cannot have.
    #[error("plan {plan} has terms that end, and no end is given")]
    NoTermEnd {
        /// The plan.
        plan: String,
    },
}

impl Fault {
    /// A short name for data and statistics.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Columns { .. } => "columns",
            Self::Missing => "missing",
            Self::NotUtf8 => "not-utf8",
            Self::ControlCharacter => "control-character",
            Self::TooLong { .. } => "too-long",
            Self::LineBreak => "line-break",
            Self::NotANumber => "not-a-number",
            Self::QuantityTooFine => "quantity-too-fine",
            Self::PriceTooFine => "price-too-fine",
            Self::NotATime { .. } => "not-a-time",
            Self::Field(_) => "field",
            Self::Money(_) => "money",
            Self::CardNumber => "card-number",
            Self::Xml(_) => "xml",
            Self::Truncated { .. } => "truncated",
            Self::Entities => "entities",
            Self::TooDeep { .. } => "too-deep",
            Self::TooLarge { .. } => "too-large",
            Self::NoTransactions => "no-transactions",
            Self::RowRejected { .. } => "row-rejected",
            Self::TwoMembers { .. } => "two-members",
            Self::TooManyLines { .. } => "too-many-lines",
            Self::TooManyShares => "too-many-shares",
            Self::PostVoid => "post-void",
            Self::UnknownTender(_) => "unknown-tender",
            Self::NowhereToStand { .. } => "nowhere-to-stand",
            Self::Bill(BillError::OutOfBalance { .. }) => "out-of-balance",
            Self::Bill(_) => "bill",
            Self::NoSuchPlan { .. } => "no-such-plan",
            Self::TermBackwards => "term-backwards",
            Self::NoTermEnd { .. } => "no-term-end",
        }
    }
}

impl From<MoneyError> for Fault {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::QuantityTooFine(_) => Self::QuantityTooFine,
            other => Self::Money(other),
        }
    }
}

impl From<BillError> for Fault {
    fn from(error: BillError) -> Self {
        Self::Bill(error)
    }
}
