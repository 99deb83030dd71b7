//! How large everything is drawn: as large as asked for, as far as the window has the room.

use iced::Task;

use super::{App, Message};
use crate::gui::theme::size;

/// The sizes that Ctrl and + or − go through, in percent.
const SCALES: [u16; 6] = [100, 110, 125, 150, 175, 200];

impl App {
    /// How large everything is drawn: 1 to 2, as far as the window has the room.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.wanted_scale().min(self.largest_scale())
    }

    pub(super) fn wanted_scale(&self) -> f32 {
        SCALES.get(self.scale).map_or(1.0, |percent| f32::from(*percent) / 100.0)
    }

    pub(super) fn largest_scale(&self) -> f32 {
        let (width, height) = size::LEAST;
        (self.room.width / width).min(self.room.height / height).max(1.0)
    }

    pub(super) fn rescale(&mut self, scale: usize) -> Task<Message> {
        self.scale = scale.min(SCALES.len() - 1);
        Task::none()
    }
}
