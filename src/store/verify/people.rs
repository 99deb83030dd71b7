//! What documents made of people: the staff with their roles, approvals that were used, and what became of members, their
//! households, cards and terms. Whatever no document says must be as a member or a shop begins.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use uuid::Uuid;

use super::{Finding, Invariant, Meter, tell};
use crate::domain::digest::Digest;
use crate::domain::document::{Document, Effect};
use crate::domain::ids::{DeskNo, DocumentNumber, MemberId, StaffNo};
use crate::domain::member::Standing;
use crate::domain::staff::{FIRST_MANAGER, Role, Staff};
use crate::store::{Result, Row, Tx, staff};

/// What documents say of people.
#[derive(Default)]
pub(super) struct People {
    staff: BTreeMap<StaffNo, (DocumentNumber, i64, Staff)>,
    approved: BTreeMap<[u8; 32], (DocumentNumber, StaffNo, i64)>,
    closed: BTreeSet<MemberId>,
    added: BTreeMap<MemberId, Date>,
    /// Who joined whose household.
    joined: BTreeMap<MemberId, MemberId>,
    blocked: BTreeSet<i64>,
    ended: BTreeMap<(MemberId, Date), i64>,
    /// Members whom documents are about: they stay, erased or not.
    named: BTreeSet<MemberId>,
}

impl People {
    /// Adds what a document says. Of two that set one person, the later one of its desk counts, and of two desks the one that
    /// was made later.
    pub(super) fn add(&mut self, document: &Document) {
        if let Some(mark) = &document.approval {
            self.approved.insert(mark.digest.0, (document.number, mark.by, mark.at.at_us));
        }
        self.named.extend(document.quote.subject.member);
        for effect in &document.quote.effects {
            match effect {
                Effect::SetStaff { staff } => {
                    let (number, at_us) = (document.number, document.at.at_us);
                    let known = self.staff.entry(staff.no).or_insert_with(|| (number, at_us, staff.clone()));
                    if number.desk == known.0.desk || at_us >= known.1 {
                        *known = (number, at_us, staff.clone());
                    }
                }
                Effect::CloseMember { member } | Effect::ErasePerson { member } => drop(self.closed.insert(*member)),
                Effect::AddMember { member, joins } => {
                    self.added.insert(*member, document.quote.business_date);
                    self.joined.extend(joins.map(|host| (*member, host)));
                }
                Effect::BlockCard { card } => self.blocked.extend(card.to_string().parse::<i64>()),
                Effect::EndTerm { member, start } => *self.ended.entry((*member, *start)).or_default() += 1,
                _ => {}
            }
        }
    }

    /// Compares all of it with the tables.
    pub(super) fn check(&self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        meter.check(tx, found, &[Invariant::Staff], |tx, meter, found| {
            self.check_staff(tx, found).map(|many| meter.count(Invariant::Staff, many))
        })?;
        meter.check(tx, found, &[Invariant::Approvals], |tx, meter, found| {
            meter.count(Invariant::Approvals, self.approved.len());
            self.check_approvals(tx, found)
        })?;
        meter.check(tx, found, &[Invariant::Members], |tx, meter, found| {
            let members = tx.one("SELECT COUNT(*) FROM member WHERE site = ?1", &[tx.site()])?;
            meter.count(Invariant::Members, members.map_or(Ok(0), |row| row.number::<u32>(0))? as usize);
            self.check_all_members(tx, found)
        })
    }

    fn check_all_members(&self, tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let mut wrong = BTreeSet::new();
        let unread = self.check_members(tx, &mut wrong)?;
        self.check_cards(tx, &mut wrong)?;
        self.check_terms(tx, &mut wrong)?;
        found.extend(wrong.difference(&unread).map(|member| Finding::Member { member: *member }));
        found.extend(unread.into_iter().map(|member| Finding::MemberUnreadable { member }));
        Ok(())
    }

