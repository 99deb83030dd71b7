//! What each person of the staff may have been when a document was made. Desks have no order between them, so that what another desk
//! made of a person may have been so already, or not yet.

use std::collections::HashMap;

use crate::domain::document::{Document, Effect};
use crate::domain::ids::{DocumentNumber, StaffNo};
use crate::domain::staff::{FIRST_MANAGER, Role};

/// Roles by the documents that gave them.
#[derive(Default)]
pub(super) struct Roles(HashMap<StaffNo, Vec<(DocumentNumber, Role)>>);

impl Roles {
    /// Adds what a document says.
    pub(super) fn add(&mut self, document: &Document) {
        for effect in &document.quote.effects {
            if let Effect::SetStaff { staff } = effect {
                self.0.entry(staff.no).or_default().push((document.number, staff.role));
            }
        }
    }

    /// The roles that a person may have had when a document of this number was made, once all documents are known. All of them where
    /// none tells.
    pub(super) fn of(&self, person: StaffNo, at: DocumentNumber) -> Vec<Role> {
        let roles = self.so_far(person, at);
        if roles.is_empty() { Role::ALL.to_vec() } else { roles }
    }

    /// The same as far as documents were added: what the last one before it at the same desk says, and what any of the other desks
    /// says.
    pub(super) fn so_far(&self, person: StaffNo, at: DocumentNumber) -> Vec<Role> {
        let known = self.0.get(&person).map(Vec::as_slice).unwrap_or_default();
        let here = known.iter().filter(|(by, _)| by.desk == at.desk && by.sequence < at.sequence);
        let last = here.max_by_key(|(by, _)| by.sequence).map(|(_, role)| *role);
        let first = (person == FIRST_MANAGER).then_some(Role::Administrator);
        let elsewhere = known.iter().filter(|(by, _)| by.desk != at.desk).map(|(_, role)| *role);
        last.or(first).into_iter().chain(elsewhere).collect()
    }
}
