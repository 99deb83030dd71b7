//! The receipt as plain text, and as the rows of the preview on the screen.
//!
//! Both set the paper in columns of one figure's width, so that the screen shows what will be printed while the clerk works, and a text
//! receipt can be mailed, read aloud or kept. Bars and QR code are text here (the number, the payload) and squares on the screen.

use super::layout::{Filled, Line, Row, Weight};
use super::symbol::{self, Squares, SymbolError};
use super::wrap;
use unicode_width::UnicodeWidthStr as _;

/// Columns of a line of plain text, and of a normal or bold row of the preview.
pub const COLUMNS: usize = 42;
/// Columns of a [`Weight::Big`] row of the preview: it is drawn `COLUMNS / BIG_COLUMNS` times as large, so that it is as wide as the
/// others.
pub const BIG_COLUMNS: usize = 32;
/// Columns by which a detail or small print is set in.
const INDENT: usize = 2;

/// One row of the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PreviewRow {
    /// A line of text.
    Text(TextRow),
    /// A rule across the paper.
    Rule(Line),
    /// Bars: their modules from left to right (dark ones true), and the number to show below.
    Bars {
        /// Dark and light modules.
        modules: Vec<bool>,
        /// What they say.
        number: String,
    },
    /// A QR code.
    Qr(Squares),
    /// A breath between two parts.
    Space,
}

/// A line of text, set in columns: right sides are already padded to the right edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextRow {
    /// The characters. Not padded when centred.
    pub text: String,
    /// How to draw them; [`Weight::Big`] rows are set in [`BIG_COLUMNS`].
    pub weight: Weight,
    /// Whether to draw them in the middle.
    pub centered: bool,
}

/// The receipt as it would print, for the screen.
pub fn preview(filled: &Filled) -> Result<Vec<PreviewRow>, SymbolError> {
    let big = |weight| if weight == Weight::Big { BIG_COLUMNS } else { COLUMNS };
    let mut rows = Vec::new();
    if let Some(mark) = &filled.copy_mark {
        rows.extend(centered(mark, Weight::Bold, COLUMNS).into_iter().map(PreviewRow::Text));
        rows.push(PreviewRow::Space);
    }
    for row in &filled.rows {
        match row {
            Row::Rule(line) => rows.push(PreviewRow::Rule(*line)),
            Row::Space => rows.push(PreviewRow::Space),
            Row::Bars { number } => {
                rows.push(PreviewRow::Bars { modules: symbol::bars(number)?, number: number.clone() });
            }
            Row::Qr { payload } => rows.push(PreviewRow::Qr(symbol::squares(payload)?)),
            words => rows.extend(set(words, &big).into_iter().map(PreviewRow::Text)),
        }
    }
    Ok(rows)
}

/// The receipt as plain text of [`COLUMNS`] columns, each line ended by a line feed.
pub fn plain(filled: &Filled) -> String {
    let mut text = String::new();
    let mut write = |line: &str| {
        text.push_str(line.trim_end_matches(' '));
        text.push('\n');
    };
    if let Some(mark) = &filled.copy_mark {
        centered(&format!("*** {mark} ***"), Weight::Bold, COLUMNS).iter().for_each(|row| write(&padded(row)));
        write("");
    }
    for row in &filled.rows {
        match row {
            Row::Rule(Line::Dashed) => write(&"-".repeat(COLUMNS)),
            Row::Rule(Line::Solid) => write(&"=".repeat(COLUMNS)),
            Row::Space => write(""),
            words => set(words, &|_| COLUMNS).iter().for_each(|row| write(&padded(row))),
        }
    }
    text
}

/// The lines of a row of words, in as many columns as its weight has.
fn set(row: &Row<String>, columns: &dyn Fn(Weight) -> usize) -> Vec<TextRow> {
    match row {
        Row::Title(text) => centered(text, Weight::Big, columns(Weight::Big)),
        Row::Heading(text) => centered(text, Weight::Bold, columns(Weight::Bold)),
        Row::Centered(text) | Row::Bars { number: text } | Row::Qr { payload: text } => {
            centered(text, Weight::Normal, columns(Weight::Normal))
        }
        Row::Pair { left, right, weight } => sides(left, right, *weight, columns(*weight)),
        Row::Item { text, amount, detail } => {
            let mut lines = sides(text, amount, Weight::Normal, columns(Weight::Normal));
            lines.extend(detail.iter().flat_map(|detail| indented(detail, columns(Weight::Normal))));
            lines
        }
        Row::Paragraph(text) => left(text, columns(Weight::Normal)),
        Row::Rule(_) | Row::Space => Vec::new(),
    }
}

