//! The receipt as a PDF file: an 80 mm strip as long as it needs to be.
//!
//! The file carries only the letters it uses, says in which language it is, and gives its words back as text, so that a
//! screen reader, a search and a copy to the clipboard work. The same receipt is the same bytes: dates come from the document,
//! the file's `/ID` from its number, and nothing from the clock or from chance. printpdf draws the pages and embeds the fonts; what it
//! leaves to chance or claims too much of is set right before the file is written.

use super::font::{Face, Faces, FontError, MISSING, MM_PER_PT};
use super::layout::Filled;
use super::sheet::{self, Mark, Sheet, WIDTH_MM};
use super::symbol::SymbolError;
use lopdf::{Object, StringFormat, dictionary, text_string};
use printpdf::{
    CustomPdfConformance, FontId, Mm, Op, PaintMode, ParsedFont, PdfConformance, PdfDocument, PdfFont, PdfFontHandle, PdfPage,
    PdfSaveOptions, Point, Pt, Rect, TextItem, WindingOrder,
};
use std::collections::BTreeSet;

/// What the file says about itself.
#[derive(Debug, Clone, Copy)]
pub struct Imprint<'a> {
    /// The document's number.
    pub number: &'a str,
    /// The title of a viewer's window: "Refund 2-000123".
    pub title: &'a str,
    /// The shop.
    pub author: &'a str,
    /// When the document was posted, in microseconds since 1970 in UTC.
    pub posted_at_us: i64,
}

/// A drawn receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Pdf {
    /// The file.
    pub bytes: Vec<u8>,
    /// Letters that the font lacks, if any: the receipt shows a sign in their place, and someone must be told.
    pub replaced: Option<Replaced>,
}

/// Letters that could not be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the receipt font lacks {} and prints \u{fffd} in their place. Every amount is right and the document is posted; write the name in Latin letters if the receipt must show it", shown(.letters))]
pub struct Replaced {
    /// Which, in the order of the alphabet.
    pub letters: Vec<char>,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Bars or squares cannot be drawn.
    #[error(transparent)]
    Symbol(#[from] SymbolError),
    /// The font cannot be read.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The document's time is outside the years that a date can hold.
    #[error(
        "the receipt's time ({posted_at_us} microseconds since 1970) is no date. The document is posted; run `courtesy verify` before printing it again"
    )]
    Time {
        /// The time as given.
        posted_at_us: i64,
    },
    /// The file could not be put together.
    #[error(
        "the receipt could not be written as PDF ({0}). The document is posted and the money is right; print it as plain text instead"
    )]
    Write(String),
    /// The file could not be written out.
    #[error("the receipt could not be written as PDF ({0}). The document is posted and the money is right; print it again")]
    Out(#[from] std::io::Error),
}

/// Draws a receipt.
pub fn draw(filled: &Filled, imprint: &Imprint<'_>) -> Result<Pdf, PdfError> {
    let faces = Faces::get()?;
    let sheets = sheet::lay(filled, faces)?;
    let mut document = PdfDocument::new(imprint.title);
    let mut missing = BTreeSet::new();
    for bold in [false, true] {
        let face = faces.face(bold);
        let used = letters(&sheets, bold);
        missing.extend(used.iter().copied().filter(|letter| !face.has(*letter)));
        document.resources.fonts.map.insert(font_id(bold), PdfFont::new(embedded(face, used)?));
    }
    let pages = sheets.iter().map(|sheet| PdfPage::new(Mm(WIDTH_MM), Mm(sheet.height_mm), drawing(sheet, faces)));
    document.with_pages(pages.collect());
    describe(&mut document, imprint)?;
    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(PdfError::Write(warning.msg.clone()));
    }
    settle(&mut file, filled, imprint).map_err(|error| PdfError::Write(error.to_string()))?;
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;
    let replaced = (!missing.is_empty()).then(|| Replaced { letters: missing.into_iter().collect() });
    Ok(Pdf { bytes, replaced })
}

/// The letters of one weight that the receipt uses.
fn letters(sheets: &[Sheet], bold: bool) -> BTreeSet<char> {
    let texts = sheets.iter().flat_map(|sheet| &sheet.marks).filter_map(|mark| match mark {
        Mark::Text { font, text, .. } if font.bold == bold => Some(text),
        _ => None,
    });
    texts.flat_map(|text| text.chars()).collect()
}

