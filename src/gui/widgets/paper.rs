//! The receipt on the screen: a sheet of paper with a torn edge, on which lines of a receipt stand as they will print.

use super::Element;
use crate::gui::theme::{Look, letters, size, space};
use crate::receipt::layout::{Line, Weight};
use crate::receipt::symbol::Squares;
use crate::receipt::text::{BIG_COLUMNS, COLUMNS, PreviewRow, TextRow};
use iced::widget::canvas::{self, Canvas, Path, Stroke};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, text};
use iced::{Alignment, Length, Padding, Point, Rectangle, Renderer, Size, border, mouse};

/// A line of a receipt, already laid out: its letters all have one width.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct PaperRow {
    /// The letters, with the spaces that put them in their place.
    pub text: String,
    /// Printed strongly.
    pub is_bold: bool,
    /// Printed twice as wide and high; holds half as many letters.
    pub is_double: bool,
}

/// A sheet as wide as its place: `columns` letters stand in `width_px` less the margins.
pub fn paper<'a, Message: 'a>(rows: &'a [PaperRow], columns: u16, width_px: f32) -> Element<'a, Message> {
    let letter_px = (width_px - 2.0 * space::S) / (f32::from(columns.max(1)) * letters::PRINT_ADVANCE);
    let lines = rows.iter().map(|row| {
        let size_px = if row.is_double { 2.0 * letter_px } else { letter_px };
        let font = if row.is_bold { letters::PRINT_BOLD } else { letters::PRINT };
        let line = text(row.text.as_str()).font(font).size(size_px).line_height(1.4).wrapping(Wrapping::None);
        line.style(|look: &Look| text::Style { color: Some(Look::palette(*look).ink) }).into()
    });
    sheet(lines, width_px)
}

/// The lines on their sheet, torn off below.
fn sheet<'a, Message: 'a>(lines: impl IntoIterator<Item = Element<'a, Message>>, width_px: f32) -> Element<'a, Message> {
    let sheet = container(column(lines)).width(Length::Fill).padding([space::M, space::S]).style(|look: &Look| {
        container::Style { background: Some(Look::palette(*look).paper.into()), ..container::Style::default() }
    });
    let sheet = container(sheet).width(width_px).padding(Padding::from(size::HAIRLINE).bottom(0.0)).style(|look: &Look| {
        container::Style {
            background: Some(Look::palette(*look).paper_line.into()),
            border: border::rounded(border::top(2.0)),
            ..container::Style::default()
        }
    });
    let torn = Canvas::new(Torn).width(width_px).height(size::TOOTH);
    column![sheet, torn].into()
}

/// A receipt as the `receipt` room sets it, bars and QR code as they will print.
pub fn receipt<'a, Message: 'a>(rows: &'a [PreviewRow], width_px: f32) -> Element<'a, Message> {
    let room_px = width_px - 2.0 * space::S;
    sheet(rows.iter().map(|row| preview_row(row, room_px)), width_px)
}

fn columns_px(columns: usize, room_px: f32) -> f32 {
    room_px / (f32::from(u16::try_from(columns).unwrap_or(u16::MAX)) * letters::PRINT_ADVANCE)
}

fn preview_row<'a, Message: 'a>(row: &'a PreviewRow, room_px: f32) -> Element<'a, Message> {
    let letter_px = columns_px(COLUMNS, room_px);
    match row {
        PreviewRow::Text(row) => text_row(row, room_px),
        PreviewRow::Rule(line) => {
            let letter = if *line == Line::Dashed { "-" } else { "=" };
            print_words(letter.repeat(COLUMNS), letters::PRINT, letter_px).into()
        }
        PreviewRow::Space => container(column![]).height(letter_px).into(),
        PreviewRow::Bars { modules, number } => {
            let bars = Canvas::new(Bars(modules)).width(room_px).height(size::BARS);
            let number = print_words(number.as_str(), letters::PRINT, letter_px);
            column![bars, number].align_x(Alignment::Center).width(room_px).into()
        }
        PreviewRow::Qr(squares) => {
            let code = Canvas::new(Qr(squares)).width(size::QR).height(size::QR);
            container(code).center_x(room_px).padding([space::XS, 0.0]).into()
        }
    }
}

fn text_row<'a, Message: 'a>(row: &'a TextRow, room_px: f32) -> Element<'a, Message> {
    let columns = if row.weight == Weight::Big { BIG_COLUMNS } else { COLUMNS };
    let font = if row.weight == Weight::Normal { letters::PRINT } else { letters::PRINT_BOLD };
    let line = print_words(row.text.as_str(), font, columns_px(columns, room_px));
    if row.centered { container(line).center_x(room_px).into() } else { line.into() }
}

fn print_words<'a>(words: impl text::IntoFragment<'a>, font: iced::Font, size_px: f32) -> text::Text<'a, Look> {
    let line = text(words).font(font).size(size_px).line_height(1.4).wrapping(Wrapping::None);
    line.style(|look: &Look| text::Style { color: Some(Look::palette(*look).ink) })
}

/// Bars of a number, as wide as their place less the quiet zones.
struct Bars<'a>(&'a [bool]);

/// Light modules that a scanner needs at each side of bars.
const QUIET: u16 = 10;

impl<Message> canvas::Program<Message, Look> for Bars<'_> {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        look: &Look,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let count = u16::try_from(self.0.len()).unwrap_or(u16::MAX);
        let module_px = bounds.width / f32::from(count.saturating_add(2 * QUIET).max(1));
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        for (at, _) in (QUIET..).zip(self.0).filter(|(_, dark)| **dark) {
            let corner = Point::new(f32::from(at) * module_px, 0.0);
            frame.fill_rectangle(corner, Size::new(module_px, bounds.height), Look::palette(*look).ink);
        }
        vec![frame.into_geometry()]
    }
}

