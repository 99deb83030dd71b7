//! What is left to do once a document has erased a person: receipts and files about them that were saved, requests that were not sent, and bytes in the
//! files of the database. All of it may stop at any point and is begun again when the books are opened next.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{Desk, DeskError, ReadOnly};
use crate::domain::document::{Document, Effect};
use crate::domain::ids::MemberId;
use crate::domain::say::Saying;
use crate::receipt::print::{Handed, Printer, forget_filed};
use crate::store::outside::Outside;
use crate::store::unfinished::{Swept, folder_of, sweep};
use crate::store::{StoreError, document, event, person, print};

/// Documents of a member whose receipts are looked for.
const DOCUMENTS: usize = 100_000;
/// How long a backup or export that is being made is waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// Whether a document erased somebody.
pub(super) fn erases(document: &Document) -> bool {
    document.quote.effects.iter().any(|effect| matches!(effect, Effect::ErasePerson { .. }))
}

/// Why somebody who was erased is not yet gone from every file.
#[derive(Debug, Clone)]
pub(super) struct Unerased {
    reason: String,
    /// Whether only the owner of a server's database can finish it.
    is_owners: bool,
}

impl Unerased {
    fn by(error: &DeskError) -> Self {
        let is_owners = matches!(error, DeskError::Store(StoreError::OwnersStatistics(_)));
        Self { reason: error.to_string(), is_owners }
    }
}

impl Desk {
    /// Why somebody who was erased is not yet gone from every file; `None` where nothing is left to do.
    pub fn erasure_unfinished(&self) -> Option<&str> {
        self.keeping.unerased.as_ref().map(|unerased| unerased.reason.as_str())
    }

    /// Does what is left to do, and remembers why where it cannot be done now. What is posted stays posted.
    pub(super) fn finish_erasures(&mut self) {
        self.keeping.unerased = self.try_finish_erasures().err().map(|error| Unerased::by(&error));
    }

    /// Finishes erasures where the book itself is in order, and sees to it that nobody is shown who was erased since these books were copied.
    ///
    /// # Errors
    /// When somebody is known again and cannot be erased.
    pub(super) fn forget_the_erased(&mut self) -> Result<(), DeskError> {
        if self.read_only().is_none_or(ReadOnly::is_only_adrift) {
            self.finish_erasures();
        }
        let remembered = self.store.outside().erased()?;
        let known = self.store.read(|tx| person::known_again(tx, &remembered))?;
        if known.is_empty() {
            return Ok(());
        }
        let of_books = self.read_only().map(|why| why.error().to_string());
        let reason = of_books.or_else(|| self.erasure_unfinished().map(str::to_owned)).unwrap_or_default();
        Err(DeskError::KnownAgain { count: known.len(), reason })
    }

    fn try_finish_erasures(&mut self) -> Result<(), DeskError> {
        let outside = self.store.outside().clone();
        let remembered = outside.erased()?;
        let posted: BTreeSet<MemberId> = self.store.read(person::erased)?.into_iter().collect();
        self.erase_again(&remembered)?;
        let uncleaned = self.store.read(person::uncleaned)?;
        let here: BTreeSet<MemberId> = posted.difference(&remembered).copied().chain(uncleaned).collect();
        for member in &here {
            self.forget_receipts(*member)?;
            self.forget_handed_out(*member)?;
            self.forget_unsent(&outside, *member)?;
        }
        if !here.is_empty() {
            forget_unfinished(folder_of(outside.folder()))?;
            outside.keep_erased(&remembered.union(&posted).copied().collect())?;
        }
        Ok(self.store.clean()?)
    }

    /// An older copy of the books was put in their place and knows somebody who was erased since: they are erased in it, too. No
    /// document says so, for the one that did is not in that copy; their membership stays as it is there.
    fn erase_again(&mut self, remembered: &BTreeSet<MemberId>) -> Result<(), DeskError> {
        let back = self.store.read(|tx| person::known_again(tx, remembered))?;
        let (desk, at_us) = (self.number, self.now().at_us);
        for member in &back {
            self.store.write_twice(|tx| {
                person::erase(tx, *member)?;
                event::add(tx, desk, None, "erased again", at_us, &member.to_string())
            })?;
        }
        Ok(())
    }

    /// Removes receipts of a member that were saved on this computer.
    fn forget_receipts(&mut self, member: MemberId) -> Result<(), DeskError> {
        let (numbers, handed) = self.store.read(|tx| {
            let mut handed = Vec::new();
            let rows = document::of_member(tx, member, DOCUMENTS)?;
            for row in &rows {
                handed.extend(print::handed(tx, row.number)?);
            }
            Ok::<_, StoreError>((rows.iter().map(|row| row.number.to_string()).collect::<BTreeSet<String>>(), handed))
        })?;
        let mut folders: BTreeSet<PathBuf> = BTreeSet::from([self.usual_receipts()]);
        if let Printer::Folder(folder) = &self.printer {
            folders.insert(folder.clone());
        }
        for handed in handed {
            if let Ok(Handed::Filed { pdf, text }) = serde_json::from_str(&handed) {
                folders.extend([pdf, text].iter().filter_map(|path| path.parent()).map(Path::to_path_buf));
            }
        }
        for folder in folders {
            forget_filed(&folder, &numbers).map_err(|error| unusable(&folder, &error))?;
        }
        Ok(())
    }

    /// Removes requests that are kept until their answer is known: those whose answer is a document of the member, and those that
    /// name the member. Whoever was erased had been signed up, so no sign-up is lost by it.
    fn forget_unsent(&mut self, outside: &Outside, member: MemberId) -> Result<(), DeskError> {
        let unsent = outside.unsent()?;
        if unsent.is_empty() {
            return Ok(());
        }
        let posted = self.store.read(|tx| document::requests_of(tx, member))?;
        let id = member.to_string();
        for (request, text) in unsent {
            if posted.contains(&request) || text.contains(&id) {
                outside.drop_unsent(request)?;
            }
        }
        Ok(())
    }

    /// Where receipts of these books are saved where nothing else is said.
    fn usual_receipts(&self) -> PathBuf {
        self.store.outside().folder().with_file_name("receipts")
    }

    /// What to tell of an erasure that is not finished; `None` where nothing is left to do.
    pub fn unfinished(&self) -> Option<Saying> {
        let unerased = self.keeping.unerased.as_ref()?;
        if unerased.is_owners {
            return Some(Saying::new("desk-erasure-owner"));
        }
        Some(Saying::new("desk-erasure-unfinished").with("error", unerased.reason.as_str()))
    }
}

/// Removes copies of the books beside them that killed programs began and that may hold whoever was erased. One that is being made
/// holds the person, too, so the erasure is not finished before it is.
fn forget_unfinished(folder: &Path) -> Result<(), DeskError> {
    match sweep(folder, PATIENCE).map_err(|error| unusable(folder, &error))? {
        Swept::Clean | Swept::Unknown => Ok(()),
        Swept::InUse => Err(unusable(folder, &io::Error::other("a backup or an export is being made there"))),
    }
}

pub(super) fn unusable(path: &Path, error: &io::Error) -> DeskError {
    StoreError::Outside { path: path.to_owned(), reason: error.to_string() }.into()
}
