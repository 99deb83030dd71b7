//! What machines read: the bars of a number and the squares of a QR code, as modules (dark or light) with no size yet.

use barcoders::sym::code128::Code128;
use qrcode::{Color, EcLevel, QrCode};

/// A run of figures at least this long is printed two figures a symbol (set C).
const SHORTEST_FIGURES: usize = 4;

/// Why a symbol cannot be drawn. The receipt is not printed without it: a number that no scanner reads is a trap at the desk.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// The number has characters that bars cannot carry.
    #[error(
        "the number \"{number}\" cannot be printed as bars: they carry printable ASCII only. The document is posted and the money is right; correct the desk's number series, then print it again"
    )]
    Bars {
        /// The number as given.
        number: String,
    },
    /// The number is too long to be read from a till receipt.
    #[error(
        "the number \"{number}\" is too long for bars on an 80 mm receipt. The document is posted and the money is right; shorten the desk's number series, then print it again"
    )]
    TooWide {
        /// The number as given.
        number: String,
    },
    /// The payload does not fit a QR code.
    #[error(
        "{bytes} bytes do not fit a QR code on a receipt. The document is posted and the money is right; print it as plain text instead"
    )]
    Qr {
        /// The length of the payload.
        bytes: usize,
    },
}

/// The squares of a QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Squares {
    /// Squares on one side, without the quiet zone of four around them.
    pub width: usize,
    /// Row by row: whether each square is dark.
    pub dark: Vec<bool>,
}

/// The modules of `number` in Code 128, from left to right, dark ones true. A scanner needs ten light ones on each side.
pub fn bars(number: &str) -> Result<Vec<bool>, SymbolError> {
    let refused = || SymbolError::Bars { number: number.to_owned() };
    if number.is_empty() || !number.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return Err(refused());
    }
    let code = Code128::new(with_sets(number)).map_err(|_| refused())?;
    Ok(code.encode().into_iter().map(|module| module == 1).collect())
}

/// The number with the marks of its character sets: pairs of figures in set C where that is shorter, the rest in set B.
fn with_sets(number: &str) -> String {
    const SET_B: char = '\u{181}';
    const SET_C: char = '\u{106}';
    let mut marked = String::new();
    let mut set = None;
    let mut rest = number;
    while let Some(first) = rest.chars().next() {
        let figures = rest.bytes().take_while(u8::is_ascii_digit).count();
        let pairs = if figures >= SHORTEST_FIGURES { figures - figures % 2 } else { 0 };
        let (next, taken) = if pairs > 0 && figures % 2 == 0 { (SET_C, pairs) } else { (SET_B, first.len_utf8()) };
        if set != Some(next) {
            marked.push(next);
            set = Some(next);
        }
        marked.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    marked
}

/// The squares of `payload`, with a quarter of them to spare for a creased receipt.
pub fn squares(payload: &str) -> Result<Squares, SymbolError> {
    let code = QrCode::with_error_correction_level(payload, EcLevel::M).map_err(|_| SymbolError::Qr { bytes: payload.len() })?;
    Ok(Squares { width: code.width(), dark: code.to_colors().into_iter().map(|c| c == Color::Dark).collect() })
}

/// The dark runs of a row of modules, as (start, length).
pub fn runs(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (at, _) in modules.iter().enumerate().filter(|(_, dark)| **dark) {
        match found.last_mut() {
            Some((start, length)) if *start + *length == at => *length += 1,
            _ => found.push((at, 1)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_packed_two_by_two() {
        let table = [
            ("2-000123", "\u{181}2-\u{106}000123"),
            ("R0001", "\u{181}R\u{106}0001"),
            ("12345", "\u{181}1\u{106}2345"),
            ("AB1", "\u{181}AB1"),
            ("000123", "\u{106}000123"),
        ];
        for (number, expected) in table {
            assert_eq!(with_sets(number), expected, "{number}");
        }
    }

    #[test]
    fn bars_refuse_what_no_scanner_reads() {
        for number in ["", "Bērziņa", "a\nb"] {
            assert_eq!(bars(number), Err(SymbolError::Bars { number: number.into() }), "{number}");
        }
        // Start, "2", "-", switch, three pairs, check: eight symbols of 11 modules, and a stop of 13.
        assert_eq!(bars("2-000123").unwrap().len(), 8 * 11 + 13);
    }

    #[test]
    fn a_payload_too_long_is_refused() {
        assert_eq!(squares("courtesy").unwrap().width, 21);
        assert_eq!(squares(&"x".repeat(3000)), Err(SymbolError::Qr { bytes: 3000 }));
    }

    #[test]
    fn runs_are_the_dark_stretches() {
        assert_eq!(runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
        assert_eq!(runs(&[false]), []);
    }
}
