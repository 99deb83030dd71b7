//! The paper before it meets a device: rows in reading order.
//!
//! A [`Paper`] is made once, from a document alone, and stored with it, so that a reprint years later says the same. What belongs to a
//! person (a name, a card) is not in it: a [`Slot`] says whose and what, and is filled at print. The stored form is JSON that a
//! person can read: a text is a list of words and slots, `["Member ", {"person": "0198...", "part": "name"}]`. Stored papers live
//! as long as the books: rows and parts may be added here, never renamed or taken away.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

/// A receipt as its document keeps it: no device, no font, no personal data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The language of the words, as a BCP 47 tag such as `fi` or `en-IE`.
    pub language: String,
    /// The rows, from the top down.
    pub rows: Vec<Row>,
}

/// One row of the paper. `T` is [`Text`] in a stored paper and a plain string once the slots are filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Row<T = Text> {
    /// The shop's name, at the top.
    Title(T),
    /// What this paper is: "REFUND".
    Heading(T),
    /// A short centred text: the address, a thank-you.
    Centered(T),
    /// A word on the left and its value on the right. A long left side wraps beside the value.
    Pair {
        /// What it is.
        left: T,
        /// Its value, flush with the right edge.
        right: T,
        /// How loudly it is said.
        weight: Weight,
    },
    /// One thing that was bought or came back, with its amount.
    Item {
        /// What it is.
        text: T,
        /// What it comes to, flush with the right edge.
        amount: T,
        /// A second, indented line: quantity and unit price.
        detail: Option<T>,
    },
    /// A line across the paper.
    Rule(Line),
    /// Small print, wrapped.
    Paragraph(T),
    /// Code 128 bars with the number in readable figures below.
    Bars {
        /// What a scanner reads: printable ASCII.
        number: String,
    },
    /// A QR code.
    Qr {
        /// What a telephone reads.
        payload: String,
    },
    /// A breath between two parts.
    Space,
}

/// How loudly a pair is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// As everything else.
    Normal,
    /// Bold.
    Bold,
    /// Bold and large: the one amount the member looks for.
    Big,
}

/// How a rule is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// Between two parts.
    Dashed,
    /// Above what counts.
    Solid,
}

/// A text whose personal parts are still open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(pub Vec<Span>);

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Span {
    /// Words, printed as they are.
    Words(String),
    /// A place for something personal.
    Slot(Slot),
}

/// A place that is filled, at print, with something of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Whose.
    pub person: Uuid,
    /// What of theirs.
    pub part: PersonPart,
}

/// What of a person may stand on a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonPart {
    /// The name, as the person writes it.
    Name,
    /// The postal address, in as many lines as it has.
    Address,
    /// The e-mail address.
    Email,
    /// The telephone number.
    Phone,
    /// The card number, all but its last figures hidden.
    Card,
}

/// The first of the private characters that stand for slots while a message is being worded.
const FIRST_MARK: u32 = 0xE000;

impl Text {
    /// The mark that stands for slot number `index` in a message's arguments, until [`Text::from_message`] puts the slot there.
    pub fn mark(index: u8) -> String {
        char::from_u32(FIRST_MARK + u32::from(index)).map(String::from).unwrap_or_default()
    }

    /// A text from a worded message in which [`Text::mark`]s stand for `slots`, in any order. A mark without a slot stays as it is and
    /// shows as a missing letter.
    pub fn from_message(message: &str, slots: &[Slot]) -> Text {
        let mut spans = Vec::new();
        let mut words = String::new();
        for character in message.chars() {
            let index = u32::from(character).checked_sub(FIRST_MARK);
            match index.and_then(|index| slots.get(usize::try_from(index).ok()?)) {
                Some(slot) => {
                    if !words.is_empty() {
                        spans.push(Span::Words(std::mem::take(&mut words)));
                    }
                    spans.push(Span::Slot(*slot));
                }
                None => words.push(character),
            }
        }
        if !words.is_empty() {
            spans.push(Span::Words(words));
        }
        Text(spans)
    }

    fn fill(&self, person: &dyn Fn(Slot) -> Option<String>, erased: &str) -> String {
        let pieces = self.0.iter().map(|span| match span {
            Span::Words(words) => words.clone(),
            Span::Slot(slot) => person(*slot).unwrap_or_else(|| erased.to_owned()),
        });
        printable(&pieces.collect::<String>())
    }
}

impl From<&str> for Text {
    fn from(words: &str) -> Text {
        Text::from(words.to_owned())
    }
}

impl From<String> for Text {
    fn from(words: String) -> Text {
        Text(vec![Span::Words(words)])
    }
}

impl From<Slot> for Text {
    fn from(slot: Slot) -> Text {
        Text(vec![Span::Slot(slot)])
    }
}

impl<T> Row<T> {
    /// The same row with every text put through `change`.
    pub fn map<U>(&self, change: impl Fn(&T) -> U) -> Row<U> {
        match self {
            Row::Title(text) => Row::Title(change(text)),
            Row::Heading(text) => Row::Heading(change(text)),
            Row::Centered(text) => Row::Centered(change(text)),
            Row::Pair { left, right, weight } => Row::Pair { left: change(left), right: change(right), weight: *weight },
            Row::Item { text, amount, detail } => {
                Row::Item { text: change(text), amount: change(amount), detail: detail.as_ref().map(change) }
            }
            Row::Rule(line) => Row::Rule(*line),
            Row::Paragraph(text) => Row::Paragraph(change(text)),
            Row::Bars { number } => Row::Bars { number: number.clone() },
            Row::Qr { payload } => Row::Qr { payload: payload.clone() },
            Row::Space => Row::Space,
        }
    }
}

