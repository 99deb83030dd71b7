//! Numbers of payment cards in text: found, so that none comes in, and masked where text is only shown.
//!
//! A card number is 13 to 19 digits, alone or in groups parted by one space or hyphen, that begin like an issuer's numbers
//! and pass Luhn's check. Item codes are not shown to it: many of them pass the check by chance.

use std::ops::Range;

/// Fewest digits of a card number.
const SHORTEST: usize = 13;
/// Most digits of a card number.
const LONGEST: usize = 19;

/// Where the first card number stands in a text, in bytes.
pub fn find(text: &[u8]) -> Option<Range<usize>> {
    find_from(text, 0)
}

/// The text with every card number cut down to asterisks and its last four digits.
pub fn mask(text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let mut from = 0;
    while let Some(found) = find_from(&bytes, from) {
        let digits: Vec<usize> = found.clone().filter(|&i| bytes[i].is_ascii_digit()).collect();
        let hidden = digits.len().saturating_sub(4);
        for &i in digits.iter().take(hidden) {
            bytes[i] = b'*';
        }
        from = digits.get(hidden).copied().unwrap_or(found.end);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn find_from(text: &[u8], from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while at < text.len() {
        if !text[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = stretch_end(text, at);
        if end - at >= SHORTEST
            && let Some(found) = in_stretch(text, at..end)
        {
            return Some(found);
        }
        at = end;
    }
    None
}

/// The end of a stretch of digits whose groups are parted by one space or hyphen.
fn stretch_end(text: &[u8], start: usize) -> usize {
    let mut end = start;
    while let Some(byte) = text.get(end) {
        let joins = matches!(byte, b' ' | b'-') && text.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() && !joins {
            break;
        }
        end += 1;
    }
    end
}

/// A card number made of whole groups of a stretch.
fn in_stretch(text: &[u8], stretch: Range<usize>) -> Option<Range<usize>> {
    let mut start = stretch.start;
    while start < stretch.end {
        let mut digits = [0_u8; LONGEST];
        let mut count = 0;
        for i in start..stretch.end {
            if !text[i].is_ascii_digit() {
                continue;
            }
            if count == LONGEST {
                break;
            }
            digits[count] = text[i] - b'0';
            count += 1;
            let group_ends = i + 1 == stretch.end || !text[i + 1].is_ascii_digit();
            if group_ends && is_card_number(&digits[..count]) {
                return Some(start..i + 1);
            }
        }
        start = text[start..stretch.end].iter().position(|b| !b.is_ascii_digit()).map_or(stretch.end, |gap| start + gap + 1);
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
                || matches!(two, 51..=55 | 62 | 65 | 81 | 36 | 38 | 39)
                || matches!(three, 300..=305 | 309 | 644..=649)
                || matches!(four, 2200..=2204 | 2221..=2720 | 3528..=3589 | 6011 | 9792)
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
            ("4111  1111 1111 1111", None),
        ] {
            let range = find(text.as_bytes());
            assert_eq!(range.map(|range| &text[range]), found, "{text}");
        }
    }

    #[test]
    fn masks_all_but_the_last_four() {
        assert_eq!(mask("a 4111 1111 1111 1111, 5555555555554444"), "a **** **** **** 1111, ************4444");
        assert_eq!(mask("ō 12.50"), "ō 12.50");
    }

    proptest::proptest! {
        #[test]
        fn masked_text_holds_no_card_number(text in "[0-9 \\-a]{0,80}") {
            proptest::prop_assert!(find(mask(&text).as_bytes()).is_none());
        }
    }
}
