//! Every word a person reads.
//!
//! A screen, a receipt or an error names a message and gives it typed values; [`Words`] says it in the language of the person
//! who reads, with money, numbers and dates in the shop's [`Form`]. The messages live in `resources/languages`, a folder a
//! language and a file a room, in the syntax of Fluent.
//!
//! Conventions that the tests hold: a message id has at least one hyphen and stands in the source as a plain literal; the
//! names of values have none; every language has the same messages, values and attributes.
//!
//! [`Formats`] also reads what a clerk types: amounts, quantities, percentages and dates.

mod arg;
mod format;
mod language;
mod names;
mod read;

use std::fmt;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::domain::say::{Named, Saying, Value};

pub use arg::Arg;
pub use format::{Form, Formats};
pub use language::Language;
pub use read::ReadError;

type Bundle = FluentBundle<FluentResource>;

/// What can be wrong with a message. The tests make sure that none of these reaches a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// No language has the message.
    #[error("there is no message {id}; nothing is lost, but write it in resources/languages")]
    Missing {
        /// The message asked for.
        id: String,
    },
    /// The message was said, but something in it could not be filled.
    #[error("the message {id} came out as \"{text}\", because {gaps}; give it every value it names")]
    Gaps {
        /// The message asked for.
        id: String,
        /// What was said, with the gaps in it.
        text: String,
        /// What was wrong.
        gaps: String,
    },
    /// A message file breaks Fluent's rules, or names a message twice.
    #[error("a message file of {language} is wrong: {reason}; mend it in resources/languages")]
    File {
        /// Whose file it is.
        language: Language,
        /// What Fluent found.
        reason: String,
    },
}

/// The words of one language in one shop's form. Make it once and clone it: a clone is a pointer.
#[derive(Clone)]
pub struct Words(Arc<Inner>);

struct Inner {
    language: Language,
    messages: Bundle,
    /// English, where the language is another.
    fallback: Option<Bundle>,
    formats: Formats,
}

