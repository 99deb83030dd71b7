//! A receipt on paper 80 mm wide: where each letter and line stands, in millimetres from the top left.
//!
//! This is the one place that knows sizes and distances. It draws nothing: a painter turns the marks of a [`Sheet`] into its own
//! language. Widths of bars and squares are whole dots of a 203 dpi receipt printer where they fit, so that they stay sharp there.

use super::font::{Faces, MM_PER_PT};
use super::layout::{Filled, Line, Row, Weight};
use super::symbol::{self, SymbolError};
use super::wrap;

/// Width of the paper.
pub const WIDTH_MM: f32 = 80.0;
/// No sheet is longer than this (viewers stop at 5,080 mm); a longer receipt goes on on a further sheet.
pub const LONGEST_MM: f32 = 5_000.0;
const MARGIN_MM: f32 = 5.5;
const INNER_MM: f32 = WIDTH_MM - 2.0 * MARGIN_MM;
const TOP_MM: f32 = 7.0;
const FOOT_MM: f32 = 9.0;
const GAP_MM: f32 = 3.0;
const INDENT_MM: f32 = 3.0;
const SPACE_MM: f32 = 3.0;
/// Below what belongs together.
const AIR_MM: f32 = 0.8;
const RULE_AIR_MM: f32 = 2.0;
const BARS_MM: f32 = 13.0;
const SYMBOL_AIR_MM: f32 = 3.0;
/// One dot of a receipt printer.
const DOT_MM: f32 = 0.125;
/// Widths of one module of a symbol, widest first; most are whole dots.
const BAR_WIDTHS_MM: [f32; 3] = [0.375, 0.25, 0.1875];
const SQUARE_WIDTHS_MM: [f32; 3] = [0.75, 0.625, 0.5];
/// Light modules that a scanner needs beside bars, and around squares.
const QUIET_BARS: usize = 10;
const QUIET_SQUARES: f32 = 4.0;
const WIDEST_QR_MM: f32 = 30.0;

/// A size and weight of type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Height of the type.
    pub size_pt: f32,
    /// Whether it is bold.
    pub bold: bool,
    /// From one line to the next.
    line_mm: f32,
}

const TITLE: Type = Type { size_pt: 13.0, bold: true, line_mm: 6.0 };
const HEADING: Type = Type { size_pt: 11.0, bold: true, line_mm: 5.4 };
const BODY: Type = Type { size_pt: 9.0, bold: false, line_mm: 4.5 };
const STRONG: Type = Type { size_pt: 9.0, bold: true, line_mm: 4.5 };
const BIG: Type = Type { size_pt: 15.0, bold: true, line_mm: 7.4 };
const DETAIL: Type = Type { size_pt: 8.0, bold: false, line_mm: 4.0 };
const SMALL: Type = Type { size_pt: 7.5, bold: false, line_mm: 3.7 };

/// Something drawn in black.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    /// Letters on a base line.
    Text {
        /// Left end.
        x_mm: f32,
        /// Distance of the base line from the top.
        base_mm: f32,
        /// Size and weight.
        font: Type,
        /// The letters.
        text: String,
    },
    /// A filled box.
    Box {
        /// Left edge.
        x_mm: f32,
        /// Upper edge.
        y_mm: f32,
        /// Width.
        width_mm: f32,
        /// Height.
        height_mm: f32,
    },
}

/// One strip of paper.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// Its length.
    pub height_mm: f32,
    /// What is drawn on it, in reading order.
    pub marks: Vec<Mark>,
}

/// Sets a receipt: nearly always one sheet, as long as it needs to be.
pub fn lay(filled: &Filled, faces: &Faces) -> Result<Vec<Sheet>, SymbolError> {
    let mut pen = Pen { faces, y_mm: TOP_MM, sheet: Sheet::default(), done: Vec::new() };
    if let Some(mark) = &filled.copy_mark {
        pen.copy_mark(mark);
    }
    for row in &filled.rows {
        pen.row(row)?;
    }
    Ok(pen.finish())
}

