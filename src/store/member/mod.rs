//! Members: the person apart from the books, cards, paid terms, and finding them while a clerk types.

use jiff::civil::Date;

use super::{Result, Tx};
use crate::domain::ids::{CardNumber, MemberId};
use crate::domain::member::{Member, Person, Standing};
use crate::domain::membership::Term;

/// A member that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Id towards the books.
    pub id: MemberId,
    /// The person; `None` after erasure.
    pub person: Option<Person>,
    /// The newest card that opens something.
    pub card: Option<CardNumber>,
    /// The number the till knows.
    pub code: Option<String>,
    /// Plan of the term that ends last.
    pub plan: Option<String>,
    /// End of that term; `None` for life or without a term.
    pub end: Option<Date>,
    /// The day of joining.
    pub since: Date,
    /// What staff decided.
    pub standing: Standing,
}

/// Members of whose name, phone, e-mail, card or code the text is a part; accents do not matter.
pub fn search(tx: &mut Tx<'_>, text: &str, limit: usize) -> Result<Vec<Hit>> {
    todo!()
}

/// A member with person, cards, and the terms of the whole household.
pub fn load(tx: &mut Tx<'_>, id: MemberId) -> Result<Option<Member>> {
    todo!()
}

/// Who carries a card, whatever the card's state.
pub fn by_card(tx: &mut Tx<'_>, card: CardNumber) -> Result<Option<MemberId>> {
    todo!()
}

/// Whom the till knows by a number.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<MemberId>> {
    todo!()
}

/// Adds a member, or changes what is known of the person; `since` counts for a new one only.
pub fn put(tx: &mut Tx<'_>, id: MemberId, person: &Person, code: Option<&str>, since: Date) -> Result<()> {
    todo!()
}

/// Keeps a term that was paid before this program came.
pub fn import_term(tx: &mut Tx<'_>, member: MemberId, term: &Term) -> Result<()> {
    todo!()
}

/// The running number of the next card.
pub fn next_card_serial(tx: &mut Tx<'_>) -> Result<u64> {
    todo!()
}

/// Gives a member a card.
pub fn issue_card(tx: &mut Tx<'_>, member: MemberId, card: CardNumber) -> Result<()> {
    todo!()
}
