//! Whether documents hold anybody's name. What a document is made of is known field by field, and none but these are read; so a name
//! could only stand in its texts. Those that came with goods or stand in the shop's rules are theirs, whoever is called so; all others
//! are held against the members that are known: a whole name, an e-mail address, a telephone number with its country. A name of the
//! staff is in the books by right.

use std::collections::{HashMap, HashSet};

use super::{Finding, Invariant, Meter};
use crate::domain::document::{Document, Effect};
use crate::domain::ids::DocumentNumber;
use crate::domain::member::Person;
use crate::domain::request::PayoutOutcome;
use crate::domain::say::Value;
use crate::store::member::fold;
use crate::store::{Result, Tx};

/// Most words of a name that is looked for.
const MOST_WORDS: usize = 6;
/// Fewest letters of a whole name, so that no initials are taken for one.
const TELLING: usize = 5;
/// Fewest digits of a telephone number with its country.
const DIGITS: usize = 8;

/// The texts of documents, each with the first that holds it.
#[derive(Default)]
pub(super) struct Names {
    texts: HashMap<String, DocumentNumber>,
    staff: HashSet<String>,
    looked_at: usize,
}

impl Names {
    /// Adds what a document says.
    pub(super) fn add(&mut self, document: &Document) {
        self.looked_at += 1;
        for text in texts(document).filter(|text| may_name(text)) {
            if !self.texts.contains_key(text) {
                self.texts.insert(text.to_owned(), document.number);
            }
        }
        for effect in &document.quote.effects {
            if let Effect::SetStaff { staff } = effect {
                self.staff.insert(words(&staff.name).join(" "));
            }
        }
    }

    /// Holds the texts against everybody who is known.
    pub(super) fn check(mut self, tx: &mut Tx<'_>, meter: &mut Meter<'_>, found: &mut Vec<Finding>) -> Result<()> {
        self.leave_out_goods_and_rules(tx)?;
        let mut told: HashMap<String, DocumentNumber> = HashMap::new();
        for (text, document) in &self.texts {
            for part in parts(text) {
                told.entry(part).and_modify(|first| *first = (*first).min(*document)).or_insert(*document);
            }
        }
        tx.scan("SELECT name FROM staff WHERE site = ?1", &[tx.site()], &mut |row| {
            self.staff.insert(words(row.text(0)?).join(" "));
            Ok(())
        })?;
        let mut naming = HashSet::new();
        if !told.is_empty() {
            let sql = "SELECT given, family, phone, email FROM person WHERE site = ?1";
            tx.scan(sql, &[tx.site()], &mut |row| {
                let (given, family, phone, email) = (row.string(0)?, row.string(1)?, row.string(2)?, row.string(3)?);
                let person = Person { given, family, phone, email, ..Person::default() };
                let known = known_by(&person).into_iter().filter(|part| !self.staff.contains(part));
                naming.extend(known.filter_map(|part| told.get(&part)));
                Ok(())
            })?;
        }
        let mut naming: Vec<DocumentNumber> = naming.into_iter().collect();
        naming.sort_unstable();
        found.extend(naming.into_iter().map(|document| Finding::Named { document }));
        meter.count(Invariant::Names, self.looked_at);
        meter.step(1);
        Ok(())
    }

    fn leave_out_goods_and_rules(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        tx.scan("SELECT text FROM item WHERE site = ?1", &[tx.site()], &mut |row| {
            self.texts.remove(row.text(0)?);
            Ok(())
        })?;
        for row in tx.query("SELECT text FROM policy_version WHERE site = ?1", &[tx.site()])? {
            let rules = row.text(0)?;
            self.texts.retain(|text, _| !rules.contains(text.as_str()));
        }
        Ok(())
    }
}