/// The squares of a QR code.
struct Qr<'a>(&'a Squares);

impl<Message> canvas::Program<Message, Look> for Qr<'_> {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        look: &Look,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let side = u16::try_from(self.0.width).unwrap_or(u16::MAX).max(1);
        let square_px = bounds.width / f32::from(side);
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        for (row, line) in (0_u16..).zip(self.0.dark.chunks(usize::from(side))) {
            for (column, _) in (0_u16..).zip(line).filter(|(_, dark)| **dark) {
                let corner = Point::new(f32::from(column) * square_px, f32::from(row) * square_px);
                frame.fill_rectangle(corner, Size::new(square_px, square_px), Look::palette(*look).ink);
            }
        }
        vec![frame.into_geometry()]
    }
}

/// The room of a sheet in the side.
pub const SIDE_SHEET_PX: f32 = size::SIDE - 2.0 * size::SIDE_MARGIN - size::HAIRLINE;

/// The lower edge, as the printer's knife leaves it.
struct Torn;

impl<Message> canvas::Program<Message, Look> for Torn {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        look: &Look,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<canvas::Geometry> {
        let palette = Look::palette(*look);
        let teeth = (bounds.width / (2.0 * size::TOOTH)).round().max(1.0);
        let step_px = bounds.width / teeth;
        let edge = |path: &mut canvas::path::Builder| {
            let mut x_px = bounds.width;
            while x_px > 0.5 {
                path.line_to(Point::new(x_px - step_px / 2.0, bounds.height - 1.0));
                path.line_to(Point::new((x_px - step_px).max(0.0), 0.0));
                x_px -= step_px;
            }
        };
        let mut frame = canvas::Frame::new(renderer, bounds.size());
        let sheet = Path::new(|path| {
            path.move_to(Point::ORIGIN);
            path.line_to(Point::new(bounds.width, 0.0));
            edge(path);
            path.close();
        });
        frame.fill(&sheet, palette.paper);
        let line = Path::new(|path| {
            path.move_to(Point::new(bounds.width, 0.0));
            edge(path);
        });
        frame.stroke(&line, Stroke::default().with_color(palette.paper_line).with_width(size::HAIRLINE));
        vec![frame.into_geometry()]
    }
}
