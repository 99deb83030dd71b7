//! Requests on their way. What a clerk asks for is kept outside the database before it is sent; when the program ends before the
//! answer is known, the request is sent again at the next start, under the same id, so that it is booked once or not at all.
//!
//! Approvals are not kept, for who could write into that folder could then forge them; nor are requests for which a person's PIN
//! answers. What needs a second person's word and was not booked yet is therefore stopped again, and told.

use serde::{Deserialize, Serialize};

use super::{Desk, DeskError, Outcome, Proof};
use crate::domain::digest::Digest;
use crate::domain::ids::DocumentNumber;
use crate::domain::request::{Envelope, Job};
use crate::domain::say::Saying;
use crate::planted::planted;

/// A request as it is kept.
#[derive(Serialize, Deserialize)]
struct Unsent {
    envelope: Envelope,
    /// The digest of the quote that the clerk saw.
    seen: Option<Digest>,
}

/// What came of requests whose answers were not known when the program ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resent {
    /// What is booked, before or now.
    pub booked: Vec<DocumentNumber>,
    /// How many were not booked, because a rule stopped them or something changed.
    pub left: usize,
}

impl Resent {
    /// What to say of it; `None` when there was nothing.
    pub fn say(&self) -> Option<Saying> {
        if *self == Self::default() {
            return None;
        }
        let booked: Vec<_> = self.booked.iter().map(ToString::to_string).collect();
        let saying = match (booked.is_empty(), self.left) {
            (true, _) => Saying::new("unsent-left"),
            (false, 0) => Saying::new("unsent-booked"),
            (false, _) => Saying::new("unsent-both"),
        };
        let left = i64::try_from(self.left).unwrap_or(i64::MAX);
        Some(saying.with("documents", booked.join(", ")).with("left", left))
    }
}

impl Desk {
    /// Books a request that is kept until its answer is known; see [`Desk::post`].
    ///
    /// # Errors
    /// Those of posting, and when the request cannot be kept: it is then not sent.
    pub fn post_surely(&mut self, envelope: &Envelope, proof: &Proof) -> Result<Outcome, DeskError> {
        if !is_kept(envelope.request.job()) {
            return self.post(envelope, proof);
        }
        self.keep_unsent(envelope, proof.seen)?;
        if planted("killed before a request is sent") {
            std::process::abort();
        }
        let answer = self.post(envelope, proof);
        if planted("killed before an answer is told") {
            std::process::abort();
        }
        if !answer.as_ref().is_err_and(DeskError::is_unknown) {
            self.store.outside().drop_unsent(envelope.id)?;
        }
        answer
    }

    fn keep_unsent(&self, envelope: &Envelope, seen: Option<Digest>) -> Result<(), DeskError> {
        let unsent = Unsent { envelope: Envelope { approval: None, ..envelope.clone() }, seen };
        let text = serde_json::to_string(&unsent).map_err(|error| DeskError::Paper(error.to_string()))?;
        Ok(self.store.outside().keep_unsent(envelope.id, &text)?)
    }

    /// Sends again what this desk had sent without learning what came of it. A desk that only reads leaves it for later, and
    /// so does one whose server takes no writes.
    ///
    /// # Errors
    /// When the books cannot be reached; what was not sent stays.
    pub fn send_unsent(&mut self) -> Result<Resent, DeskError> {
        self.resent = Resent::default();
        if self.read_only().is_none() && !self.store.only_looks() {
            self.send_each()?;
        }
        Ok(self.resent.clone())
    }

    fn send_each(&mut self) -> Result<(), DeskError> {
        for (id, text) in self.store.outside().unsent()? {
            let read = serde_json::from_str::<Unsent>(&text).ok().filter(|unsent| unsent.envelope.id == id);
            let Some(Unsent { envelope, seen }) = read.filter(|unsent| is_kept(unsent.envelope.request.job())) else {
                self.resent.left += 1;
                self.store.outside().drop_unsent(id)?;
                continue;
            };
            if envelope.desk != self.number {
                continue;
            }
            match self.post(&envelope, &Proof { seen, approved: None }) {
                Ok(Outcome::Posted(posted)) => self.resent.booked.push(posted.document.number),
                Ok(Outcome::Stopped(_) | Outcome::Changed(_)) => self.resent.left += 1,
                Err(error) if error.is_unknown() || error.is_away() => return Err(error),
                Err(_) => self.resent.left += 1,
            }
            self.store.outside().drop_unsent(id)?;
        }
        Ok(())
    }
}