    /// Everybody is as the last document about them says; only the first manager came in with the shop.
    fn check_staff(&self, tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<usize> {
        let rows: BTreeMap<StaffNo, Staff> = staff::list(tx)?.into_iter().map(|person| (person.no, person)).collect();
        let is_first = |person: &Staff| {
            person.no == FIRST_MANAGER && person.role == Role::Administrator && person.active && person.member.is_none()
        };
        for no in rows.keys().chain(self.staff.keys().filter(|no| !rows.contains_key(no))) {
            let same = match (rows.get(no), self.staff.get(no)) {
                (Some(row), Some((_, _, said))) => row == said,
                (Some(row), None) => is_first(row),
                (None, _) => false,
            };
            if !same {
                found.push(Finding::Staff { person: *no });
            }
        }
        Ok(rows.len())
    }

    fn check_approvals(&self, tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
        let mut used = BTreeMap::new();
        tx.scan("SELECT digest, staff, at_us FROM approval_used WHERE site = ?1", &[tx.site()], &mut |row| {
            used.insert(row.digest(0)?.0, (StaffNo(row.number(1)?), row.int(2)?));
            Ok(())
        })?;
        for (digest, (document, by, at_us)) in &self.approved {
            if used.get(digest) != Some(&(*by, *at_us)) {
                found.push(Finding::Approval { document: *document });
            }
        }
        let unknown = used.iter().filter(|(digest, _)| !self.approved.contains_key(*digest));
        found.extend(unknown.map(|(digest, (by, _))| Finding::ApprovalAlone { person: *by, digest: Digest(*digest) }));
        Ok(())
    }

    /// Every member against what documents say, and everybody who signed up is there since that day; answers whose rows cannot be
    /// read.
    fn check_members(&self, tx: &mut Tx<'_>, wrong: &mut BTreeSet<MemberId>) -> Result<BTreeSet<MemberId>> {
        let (mut households, mut closed) = (BTreeMap::new(), BTreeSet::new());
        let (mut missing, mut unread) = (self.added.clone(), BTreeSet::new());
        let mut unseen = self.named.clone();
        let sql = "SELECT id, since, standing, household, place, code FROM member WHERE site = ?1";
        tx.scan(sql, &[tx.site()], &mut |row| {
            let member = MemberId(row.uuid(0)?);
            let added = missing.remove(&member);
            unseen.remove(&member);
            let Ok(stands) = Stands::read(&row) else {
                unread.insert(member);
                return Ok(());
            };
            if added.is_some_and(|day| day != stands.since) {
                wrong.insert(member);
            }
            match stands.standing {
                Standing::Good => {}
                Standing::Cancelled if self.closed.contains(&member) => drop(closed.insert(member)),
                _ => drop(wrong.insert(member)),
            }
            if let Some(household) = stands.household {
                households.insert(member, household);
            }
            Ok(())
        })?;
        wrong.extend(missing.into_keys().chain(unseen));
        wrong.extend(self.closed.difference(&closed));
        let housed: BTreeMap<MemberId, Uuid> = self
            .joined
            .iter()
            .flat_map(|(member, host)| [*member, *host])
            .map(|member| (member, self.founder(member).0))
            .collect();
        wrong.extend(housed.keys().chain(households.keys()).filter(|member| housed.get(member) != households.get(member)));
        Ok(unread)
    }

    /// Who founded the household of somebody who joined it or was joined: the first to be joined, whose id is the household's own.
    fn founder(&self, member: MemberId) -> MemberId {
        let mut seen = BTreeSet::new();
        let mut founder = member;
        while let Some(host) = self.joined.get(&founder).filter(|_| seen.insert(founder)) {
            founder = *host;
        }
        founder
    }

    fn check_cards(&self, tx: &mut Tx<'_>, wrong: &mut BTreeSet<MemberId>) -> Result<()> {
        let mut blocked = BTreeSet::new();
        tx.scan("SELECT number, member, state FROM card WHERE site = ?1 AND state <> 'active'", &[tx.site()], &mut |row| {
            let number = row.int(0)?;
            if row.text(2)? == "replaced" && self.blocked.contains(&number) {
                blocked.insert(number);
            } else {
                wrong.insert(MemberId(row.uuid(1)?));
            }
            Ok(())
        })?;
        for number in self.blocked.difference(&blocked) {
            let sql = "SELECT member FROM card WHERE site = ?1 AND number = ?2";
            if let Some(row) = tx.one(sql, &[tx.site(), (*number).into()])? {
                wrong.insert(MemberId(row.uuid(0)?));
            }
        }
        Ok(())
    }

    fn check_terms(&self, tx: &mut Tx<'_>, wrong: &mut BTreeSet<MemberId>) -> Result<()> {
        let mut undone: BTreeMap<(MemberId, Date), i64> = BTreeMap::new();
        tx.scan("SELECT member, first_day, undone FROM term WHERE site = ?1 AND undone <> 0", &[tx.site()], &mut |row| {
            let known = undone.entry((MemberId(row.uuid(0)?), row.date(1)?)).or_default();
            *known = known.saturating_add(row.int(2)?);
            Ok(())
        })?;
        let keys = self.ended.keys().chain(undone.keys());
        wrong.extend(keys.filter(|key| self.ended.get(key) != undone.get(key)).map(|(member, _)| *member));
        Ok(())
    }
}

/// A member's row, after the id.
struct Stands {
    since: Date,
    standing: Standing,
    household: Option<Uuid>,
}

impl Stands {
    /// Reads all of it, also what documents say nothing of.
    fn read(row: &Row) -> Result<Self> {
        let since = row.day(1)?;
        let (_place, _code) = (row.int(4)?, row.maybe(5, Row::string)?);
        Ok(Self { since, standing: row.named(2, "a standing", Standing::from_name)?, household: row.maybe(3, Row::uuid)? })
    }
}

/// What happened besides documents, and tries of PINs: counted without gaps, for they are only ever added.
pub(super) fn check_events(tx: &mut Tx<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let sql = "SELECT desk FROM event WHERE site = ?1 GROUP BY desk HAVING COUNT(*) <> MAX(place)";
    for row in tx.query(sql, &[tx.site()])? {
        tell(found, Finding::Events { desk: DeskNo(row.number(0)?) });
    }
    // Each lock that was taken away is an event too.
    let sql = "SELECT u.desk FROM unlocked u WHERE u.site = ?1 AND NOT EXISTS (SELECT 1 FROM event e WHERE e.site = ?1
            AND e.desk = u.desk AND e.kind = 'unlocked' AND e.staff = u.by_staff AND e.at_us = u.at_us
            AND e.detail = 'person ' || u.staff || ' up to ' || u.place)
        UNION SELECT e.desk FROM event e WHERE e.site = ?1 AND e.kind = 'unlocked'
            AND (SELECT COUNT(*) FROM unlocked u WHERE u.site = ?1)
                <> (SELECT COUNT(*) FROM event c WHERE c.site = ?1 AND c.kind = 'unlocked')";
    for row in tx.query(sql, &[tx.site()])? {
        tell(found, Finding::Events { desk: DeskNo(row.number(0)?) });
    }
    let tries = tx.one("SELECT COUNT(*), COALESCE(MAX(place), 0) FROM attempt WHERE site = ?1", &[tx.site()])?;
    if tries.is_some_and(|row| row.int(0).ok() != row.int(1).ok()) {
        tell(found, Finding::Tries);
    }
    Ok(())
}
