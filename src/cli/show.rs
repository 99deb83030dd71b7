//! A document with its rulings and journal, or its receipt.

use std::path::{Path, PathBuf};

use clap::Args;
use courtesy::desk::Desk;
use courtesy::domain::ids::DocumentNumber;
use courtesy::text::Words;

use super::{Common, Ended, Failure, open, print, words};

/// A document.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its number, such as 2-004811.
    number: String,
    /// Writes its receipt as PDF.
    #[arg(long, value_name = "FILE")]
    pdf: Option<PathBuf>,
    /// Writes its receipt as plain text; - for standard output.
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
}

pub(super) fn show(common: &Common, asked: &Show) -> Result<Ended, Failure> {
    let words = words(common)?;
    let number: DocumentNumber =
        asked.number.parse().map_err(|error: courtesy::domain::ids::BadNumber| Failure::Used(error.to_string()))?;
    let mut desk = open::desk(common)?;
    if asked.pdf.is_none() && asked.text.is_none() {
        describe(common, &words, &mut desk, number)?;
        return Ok(Ended::Done);
    }
    let drawn = desk.draw(number, 0)?;
    if let Some(path) = &asked.pdf {
        write(path, &drawn.pdf)?;
    }
    match &asked.text {
        Some(path) if path.as_os_str() == "-" => print(&drawn.text)?,
        Some(path) => write(path, drawn.text.as_bytes())?,
        None => {}
    }
    Ok(Ended::Done)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|source| Failure::File { path: path.display().to_string(), source })
}

fn describe(common: &Common, words: &Words, desk: &mut Desk, number: DocumentNumber) -> Result<(), Failure> {
    let (posted, note) = (desk.document(number)?, desk.note(number)?);
    if common.json {
        let shown = serde_json::json!({
            "document": posted.document, "hash": posted.hash, "previous": posted.previous, "voided": posted.voided, "due": posted.due,
            "note": note,
        });
        return print(&serde_json::to_string_pretty(&shown)?);
    }
    print(&desk.draw(number, 0)?.text)?;
    for ruling in &posted.document.quote.rulings {
        print(&format!("{}\t{}", ruling.rule, words.saying(&ruling.say)))?;
    }
    if posted.document.note.is_some() {
        let note = note.unwrap_or_else(|| words.plain("fact-note-erased"));
        print(&format!("{}\t{note}", words.plain("fact-note")))?;
    }
    for entry in &posted.document.quote.journal {
        let account = serde_json::to_string(&entry.account)?;
        print(&format!("{:>14}  {}", entry.amount.decimal(), account.trim_matches('"')))?;
    }
    print(&posted.hash.to_string())
}