/// Whether a request is kept: the jobs of the counter, which a clerk does without showing a PIN each time.
fn is_kept(job: Job) -> bool {
    match job {
        Job::SignUp | Job::Renew | Job::Refund | Job::CorrectPrice | Job::Goodwill | Job::RedeemCredit => true,
        Job::Void | Job::RecordPayout => true,
        Job::SetStaff | Job::AdoptPolicy | Job::OpenShift | Job::CloseShift | Job::RotateKey | Job::ReAnchor => false,
        Job::ErasePerson => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{ask, demo};
    use crate::domain::ids::{DeskNo, StaffNo};
    use crate::domain::request::{Goods, LinePart, Refund, Request, SetStaff};
    use crate::domain::staff::{Role, Staff};

    /// So many of a line; all that is left of it where that is not a number.
    fn refund(quantity: &str) -> Envelope {
        let lines = vec![LinePart { line: 1, quantity: quantity.parse().ok() }];
        let goods = Goods::Lines { bill: "536365".to_owned(), lines };
        ask(
            DeskNo(1),
            StaffNo(4),
            Request::Refund(Refund { goods, to: None, reason: None, condition: None, seen: None, note: None }),
        )
    }

    fn kept(desk: &Desk) -> usize {
        desk.store.outside().unsent().unwrap().len()
    }

    #[test]
    fn what_was_not_answered_is_booked_once_and_told() {
        let mut demo = demo::open(7, Some(jiff::civil::date(2026, 11, 23)), "en").unwrap();
        let desk = &mut demo.desk;
        let (before, lost) = (refund("1"), refund("all"));
        // Killed before it was sent, and killed before its answer was told.
        let seen = desk.quote(&lost).unwrap().digest;
        desk.keep_unsent(&lost, Some(seen)).unwrap();
        let Outcome::Posted(booked) = desk.post(&before, &Proof::default()).unwrap() else { panic!() };
        desk.keep_unsent(&before, None).unwrap();
        let resent = desk.send_unsent().unwrap();
        assert_eq!((resent.booked, resent.left), (vec![booked.document.number], 1), "the bill changed since the clerk saw it");
        assert_eq!((kept(desk), desk.send_unsent().unwrap()), (0, Resent::default()));
        desk.keep_unsent(&lost, None).unwrap();
        let resent = desk.send_unsent().unwrap();
        assert_eq!((resent.booked.len(), resent.left, kept(desk)), (1, 0, 0));
        assert_eq!(resent.say().unwrap().id, "unsent-booked");
    }

    #[test]
    fn an_answer_that_is_known_leaves_nothing_behind_and_rubbish_neither() {
        let mut demo = demo::open(7, Some(jiff::civil::date(2026, 11, 23)), "en").unwrap();
        let desk = &mut demo.desk;
        assert!(matches!(desk.post_surely(&refund("1"), &Proof::default()).unwrap(), Outcome::Posted(_)));
        assert!(matches!(desk.post_surely(&refund("999"), &Proof::default()).unwrap(), Outcome::Stopped(_)));
        assert_eq!(kept(desk), 0);
        let staff = Staff {
            no: StaffNo(9),
            name: "Eve".into(),
            role: Role::Administrator,
            language: "en".into(),
            active: true,
            member: None,
        };
        let forged = ask(DeskNo(1), StaffNo(1), Request::SetStaff(SetStaff { staff }));
        desk.keep_unsent(&forged, None).unwrap();
        desk.store.outside().keep_unsent(refund("1").id, "{").unwrap();
        let elsewhere = Envelope { desk: DeskNo(2), ..refund("1") };
        desk.keep_unsent(&elsewhere, None).unwrap();
        let resent = desk.send_unsent().unwrap();
        assert_eq!((resent.booked, resent.left, kept(desk)), (vec![], 2, 1), "another desk's stays");
    }
}
