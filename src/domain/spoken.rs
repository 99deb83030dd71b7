//! Texts that people write into a policy: one for all languages, or one for each.
//!
//! ```toml
//! reasons = ["Garantie", { en = "Changed mind", fi = "Muutti mielensä" }]
//! ```
//!
//! A shop's documents keep the text in the shop's language; a clerk who reads another one sees it through a [`Dictionary`].

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Serialize as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::plain::shown;
use super::policy::PolicyError;
use super::say::{Saying, Value};

/// The language of a text that does not have the one asked for.
const FALLBACK: &str = "en";

/// A text by language, and where it stands.
struct Spoken {
    place: Range<usize>,
    by_language: BTreeMap<String, String>,
}

impl Spoken {
    fn text(&self, language: &str) -> &str {
        let by = &self.by_language;
        by.get(language).or_else(|| by.get(FALLBACK)).or_else(|| by.values().next()).map_or("", String::as_str)
    }
}

/// A policy as it reads in one language: each text by language became that of the language, on the same line.
///
/// # Errors
/// When it is no TOML.
pub fn settle(policy: &str, language: &str) -> Result<String, PolicyError> {
    let mut settled = policy.to_owned();
    for spoken in find(policy)?.iter().rev() {
        let mut text = String::new();
        spoken.text(language).serialize(toml::ser::ValueSerializer::new(&mut text)).map_err(unreadable)?;
        settled.replace_range(spoken.place.clone(), &text);
    }
    Ok(settled)
}

/// The texts of a policy in one language by the same in another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dictionary(BTreeMap<String, String>);

impl Dictionary {
    /// The dictionary of a policy.
    ///
    /// # Errors
    /// When it is no TOML.
    pub fn of(policy: &str, from: &str, to: &str) -> Result<Self, PolicyError> {
        let texts = find(policy)?;
        Ok(Self(texts.iter().map(|spoken| (spoken.text(from).to_owned(), spoken.text(to).to_owned())).collect()))
    }

    /// A text in the other language; the text itself where it is not in the policy, or the same in all languages.
    #[must_use]
    pub fn say<'a>(&'a self, text: &'a str) -> &'a str {
        self.0.get(text).map_or(text, String::as_str)
    }

    /// A sentence with the policy's texts in the other language.
    #[must_use]
    pub fn saying(&self, saying: &Saying) -> Saying {
        let translated = |value: &Value| match value {
            Value::Text(text) => Value::Text(self.say(text).to_owned()),
            other => other.clone(),
        };
        let args = saying.args.iter().map(|(name, value)| (name.clone(), translated(value))).collect();
        Saying { id: saying.id.clone(), args }
    }
}

fn unreadable(error: impl std::fmt::Display) -> PolicyError {
    PolicyError::Unreadable(shown(&error.to_string()))
}

/// The texts by language, in their order in the file.
fn find(policy: &str) -> Result<Vec<Spoken>, PolicyError> {
    let table = DeTable::parse(policy).map_err(unreadable)?;
    let mut found = Vec::new();
    table.get_ref().values().for_each(|value| collect(value, policy, &mut found));
    found.sort_by_key(|spoken| spoken.place.start);
    Ok(found)
}

fn collect(value: &Spanned<DeValue<'_>>, policy: &str, found: &mut Vec<Spoken>) {
    match value.get_ref() {
        DeValue::Array(values) => values.iter().for_each(|value| collect(value, policy, found)),
        DeValue::Table(table) => match by_language(table) {
            Some(by_language) if policy.get(value.span()).is_some_and(|text| text.starts_with('{')) => {
                found.push(Spoken { place: value.span(), by_language });
            }
            _ => table.values().for_each(|value| collect(value, policy, found)),
        },
        _ => {}
    }
}

/// A table whose names are all codes of languages, with a text each.
fn by_language(table: &DeTable<'_>) -> Option<BTreeMap<String, String>> {
    let is_code = |name: &str| name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_lowercase());
    let pairs = table.iter().map(|(name, text)| {
        let name = name.get_ref();
        is_code(name).then_some(())?;
        Some((name.to_string(), text.get_ref().as_str()?.to_owned()))
    });
    (!table.is_empty()).then(|| pairs.collect())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: &str = r#"about = { en = "Say \"sorry\"", fi = "Pahoittelu" }
reasons = ["Garantie", { en = "Changed mind", fi = "Muutti mielensä" }, { et = "Katki" }]
term = { kind = "rolling", months = 12 }
[[plans]]
name = { en = "Basic" }
"#;

    #[test]
    fn each_text_is_of_the_language_or_else_english_or_else_what_there_is() {
        for (language, wanted) in [
            ("fi", ["\"Pahoittelu\"", "\"Muutti mielensä\"", "\"Katki\"", "name = \"Basic\""]),
            ("en", ["'Say \"sorry\"'", "\"Changed mind\"", "\"Katki\"", "name = \"Basic\""]),
        ] {
            let settled = settle(POLICY, language).unwrap();
            assert!(wanted.iter().all(|text| settled.contains(text)), "{settled}");
            assert_eq!(settled.lines().count(), POLICY.lines().count());
            assert!(settled.contains("months = 12"), "other tables stay");
        }
    }

    #[test]
    fn a_dictionary_says_the_shops_text_in_the_clerks_language() {
        let dictionary = Dictionary::of(POLICY, "en", "fi").unwrap();
        assert_eq!(dictionary.say("Changed mind"), "Muutti mielensä");
        assert_eq!(dictionary.say("Garantie"), "Garantie");
        let saying = Saying::new("ruling-window").with("window", "Changed mind").with("days", 3_i64);
        assert_eq!(
            dictionary.saying(&saying),
            Saying::new("ruling-window").with("window", "Muutti mielensä").with("days", 3_i64)
        );
    }

    #[test]
    fn shipped_presets_say_everything_in_each_language() {
        for preset in crate::domain::preset::ALL {
            let texts = find(preset.text).unwrap();
            assert!(texts.len() > 10, "{}", preset.code);
            for spoken in &texts {
                let codes: Vec<_> = spoken.by_language.keys().map(String::as_str).collect();
                assert_eq!(codes, ["en", "fi"], "{}: {:?}", preset.code, spoken.by_language);
            }
            let settled = settle(preset.text, "fi").unwrap();
            assert!(find(&settled).unwrap().is_empty(), "{settled}");
        }
    }
}