impl Row<String> {
    /// The row without anything in its bars or squares that would move a printer where they are written out; texts have been seen to.
    fn harmless(self) -> Self {
        match self {
            Row::Bars { number } => Row::Bars { number: printable(&number) },
            Row::Qr { payload } => Row::Qr { payload: printable(&payload) },
            words => words,
        }
    }
}

/// A paper with its slots filled: ready to draw, and never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The language of the words, as a BCP 47 tag.
    pub language: String,
    /// What stands above everything on a reprint ("COPY 2"); nothing on the first print.
    pub copy_mark: Option<String>,
    /// The rows, from the top down.
    pub rows: Vec<Row<String>>,
}

impl Paper {
    /// Fills every slot with what `person` knows today; where it knows nothing any more, `erased` (the language's word for it) stands.
    pub fn fill(&self, person: &dyn Fn(Slot) -> Option<String>, erased: &str) -> Filled {
        Filled {
            language: self.language.clone(),
            copy_mark: None,
            rows: self.rows.iter().map(|row| row.map(|text| text.fill(person, erased)).harmless()).collect(),
        }
    }

    /// Every slot of the paper, in reading order, so that a caller can look all persons up at once.
    pub fn slots(&self) -> Vec<Slot> {
        let found = std::cell::RefCell::new(Vec::new());
        for row in &self.rows {
            row.map(|text| {
                found.borrow_mut().extend(text.0.iter().filter_map(|span| match span {
                    Span::Slot(slot) => Some(*slot),
                    Span::Words(_) => None,
                }));
            });
        }
        found.into_inner()
    }
}

impl Filled {
    /// Marks a reprint: `mark` ("COPY 2", worded by the text room) stands above everything.
    #[must_use]
    pub fn marked(mut self, mark: &str) -> Filled {
        self.copy_mark = Some(printable(mark));
        self
    }
}

/// Letters in their composed form (`e` + caron is one letter), and nothing that would move a printer: control characters become spaces,
/// but a line end stays one.
fn printable(text: &str) -> String {
    text.nfc().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(part: PersonPart) -> Slot {
        Slot { person: Uuid::from_u128(7), part }
    }

    fn paper() -> Paper {
        Paper {
            language: "en".into(),
            rows: vec![
                Row::Title("Baltic Warehouse Club".into()),
                Row::Pair { left: "Member".into(), right: slot(PersonPart::Name).into(), weight: Weight::Normal },
                Row::Item { text: "2 x Lamp".into(), amount: "5.10".into(), detail: None },
                Row::Rule(Line::Dashed),
                Row::Bars { number: "2-000123".into() },
            ],
        }
    }

    #[test]
    fn a_person_is_filled_in_and_an_erased_one_leaves_the_word() {
        let known = paper().fill(&|slot| (slot.part == PersonPart::Name).then(|| "Ilze Be\u{304}rzin\u{327}a".into()), "erased");
        let Row::Pair { right, .. } = &known.rows[1] else { panic!("a pair") };
        assert_eq!(right, "Ilze Bērziņa", "letters are composed");
        let gone = paper().fill(&|_| None, "poistettu");
        let Row::Pair { right, .. } = &gone.rows[1] else { panic!("a pair") };
        assert_eq!(right, "poistettu");
    }

    #[test]
    fn the_stored_form_reads_back_and_holds_no_person() {
        let stored = serde_json::to_string(&paper()).unwrap();
        assert_eq!(serde_json::from_str::<Paper>(&stored).unwrap(), paper());
        assert!(stored.contains(r#""right":[{"person":"00000000-0000-0000-0000-000000000007","part":"name"}]"#), "{stored}");
    }

    #[test]
    fn a_message_carries_its_slots_in_the_order_of_its_language() {
        let slots = [slot(PersonPart::Name), slot(PersonPart::Card)];
        let message = format!("{} belongs to {}.", Text::mark(1), Text::mark(0));
        let text = Text::from_message(&message, &slots);
        assert_eq!(
            text,
            Text(vec![Span::Slot(slots[1]), Span::Words(" belongs to ".into()), Span::Slot(slots[0]), Span::Words(".".into())])
        );
        let paper = Paper { language: "en".into(), rows: vec![Row::Paragraph(text)] };
        assert_eq!(paper.slots(), [slots[1], slots[0]]);
    }

    #[test]
    fn control_characters_never_reach_a_printer() {
        let paper = Paper { language: "en".into(), rows: vec![Row::Paragraph("a\u{1b}@b\tc\nd".into())] };
        assert_eq!(paper.fill(&|_| None, "").rows, [Row::Paragraph("a @b c\nd".to_owned())]);
        let squares = Paper { language: "en".into(), rows: vec![Row::Qr { payload: "a\u{9b}b".into() }] };
        assert_eq!(squares.fill(&|_| None, "").rows, [Row::Qr { payload: "a b".to_owned() }]);
    }
}
