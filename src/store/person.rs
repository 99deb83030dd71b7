//! What is known of people and can be forgotten: erasing somebody, clerks' notes, and what is still to be cleaned up after an
//! erasure. Documents, amounts and random ids stay.

use std::collections::BTreeSet;

use super::engine::unsigned;
use super::member::{self, fold};
use super::{Result, Row, StoreError, Tx, Value};
use crate::domain::ids::{DocumentNumber, MemberId};
use crate::domain::member::Person;
use crate::domain::money::Money;
use crate::domain::note::{Note, Salt};
use crate::domain::quote::Open;
use crate::store::{credit, document, waiting};

/// Letters of the shortest part of a name that is looked for in bills kept aside.
const TELLING: usize = 3;

/// What the shop still owes a member.
pub fn open(tx: &mut Tx<'_>, member: MemberId) -> Result<Open> {
    let sql = "SELECT COUNT(*) FROM document d JOIN payout p ON p.site = d.site AND p.desk = d.desk AND p.sequence = d.sequence
        WHERE d.site = ?1 AND d.member = ?2 AND p.state IN ('due', 'failed')";
    let payouts_due = tx.one(sql, &[tx.site(), member.into()])?.map_or(Ok(0), |row| row.number(0))?;
    let mut credit: Vec<Money> = Vec::new();
    for left in credit::of_member(tx, member)?.into_iter().map(|credit| credit.balance).filter(|left| left.is_positive()) {
        match credit.iter_mut().find(|known| known.currency() == left.currency()) {
            Some(known) => *known = known.plus(left)?,
            None => credit.push(left),
        }
    }
    Ok(Open { payouts_due, credit })
}

/// Takes away all that tells who a member is: the person, the search, the till's number, notes, what bills kept aside say of them, and
/// what people wrote into requests that wait. That bytes of it may still lie in the files is noted until [`cleaned`] says otherwise.
pub fn erase(tx: &mut Tx<'_>, id: MemberId) -> Result<()> {
    let unknown = || StoreError::Unknown { what: format!("member {id}") };
    let sql = "SELECT place, code FROM member WHERE site = ?1 AND id = ?2";
    let row = tx.one(sql, &[tx.site(), id.into()])?.ok_or_else(unknown)?;
    let (place, code) = (row.int(0)?, row.maybe(1, Row::string)?);
    let person = member::load(tx, id)?.and_then(|member| member.person);
    if let Some(person) = &person {
        member::forget_starts(tx, place, person)?;
    }
    clear_asides(tx, person.as_ref(), code.as_deref())?;
    waiting::forget(tx)?;
    tx.text_drop(place)?;
    tx.send("DELETE FROM person WHERE site = ?1 AND member = ?2", &[tx.site(), id.into()])?;
    tx.send("UPDATE member SET code = NULL WHERE site = ?1 AND id = ?2", &[tx.site(), id.into()])?;
    for (number, _) in notes_of(tx, id)? {
        let [desk, sequence] = columns(number)?;
        tx.send("DELETE FROM note WHERE site = ?1 AND desk = ?2 AND sequence = ?3", &[tx.site(), desk, sequence])?;
    }
    let sql = "INSERT INTO uncleaned (site, member) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    tx.send(sql, &[tx.site(), id.into()])
}

/// Empties what a bill kept aside holds of a person: the bill as it came, and the till's number in the reason.
fn clear_asides(tx: &mut Tx<'_>, person: Option<&Person>, code: Option<&str>) -> Result<()> {
    let code = code.filter(|code| !code.is_empty());
    let sql = "SELECT origin, key, reason, raw FROM kept_aside WHERE site = ?1";
    for row in tx.query(sql, &[tx.site()])? {
        let (reason, raw) = (row.string(2)?, row.string(3)?);
        let named = code.is_some_and(|code| has_word(&reason, code) || has_word(&raw, code));
        if !named && !person.is_some_and(|person| tells_of(&raw, person)) {
            continue;
        }
        let reason = code.map_or_else(|| reason.clone(), |code| without_word(&reason, code));
        let sql = "UPDATE kept_aside SET reason = ?4, raw = '' WHERE site = ?1 AND origin = ?2 AND key = ?3";
        let params = [tx.site(), row.text(0)?.into(), row.text(1)?.into(), reason.as_str().into()];
        tx.send(sql, &params)?;
    }
    Ok(())
}

/// Whether a text names a person: both names, the address for letters or that for mail, or the telephone.
fn tells_of(text: &str, person: &Person) -> bool {
    let text = fold(text);
    let says = |part: &str| part.chars().count() >= TELLING && text.contains(&fold(part.trim()));
    let number = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let phone = number(&person.phone);
    (says(&person.given) && says(&person.family))
        || [&person.email, &person.phone, &person.address].into_iter().any(|part| says(part))
        || (phone.len() > TELLING && number(&text).contains(&phone))
}

/// Where a word stands in a text with no letter or digit at its sides, but for the zeros that tills put before a number.
fn word_at(text: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric();
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let (before, after) = (text.get(..*at).unwrap_or_default(), text.get(at + word.len()..).unwrap_or_default());
        let before = before.trim_end_matches('0');
        !before.chars().next_back().is_some_and(is_part) && !after.chars().next().is_some_and(is_part)
    })
}

fn has_word(text: &str, word: &str) -> bool {
    word_at(text, word).is_some()
}

