//! A list of lines that comes later, with the line where the keyboard is: the one shape of bills, history, payouts and people.

use iced::keyboard::{Key, key::Named};
use iced::widget::column;

use super::late::Late;
use super::shared::Shared;
use super::widgets::rows::{self, Column, Mark};
use super::widgets::{Element, card};
use crate::desk::Answer;

/// Lines that PageDown goes on.
const PAGE: isize = 10;

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List<T> {
    /// What its lines are called; their ids begin with it.
    name: &'static str,
    rows: Late<Vec<T>>,
    current: usize,
}

/// What a key does in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// Up or down.
    Move(isize),
    /// Opens the line where the keyboard is.
    Open,
}

/// How a list stands: its columns with their names, and what is shown where it has no lines.
pub struct Table<'a, Message, const N: usize> {
    /// The columns.
    pub columns: [Column; N],
    /// The messages that name them; nothing for none.
    pub names: [&'static str; N],
    /// What is shown where there are no lines.
    pub nothing: Element<'a, Message>,
}

impl<T> List<T> {
    /// A list whose lines are still to come.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, rows: Late::Waiting, current: 0 }
    }

    /// Its lines came; the keyboard stays where it was as far as there are lines.
    pub fn came(&mut self, answer: Answer<Vec<T>>) {
        self.rows = answer.into();
        self.choose(self.current);
    }

    /// Its lines.
    #[must_use]
    pub fn rows(&self) -> &[T] {
        self.rows.get().map_or(&[], Vec::as_slice)
    }

    /// Where the keyboard is.
    #[must_use]
    pub fn current(&self) -> usize {
        self.current
    }

    /// The line where the keyboard is.
    #[must_use]
    pub fn chosen(&self) -> Option<&T> {
        self.rows().get(self.current)
    }

    /// The keyboard goes to a line; to the last one from below it.
    pub fn choose(&mut self, index: usize) {
        self.current = index.min(self.rows().len().saturating_sub(1));
    }

    /// The keyboard goes to the first line that is meant; it stays where it was where there is none.
    pub fn choose_where(&mut self, is_meant: impl FnMut(&T) -> bool) {
        if let Some(index) = self.rows().iter().position(is_meant) {
            self.current = index;
        }
    }

    /// Up or down.
    pub fn step(&mut self, by: isize) {
        self.choose(self.current.saturating_add_signed(by));
    }

    /// The id of the line where the keyboard is, to bring it into view.
    #[must_use]
    pub fn line_id(&self) -> String {
        self.id_of(self.current)
    }

    fn id_of(&self, index: usize) -> String {
        format!("{} {index}", self.name)
    }

    /// Draws it; `cells` are those of a line, told whether the keyboard is there.
    pub fn view<'a, Message: Clone + 'a, const N: usize>(
        &'a self,
        shared: &'a Shared,
        table: Table<'a, Message, N>,
        cells: impl Fn(&'a T, bool) -> Vec<Element<'a, Message>>,
        on_press: impl Fn(usize) -> Message,
    ) -> Element<'a, Message> {
        let Table { columns, names, nothing } = table;
        self.rows.show(shared, |rows| {
            if rows.is_empty() {
                return card::card(nothing);
            }
            let lines = rows.iter().enumerate().map(|(index, row)| {
                let is_current = index == self.current;
                let mark = Mark { is_current, is_ticked: is_current, is_last: index + 1 == rows.len() };
                rows::line(self.id_of(index), &columns, cells(row, is_current), mark, Some(on_press(index)))
            });
            let names = names.map(|name| if name.is_empty() { String::new() } else { shared.words.plain(name) });
            card::bare_card(column![rows::head(&columns, names.to_vec())].extend(lines))
        })
    }
}

/// What a key does in a list.
#[must_use]
pub fn press(key: &Key) -> Option<Press> {
    match key.as_ref() {
        Key::Named(Named::ArrowDown) => Some(Press::Move(1)),
        Key::Named(Named::ArrowUp) => Some(Press::Move(-1)),
        Key::Named(Named::PageDown) => Some(Press::Move(PAGE)),
        Key::Named(Named::PageUp) => Some(Press::Move(-PAGE)),
        Key::Named(Named::Enter) => Some(Press::Open),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyboard_stays_within_the_lines() {
        let mut list = List::new("line");
        list.step(3);
        assert_eq!((list.current(), list.chosen()), (0, None));
        list.came(Ok(vec!['a', 'b', 'c']));
        for (by, chosen) in [(1, 'b'), (PAGE, 'c'), (1, 'c'), (-1, 'b'), (-PAGE, 'a')] {
            list.step(by);
            assert_eq!(list.chosen(), Some(&chosen), "after {by}");
        }
        list.choose(2);
        assert_eq!(list.line_id(), "line 2");
        list.came(Ok(vec!['a']));
        assert_eq!(list.chosen(), Some(&'a'));
    }
}
