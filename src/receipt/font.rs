//! The font of printed receipts: how wide each letter is, and a file with only the letters that one receipt uses.
//!
//! DejaVu Sans Condensed (regular and bold) is compiled in; `resources/fonts/README.md` says how it was made. It is read once a program
//! run. A letter that it lacks is drawn as U+FFFD, and the painter reports it.

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{self, CmapTarget, SubsetProfile};
use allsorts::tables::cmap::Cmap;
use allsorts::tables::{FontTableProvider, HeadTable, HheaTable, HmtxTable, MaxpTable};
use allsorts::tag;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::sync::OnceLock;

/// What is drawn for a letter that the font lacks.
pub const MISSING: char = '\u{fffd}';
/// Millimetres in a point.
pub const MM_PER_PT: f32 = 25.4 / 72.0;

/// The compiled-in font cannot be read: the program itself is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the receipt font {name} cannot be read ({cause}). The document is posted and the money is right; install the program anew, then print the document again"
)]
pub struct FontError {
    /// Which of the two.
    pub name: &'static str,
    /// What the reader said.
    pub cause: String,
}

/// The two weights of the receipt font.
#[derive(Debug)]
pub struct Faces {
    /// For almost everything.
    pub regular: Face,
    /// For what must be seen first.
    pub bold: Face,
}

/// One weight of the font.
#[derive(Debug)]
pub struct Face {
    /// Its name, as a PDF names it.
    pub name: &'static str,
    file: &'static [u8],
    glyphs: BTreeMap<char, Glyph>,
}

#[derive(Debug, Clone, Copy)]
struct Glyph {
    id: u16,
    /// Thousandths of the type size.
    advance: f32,
}

/// A font file with a few letters.
#[derive(Debug)]
pub struct Subset {
    /// The TrueType file.
    pub file: Vec<u8>,
    /// Letter, its glyph in the file, and its advance in thousandths of the type size; in the order of the alphabet.
    pub letters: Vec<(char, u16, f32)>,
}

impl Faces {
    /// Both faces, read at the first call.
    pub fn get() -> Result<&'static Faces, FontError> {
        static FACES: OnceLock<Result<Faces, FontError>> = OnceLock::new();
        let read = || {
            let regular = include_bytes!("../../resources/fonts/DejaVuSansCondensed.ttf");
            let bold = include_bytes!("../../resources/fonts/DejaVuSansCondensed-Bold.ttf");
            Ok(Faces {
                regular: Face::read("DejaVuSansCondensed", regular)?,
                bold: Face::read("DejaVuSansCondensed-Bold", bold)?,
            })
        };
        FACES.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The face of a weight.
    pub fn face(&self, bold: bool) -> &Face {
        if bold { &self.bold } else { &self.regular }
    }
}

impl Face {
    fn read(name: &'static str, file: &'static [u8]) -> Result<Face, FontError> {
        let failed = |cause: &dyn Display| FontError { name, cause: cause.to_string() };
        let font = ReadScope::new(file).read::<FontData<'_>>().map_err(|e| failed(&e))?;
        let tables = font.table_provider(0).map_err(|e| failed(&e))?;
        let table = |tag| tables.read_table_data(tag).map_err(|e| failed(&e));
        let (head, hhea) = (table(tag::HEAD)?, table(tag::HHEA)?);
        let (maxp, hmtx, cmap) = (table(tag::MAXP)?, table(tag::HMTX)?, table(tag::CMAP)?);
        let head = ReadScope::new(&head).read::<HeadTable>().map_err(|e| failed(&e))?;
        let hhea = ReadScope::new(&hhea).read::<HheaTable>().map_err(|e| failed(&e))?;
        let maxp = ReadScope::new(&maxp).read::<MaxpTable>().map_err(|e| failed(&e))?;
        let counts = (usize::from(maxp.num_glyphs), usize::from(hhea.num_h_metrics));
        let hmtx = ReadScope::new(&hmtx).read_dep::<HmtxTable<'_>>(counts).map_err(|e| failed(&e))?;
        let cmap = ReadScope::new(&cmap).read::<Cmap<'_>>().map_err(|e| failed(&e))?;
        let (_, letters) =
            allsorts::font::read_cmap_subtable(&cmap).map_err(|e| failed(&e))?.ok_or_else(|| failed(&"no table of letters"))?;
        let em = f32::from(head.units_per_em);
        let mut glyphs = BTreeMap::new();
        letters
            .mappings_fn(|code, id| {
                if let (Some(letter), Ok(advance)) = (char::from_u32(code), hmtx.horizontal_advance(id)) {
                    glyphs.insert(letter, Glyph { id, advance: f32::from(advance) * 1000.0 / em });
                }
            })
            .map_err(|e| failed(&e))?;
        Ok(Face { name, file, glyphs })
    }