/// The texts of a document that a person or a till wrote; not the staff's names, and not numbers of its own.
fn texts(document: &Document) -> impl Iterator<Item = &str> {
    let quote = &document.quote;
    let answers = quote.reason.iter().chain(&quote.condition).map(String::as_str);
    let lines = quote.lines.iter().map(|line| line.text.as_str());
    let cards = quote.payouts.iter().filter_map(|payout| payout.card.as_ref());
    let cards = cards.flat_map(|card| [&card.brand, &card.reference]).flatten().map(String::as_str);
    let settled = quote.effects.iter().filter_map(|effect| match effect {
        Effect::SettlePayout { outcome: PayoutOutcome::Paid(reference), .. } => Some(reference.as_str()),
        _ => None,
    });
    let said = quote.rulings.iter().flat_map(|ruling| &ruling.say.args).filter_map(|(_, value)| match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    });
    let plan = quote.term.iter().map(|term| term.plan_name.as_str());
    answers.chain(lines).chain(cards).chain(settled).chain(said).chain(plan)
}

/// Whether a text has words enough for a name, an address or a telephone number.
fn may_name(text: &str) -> bool {
    text.contains([' ', '@', '+', ',', '.', '-', '_', '/'])
}

/// The folded words of a text or a name.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whatever of a text could be somebody: words that follow one another, addresses, telephone numbers.
fn parts(text: &str) -> HashSet<String> {
    let words = words(text);
    let mut parts = HashSet::new();
    for from in 0..words.len() {
        for many in 2..=MOST_WORDS.min(words.len() - from) {
            parts.extend(words.get(from..from + many).map(|name| name.join(" ")));
        }
    }
    let ends = |c: char| !c.is_alphanumeric();
    parts.extend(text.split_whitespace().map(|word| fold(word.trim_matches(ends))).filter(|word| word.contains('@')));
    for number in text.split('+').skip(1) {
        let digits: String = number.chars().take_while(|c| c.is_ascii_digit() || " -()./".contains(*c)).collect();
        parts.insert(format!("+{}", digits.chars().filter(char::is_ascii_digit).collect::<String>()));
    }
    parts
}

/// What a person is known by: the whole name both ways round, the address for mail, the telephone number with its country.
fn known_by(person: &Person) -> Vec<String> {
    let (given, family) = (words(&person.given), words(&person.family));
    let mut known = Vec::new();
    let letters: usize = given.iter().chain(&family).map(|word| word.chars().count()).sum();
    if !given.is_empty() && !family.is_empty() && letters >= TELLING {
        known.push([given.as_slice(), &family].concat().join(" "));
        known.push([family.as_slice(), &given].concat().join(" "));
    }
    let email = fold(person.email.trim());
    if email.contains('@') {
        known.push(email);
    }
    let digits: String = person.phone.chars().filter(char::is_ascii_digit).collect();
    if person.phone.trim().starts_with('+') && digits.len() >= DIGITS {
        known.push(format!("+{digits}"));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_by_a_whole_name_an_address_or_a_number_with_its_country() {
        let person = Person {
            given: "Anna Maria".into(),
            family: "O’Neill".into(),
            phone: "+372 5123 4567".into(),
            email: "anna@example.ee".into(),
            ..Person::default()
        };
        let known = known_by(&person);
        for (text, tells) in [
            ("goods of Anna Maria O'Neill were wet", true),
            ("O’NEILL, ANNA-MARIA", true),
            ("Anna Maria", false),
            ("Anna O'Neill", false),
            ("Annas Maria O'Neills", false),
            ("write to <Anna@Example.ee>.", true),
            ("call +37251234567 first", true),
            ("call +372 512-34567", true),
            ("51234567", false),
            ("37251234567", false),
            ("+372512345678", false),
        ] {
            let parts = parts(text);
            assert_eq!(known.iter().any(|part| parts.contains(part)) && may_name(text), tells, "{text}");
        }
    }

    #[test]
    fn initials_and_halves_of_names_are_nobody() {
        let of = |given: &str, family: &str| Person { given: given.into(), family: family.into(), ..Person::default() };
        for person in [of("J", "Li"), of("", "Tamm-Saar"), of("Cher", "")] {
            assert_eq!(known_by(&person), Vec::<String>::new());
        }
    }
}
