//! The receipt as a PDF file: an 80 mm strip as long as it needs to be.
//!
//! The file carries only the letters it uses, says in which language it is, and gives its words back as text, so that a
//! screen reader, a search and a copy to the clipboard work. The same receipt is the same bytes: dates come from the document,
//! the file's `/ID` from its number, and nothing from the clock or from chance.

use super::font::{Faces, FontError, MISSING, MM_PER_PT, Subset};
use super::layout::Filled;
use super::sheet::{self, Mark, Sheet, WIDTH_MM};
use super::symbol::SymbolError;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary, text_string};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{Display, Formatter, Write as _};

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
    Write(#[from] lopdf::Error),
    /// The file could not be written out.
    #[error("the receipt could not be written as PDF ({0}). The document is posted and the money is right; print it again")]
    Out(#[from] std::io::Error),
}

/// Draws a receipt.
pub fn draw(filled: &Filled, imprint: &Imprint<'_>) -> Result<Pdf, PdfError> {
    let faces = Faces::get()?;
    let sheets = sheet::lay(filled, faces)?;
    let mut file = Document::with_version("1.7");
    let regular = Letters::of(&sheets, false, faces)?;
    let bold = Letters::of(&sheets, true, faces)?;
    let fonts = dictionary! {
        "R" => regular.embed(&mut file, faces, false)?,
        "B" => bold.embed(&mut file, faces, true)?,
    };
    let resources = file.add_object(dictionary! { "Font" => fonts });
    let pages = file.new_object_id();
    let mut kids = Vec::new();
    for sheet in &sheets {
        let content = packed(dictionary! {}, content(sheet, &regular, &bold).into_bytes())?;
        let content = file.add_object(content);
        let size = vec![0.into(), 0.into(), points(WIDTH_MM).into(), points(sheet.height_mm).into()];
        kids.push(Object::Reference(file.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "MediaBox" => size, "Resources" => resources, "Contents" => content,
        })));
    }
    let count = i64::try_from(kids.len()).unwrap_or(i64::MAX);
    file.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    close(&mut file, pages, filled, imprint)?;
    let mut bytes = Vec::new();
    file.save_to(&mut bytes)?;
    let letters: BTreeSet<char> = regular.missing.union(&bold.missing).copied().collect();
    let replaced = (!letters.is_empty()).then(|| Replaced { letters: letters.into_iter().collect() });
    Ok(Pdf { bytes, replaced })
}

/// Title, language, dates and the file's id.
fn close(file: &mut Document, pages: ObjectId, filled: &Filled, imprint: &Imprint<'_>) -> Result<(), PdfError> {
    let catalog = file.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => pages,
        "Lang" => text_string(&filled.language),
        "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true, "PrintScaling" => "None" },
    });
    let posted = jiff::Timestamp::from_microsecond(imprint.posted_at_us)
        .map_err(|_| PdfError::Time { posted_at_us: imprint.posted_at_us })?;
    let date = text_string(&posted.strftime("D:%Y%m%d%H%M%SZ").to_string());
    let info = file.add_object(dictionary! {
        "Title" => text_string(imprint.title),
        "Author" => text_string(imprint.author),
        "Producer" => text_string("Courtesy"),
        "CreationDate" => date.clone(),
        "ModDate" => date,
    });
    // The first half names the document, the second this print of it.
    let print = format!("{}{}", imprint.number, filled.copy_mark.as_deref().unwrap_or_default());
    let id = |name: &str| Object::String(name.as_bytes().to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("Root", catalog);
    file.trailer.set("Info", info);
    file.trailer.set("ID", vec![id(imprint.number), id(&print)]);
    Ok(())
}

/// The letters of one weight that the receipt uses, each with its code in the file.
struct Letters {
    subset: Subset,
    codes: BTreeMap<char, u16>,
    missing: BTreeSet<char>,
}

impl Letters {
    fn of(sheets: &[Sheet], bold: bool, faces: &Faces) -> Result<Letters, FontError> {
        let face = faces.face(bold);
        let mut used: BTreeSet<char> = BTreeSet::new();
        for mark in sheets.iter().flat_map(|sheet| &sheet.marks) {
            if let Mark::Text { font, text, .. } = mark
                && font.bold == bold
            {
                used.extend(text.chars());
            }
        }
        let missing: BTreeSet<char> = used.iter().copied().filter(|letter| !face.has(*letter)).collect();
        if !missing.is_empty() {
            used.insert(MISSING);
        }
        let subset = face.subset(&used)?;
        let codes = subset.letters.iter().map(|(letter, ..)| *letter).zip(1..).collect();
        Ok(Letters { subset, codes, missing })
    }

    /// Writes a text as the codes of its letters, in hexadecimal.
    fn encode(&self, text: &str, out: &mut String) {
        let stand_in = self.codes.get(&MISSING).copied().unwrap_or(0);
        for letter in text.chars() {
            let code = self.codes.get(&letter).copied().unwrap_or(stand_in);
            push(out, format_args!("{code:04X}"));
        }
    }

