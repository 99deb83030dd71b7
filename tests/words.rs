//! The message files against each other and against the source: nothing missing, nothing left over, every value named.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use courtesy::text::{Arg, Language, Words};
use fluent_syntax::ast::{Attribute, Entry, Expression, InlineExpression, Message, Pattern, PatternElement};

/// What a message looks like from outside.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shape {
    /// Names of the values it is given; `tender` for `$tender` and for `$tender-to`.
    values: BTreeSet<String>,
    /// Values that must be words of our own, and the attribute asked of each, such as `tender` and `to`.
    asked: BTreeSet<(String, String)>,
    /// Its own attributes.
    attributes: BTreeSet<String>,
    /// Other messages that it quotes.
    quoted: BTreeSet<String>,
}

/// The messages of a language; a message written twice is a fault of its file and is caught where the files are loaded.
fn messages(language: Language) -> BTreeMap<String, Shape> {
    let mut found = BTreeMap::new();
    for source in language.sources() {
        let resource =
            fluent_syntax::parser::parse_runtime(*source).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                found.insert(message.id.name.to_owned(), shape(message));
            }
        }
    }
    found
}

fn shape(message: &Message<&str>) -> Shape {
    let mut shape = Shape::default();
    if let Some(pattern) = &message.value {
        shape.look_at_pattern(pattern);
    }
    for Attribute { id, value } in &message.attributes {
        shape.attributes.insert(id.name.to_owned());
        shape.look_at_pattern(value);
    }
    shape
}

impl Shape {
    fn look_at_pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.look_at(expression);
            }
        }
    }

    fn look_at(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.look_at_inline(inline),
            Expression::Select { selector, variants } => {
                self.look_at_inline(selector);
                variants.iter().for_each(|variant| self.look_at_pattern(&variant.value));
            }
        }
    }

    fn look_at_inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => match id.name.split_once('-') {
                Some((name, attribute)) => {
                    self.values.insert(name.to_owned());
                    self.asked.insert((name.to_owned(), attribute.to_owned()));
                }
                None => drop(self.values.insert(id.name.to_owned())),
            },
            InlineExpression::MessageReference { id, .. } => drop(self.quoted.insert(id.name.to_owned())),
            InlineExpression::Placeable { expression } => self.look_at(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            other => panic!("a message uses {other:?}, which no message of ours needs"),
        }
    }
}

/// A piece of Rust source that matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Name(String),
    Literal(String),
    Mark(char),
}

/// A source file without its comments and its tests.
struct Source {
    path: PathBuf,
    tokens: Vec<Token>,
}

fn sources() -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let shipped = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
            Source { tokens: tokens(shipped), path }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().is_some_and(|name| name == "tests" || name == "tests.rs") {
            continue;
        }
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            paths.push(path);
        }
    }
}

/// Cuts source into names, string literals and marks.
fn tokens(text: &str) -> Vec<Token> {
    let mut rest = text;
    let mut found = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if rest.starts_with("//") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            (None, rest.find("*/").map_or(rest.len(), |end| end + 2))
        } else if let Some((literal, length)) = raw_literal(rest).or_else(|| literal(rest)) {
            (Some(Token::Literal(literal)), length)
        } else if first == '\'' {
            (None, character_or_lifetime(rest))
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            (Some(Token::Name(rest[..length].to_owned())), length)
        } else {
            ((!first.is_whitespace()).then_some(Token::Mark(first)), first.len_utf8())
        };
        found.extend(token);
        rest = &rest[length..];
    }
    found
}

fn literal(rest: &str) -> Option<(String, usize)> {
    let body = rest.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((body[..end].to_owned(), end + 2))
}

fn raw_literal(rest: &str) -> Option<(String, usize)> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.chars().take_while(|c| *c == '#').count();
    let body = after[hashes..].strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close)?;
    Some((body[..end].to_owned(), 1 + hashes + 1 + end + close.len()))
}

fn character_or_lifetime(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[3..].find('\'').map_or(rest.len(), |end| end + 4),
        Some(_) => match chars.next() {
            Some((at, '\'')) => at + 1,
            _ => 1,
        },
        None => rest.len(),
    }
}

/// Calls whose first argument is a message's id.
const CALLS: [&str; 5] = ["say", "plain", "try_say", "word", "Word"];
/// Types whose `new` takes a message's id first.
const MAKERS: [&str; 1] = ["Saying"];

