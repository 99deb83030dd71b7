//! The root of the window: it sees every key before any field does, and tells a scanner's burst from a person's typing.
//!
//! A scanner is a keyboard that types very fast and ends with Enter. Letters are held back for a moment; when Enter ends a
//! burst, they are published as one scan and no field ever sees them, nor the Enter. When the moment passes, they were a
//! person's and are handed on in their order. Enter that is held down never repeats, so nothing is ever posted by a key
//! that stuck.
//!
//! It also moves the focus on Tab and Shift+Tab, round and round, when nothing inside took the key.

use super::burst::{Burst, Verdict};
use super::{Element, focus};
use crate::gui::theme::Look;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::time::Instant;
use iced::{Event, Length, Rectangle, Renderer, Size, Vector, touch, window};

struct Scanner<'a, Message> {
    content: Element<'a, Message>,
    on_scan: Box<dyn Fn(String) -> Message + 'a>,
}

/// Wraps the whole window; publishes `on_scan` with what a scanner read.
pub fn scanner<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_scan: impl Fn(String) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Scanner { content: content.into(), on_scan: Box::new(on_scan) })
}

/// What a widget needs to hand an event to its content.
struct Hand<'a, 'b> {
    layout: Layout<'a>,
    cursor: mouse::Cursor,
    renderer: &'a Renderer,
    clipboard: &'b mut dyn Clipboard,
    viewport: &'a Rectangle,
}

impl<Message> Scanner<'_, Message> {
    fn pass(&mut self, tree: &mut Tree, event: &Event, hand: &mut Hand<'_, '_>, shell: &mut Shell<'_, Message>) {
        let content = self.content.as_widget_mut();
        let Hand { layout, cursor, renderer, clipboard, viewport } = hand;
        content.update(&mut tree.children[0], event, *layout, *cursor, renderer, *clipboard, shell, viewport);
        if !shell.is_event_captured()
            && let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::Tab), modifiers, .. }) = event
        {
            focus::step(&mut self.content, &mut tree.children[0], *layout, renderer, modifiers.shift());
            shell.capture_event();
            shell.request_redraw();
        }
    }

    /// Hands on what was held back; whether its events were taken says nothing about the event of now.
    fn replay(&mut self, tree: &mut Tree, events: Vec<Event>, hand: &mut Hand<'_, '_>, shell: &mut Shell<'_, Message>) {
        for event in events {
            let mut messages = Vec::new();
            let mut own = Shell::new(&mut messages);
            self.pass(tree, &event, hand, &mut own);
            shell.request_redraw_at(own.redraw_request());
            if own.is_layout_invalid() {
                shell.invalidate_layout();
            }
            if own.are_widgets_invalid() {
                shell.invalidate_widgets();
            }
            for message in messages {
                shell.publish(message);
            }
        }
    }
}

impl<Message> Widget<Message, Look, Renderer> for Scanner<'_, Message> {
    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Burst>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Burst::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content.as_widget_mut().layout(&mut tree.children[0], renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(&mut tree.children[0], layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let mut hand = Hand { layout, cursor, renderer, clipboard, viewport };
        let burst = tree.state.downcast_mut::<Burst>();
        let verdict = match event {
            Event::Keyboard(key) => burst.see(key, Instant::now()),
            Event::Window(window::Event::RedrawRequested(now)) => burst.wait(*now),
            Event::Window(window::Event::Unfocused)
            | Event::Mouse(mouse::Event::ButtonPressed(_))
            | Event::Touch(touch::Event::FingerPressed { .. })
            | Event::InputMethod(_) => Verdict::Pass(burst.give_up()),
            _ => Verdict::Pass(Vec::new()),
        };
        let ends_at = burst.ends_at();
        match verdict {
            Verdict::Pass(held) => {
                self.replay(tree, held.into_iter().map(Event::Keyboard).collect(), &mut hand, shell);
                self.pass(tree, event, &mut hand, shell);
            }
            Verdict::Hold(held) => {
                self.replay(tree, held.into_iter().map(Event::Keyboard).collect(), &mut hand, shell);
                shell.capture_event();
            }
            Verdict::Scan(code, held) => {
                self.replay(tree, held.into_iter().map(Event::Keyboard).collect(), &mut hand, shell);
                shell.publish((self.on_scan)(code));
                shell.capture_event();
            }
        }
        if let Some(ends_at) = ends_at {
            shell.request_redraw_at(ends_at);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        look: &Look,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        self.content.as_widget().draw(&tree.children[0], renderer, look, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Look, Renderer>> {
        self.content.as_widget_mut().overlay(&mut tree.children[0], layout, renderer, viewport, translation)
    }
}
