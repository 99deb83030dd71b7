//! A receipt as lines of the sheet on the screen.

use super::widgets::paper::PaperRow;
use crate::domain::say::Saying;
use crate::receipt::layout::{Filled, Line, Weight};
use crate::receipt::text::{COLUMNS, PreviewRow, TextRow, preview};

/// The lines of a receipt. The QR code is left to the paper; the number below the bars stands as letters.
///
/// # Errors
/// What to say when the receipt holds something that cannot be drawn.
pub fn rows(filled: &Filled) -> Result<Vec<PaperRow>, Saying> {
    let drawn = preview(filled).map_err(|error| Saying::new("error-other").with("error", error.to_string()))?;
    Ok(drawn.into_iter().filter_map(row).collect())
}

/// How many letters a line holds.
#[must_use]
pub fn columns() -> u16 {
    u16::try_from(COLUMNS).unwrap_or(u16::MAX)
}

fn row(row: PreviewRow) -> Option<PaperRow> {
    let plain = |text: String| Some(PaperRow { text, is_bold: false, is_double: false });
    match row {
        PreviewRow::Text(text) => Some(words(text)),
        PreviewRow::Rule(Line::Dashed) => plain("-".repeat(COLUMNS)),
        PreviewRow::Rule(Line::Solid) => plain("=".repeat(COLUMNS)),
        PreviewRow::Bars { number, .. } => plain(format!("{number:^COLUMNS$}")),
        PreviewRow::Space => plain(String::from(" ")),
        PreviewRow::Qr(_) => None,
    }
}

fn words(row: TextRow) -> PaperRow {
    let text = if row.centered { format!("{:^COLUMNS$}", row.text) } else { row.text };
    PaperRow { text, is_bold: row.weight != Weight::Normal, is_double: false }
}
