//! Moves the focus from widget to widget, and scrolls what it lands on into view.

use super::Element;
use crate::gui::theme::space;
use iced::advanced::layout::Layout;
use iced::advanced::widget::operation::{self, Focusable, Outcome, Scrollable, focusable, scrollable::AbsoluteOffset};
use iced::advanced::widget::{Id, Operation, Tree};
use iced::{Rectangle, Renderer, Task, Vector};

/// Moves the focus to the next (or the previous) widget that takes it, from the last to the first.
pub(super) fn step<Message>(
    content: &mut Element<'_, Message>,
    tree: &mut Tree,
    layout: Layout<'_>,
    renderer: &Renderer,
    backwards: bool,
) {
    let mut run = |first: &mut dyn Operation| {
        content.as_widget_mut().operate(tree, layout, renderer, first);
        let mut next = first.finish();
        while let Outcome::Chain(mut operation) = next {
            content.as_widget_mut().operate(tree, layout, renderer, operation.as_mut());
            next = operation.finish();
        }
    };
    let step = |run: &mut dyn FnMut(&mut dyn Operation)| {
        if backwards { run(&mut focusable::focus_previous()) } else { run(&mut focusable::focus_next()) }
    };
    step(&mut run);
    let mut count = focusable::count();
    run(&mut operation::black_box(&mut count));
    if let Outcome::Some(count) = count.finish()
        && count.focused.is_none()
    {
        step(&mut run);
    }
    run(&mut Find::new(Target::Focused));
}

/// Scrolls the widget named `id` into view: the line of a list to which an arrow key went.
pub fn reveal<Message: Send + 'static>(id: impl Into<Id>) -> Task<Message> {
    iced::advanced::widget::operate(Find::new(Target::Named(id.into())))
}

/// The name of the widget that has the focus, if one has it and has a name.
pub fn focused() -> Task<Option<Id>> {
    iced::advanced::widget::operate(Focused(None))
}

/// Looks for the widget that has the focus; unlike iced's own, it answers as well when there is none.
struct Focused(Option<Id>);

impl Operation<Option<Id>> for Focused {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<Option<Id>>)) {
        operate(self);
    }

    fn focusable(&mut self, id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.0 = id.cloned();
        }
    }

    fn finish(&self) -> Outcome<Option<Id>> {
        Outcome::Some(self.0.clone())
    }
}

/// What to bring into view.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Focused,
    Named(Id),
}

/// Where a scrollable stands among all of them, and by how much to scroll it.
#[derive(Debug, Clone, Copy)]
struct Plan {
    index: usize,
    y_px: f32,
}

/// Finds the target and the scrollable it lies in.
struct Find {
    target: Target,
    seen: usize,
    /// The scrollable whose content comes next.
    pending: Option<Room>,
    /// The scrollables around what is visited now.
    around: Vec<Option<Room>>,
    plan: Option<Plan>,
}

/// A scrollable: its place, what of its content shows, and how far it is scrolled.
#[derive(Debug, Clone, Copy)]
struct Room {
    index: usize,
    bounds: Rectangle,
    content: Rectangle,
    scrolled_px: f32,
}

impl Find {
    fn new(target: Target) -> Self {
        Self { target, seen: 0, pending: None, around: Vec::new(), plan: None }
    }

    fn found(&mut self, bounds: Rectangle) {
        let Some(room) = self.around.iter().rev().find_map(|room| *room) else {
            return;
        };
        let top_px = bounds.y - room.bounds.y;
        let highest_px = (top_px + bounds.height + space::XL - room.bounds.height).max(0.0);
        let lowest_px = (top_px - space::XL).max(0.0);
        let end_px = (room.content.height - room.bounds.height).max(0.0);
        let y_px = room.scrolled_px.max(highest_px).min(lowest_px).min(end_px);
        if (y_px - room.scrolled_px).abs() > f32::EPSILON {
            self.plan = Some(Plan { index: room.index, y_px });
        }
    }
}

impl<T: Send + 'static> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let room = self.pending.take();
        self.around.push(room);
        operate(self);
        self.around.pop();
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.pending = Some(Room { index: self.seen, bounds, content, scrolled_px: translation.y });
        self.seen += 1;
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if let (Target::Named(name), Some(id)) = (&self.target, id)
            && name == id
        {
            self.found(bounds);
        }
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if self.target == Target::Focused && state.is_focused() {
            self.found(bounds);
        }
    }

    fn finish(&self) -> Outcome<T> {
        match self.plan {
            Some(plan) => Outcome::Chain(Box::new(Scroll { plan, seen: 0 })),
            None => Outcome::None,
        }
    }
}

/// Scrolls one scrollable as planned.
struct Scroll {
    plan: Plan,
    seen: usize,
}

impl<T> Operation<T> for Scroll {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        if self.seen == self.plan.index {
            state.scroll_to(AbsoluteOffset { x: None, y: Some(self.plan.y_px) });
        }
        self.seen += 1;
    }
}