fn centered(text: &str, weight: Weight, columns: usize) -> Vec<TextRow> {
    broken(text, columns).map(|text| TextRow { text, weight, centered: true }).collect()
}

fn left(text: &str, columns: usize) -> Vec<TextRow> {
    broken(text, columns).map(|text| TextRow { text, weight: Weight::Normal, centered: false }).collect()
}

fn indented(text: &str, columns: usize) -> Vec<TextRow> {
    let mut rows = left(text, columns - INDENT);
    rows.iter_mut().for_each(|row| row.text.insert_str(0, &" ".repeat(INDENT)));
    rows
}

fn sides(left: &str, right: &str, weight: Weight, columns: usize) -> Vec<TextRow> {
    let row = |(left, right): (String, String)| {
        let room = columns.saturating_sub(left.width() + right.width());
        TextRow { text: format!("{left}{}{right}", " ".repeat(room)), weight, centered: false }
    };
    wrap::pair(left, right, columns as f32, 1.0, &width).into_iter().map(row).collect()
}

fn broken(text: &str, columns: usize) -> impl Iterator<Item = String> {
    wrap::lines(text, columns as f32, &width).into_iter()
}

fn width(text: &str) -> f32 {
    text.width() as f32
}

fn padded(row: &TextRow) -> String {
    let room = if row.centered { COLUMNS.saturating_sub(row.text.width()) / 2 } else { 0 };
    format!("{}{}", " ".repeat(room), row.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(rows: Vec<Row<String>>) -> Filled {
        Filled { language: "en".into(), copy_mark: None, rows }
    }

    fn refund() -> Filled {
        let pair = |left: &str, right: &str, weight| Row::Pair { left: left.into(), right: right.into(), weight };
        filled(vec![
            Row::Title("Baltic Warehouse Club".into()),
            Row::Rule(Line::Dashed),
            Row::Heading("REFUND".into()),
            pair("Member", "Ilze Bērziņa", Weight::Normal),
            Row::Item {
                text: "Asiakasomistajajäsenyysmaksun hyvityslasku".into(),
                amount: "−12\u{202f}345\u{202f}678,90".into(),
                detail: Some("2 × 2,55".into()),
            },
            Row::Rule(Line::Solid),
            pair("BACK", "80.00", Weight::Big),
            Row::Space,
            Row::Bars { number: "2-000123".into() },
        ])
    }

    #[test]
    fn plain_text_stays_in_its_columns() {
        let expected = "          Baltic Warehouse Club
------------------------------------------
                  REFUND
Member                        Ilze Bērziņa
Asiakasomistajajäsenyysmaksun hyvityslasku
                            −12\u{202f}345\u{202f}678,90
  2 × 2,55
==========================================
BACK                                 80.00

                 2-000123
";
        assert_eq!(plain(&refund()), expected);
    }

    #[test]
    fn a_copy_says_so_first() {
        let text = plain(&refund().marked("COPY 2"));
        assert_eq!(text.lines().next(), Some("              *** COPY 2 ***"));
    }

    #[test]
    fn the_preview_draws_what_is_no_text() {
        let rows = preview(&refund()).unwrap();
        let total = rows.iter().find_map(|row| match row {
            PreviewRow::Text(text) if text.text.starts_with("BACK") => Some(text),
            _ => None,
        });
        let total = total.unwrap();
        assert_eq!((total.weight, total.text.width()), (Weight::Big, BIG_COLUMNS));
        assert!(matches!(rows.last(), Some(PreviewRow::Bars { number, .. }) if number == "2-000123"));
        let unreadable = filled(vec![Row::Bars { number: "Õ1".into() }]);
        assert_eq!(preview(&unreadable), Err(SymbolError::Bars { number: "Õ1".into() }));
    }
}
