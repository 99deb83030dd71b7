//! Gives a screen the keys that no widget inside it took.

use super::Element;
use crate::gui::theme::Look;
use iced::advanced::layout::{self, Layout};
use iced::advanced::widget::{Operation, Tree, Widget, tree};
use iced::advanced::{Clipboard, Shell, mouse, overlay, renderer};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Length, Rectangle, Renderer, Size, Vector};

type OnKey<'a, Message> = Box<dyn Fn(&Key, Modifiers) -> Option<Message> + 'a>;

struct Hotkeys<'a, Message> {
    content: Element<'a, Message>,
    on_key: OnKey<'a, Message>,
    comes_first: bool,
}

/// Publishes what `on_key` answers before anything in `content` sees the key.
pub fn first<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
) -> Element<'a, Message> {
    Element::new(Hotkeys { content: content.into(), on_key: Box::new(on_key), comes_first: true })
}

/// Publishes what `on_key` answers to a key press that nothing in `content` took.
///
/// A key that is held down counts once, but for the keys that move: arrows, Page Up and Page Down.
pub fn hotkeys<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
) -> Element<'a, Message> {
    Element::new(Hotkeys { content: content.into(), on_key: Box::new(on_key), comes_first: false })
}

fn moves(key: &Key) -> bool {
    matches!(
        key,
        Key::Named(Named::ArrowUp | Named::ArrowDown | Named::ArrowLeft | Named::ArrowRight | Named::PageUp | Named::PageDown)
    )
}

/// The sign that a press writes, such as % for shift and 5; with a command key held, what stands on the key itself.
fn meant<'k>(key: &'k Key, modified: &'k Key, modifiers: Modifiers) -> &'k Key {
    if matches!(modified, Key::Character(_)) && !modifiers.command() { modified } else { key }
}

impl<Message> Widget<Message, Look, Renderer> for Hotkeys<'_, Message> {
    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn tag(&self) -> tree::Tag {
        self.content.as_widget().tag()
    }

    fn state(&self) -> tree::State {
        self.content.as_widget().state()
    }

    fn children(&self) -> Vec<Tree> {
        self.content.as_widget().children()
    }

    fn diff(&self, tree: &mut Tree) {
        self.content.as_widget().diff(tree);
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        self.content.as_widget_mut().layout(tree, renderer, limits)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(tree, layout, renderer, operation);
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
        if !self.comes_first {
            self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
        if !shell.is_event_captured()
            && let Event::Keyboard(keyboard::Event::KeyPressed { key, modified_key, modifiers, repeat, .. }) = event
            && (!repeat || moves(key))
            && let Some(message) = (self.on_key)(meant(key, modified_key, *modifiers), *modifiers)
        {
            shell.publish(message);
            shell.capture_event();
        } else if self.comes_first {
            self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        self.content.as_widget().draw(tree, renderer, look, style, layout, cursor, viewport);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.content.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer)
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Look, Renderer>> {
        self.content.as_widget_mut().overlay(tree, layout, renderer, viewport, translation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_means_the_sign_it_writes() {
        let sign = |text: &str| Key::Character(text.into());
        let five = sign("5");
        assert_eq!(*meant(&five, &sign("%"), Modifiers::SHIFT), sign("%"));
        assert_eq!(*meant(&five, &five, Modifiers::default()), five);
        assert_eq!(*meant(&sign("="), &sign("+"), Modifiers::CTRL | Modifiers::SHIFT), sign("="));
        assert_eq!(*meant(&Key::Named(Named::Tab), &Key::Named(Named::Tab), Modifiers::SHIFT), Key::Named(Named::Tab));
    }
}
