//! Numbers of payment cards in text: found, so that none comes in, and masked where text is only shown.
//!
//! A card number is 13 to 19 digits of any script, alone or in groups parted by a dash, point or underscore, or by up to
//! three blanks, that begin like an issuer's numbers and pass Luhn's check; characters that nobody sees do not hide one. Item codes
//! are not shown to it: many of them pass the check by chance.

use std::ops::Range;

/// Fewest digits of a card number.
const SHORTEST: usize = 13;
/// Most digits of a card number.
const LONGEST: usize = 19;

/// The noughts of scripts that have digits of their own, the other nine behind each (Unicode 16, general category Nd).
const NOUGHTS: [u32; 70] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0,
    0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0, 0x112F0,
    0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11F50,
    0x16130, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];
/// The first and the last of the digits in other type faces that mathematics uses; five rows of ten.
const STYLED: Range<u32> = 0x1D7CE..0x1D800;

/// Where the first card number stands in a text, in bytes.
pub fn find(text: &[u8]) -> Option<Range<usize>> {
    if text.is_ascii() {
        return find_from(text, 0);
    }
    let text = std::str::from_utf8(text).unwrap_or_default();
    Folded::of(text)?.find(0).map(|(range, _)| range)
}

/// The text with every card number cut down to asterisks and its last four digits.
pub fn mask(text: &str) -> String {
    if !text.is_ascii() {
        return Folded::of(text).map_or_else(|| text.to_owned(), |folded| folded.mask(text));
    }
    let mut bytes = text.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = find_from(&bytes, from) {
        let (hidden, next) = hidden(&bytes, found);
        hidden.into_iter().for_each(|i| bytes[i] = b'*');
        from = next;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The digits of a card number that are hidden, and where to look for the next one.
fn hidden(text: &[u8], found: Range<usize>) -> (Vec<usize>, usize) {
    let end = found.end;
    let mut digits: Vec<usize> = found.filter(|&i| text[i].is_ascii_digit()).collect();
    let shown = digits.split_off(digits.len().saturating_sub(4));
    (digits, shown.first().copied().unwrap_or(end))
}

/// A text in plain digits and signs, and where each of them stood.
struct Folded {
    signs: Vec<u8>,
    places: Vec<Range<usize>>,
}

impl Folded {
    /// None of a text that has not digits enough.
    fn of(text: &str) -> Option<Self> {
        text.chars().filter(|&c| digit(c).is_some()).nth(SHORTEST - 1)?;
        let (mut signs, mut places) = (Vec::with_capacity(text.len()), Vec::with_capacity(text.len()));
        for (at, c) in text.char_indices().filter(|&(_, c)| !is_unseen(c)) {
            signs.push(digit(c).unwrap_or(match c {
                c if c.is_ascii() => u8::try_from(c).unwrap_or(b'x'),
                c if c.is_whitespace() || c == '\u{2800}' => b' ',
                '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{2043}' | '\u{58A}' | '·' => {
                    b'-'
                }
                '\u{FF0E}' | '\u{2024}' | '\u{2026}' | '\u{30FB}' | '•' => b'.',
                '\u{FF3F}' => b'_',
                _ => b'x',
            }));
            places.push(at..at + c.len_utf8());
        }
        Some(Self { signs, places })
    }

    /// The first card number from a sign on: in bytes of the text, and in signs.
    fn find(&self, from: usize) -> Option<(Range<usize>, Range<usize>)> {
        let found = find_from(&self.signs, from)?;
        Some((self.places.get(found.start)?.start..self.places.get(found.end - 1)?.end, found))
    }

    fn mask(&self, text: &str) -> String {
        let (mut masked, mut kept, mut from) = (String::with_capacity(text.len()), 0, 0);
        while let Some((_, found)) = self.find(from) {
            let (hidden, next) = hidden(&self.signs, found);
            for place in hidden.into_iter().filter_map(|i| self.places.get(i)) {
                masked.push_str(text.get(kept..place.start).unwrap_or_default());
                masked.push('*');
                kept = place.end;
            }
            from = next;
        }
        masked.push_str(text.get(kept..).unwrap_or_default());
        masked
    }
}

/// Whether a character is a digit of any script.
pub(super) fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// The plain digit of a digit of any script.
fn digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c).ok().filter(u8::is_ascii_digit);
    }
    let code = u32::from(c);
    let nought = NOUGHTS.iter().find(|nought| (**nought..**nought + 10).contains(&code));
    let value = nought.map(|nought| code - nought).or_else(|| STYLED.contains(&code).then(|| (code - STYLED.start) % 10))?;
    u8::try_from(value).ok().map(|value| b'0' + value)
}

/// Whether nobody sees a character, or only as a part of the one before: it has no width, or only turns the direction of writing.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}')
        || matches!(c, '\u{180B}'..='\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        || matches!(c, '\u{20D0}'..='\u{20FF}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}')
        || matches!(c, '\u{E0000}'..='\u{E01EF}')
}

fn find_from(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            at += 1;
        } else if let Some(end) = end_of_number(text, at) {
            return Some(at..end);
        } else {
            at += text[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
    }
    None
}

/// Most blanks that part two groups.
const WIDEST_GAP: usize = 3;

