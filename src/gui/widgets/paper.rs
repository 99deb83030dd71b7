//! The receipt on the screen: a sheet of paper with a torn edge, on which lines of a receipt stand as they will print.

use super::Element;
use crate::gui::theme::{Look, letters, size, space};
use iced::widget::canvas::{self, Canvas, Path, Stroke};
use iced::widget::text::Wrapping;
use iced::widget::{column, container, text};
use iced::{Length, Padding, Point, Rectangle, Renderer, border, mouse};

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
