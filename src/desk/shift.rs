//! How the desk itself stands: its shift, its key, its seals.

use super::{Desk, DeskError};
use crate::domain::calendar::Moment;
use crate::domain::ids::DocumentNumber;
use crate::store::document;
use crate::store::seal;

/// The desk's shift, key and seals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftView {
    /// The document that opened the shift, and when; `None` while none is open.
    pub opened: Option<(DocumentNumber, Moment)>,
    /// The last document that is sealed, and when that was.
    pub sealed: Option<(DocumentNumber, Moment)>,
    /// How many documents came after it.
    pub unsealed: u64,
    /// Number of the key in force, and the beginning of its public half.
    pub key: Option<(u32, String)>,
    /// Whether a manager may confirm that the books were restored on purpose.
    pub may_confirm: bool,
}

impl Desk {
    /// How the desk itself stands.
    pub fn shift(&mut self) -> Result<ShiftView, DeskError> {
        let desk = self.number;
        let may_confirm = self.read_only().is_some_and(|why| why.is_adrift(desk));
        self.store.read(|tx| {
            let opened = match seal::open_shift(tx, desk)? {
                Some(number) => document::by_number(tx, number)?.map(|posted| (number, posted.document.at)),
                None => None,
            };
            let sealed = seal::last(tx, desk)?.map(|sealed| (sealed.checkpoint.number, sealed.checkpoint.at));
            let last = seal::counted(tx, desk)?.sequence;
            let unsealed = last.saturating_sub(sealed.map_or(0, |(number, _)| number.sequence));
            let key = seal::key(tx, desk)?.map(|key| (key.no, key.public.short()));
            Ok(ShiftView { opened, sealed, unsealed, key, may_confirm })
        })
    }
}
