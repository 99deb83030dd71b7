//! What no document vouches for: rows that are summed as they come, what was sealed when the shop began, paper, and the file itself.

use std::collections::BTreeMap;

use super::people::check_events;
use super::{Finding, Invariant, Meter};
use crate::domain::document::Effect;
use crate::domain::ids::DocumentNumber;
use crate::domain::request::Job;
use crate::domain::staff::FIRST_MANAGER;
use crate::store::document::{number, parse};
use crate::store::outside::Remembered;
use crate::store::print::job_id;
use crate::store::sealed;
use crate::store::tally::{self, Tally};
use crate::store::{Result, Row, Tx, migrate};

/// Sums of rows as they are kept, against the rows.
pub(super) fn check_sums(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let (kept, counted) = (tally::kept(tx)?, tally::counted(tx)?);
    let (mut brought, mut happened) = (0, 0);
    for tally in kept.keys().chain(counted.keys().filter(|tally| !kept.contains_key(*tally))) {
        let sum = counted.get(tally).copied().unwrap_or_default();
        let same = kept.get(tally) == Some(&sum);
        let count = usize::try_from(sum.count).unwrap_or(usize::MAX);
        match tally {
            Tally::Bills | Tally::Brought => brought += count,
            Tally::Events(_) | Tally::Tries(_) => happened += count,
        }
        if same {
            continue;
        }
        found.push(match tally {
            Tally::Bills => Finding::BillsBrought,
            Tally::Brought => Finding::MembersBrought,
            Tally::Events(desk) => Finding::Events { desk: *desk },
            Tally::Tries(_) => Finding::Tries,
        });
    }
    meter.count(Invariant::Brought, brought);
    meter.count(Invariant::Events, happened);
    check_events(tx, found)
}

/// What was sealed with the pepper. Where that is not at hand, only seals that are gone are found.
pub(super) fn check_sealed(
    tx: &mut Tx<'_>,
    remembered: Option<&Remembered>,
    meter: &mut Meter<'_>,
    found: &mut Vec<Finding>,
) -> Result<()> {
    let Some(remembered) = remembered else { return Ok(()) };
    // One that cannot be read is as good as none.
    let pepper = remembered.outside.pepper().ok().flatten();
    if pepper.is_none() {
        let is_sealed = remembered.outside.is_sealed().unwrap_or(true) || !sealed::is_none(tx)?;
        if !is_sealed {
            return Ok(());
        }
        found.push(Finding::Unheld);
    }
    let (count, mut broken) = sealed::broken(tx, pepper.as_ref())?;
    if broken.iter().any(|name| name == sealed::FIRST) && first_was_set(tx)? {
        broken.retain(|name| name != sealed::FIRST);
    }
    if pepper.is_some() {
        meter.count(Invariant::Sealed, count);
    }
    found.extend(broken.into_iter().map(|what| Finding::Sealed { what }));
    Ok(())
}

/// Whether a document says who the first manager is now.
fn first_was_set(tx: &mut Tx<'_>) -> Result<bool> {
    let mut was_set = false;
    let sql = "SELECT body FROM document WHERE site = ?1 AND job = ?2";
    tx.scan(sql, &[tx.site(), Job::SetStaff.name().into()], &mut |row| {
        let effects = parse(row.bytes(0)?).map(|document| document.quote.effects).unwrap_or_default();
        was_set |= effects.iter().any(|effect| matches!(effect, Effect::SetStaff { staff } if staff.no == FIRST_MANAGER));
        Ok(())
    })?;
    Ok(was_set)
}

/// Erasures that are not finished in the files of the database.
pub(super) fn check_erasures(tx: &mut Tx<'_>, _: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let row = tx.one("SELECT COUNT(*) FROM uncleaned WHERE site = ?1", &[tx.site()])?;
    let count = row.map_or(Ok(0), |row| row.int(0))?;
    if count > 0 {
        found.push(Finding::Unerased { count });
    }
    Ok(())
}

/// Paper that was asked for: of a document that is there, each copy counted once.
pub(super) fn check_paper(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    let mut again: BTreeMap<DocumentNumber, i64> = BTreeMap::new();
    let sql = "SELECT detail FROM event WHERE site = ?1 AND kind = 'printed again'";
    tx.scan(sql, &[tx.site()], &mut |row| {
        *again.entry(row.parse(0, "a document's number")?).or_default() += 1;
        Ok(())
    })?;
    let mut copies: BTreeMap<DocumentNumber, u32> = BTreeMap::new();
    let sql = "SELECT p.desk, p.sequence, p.id, p.copy, p.document, d.id, p.at_desk FROM print_job p
        LEFT JOIN document d ON d.site = p.site AND d.desk = p.desk AND d.sequence = p.sequence
        WHERE p.site = ?1 ORDER BY p.id";
    let mut jobs = 0;
    tx.scan(sql, &[tx.site()], &mut |row| {
        jobs += 1;
        let (document, copy) = (number(&row, 0)?, row.number::<u32>(3)?);
        let next = copies.entry(document).or_default();
        let same = row.maybe(5, Row::uuid)? == Some(row.uuid(4)?) && copy == *next && Some(row.int(2)?) == job_id(document, copy);
        *next = copy.saturating_add(1);
        if copy > 0 || !row.is_null(6) {
            *again.entry(document).or_default() -= 1;
        }
        if !same {
            found.push(Finding::Paper { document });
        }
        Ok(())
    })?;
    found.extend(again.into_iter().filter(|(_, left)| *left != 0).map(|(document, _)| Finding::Paper { document }));
    meter.count(Invariant::Paper, jobs);
    meter.step(1);
    Ok(())
}

/// What the engine says about its own file, and what is in it that no migration made.
pub(super) fn check_file(tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
    found.extend(tx.file_faults()?.into_iter().map(|text| Finding::File { text }));
    found.extend(migrate::strangers(tx)?.into_iter().map(|text| Finding::File { text }));
    meter.count(Invariant::File, 1);
    meter.step(1);
    Ok(())
}
