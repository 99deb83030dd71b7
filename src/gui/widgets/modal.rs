//! A dialog over the screen: the screen is dimmed and gets no key, click or focus until the dialog goes.
//!
//! What had the focus below keeps it, and has it again when the dialog is gone.

use super::{Element, floating::floating};
use crate::gui::theme::{Look, space, surface};
use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::Quad;
use iced::advanced::widget::{Operation, Tree, Widget};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, overlay, renderer};
use iced::widget::container;
use iced::{Alignment, Event, Length, Rectangle, Renderer, Size, Vector};

struct Modal<'a, Message> {
    /// The screen, and the dialog when there is one.
    layers: Vec<Element<'a, Message>>,
}

/// Shows `dialog` in the middle over `base`; only `base` when there is none.
pub fn modal<'a, Message: 'a>(
    base: impl Into<Element<'a, Message>>,
    dialog: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    Element::new(Modal { layers: std::iter::once(base.into()).chain(dialog).collect() })
}

/// The sheet of a dialog, `width_px` wide (`size::DIALOG` or `size::DIALOG_NARROW`).
pub fn dialog<'a, Message: 'a>(content: impl Into<Element<'a, Message>>, width_px: f32) -> Element<'a, Message> {
    floating(container(content).width(width_px).padding(space::XL).style(surface::card))
}

impl<Message> Modal<'_, Message> {
    fn top(&self) -> usize {
        self.layers.len() - 1
    }
}

fn is_input(event: &Event) -> bool {
    matches!(event, Event::Keyboard(_) | Event::Mouse(_) | Event::Touch(_) | Event::InputMethod(_))
}

fn layer(layout: Layout<'_>, index: usize) -> Layout<'_> {
    layout.child(index)
}

impl<Message> Widget<Message, Look, Renderer> for Modal<'_, Message> {
    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn children(&self) -> Vec<Tree> {
        self.layers.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.layers);
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let whole = limits.max();
        let below = self.layers[0].as_widget_mut().layout(&mut tree.children[0], renderer, limits);
        let mut nodes = vec![below];
        if let Some(dialog) = self.layers.get_mut(1) {
            let room = layout::Limits::new(Size::ZERO, whole.expand(Size::new(-2.0 * space::XXL, -2.0 * space::XXL)));
            let node = dialog.as_widget_mut().layout(&mut tree.children[1], renderer, &room);
            nodes.push(node.align(Alignment::Center, Alignment::Center, whole));
        }
        layout::Node::with_children(whole, nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let top = self.top();
        self.layers[top].as_widget_mut().operate(&mut tree.children[top], layer(layout, top), renderer, operation);
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
        let top = self.top();
        for index in (0..=top).rev() {
            let cursor = if index == top { cursor } else { mouse::Cursor::Unavailable };
            if index == top || !is_input(event) {
                let (content, tree) = (self.layers[index].as_widget_mut(), &mut tree.children[index]);
                content.update(tree, event, layer(layout, index), cursor, renderer, clipboard, shell, viewport);
            }
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
        let top = self.top();
        let below = if top == 0 { cursor } else { mouse::Cursor::Unavailable };
        self.layers[0].as_widget().draw(&tree.children[0], renderer, look, style, layer(layout, 0), below, viewport);
        if top == 0 {
            return;
        }
        renderer.with_layer(layout.bounds(), |renderer| {
            let quad = Quad { bounds: layout.bounds(), ..Quad::default() };
            renderer.fill_quad(quad, Look::palette(*look).scrim);
            let dialog = self.layers[1].as_widget();
            dialog.draw(&tree.children[1], renderer, look, style, layer(layout, 1), cursor, viewport);
        });
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let top = self.top();
        let content = self.layers[top].as_widget();
        content.mouse_interaction(&tree.children[top], layer(layout, top), cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Look, Renderer>> {
        let top = self.top();
        let content = self.layers[top].as_widget_mut();
        content.overlay(&mut tree.children[top], layout.child(top), renderer, viewport, translation)
    }
}