/// Where a literal stands as a message's id: its place among the tokens.
fn calls(tokens: &[Token]) -> Vec<(usize, &str)> {
    let is = |at: Option<usize>, token: &Token| at.and_then(|at| tokens.get(at)) == Some(token);
    let named = |at: Option<usize>, names: &[&str]| matches!(at.and_then(|at| tokens.get(at)), Some(Token::Name(name)) if names.contains(&name.as_str()));
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Literal(literal) = token else { continue };
        if !is(at.checked_sub(1), &Token::Mark('(')) {
            continue;
        }
        let made = named(at.checked_sub(2), &["new"]) && named(at.checked_sub(5), &MAKERS);
        if made || named(at.checked_sub(2), &CALLS) {
            found.push((at, literal.as_str()));
        }
    }
    found
}

/// Names of the values given to the call whose id is at this place: those of `&[("name", ...), ...]` behind it and of
/// `.with("name", ...)` behind its closing bracket; `None` where the list is made elsewhere.
fn values_given(tokens: &[Token], id_at: usize) -> Option<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let mut at = id_at + 1;
    if tokens.get(at) == Some(&Token::Mark(',')) {
        if tokens.get(at + 1) != Some(&Token::Mark('&')) || tokens.get(at + 2) != Some(&Token::Mark('[')) {
            return None;
        }
        let mut depth = 0_usize;
        at += 2;
        loop {
            match tokens.get(at)? {
                Token::Mark('(' | '[') => {
                    depth += 1;
                    if let (2, Some(Token::Literal(name))) = (depth, tokens.get(at + 1)) {
                        names.insert(name.clone());
                    }
                }
                Token::Mark(')' | ']') if depth == 1 => break,
                Token::Mark(')' | ']') => depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }
    Some(names)
}

/// Whether the call is one of the words themselves, as in `words.say("id", ...)`, and not of a helper with a name alike.
fn words_follow(tokens: &[Token], id_at: usize) -> bool {
    let method = id_at.checked_sub(3).and_then(|at| tokens.get(at)) == Some(&Token::Mark('.'));
    method && tokens.get(id_at + 1).is_some_and(|next| matches!(next, Token::Mark(',' | ')')))
}

/// Message ids in the bodies of functions called `word`, by which things of a fixed list name themselves.
fn named(tokens: &[Token]) -> Vec<&str> {
    let mut found = Vec::new();
    for start in
        tokens.windows(2).enumerate().filter(|(_, pair)| pair == &[Token::Name("fn".to_owned()), Token::Name("word".to_owned())])
    {
        let mut depth = 0_usize;
        for token in &tokens[start.0..] {
            match token {
                Token::Mark('{') => depth += 1,
                Token::Mark('}') if depth <= 1 => break,
                Token::Mark('}') => depth -= 1,
                Token::Mark(';') if depth == 0 => break,
                Token::Literal(id) => found.push(id.as_str()),
                _ => {}
            }
        }
    }
    found
}

/// Literals that can only be ids of rulings or of faults, wherever they stand: in tables, fields and branches.
fn ruled(tokens: &[Token]) -> Vec<&str> {
    let ids = tokens.iter().filter_map(|token| match token {
        Token::Literal(literal) => Some(literal.as_str()),
        _ => None,
    });
    ids.filter(|id| id.starts_with("ruling-") || id.starts_with("fault-")).collect()
}

#[test]
fn every_language_says_the_same() {
    let english = messages(Language::En);
    let mut faults = Vec::new();
    for language in Language::ALL.iter().copied() {
        let own = messages(language);
        let (ours, theirs): (BTreeSet<_>, BTreeSet<_>) = (english.keys().collect(), own.keys().collect());
        faults.extend(ours.difference(&theirs).map(|id| format!("{language:?} lacks {id}")));
        faults.extend(theirs.difference(&ours).map(|id| format!("{language:?} has {id} and English has not")));
        for (id, shape) in &own {
            let Some(wanted) = english.get(id) else { continue };
            if shape.values != wanted.values {
                faults.push(format!("{language:?} {id}: values {:?}, in English {:?}", shape.values, wanted.values));
            }
            if shape.attributes != wanted.attributes {
                faults.push(format!("{language:?} {id}: attributes {:?}, in English {:?}", shape.attributes, wanted.attributes));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_id_has_a_hyphen_and_every_attribute_asked_for_exists() {
    for language in Language::ALL.iter().copied() {
        let own = messages(language);
        let attributes: BTreeSet<_> = own.values().flat_map(|shape| shape.attributes.iter()).collect();
        for (id, shape) in &own {
            assert!(id.contains('-'), "{id}: one word alone could be any literal; give it a room, as in desk-{id}");
            for (_, asked) in &shape.asked {
                assert!(attributes.contains(asked), "{language:?} {id} asks for .{asked}, which no message has");
            }
            for quoted in &shape.quoted {
                assert!(own.contains_key(quoted), "{language:?} {id} quotes {quoted}, which is not there");
            }
        }
    }
}

#[test]
fn every_message_can_be_said() {
    for language in Language::ALL.iter().copied() {
        let own = messages(language);
        let words = Words::new(language);
        for (id, shape) in &own {
            let value = |name: &String| {
                let asked = shape.asked.iter().find(|(of, _)| of == name);
                let bearer = asked.and_then(|(_, attribute)| own.iter().find(|(_, other)| other.attributes.contains(attribute)));
                bearer.map_or(Arg::Count(2), |(bearer, _)| Arg::word(bearer.as_str()))
            };
            let values: Vec<_> = shape.values.iter().map(|name| (name.as_str(), value(name))).collect();
            let said = words.try_say(id, &values);
            assert!(
                said.as_ref().is_ok_and(|text| !text.is_empty() && !text.contains(['⟦', '{'])),
                "{language:?} {id}: {said:?}"
            );
        }
    }
}

#[test]
fn every_message_asked_for_is_written_and_gets_its_values() {
    let english = messages(Language::En);
    let mut faults = Vec::new();
    for source in sources() {
        let path = source.path.display();
        faults.extend(
            named(&source.tokens)
                .into_iter()
                .filter(|id| !english.contains_key(*id))
                .map(|id| format!("{path}: no message {id}")),
        );
        faults.extend(
            ruled(&source.tokens)
                .into_iter()
                .filter(|id| !english.contains_key(*id))
                .map(|id| format!("{path}: no message {id}")),
        );
        for (at, id) in calls(&source.tokens) {
            let Some(shape) = english.get(id) else {
                faults.push(format!("{path}: no message {id}"));
                continue;
            };
            let said = matches!(source.tokens.get(at - 2), Some(Token::Name(name)) if ["say", "plain", "try_say"].contains(&name.as_str()));
            if let Some(given) = values_given(&source.tokens, at).filter(|_| said && words_follow(&source.tokens, at)) {
                let lacking: Vec<_> = shape.values.difference(&given).collect();
                if !lacking.is_empty() {
                    faults.push(format!("{path}: {id} names {lacking:?} and is not given them"));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_message_is_used() {
    let english = messages(Language::En);
    let mut used: BTreeSet<String> = english.values().flat_map(|shape| shape.quoted.iter().cloned()).collect();
    for source in sources() {
        used.extend(source.tokens.into_iter().filter_map(|token| match token {
            Token::Literal(literal) => Some(literal),
            _ => None,
        }));
    }
    let unused: Vec<_> = english.keys().filter(|id| !used.contains(*id)).cloned().collect();
    assert!(unused.is_empty(), "nothing says these; take them out:\n{}", unused.join("\n"));
}

#[test]
fn the_scanner_reads_source() {
    let text = r##"
        // say("comment-not")
        let c = '"'; let l: &'static str = "plain-\"quoted";
        words.say("one-two", &[("name", value("inner")), ("other", x)]);
        words.plain(
            "three-four",
        );
        Saying::new(r#"five-six"#).with("days", 3);
    "##;
    let tokens = tokens(text);
    let found = calls(&tokens);
    assert_eq!(found.iter().map(|(_, id)| *id).collect::<Vec<_>>(), ["one-two", "three-four", "five-six"]);
    let given = values_given(&tokens, found[0].0).unwrap();
    assert_eq!(given, BTreeSet::from(["name".to_owned(), "other".to_owned()]));
    assert!(tokens.contains(&Token::Literal("plain-\\\"quoted".to_owned())));
}