/// The end of a card number that begins here and is made of whole groups, parted by one sign or by few blanks.
fn end_of_number(text: &[u8], start: usize) -> Option<usize> {
    let (mut digits, mut count, mut end) = ([0_u8; LONGEST], 0, start);
    for (at, byte) in text.iter().enumerate().skip(start) {
        match byte {
            b'0'..=b'9' => {
                *digits.get_mut(count)? = byte - b'0';
                (count, end) = (count + 1, at + 1);
                let group_ends = text.get(end).is_none_or(|next| !next.is_ascii_digit());
                if group_ends && is_card_number(&digits[..count]) {
                    return Some(end);
                }
            }
            b' ' if at - end < WIDEST_GAP && text[end..at].iter().all(|gap| *gap == b' ') => {}
            b'-' | b'.' | b'_' if at == end => {}
            _ => return None,
        }
    }
    None
}

fn is_card_number(digits: &[u8]) -> bool {
    digits.len() >= SHORTEST && issued(digits) && luhn(digits)
}

/// Whether an issuer gives out numbers that begin so and are so long (ISO/IEC 7812 ranges as published by the schemes).
fn issued(digits: &[u8]) -> bool {
    let first = |n: usize| digits.iter().take(n).fold(0_u32, |number, digit| number * 10 + u32::from(*digit));
    let (two, three, four) = (first(2), first(3), first(4));
    match digits.len() {
        13 => digits[0] == 4 || maestro(two),
        14 => matches!(three, 300..=305 | 309) || matches!(two, 36 | 38 | 39) || maestro(two),
        15 => matches!(two, 34 | 37) || maestro(two),
        16..=19 => {
            digits[0] == 4
                || (digits.len() == 16 && (matches!(two, 51..=55) || matches!(four, 2221..=2720)))
                || matches!(two, 62 | 65 | 81 | 36 | 38 | 39)
                || matches!(three, 300..=305 | 309 | 644..=649)
                || matches!(four, 2200..=2204 | 3528..=3589 | 6011 | 9792)
                || maestro(two)
        }
        _ => false,
    }
}

fn maestro(two: u32) -> bool {
    matches!(two, 50 | 56..=58 | 60 | 63 | 67)
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| match (i % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_card_numbers_and_nothing_else() {
        for (text, found) in [
            ("4111111111111111", Some("4111111111111111")),
            ("paid 4111 1111 1111 1111 thanks", Some("4111 1111 1111 1111")),
            ("ref 12 4111-1111-1111-1111", Some("4111-1111-1111-1111")),
            ("3782 822463 10005", Some("3782 822463 10005")),
            ("36227206271667", Some("36227206271667")),
            ("5555555555554444.", Some("5555555555554444")),
            ("6011000990139424", Some("6011000990139424")),
            ("4111111111111112", None),
            ("1111111111111117", None),
            ("04111111111111111", None),
            ("41111111111111110000", None),
            ("2010-12-01 08:26:00", None),
            ("0000000000000002067842957", None),
            ("WHITE HANGING HEART T-LIGHT HOLDER", None),
            ("", None),
            ("4111  1111 1111 1111", Some("4111  1111 1111 1111")),
            ("4111_1111   1111-1111", Some("4111_1111   1111-1111")),
            ("1/4111111111/2026-10-12/3", None),
            ("26.12.2025 - 08.01.2026", None),
            ("4111 -1111 1111 1111", None),
            ("4111    1111 1111 1111", None),
            ("\u{11F54}\u{11F51}\u{1E4F1}1 1111 1111 1111", Some("\u{11F54}\u{11F51}\u{1E4F1}1 1111 1111 1111")),
            ("536365 536366 536367", None),
            ("4\u{20e3}1\u{fe0f}\u{20e3}11–1111．1111＿1111", Some("4\u{20e3}1\u{fe0f}\u{20e3}11–1111．1111＿1111")),
            ("4111:1111:1111:1111", None),
            ("x \u{1E954}\u{1E951}11 1111 1111 1111", Some("\u{1E954}\u{1E951}11 1111 1111 1111")),
            ("\u{A9D4}\u{A9D1}\u{1B51}1\u{1FBF1}1111 1111 111", Some("\u{A9D4}\u{A9D1}\u{1B51}1\u{1FBF1}1111 1111 111")),
            ("4111.1111.1111.1111", Some("4111.1111.1111.1111")),
            ("4111\u{a0}1111\u{2011}1111\u{2009}1111", Some("4111\u{a0}1111\u{2011}1111\u{2009}1111")),
            ("x ٤١١١١١١١١١١١١١١١ y", Some("٤١١١١١١١١١١١١١١١")),
            ("４１１１ 1111 １１１１ 1111", Some("４１１１ 1111 １１１１ 1111")),
            ("4\u{200b}111\u{ad}1111\u{202e}11111111", Some("4\u{200b}111\u{ad}1111\u{202e}11111111")),
            ("ē 4111111111111112", None),
        ] {
            let range = find(text.as_bytes());
            assert_eq!(range.map(|range| &text[range]), found, "{text}");
        }
    }

    #[test]
    fn masks_all_but_the_last_four() {
        assert_eq!(mask("a 4111 1111 1111 1111, 5555555555554444"), "a **** **** **** 1111, ************4444");
        assert_eq!(mask("ō 12.50"), "ō 12.50");
        assert_eq!(mask("ō ٤١١١١١١١١١١١١١١١, 5555555555554444"), "ō ************١١١١, ************4444");
    }

    proptest::proptest! {
        #[test]
        fn masked_text_holds_no_card_number(text in "[0-9 \\-./a٤１\u{1E954}\u{200b}]{0,80}") {
            proptest::prop_assert!(find(mask(&text).as_bytes()).is_none());
        }
    }
}
