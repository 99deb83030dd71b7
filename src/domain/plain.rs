//! Plain text: without NUL and other control characters. One engine would keep them and another would not, printers take them for
//! orders, and nobody sees them on a screen. They are refused wherever text comes in.

use serde::Serialize;
use serde_json::Value;

/// A text among some data that is not plain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field} contains control characters, which are kept nowhere; nothing was booked; write it without them")]
pub struct NotPlain {
    /// Where it stands, such as `request.person.given`.
    pub field: String,
}

/// Whether a text may be kept on one line.
pub fn is_plain(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// Whether a text may be kept as a whole page: it may end lines and have tabs.
pub fn is_plain_page(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// Checks every text of some data; those fields of which `is_page` says so may hold several lines.
///
/// # Errors
/// Names the first field that is not plain. Data that cannot be written as JSON has no such field.
pub fn check(data: &impl Serialize, is_page: &dyn Fn(&str) -> bool) -> Result<(), NotPlain> {
    let value = serde_json::to_value(data).unwrap_or_default();
    find(&value, "", is_page).map_or(Ok(()), |field| Err(NotPlain { field }))
}

fn find(value: &Value, field: &str, is_page: &dyn Fn(&str) -> bool) -> Option<String> {
    let inside = |name: &str| if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
    match value {
        Value::String(text) if is_page(field) => (!is_plain_page(text)).then(|| field.to_owned()),
        Value::String(text) => (!is_plain(text)).then(|| field.to_owned()),
        Value::Array(values) => values.iter().zip(1..).find_map(|(value, no)| find(value, &inside(&format!("{no}")), is_page)),
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, value)| if is_plain(name) { find(value, &inside(name), is_page) } else { Some(inside("a name")) }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Longest text of somebody else's that is repeated in an answer, in characters.
const LONGEST_SHOWN: usize = 2_000;

/// A text as it may be shown: control characters that a screen would obey are replaced, and of a very long one the middle is left out.
pub fn shown(text: &str) -> String {
    let harmless = |c: char| if c.is_control() && !matches!(c, '\n' | '\t') { '\u{FFFD}' } else { c };
    let count = text.chars().count();
    if count <= LONGEST_SHOWN {
        return text.chars().map(harmless).collect();
    }
    let half = LONGEST_SHOWN / 2;
    let (start, end) = (text.chars().take(half), text.chars().skip(count - half));
    start.chain(" … ".chars()).chain(end).map(harmless).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_not_plain_is_found_by_its_field() {
        for (data, field) in [
            (json!({ "a": { "b": ["x", "y\u{0}"] } }), Some("a.b.2")),
            (json!({ "a": "x\ny" }), Some("a")),
            (json!({ "page": "x\ny" }), None),
            (json!({ "page": "x\u{1}y" }), Some("page")),
            (json!({ "a\u{7}": 1 }), Some("a name")),
            (json!({ "a": "Ā\u{301}\u{202e}b", "c": [1, null, true] }), None),
            (json!({ "a": "\u{9b}31m" }), Some("a")),
        ] {
            let found = check(&data, &|field| field == "page").err().map(|error| error.field);
            assert_eq!(found.as_deref(), field, "{data}");
        }
    }

    #[test]
    fn what_is_shown_is_harmless_and_short() {
        assert_eq!(shown("a\u{1b}[2J\nb\u{0}"), "a\u{FFFD}[2J\nb\u{FFFD}");
        let long = shown(&format!("begin{}end", "x".repeat(1_000_000)));
        assert!(long.chars().count() < LONGEST_SHOWN + 10 && long.starts_with("begin") && long.ends_with("end"));
    }
}