fn without_word(text: &str, word: &str) -> String {
    let mut text = text.to_owned();
    while let Some(at) = word_at(&text, word) {
        text.replace_range(at..at + word.len(), "***");
    }
    text
}

/// Members whom a document erased.
pub fn erased(tx: &mut Tx<'_>) -> Result<Vec<MemberId>> {
    let sql = "SELECT member FROM document WHERE site = ?1 AND job = 'erase_person' AND member IS NOT NULL";
    tx.query(sql, &[tx.site()])?.iter().map(|row| row.uuid(0).map(MemberId)).collect()
}

/// Whether something is known of who a member is.
pub fn is_known(tx: &mut Tx<'_>, id: MemberId) -> Result<bool> {
    Ok(tx.one("SELECT 1 FROM person WHERE site = ?1 AND member = ?2", &[tx.site(), id.into()])?.is_some())
}

/// Those of some erased members who are known in these books again, as in a copy from before.
pub fn known_again(tx: &mut Tx<'_>, erased: &BTreeSet<MemberId>) -> Result<Vec<MemberId>> {
    let mut known = Vec::new();
    for member in erased {
        if is_known(tx, *member)? {
            known.push(*member);
        }
    }
    Ok(known)
}

/// An error where somebody is known in these books who was erased since they were copied.
pub fn nobody_is_known_again(tx: &mut Tx<'_>, erased: &BTreeSet<MemberId>) -> Result<()> {
    match known_again(tx, erased)?.len() {
        0 => Ok(()),
        count => Err(StoreError::KnownAgain(count)),
    }
}

/// Members of whom bytes may still lie in the files.
pub fn uncleaned(tx: &mut Tx<'_>) -> Result<Vec<MemberId>> {
    let rows = tx.query("SELECT member FROM uncleaned WHERE site = ?1", &[tx.site()])?;
    rows.iter().map(|row| row.uuid(0).map(MemberId)).collect()
}

/// Nothing of these members lies in the files any more.
pub fn cleaned(tx: &mut Tx<'_>, members: &[MemberId]) -> Result<()> {
    for member in members {
        tx.send("DELETE FROM uncleaned WHERE site = ?1 AND member = ?2", &[tx.site(), (*member).into()])?;
    }
    Ok(())
}

/// Keeps a note beside its document.
pub fn keep_note(tx: &mut Tx<'_>, number: DocumentNumber, note: &Note) -> Result<()> {
    let [desk, sequence] = columns(number)?;
    let sql = "INSERT INTO note (site, desk, sequence, salt, text) VALUES (?1, ?2, ?3, ?4, ?5)";
    let salt = Value::Bytes(note.salt.bytes().to_vec());
    tx.send(sql, &[tx.site(), desk, sequence, salt, note.text.as_str().into()])
}

/// A document's note; `None` where there is none, or none any more.
pub fn note(tx: &mut Tx<'_>, number: DocumentNumber) -> Result<Option<Note>> {
    let [desk, sequence] = columns(number)?;
    let sql = "SELECT salt, text FROM note WHERE site = ?1 AND desk = ?2 AND sequence = ?3";
    let row = tx.one(sql, &[tx.site(), desk, sequence])?;
    row.map(|row| read_note(&row, 0)).transpose()
}

/// The notes on a member's documents.
pub fn notes_of(tx: &mut Tx<'_>, member: MemberId) -> Result<Vec<(DocumentNumber, Note)>> {
    let sql = "SELECT n.desk, n.sequence, n.salt, n.text FROM document d
        JOIN note n ON n.site = d.site AND n.desk = d.desk AND n.sequence = d.sequence
        WHERE d.site = ?1 AND d.member = ?2 ORDER BY n.desk, n.sequence";
    let rows = tx.query(sql, &[tx.site(), member.into()])?;
    rows.iter().map(|row| Ok((document::number(row, 0)?, read_note(row, 2)?))).collect()
}

/// A note from its salt in this column and its words in the next one.
pub(super) fn read_note(row: &Row, column: usize) -> Result<Note> {
    let damaged = || StoreError::Damaged { place: "a note".to_owned(), found: "other bytes".to_owned(), wanted: "a random salt" };
    Ok(Note { salt: Salt::of(row.uuid(column)?).ok_or_else(damaged)?, text: row.string(column + 1)? })
}

fn columns(number: DocumentNumber) -> Result<[Value; 2]> {
    Ok([number.desk.into(), unsigned(number.sequence)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_found_as_a_word_only() {
        let reason = "no member has the number 17; import the members first, 171 and 17.";
        assert_eq!(without_word(reason, "17"), "no member has the number ***; import the members first, 171 and ***.");
        assert!(!has_word("117 171 a17 1017", "17") && has_word("{\"customer\":\"17\"}", "17"));
        assert!(has_word("<CustomerID>00017</CustomerID>", "17"));
    }

    #[test]
    fn a_person_is_told_by_both_names_or_by_an_address() {
        let person = Person {
            given: "Õie".into(),
            family: "Bērziņa".into(),
            phone: "+371 2123 4567".into(),
            email: "oie@example.lv".into(),
            ..Person::default()
        };
        for (text, tells) in [
            ("BERZINA, OIE", true),
            ("berzina only", false),
            ("<Phone>+37121234567</Phone>", true),
            ("OIE@example.lv", true),
            ("nothing", false),
        ] {
            assert_eq!(tells_of(text, &person), tells, "{text}");
        }
        assert!(!tells_of("anything", &Person::default()));
    }
}