    /// Puts the font into the file. Every letter has a code of its own, even where two look the same, so that copied text is the text.
    fn embed(&self, file: &mut Document, faces: &Faces, bold: bool) -> Result<ObjectId, PdfError> {
        let face = faces.face(bold);
        let name = format!("CRTESY+{}", face.name);
        let length = i64::try_from(self.subset.file.len()).unwrap_or(i64::MAX);
        let font_file = packed(dictionary! { "Length1" => length }, self.subset.file.clone())?;
        let font_file = file.add_object(font_file);
        let descriptor = file.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => Object::Name(name.clone().into_bytes()),
            "Flags" => 4,
            "FontBBox" => face.lengths.bounds.map(Object::from).to_vec(),
            "ItalicAngle" => 0,
            "Ascent" => face.lengths.ascent,
            "Descent" => face.lengths.descent,
            "CapHeight" => face.lengths.ascent,
            "StemV" => if bold { 140 } else { 80 },
            "FontFile2" => font_file,
        });
        let glyphs = std::iter::once(0).chain(self.subset.letters.iter().map(|(_, glyph, _)| *glyph));
        let glyphs = file.add_object(Stream::new(dictionary! {}, glyphs.flat_map(u16::to_be_bytes).collect()));
        let widths = self.subset.letters.iter().map(|(_, _, advance)| Object::Real(advance.round())).collect();
        let descendant = file.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => Object::Name(name.clone().into_bytes()),
            "CIDSystemInfo" => dictionary! {
                "Registry" => text_string("Adobe"), "Ordering" => text_string("Identity"), "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "CIDToGIDMap" => glyphs,
            "W" => vec![1.into(), Object::Array(widths)],
        });
        let meaning = file.add_object(Stream::new(dictionary! {}, self.meaning().into_bytes()));
        Ok(file.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(name.into_bytes()),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::Reference(descendant)],
            "ToUnicode" => meaning,
        }))
    }

    /// The table that turns codes back into letters.
    fn meaning(&self) -> String {
        let mut table = String::from(
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def /CMapType 2 def\n\
             1 begincodespacerange <0000> <FFFF> endcodespacerange\n",
        );
        let codes: Vec<_> = self.codes.iter().collect();
        // A block may have a hundred entries at most.
        for block in codes.chunks(100) {
            push(&mut table, format_args!("{} beginbfchar\n", block.len()));
            for (letter, code) in block {
                push(&mut table, format_args!("<{code:04X}> <"));
                let mut units = [0; 2];
                for unit in letter.encode_utf16(&mut units) {
                    push(&mut table, format_args!("{unit:04X}"));
                }
                table.push_str(">\n");
            }
            table.push_str("endbfchar\n");
        }
        table.push_str("endcmap CMapName currentdict /CMap defineresource pop end end\n");
        table
    }
}

/// The drawing of one sheet. A PDF counts in points from the bottom left. Boxes that follow each other are filled together.
fn content(sheet: &Sheet, regular: &Letters, bold: &Letters) -> String {
    let mut out = String::new();
    let mut unfilled = false;
    for mark in &sheet.marks {
        match mark {
            Mark::Text { x_mm, base_mm, font, text } => {
                if std::mem::take(&mut unfilled) {
                    out.push_str("f\n");
                }
                let (name, letters) = if font.bold { ("B", bold) } else { ("R", regular) };
                let (x, y) = (Points(*x_mm), Points(sheet.height_mm - base_mm));
                push(&mut out, format_args!("BT /{name} {} Tf {x} {y} Td <", font.size_pt));
                letters.encode(text, &mut out);
                out.push_str("> Tj ET\n");
            }
            Mark::Box { x_mm, y_mm, width_mm, height_mm } => {
                let (x, y) = (Points(*x_mm), Points(sheet.height_mm - y_mm - height_mm));
                push(&mut out, format_args!("{x} {y} {} {} re\n", Points(*width_mm), Points(*height_mm)));
                unfilled = true;
            }
        }
    }
    if unfilled {
        out.push_str("f\n");
    }
    out
}

/// A length in millimetres, written in points with three decimals.
struct Points(f32);

impl Display for Points {
    fn fmt(&self, out: &mut Formatter<'_>) -> std::fmt::Result {
        let thousandths = (points(self.0) * 1000.0).round() as i64;
        let sign = if thousandths < 0 { "-" } else { "" };
        let thousandths = thousandths.unsigned_abs();
        write!(out, "{sign}{}.{:03}", thousandths / 1000, thousandths % 1000)
    }
}

fn points(length_mm: f32) -> f32 {
    length_mm / MM_PER_PT
}

fn packed(dictionary: Dictionary, bytes: Vec<u8>) -> Result<Stream, lopdf::Error> {
    let mut stream = Stream::new(dictionary, bytes);
    stream.compress()?;
    Ok(stream)
}

/// Appends to a string, which cannot fail.
fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    let written = out.write_fmt(what);
    debug_assert!(written.is_ok());
}

fn shown(letters: &[char]) -> String {
    letters.iter().map(|letter| format!("{letter} (U+{:04X})", u32::from(*letter))).collect::<Vec<_>>().join(", ")
}