/// Writes from the top down.
struct Pen<'a> {
    faces: &'a Faces,
    y_mm: f32,
    sheet: Sheet,
    done: Vec<Sheet>,
}

impl Pen<'_> {
    fn row(&mut self, row: &Row<String>) -> Result<(), SymbolError> {
        match row {
            Row::Title(text) => self.centered(text, TITLE),
            Row::Heading(text) => {
                self.centered(text, HEADING);
                self.y_mm += AIR_MM;
            }
            Row::Centered(text) => self.centered(text, DETAIL),
            Row::Pair { left, right, weight } => self.pair(left, right, *weight),
            Row::Item { text, amount, detail } => {
                self.sides(text, amount, BODY);
                if let Some(detail) = detail {
                    self.flush(detail, DETAIL, INDENT_MM);
                    self.y_mm += AIR_MM;
                }
            }
            Row::Rule(line) => self.rule(*line),
            Row::Paragraph(text) => self.flush(text, SMALL, 0.0),
            Row::Bars { number } => self.bars(number)?,
            Row::Qr { payload } => self.squares(payload)?,
            Row::Space => self.y_mm += SPACE_MM,
        }
        Ok(())
    }

    fn pair(&mut self, left: &str, right: &str, weight: Weight) {
        match weight {
            Weight::Normal => self.sides(left, right, BODY),
            Weight::Bold => self.sides(left, right, STRONG),
            Weight::Big => self.sides(left, right, BIG),
        }
    }

    fn sides(&mut self, left: &str, right: &str, font: Type) {
        let faces = self.faces;
        let measure = |text: &str| width_mm(faces, text, font);
        for (left, right) in wrap::pair(left, right, INNER_MM, GAP_MM, &measure) {
            let right_x_mm = WIDTH_MM - MARGIN_MM - measure(&right);
            let y_mm = self.take(font.line_mm);
            self.text(MARGIN_MM, y_mm, font, left);
            self.text(right_x_mm, y_mm, font, right);
        }
    }

    fn centered(&mut self, text: &str, font: Type) {
        let faces = self.faces;
        let measure = |text: &str| width_mm(faces, text, font);
        for line in wrap::lines(text, INNER_MM, &measure) {
            let x_mm = (WIDTH_MM - measure(&line)) / 2.0;
            let y_mm = self.take(font.line_mm);
            self.text(x_mm, y_mm, font, line);
        }
    }

    fn flush(&mut self, text: &str, font: Type, indent_mm: f32) {
        let faces = self.faces;
        let measure = |text: &str| width_mm(faces, text, font);
        for line in wrap::lines(text, INNER_MM - indent_mm, &measure) {
            let y_mm = self.take(font.line_mm);
            self.text(MARGIN_MM + indent_mm, y_mm, font, line);
        }
    }

    fn rule(&mut self, line: Line) {
        const DASH_MM: f32 = 0.8;
        const DASHED_MM: f32 = 2.0 * DOT_MM;
        const SOLID_MM: f32 = 3.0 * DOT_MM;
        let y_mm = self.take(2.0 * RULE_AIR_MM) + RULE_AIR_MM;
        let y_mm = (y_mm / DOT_MM).round() * DOT_MM;
        match line {
            Line::Solid => self.fill(MARGIN_MM, y_mm, INNER_MM, SOLID_MM),
            Line::Dashed => {
                // An odd number of dashes and gaps, so that a dash stands at both ends.
                let steps = ((INNER_MM / DASH_MM) as usize / 2) * 2 + 1;
                let step_mm = INNER_MM / steps as f32;
                for step in (0..steps).step_by(2) {
                    self.fill(MARGIN_MM + step as f32 * step_mm, y_mm, step_mm, DASHED_MM);
                }
            }
        }
    }

    fn copy_mark(&mut self, mark: &str) {
        const FRAME_MM: f32 = 0.4;
        const INSIDE_MM: f32 = 2.0;
        let inner_mm = width_mm(self.faces, mark, HEADING).min(INNER_MM);
        let (width_mm, top_mm) = (inner_mm + 4.0 * INSIDE_MM, self.y_mm);
        let left_mm = (WIDTH_MM - width_mm) / 2.0;
        self.y_mm += INSIDE_MM / 2.0;
        self.centered(mark, HEADING);
        self.y_mm += INSIDE_MM / 2.0;
        let height_mm = self.y_mm - top_mm;
        self.fill(left_mm, top_mm, width_mm, FRAME_MM);
        self.fill(left_mm, top_mm + height_mm - FRAME_MM, width_mm, FRAME_MM);
        self.fill(left_mm, top_mm, FRAME_MM, height_mm);
        self.fill(left_mm + width_mm - FRAME_MM, top_mm, FRAME_MM, height_mm);
        self.y_mm += SPACE_MM;
    }

    fn bars(&mut self, number: &str) -> Result<(), SymbolError> {
        let modules = symbol::bars(number)?;
        let fits = |width: &&f32| (modules.len() + 2 * QUIET_BARS) as f32 * **width <= WIDTH_MM;
        let module_mm = *BAR_WIDTHS_MM.iter().find(fits).ok_or_else(|| SymbolError::TooWide { number: number.to_owned() })?;
        let left_mm = (WIDTH_MM - modules.len() as f32 * module_mm) / 2.0;
        let top_mm = self.take(SYMBOL_AIR_MM + BARS_MM) + SYMBOL_AIR_MM;
        for (start, length) in symbol::runs(&modules) {
            self.fill(left_mm + start as f32 * module_mm, top_mm, length as f32 * module_mm, BARS_MM);
        }
        self.y_mm += AIR_MM;
        self.centered(number, BODY);
        Ok(())
    }

    fn squares(&mut self, payload: &str) -> Result<(), SymbolError> {
        let code = symbol::squares(payload)?;
        let side = code.width as f32;
        let fits = |width: &&f32| side * **width <= WIDEST_QR_MM;
        let module_mm = SQUARE_WIDTHS_MM.iter().find(fits).copied().unwrap_or(INNER_MM / (side + 2.0 * QUIET_SQUARES));
        let quiet_mm = QUIET_SQUARES * module_mm;
        let left_mm = (WIDTH_MM - side * module_mm) / 2.0;
        let top_mm = self.take(side * module_mm + 2.0 * quiet_mm) + quiet_mm;
        for (at, row) in code.dark.chunks(code.width).enumerate() {
            for (start, length) in symbol::runs(row) {
                let (x_mm, y_mm) = (left_mm + start as f32 * module_mm, top_mm + at as f32 * module_mm);
                self.fill(x_mm, y_mm, length as f32 * module_mm, module_mm);
            }
        }
        Ok(())
    }

    /// Moves down by `height_mm`, to a new sheet where it does not fit, and says where it was.
    fn take(&mut self, height_mm: f32) -> f32 {
        if self.y_mm + height_mm + FOOT_MM > LONGEST_MM {
            self.end_sheet();
        }
        let y_mm = self.y_mm;
        self.y_mm += height_mm;
        y_mm
    }

    fn text(&mut self, x_mm: f32, top_mm: f32, font: Type, text: String) {
        if !text.is_empty() {
            // The base line leaves as much above a capital as below a descender.
            let base_mm = top_mm + font.line_mm / 2.0 + font.size_pt * MM_PER_PT * 0.27;
            self.sheet.marks.push(Mark::Text { x_mm, base_mm, font, text });
        }
    }

    fn fill(&mut self, x_mm: f32, y_mm: f32, width_mm: f32, height_mm: f32) {
        self.sheet.marks.push(Mark::Box { x_mm, y_mm, width_mm, height_mm });
    }

    fn end_sheet(&mut self) {
        self.sheet.height_mm = self.y_mm + FOOT_MM;
        self.done.push(std::mem::take(&mut self.sheet));
        self.y_mm = TOP_MM;
    }

    fn finish(mut self) -> Vec<Sheet> {
        self.end_sheet();
        self.done
    }
}

fn width_mm(faces: &Faces, text: &str, font: Type) -> f32 {
    faces.face(font.bold).width_mm(text, font.size_pt)
}
