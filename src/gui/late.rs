//! Something that the desk brings a little later, or says that it cannot.

use super::shared::Shared;
use super::widgets::icon::Icon;
use super::widgets::{Element, empty::empty};
use crate::desk::Answer;
use crate::domain::say::Saying;

/// What is asked for and comes later.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Late<T> {
    /// Not here yet.
    #[default]
    Waiting,
    /// Here.
    There(T),
    /// It cannot come; why, and what to do.
    Failed(Saying),
}

impl<T> Late<T> {
    /// What came, if it came.
    pub fn get(&self) -> Option<&T> {
        if let Self::There(there) = self { Some(there) } else { None }
    }

    /// Draws what came, or says that it is on its way or why it does not come.
    pub fn show<'a, Message: 'a>(
        &'a self,
        shared: &Shared,
        draw: impl FnOnce(&'a T) -> Element<'a, Message>,
    ) -> Element<'a, Message> {
        let words = &shared.words;
        match self {
            Self::There(there) => draw(there),
            Self::Waiting => empty(Icon::Hourglass, words.plain("late-title"), words.plain("late-next"), None),
            Self::Failed(saying) => empty(Icon::TriangleAlert, words.plain("late-failed"), words.saying(saying), None),
        }
    }
}

impl<T> From<Answer<T>> for Late<T> {
    fn from(answer: Answer<T>) -> Self {
        match answer {
            Ok(there) => Self::There(there),
            Err(error) => Self::Failed(error.saying()),
        }
    }
}
