//! Breaking text into lines, whatever its width is measured in: columns for plain text, millimetres for print.
//!
//! Nothing is ever cut off. Lines break at spaces; a word longer than a line breaks after its own hyphens and strokes, and where it has
//! none, between two letters with a hyphen added. A non-breaking space never breaks, so an amount stays whole.

use unicode_width::UnicodeWidthChar as _;

/// The part of the width that a right side may take before it moves to a line of its own.
const RIGHT_SHARE: f32 = 0.62;

/// How wide a text is, in the unit of the caller.
pub type Measure<'a> = &'a dyn Fn(&str) -> f32;

/// The lines of `text`, none wider than `width` (but never less than one letter). A line end in the text is a line end. An empty text is
/// one empty line.
pub fn lines(text: &str, width: f32, measure: Measure<'_>) -> Vec<String> {
    text.split('\n').flat_map(|part| part_lines(part, width, measure)).collect()
}

fn part_lines(part: &str, width: f32, measure: Measure<'_>) -> Vec<String> {
    let mut done = Vec::new();
    let mut line = String::new();
    for word in part.split(' ').filter(|word| !word.is_empty()) {
        let plain = without_soft_hyphens(word);
        let longer = if line.is_empty() { plain.clone() } else { format!("{line} {plain}") };
        if measure(&longer) <= width {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            done.push(std::mem::take(&mut line));
        }
        let mut rest = word.to_owned();
        while measure(&without_soft_hyphens(&rest)) > width {
            let (head, tail) = split_word(&rest, width, measure);
            if tail.is_empty() {
                rest = head;
                break;
            }
            done.push(head);
            rest = tail;
        }
        line = without_soft_hyphens(&rest);
    }
    if !line.is_empty() || done.is_empty() {
        done.push(line);
    }
    done
}

/// The longest head of a word that fits, and what is left of it.
fn split_word(word: &str, width: f32, measure: Measure<'_>) -> (String, String) {
    let mut by_sign = None;
    let mut by_letter = None;
    let mut before = None;
    for (at, next) in word.char_indices().skip(1) {
        let last = word[..at].chars().next_back();
        let head = without_soft_hyphens(&word[..at]);
        let soft = last == Some('\u{ad}');
        let letters = last.is_some_and(takes_hyphen) && takes_hyphen(next);
        let shown = if soft || letters { format!("{head}-") } else { head };
        let joined = next.width() == Some(0);
        if !joined && measure(&shown) <= width {
            if soft || last.is_some_and(|c| matches!(c, '-' | '/' | '\u{2010}' | '\u{2013}' | '\u{200b}')) {
                by_sign = Some((shown.clone(), at));
            }
            by_letter = Some((shown.clone(), at));
        }
        if !joined && before.is_none() {
            before = Some((shown, at));
        }
    }
    match by_sign.or(by_letter).or(before) {
        Some((head, at)) => (head, word[at..].to_owned()),
        None => (without_soft_hyphens(word), String::new()),
    }
}

/// Letters between which a broken word shows a hyphen: those of alphabets, not the wide signs of East Asia.
fn takes_hyphen(letter: char) -> bool {
    letter.is_alphabetic() && letter.width() == Some(1)
}

fn without_soft_hyphens(word: &str) -> String {
    word.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}')).collect()
}

/// The lines of a left and a right side that share `width`, at least `gap` apart. The right side stands on the first line and the left
/// wraps beside it. A right side too wide for that, or one that would break the left side's words, follows on lines of its own.
pub fn pair(left: &str, right: &str, width: f32, gap: f32, measure: Measure<'_>) -> Vec<(String, String)> {
    let right_width = measure(right);
    let room = if right.is_empty() { width } else { width - gap - right_width };
    let broken = |word: &str| measure(word) > room && measure(word) <= width;
    let beside = !right.contains('\n') && right_width <= width * RIGHT_SHARE && !left.split([' ', '\n']).any(broken);
    if !beside && (right.contains('\n') || measure(left) > room) {
        let above = lines(left, width, measure).into_iter().map(|line| (line, String::new()));
        let below = lines(right, width, measure).into_iter().map(|line| (String::new(), line));
        return above.chain(below).collect();
    }
    let mut right = Some(right.to_owned());
    lines(left, room, measure).into_iter().map(|line| (line, right.take().unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr as _;

    fn columns(text: &str) -> f32 {
        text.width() as f32
    }

    #[test]
    fn lines_break_where_a_reader_expects() {
        let table: &[(&str, f32, &[&str])] = &[
            ("", 10.0, &[""]),
            ("short", 10.0, &["short"]),
            ("one two three", 7.0, &["one two", "three"]),
            ("two\nlines", 20.0, &["two", "lines"]),
            ("  spaces   fold ", 20.0, &["spaces fold"]),
            ("1\u{202f}234,50\u{a0}€ back", 10.0, &["1\u{202f}234,50\u{a0}€", "back"]),
            ("kanta-asiakasjäsenyys", 12.0, &["kanta-", "asiakasjäse-", "nyys"]),
            ("lentokonesuihkuturbiini", 10.0, &["lentokone-", "suihkutur-", "biini"]),
            ("jäsenyys\u{ad}maksu", 11.0, &["jäsenyys-", "maksu"]),
            ("jäsenyys\u{ad}maksu", 20.0, &["jäsenyysmaksu"]),
            ("1234567890123", 5.0, &["12345", "67890", "123"]),
            ("日本語日本語", 4.0, &["日本", "語日", "本語"]),
            ("Jo\u{304}o\u{304}", 1.0, &["J-", "o\u{304}", "o\u{304}"]),
        ];
        for (text, width, expected) in table {
            assert_eq!(&lines(text, *width, &columns), expected, "{text} in {width}");
        }
    }

    #[test]
    fn no_letter_is_lost_at_any_width() {
        let text = "Kuntosalijäsenyysmaksunpalautus 1\u{202f}234,50 Ilze Bērziņa, Õie Šaar (85123A/4821)";
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        for width in 2..60 {
            let broken = lines(text, width as f32, &columns);
            assert_eq!(letters(&broken.concat()), letters(text), "{width}");
            assert!(broken.iter().all(|line| columns(line) <= width as f32), "{width}: {broken:?}");
        }
    }

    #[test]
    fn a_long_left_side_wraps_beside_its_value() {
        type Sides<'a> = (&'a str, &'a str);
        let table: &[(&str, &str, &[Sides<'_>])] = &[
            ("Net", "-66.12", &[("Net", "-66.12")]),
            ("White hanging heart holder", "-5.10", &[("White hanging", "-5.10"), ("heart holder", "")]),
            ("Member", "a name far too long", &[("Member", ""), ("", "a name far too long")]),
            ("", "", &[("", "")]),
            ("YOU GET BACK ALTOGETHER", "12 345.90", &[("YOU GET", "12 345.90"), ("BACK", ""), ("ALTOGETHER", "")]),
            ("PALAUTETAAN YHTEENSÄ", "12 345.90", &[("PALAUTETAAN YHTEENSÄ", ""), ("", "12 345.90")]),
            ("Address", "Street 1\nRiga", &[("Address", ""), ("", "Street 1"), ("", "Riga")]),
        ];
        for (left, right, expected) in table {
            let got = pair(left, right, 20.0, 1.0, &columns);
            let got: Vec<_> = got.iter().map(|(l, r)| (l.as_str(), r.as_str())).collect();
            assert_eq!(&got, expected, "{left} / {right}");
        }
    }
}