fn font_id(bold: bool) -> FontId {
    FontId(if bold { "Bold" } else { "Regular" }.to_owned())
}

/// A face with these letters alone, as printpdf wants it. No two letters share a drawing, so that copied text is the text.
fn embedded(face: &Face, mut used: BTreeSet<char>) -> Result<ParsedFont, FontError> {
    used.insert(MISSING);
    let subset = face.subset(&used)?;
    let unreadable = || FontError { name: face.name, cause: "its letters cannot be read back".to_owned() };
    let mut font = ParsedFont::from_bytes(&subset.file, 0, &mut Vec::new()).ok_or_else(unreadable)?;
    font.font_name = Some(format!("CRTESY+{}", face.name));
    font.codepoint_to_glyph = subset.letters.iter().map(|(letter, glyph, _)| (u32::from(*letter), *glyph)).collect();
    Ok(font)
}

/// The drawing of one sheet. A PDF counts from the bottom left.
fn drawing(sheet: &Sheet, faces: &Faces) -> Vec<Op> {
    let mut ops = Vec::new();
    for mark in &sheet.marks {
        match mark {
            Mark::Text { x_mm, base_mm, font, text } => {
                let face = faces.face(font.bold);
                let text = text.chars().map(|letter| if face.has(letter) { letter } else { MISSING }).collect();
                let pos = Point { x: points(*x_mm), y: points(sheet.height_mm - base_mm) };
                ops.extend([
                    Op::StartTextSection,
                    Op::SetFont { font: PdfFontHandle::External(font_id(font.bold)), size: Pt(font.size_pt) },
                    Op::SetTextCursor { pos },
                    Op::ShowText { items: vec![TextItem::Text(text)] },
                    Op::EndTextSection,
                ]);
            }
            Mark::Box { x_mm, y_mm, width_mm, height_mm } => ops.push(Op::DrawRectangle {
                rectangle: Rect {
                    x: points(*x_mm),
                    y: points(sheet.height_mm - y_mm - height_mm),
                    width: points(*width_mm),
                    height: points(*height_mm),
                    mode: Some(PaintMode::Fill),
                    winding_order: Some(WindingOrder::NonZero),
                },
            }),
        }
    }
    ops
}

/// A length in points, to the thousandth, so that the file is small.
fn points(length_mm: f32) -> Pt {
    Pt((length_mm / MM_PER_PT * 1000.0).round() / 1000.0)
}

/// Who made the file, and when the document was posted.
fn describe(document: &mut PdfDocument, imprint: &Imprint<'_>) -> Result<(), PdfError> {
    let outside = || PdfError::Time { posted_at_us: imprint.posted_at_us };
    let seconds = imprint.posted_at_us.div_euclid(1_000_000);
    let posted = printpdf::OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| outside())?;
    let info = &mut document.metadata.info;
    info.author = imprint.author.to_owned();
    info.producer = "Courtesy".to_owned();
    (info.creation_date, info.modification_date) = (posted, posted);
    // Claims no standard, and so brings no colour profile along.
    info.conformance = PdfConformance::Custom(CustomPdfConformance::default());
    Ok(())
}

/// Language, the file's id, and nothing that was not said.
fn settle(file: &mut lopdf::Document, filled: &Filled, imprint: &Imprint<'_>) -> Result<(), lopdf::Error> {
    file.version = "1.7".to_owned();
    let info = file.trailer.get(b"Info")?.as_reference()?;
    let info = file.get_object_mut(info)?.as_dict_mut()?;
    for unsaid in ["GTS_PDFXVersion", "Trapped", "Creator", "Subject", "Identifier", "Keywords"] {
        info.remove(unsaid.as_bytes());
    }
    let catalog = file.catalog_mut()?;
    catalog.set("Lang", text_string(&filled.language));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" });
    // The first half names the document, the second this print of it.
    let print = format!("{}{}", imprint.number, filled.copy_mark.as_deref().unwrap_or_default());
    let id = |name: &str| Object::String(name.as_bytes().to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id(imprint.number), id(&print)]);
    Ok(())
}

fn shown(letters: &[char]) -> String {
    letters.iter().map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect::<Vec<_>>().join(", ")
}