impl Words {
    /// The words of a language, with numbers and dates as that language writes them.
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self::in_form(language, Form::of(language))
    }

    /// The words of a language, with numbers and dates in the form of the shop.
    #[must_use]
    pub fn in_form(language: Language, form: Form) -> Self {
        let (messages, _) = bundle(language, form);
        let fallback = (language != Language::En).then(|| bundle(Language::En, form).0);
        let formats = Formats::new(form, names::read(&messages));
        Self(Arc::new(Inner { language, messages, fallback, formats }))
    }

    /// What is wrong with the message files of a language; empty for all that are shipped.
    #[must_use]
    pub fn faults(language: Language) -> Vec<WordsError> {
        bundle(language, Form::of(language)).1
    }

    /// The language spoken.
    #[must_use]
    pub fn language(&self) -> Language {
        self.0.language
    }

    /// How the shop writes money, numbers and dates.
    #[must_use]
    pub fn formats(&self) -> &Formats {
        &self.0.formats
    }

    /// A message without values.
    #[must_use]
    pub fn plain(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// The word of a thing of a fixed list, such as a role.
    #[must_use]
    pub fn named(&self, thing: &impl Named) -> String {
        self.plain(thing.word())
    }

    /// A sentence of the domain.
    #[must_use]
    pub fn saying(&self, saying: &Saying) -> String {
        let values: Vec<(&str, Arg)> = saying.args.iter().map(|(name, value)| (name.as_str(), value.into())).collect();
        self.say(&saying.id, &values)
    }

    /// A sentence of the domain in two or three words, as on a chip: its message's `.short`; `None` where it has none.
    #[must_use]
    pub fn short(&self, saying: &Saying) -> Option<String> {
        let bundle = self.bundle_with(&saying.id)?;
        let pattern = bundle.get_message(&saying.id)?.get_attribute("short")?.value();
        let narrow = |value: &Value| match value {
            Value::Date(date) => Arg::Text(self.formats().narrow_date(*date)),
            value => value.into(),
        };
        let values: Vec<(&str, Arg)> = saying.args.iter().map(|(name, value)| (name.as_str(), narrow(value))).collect();
        let mut gaps = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&self.args(&values)), &mut gaps).into_owned())
    }

    /// A message with its values. What is missing in the language is said in English; what is missing there as well shows its
    /// id in white brackets, so that a person at least sees that something is not as it should be.
    #[must_use]
    pub fn say(&self, id: &str, values: &[(&str, Arg)]) -> String {
        match self.try_say(id, values) {
            Ok(text) | Err(WordsError::Gaps { text, .. }) => text,
            Err(_) => format!("⟦{id}⟧"),
        }
    }

    /// A message with its values.
    ///
    /// # Errors
    /// [`WordsError::Missing`] when no language has it, [`WordsError::Gaps`] when it names a value that was not given.
    pub fn try_say(&self, id: &str, values: &[(&str, Arg)]) -> Result<String, WordsError> {
        let missing = || WordsError::Missing { id: id.to_owned() };
        let bundle = self.bundle_with(id).ok_or_else(missing)?;
        let pattern = bundle.get_message(id).and_then(|message| message.value()).ok_or_else(missing)?;
        let mut gaps = Vec::new();
        let text = bundle.format_pattern(pattern, Some(&self.args(values)), &mut gaps).into_owned();
        if gaps.is_empty() { Ok(text) } else { Err(WordsError::Gaps { id: id.to_owned(), text, gaps: listed(&gaps) }) }
    }

    /// The language's own bundle where it has the message, else the English one where that has it.
    fn bundle_with(&self, id: &str) -> Option<&Bundle> {
        let inner = &self.0;
        [Some(&inner.messages), inner.fallback.as_ref()].into_iter().flatten().find(|bundle| bundle.has_message(id))
    }

    fn args<'a>(&'a self, values: &'a [(&str, Arg)]) -> FluentArgs<'a> {
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            self.put(&mut args, name, value);
        }
        args
    }

    /// Gives a value to a message, as a number where it may choose a plural, else as it is written.
    fn put<'a>(&'a self, args: &mut FluentArgs<'a>, name: &str, value: &'a Arg) {
        let formats = self.formats();
        let written: FluentValue<'a> = match value {
            Arg::Money(money) => formats.money(*money).into(),
            Arg::Amount(money) => formats.amount(*money).into(),
            Arg::Date(date) => formats.date(*date).into(),
            Arg::Day(date) => formats.day(*date).into(),
            Arg::Time(time) => formats.time(*time).into(),
            Arg::DateTime(at) => formats.date_time(*at).into(),
            Arg::Quantity(quantity) => number(quantity.decimal()),
            Arg::Count(count) => number(Decimal::from(*count)),
            Arg::Decimal(value) => formats.decimal(*value).into(),
            Arg::Rate(rate) => formats.rate(*rate).into(),
            Arg::Text(text) => text.as_str().into(),
            Arg::Word(id) => {
                for (attribute, text) in self.attributes(id) {
                    args.set(format!("{name}-{attribute}"), text);
                }
                self.plain(id).into()
            }
        };
        args.set(name.to_owned(), written);
    }

    /// The attributes of a worded value, each said without values.
    fn attributes(&self, id: &str) -> Vec<(String, String)> {
        let Some(bundle) = self.bundle_with(id) else { return Vec::new() };
        let Some(message) = bundle.get_message(id) else { return Vec::new() };
        message
            .attributes()
            .map(|attribute| {
                let mut gaps = Vec::new();
                let text = bundle.format_pattern(attribute.value(), None, &mut gaps);
                (attribute.id().to_owned(), text.into_owned())
            })
            .collect()
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Words").field("language", &self.0.language).field("form", &self.0.formats.form()).finish()
    }
}

/// Reads a language's files, and tells what is wrong with them.
fn bundle(language: Language, form: Form) -> (Bundle, Vec<WordsError>) {
    let mut faults = Vec::new();
    let mut fault = |reason: String| faults.push(WordsError::File { language, reason });
    let mut bundle = Bundle::new_concurrent(vec![language.identifier()]);
    bundle.set_use_isolating(false);
    write_numbers_in(&mut bundle, form);
    for source in language.sources() {
        let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
            errors.iter().for_each(|error| fault(error.to_string()));
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            fault(listed(&errors));
        }
    }
    (bundle, faults)
}

/// A number that Fluent can choose a plural by.
fn number<'a>(value: Decimal) -> FluentValue<'a> {
    let value = value.normalize();
    value.to_f64().map_or_else(|| value.to_string().into(), FluentValue::from)
}

/// Has a bundle write numbers in a form; it takes a function that holds nothing, hence one a form.
fn write_numbers_in(bundle: &mut Bundle, form: Form) {
    fn written(value: &FluentValue<'_>, form: Form) -> Option<String> {
        match value {
            FluentValue::Number(number) => number.as_string().parse().ok().map(|value| form.decimal(value)),
            _ => None,
        }
    }
    bundle.set_formatter(Some(match form {
        Form::Finnish => |value, _| written(value, Form::Finnish),
        Form::British => |value, _| written(value, Form::British),
        Form::American => |value, _| written(value, Form::American),
    }));
}

fn listed(errors: &[FluentError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests;
