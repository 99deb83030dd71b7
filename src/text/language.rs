//! The languages Courtesy speaks.
//!
//! A language is a folder under `resources/languages` and one line in the list below. Every folder has the same files, one for
//! each room that speaks, and all of them are compiled in, so that a desk never looks for its words on a disk.

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// The message files of the folder named after a language code, in the order in which they are read.
macro_rules! folder {
    ($code:literal: $($file:literal)*) => {
        &[$(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/resources/languages/", $code, "/", $file, ".ftl"))),*]
    };
}

/// Every file of every language; a new room's file is named here once.
macro_rules! files {
    ($code:literal) => {
        folder!($code: "common" "dates" "rulings" "receipt" "desk" "screens" "shell" "keys" "errors" "cli" "verify")
    };
}

macro_rules! languages {
    ($($(#[$doc:meta])* $name:ident $code:literal $own_name:literal)*) => {
        /// A language in which Courtesy speaks to a clerk and on a receipt.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Language {
            $($(#[$doc])* #[serde(rename = $code)] $name,)*
        }

        impl Language {
            /// All languages, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The language of a code, or English for a code that this version does not speak.
            pub fn or_english(code: &str) -> Self {
                Self::from_code(code).unwrap_or(Self::En)
            }

            /// The code by which the language is stored and asked for, as in BCP 47.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What the language calls itself, as shown where a person picks one.
            #[must_use]
            pub const fn own_name(self) -> &'static str {
                match self { $(Self::$name => $own_name,)* }
            }

            /// The texts of its message files.
            #[must_use]
            pub const fn sources(self) -> &'static [&'static str] {
                match self { $(Self::$name => files!($code),)* }
            }

        }
    };
}

languages! {
    /// English; what any other language falls back to.
    En "en" "English"
    /// Finnish.
    Fi "fi" "Suomi"
}

impl Language {
    /// The language that has this code; `None` when Courtesy does not speak it.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// The identifier by which Fluent picks the plural rules; a test holds that every code is one.
    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.own_name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_stored_by_its_code() {
        for language in Language::ALL.iter().copied() {
            assert_eq!(Language::from_code(language.code()), Some(language));
            let stored = serde_json::to_string(&language).unwrap();
            assert_eq!(stored, format!("\"{}\"", language.code()));
            assert_eq!(serde_json::from_str::<Language>(&stored).unwrap(), language);
            assert_eq!(language.identifier().to_string(), language.code());
        }
        assert_eq!(Language::from_code("FI"), Some(Language::Fi));
        assert_eq!(Language::from_code("tlh"), None);
    }
}