    /// Whether the face has this letter.
    pub fn has(&self, letter: char) -> bool {
        self.glyphs.contains_key(&letter)
    }

    /// How wide `text` is at `size_pt`, in millimetres. Letters that the face lacks count as [`MISSING`].
    pub fn width_mm(&self, text: &str, size_pt: f32) -> f32 {
        let advance = |letter| self.glyphs.get(&letter).or_else(|| self.glyphs.get(&MISSING)).map_or(0.0, |g| g.advance);
        text.chars().map(advance).sum::<f32>() / 1000.0 * size_pt * MM_PER_PT
    }

    /// A file with these letters alone. Letters that the face lacks are left out.
    pub fn subset(&self, letters: &BTreeSet<char>) -> Result<Subset, FontError> {
        let failed = |cause: &dyn Display| FontError { name: self.name, cause: cause.to_string() };
        let kept: Vec<(char, Glyph)> = letters.iter().filter_map(|letter| Some((*letter, *self.glyphs.get(letter)?))).collect();
        // Glyph 0 must be in every font; the others are numbered in their old order.
        let ids: BTreeSet<u16> = std::iter::once(0).chain(kept.iter().map(|(_, glyph)| glyph.id)).collect();
        let new_ids: BTreeMap<u16, u16> = ids.iter().copied().zip(0..).collect();
        let ids: Vec<u16> = ids.into_iter().collect();
        let font = ReadScope::new(self.file).read::<FontData<'_>>().map_err(|e| failed(&e))?;
        let tables = font.table_provider(0).map_err(|e| failed(&e))?;
        // A PDF has its own table of letters and needs no names.
        let profile = SubsetProfile::Custom(vec![tag::HEAD, tag::HHEA, tag::HMTX, tag::MAXP]);
        let file = subset::subset(&tables, &ids, &profile, CmapTarget::Unicode).map_err(|e| failed(&e))?;
        let letters = kept
            .into_iter()
            .map(|(letter, glyph)| (letter, new_ids.get(&glyph.id).copied().unwrap_or(0), glyph.advance))
            .collect();
        Ok(Subset { file, letters })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters and signs of the languages that a shop around the Baltic prints, and of money.
    const LETTERS: &str = "AaĀāÄäÅåĂăÂâBbCcČčÇçDdÐðEeĒēĖėĘęÉéFfGgĢģHhIiĪīĮįÎîJjKkĶķLlĻļŁłMmNnŅņÑñOoÕõÖöØøÓóPpQqRrŖŗSsŠšȘșŞşßTtȚțŢţUuŪūŲųÜüVvWwXxYyZzŽžŻżŹź\
        0123456789.,:;!?-–—−×·•…%‰€£$₽№ЖжЫыЭэЯяΩω“”„‘’«»\u{a0}\u{202f}\u{2009}✓\u{fffd}";

    #[test]
    fn both_weights_have_every_letter_we_print() {
        let faces = Faces::get().unwrap();
        for letter in LETTERS.chars() {
            assert!(faces.regular.has(letter) && faces.bold.has(letter), "{letter:?}");
        }
        assert!(!faces.regular.has('漢'));
    }

    #[test]
    fn every_letter_has_a_drawing_of_its_own() {
        let faces = Faces::get().unwrap();
        for face in [&faces.regular, &faces.bold] {
            let drawings: BTreeSet<u16> = face.glyphs.values().map(|glyph| glyph.id).collect();
            assert_eq!(drawings.len(), face.glyphs.len(), "{}: copied text would be another", face.name);
        }
    }

    #[test]
    fn figures_are_all_as_wide_so_amounts_stand_in_columns() {
        let face = &Faces::get().unwrap().regular;
        let zero = face.width_mm("0", 9.0);
        assert!("123456789".chars().all(|figure| face.width_mm(&figure.to_string(), 9.0) == zero));
        assert!((zero - 1.817).abs() < 0.001, "{zero}");
    }

    #[test]
    fn a_subset_is_small_and_repeatable() {
        let letters: BTreeSet<char> = "Ilze Bērziņa 漢".chars().collect();
        let face = &Faces::get().unwrap().bold;
        let (one, two) = (face.subset(&letters).unwrap(), face.subset(&letters).unwrap());
        assert_eq!(one.file, two.file);
        assert!(one.file.len() < 6_000, "{}", one.file.len());
        assert_eq!(one.letters.len(), letters.len() - 1, "the letter it lacks is left out");
    }
}
