//! Wraps anything so that it can be pressed: by mouse or finger, or by Enter or Space while it has the focus.
//!
//! Every button, row and card that does something is one of these, so Tab reaches all of them and all show the same ring.
//! The ring shows only when the keyboard brought the focus; a held key presses once.

use super::Element;
use crate::gui::theme::{Look, size};
use iced::advanced::layout::{self, Layout};
use iced::advanced::renderer::{self, Quad};
use iced::advanced::widget::{Id, Operation, Tree, Widget, operation::Focusable, tree};
use iced::advanced::{Clipboard, Renderer as _, Shell, mouse, overlay};
use iced::keyboard::{self, Key, key::Named};
use iced::{Border, Color, Event, Length, Rectangle, Renderer, Size, Vector, touch, window};

/// What the pointer is doing to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing.
    Idle,
    /// The pointer is over it.
    Hovered,
    /// The pointer holds it down.
    Held,
    /// It cannot be pressed now.
    Off,
}

/// How it looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Behind its content.
    pub background: Color,
    /// Around it; its radius is also that of the ring.
    pub border: Border,
    /// Of the words that name no colour of their own.
    pub text_color: Color,
}

/// Where the ring of the focus is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ring {
    /// Around it, with a gap.
    #[default]
    Outside,
    /// Just inside its edge: rows that touch their neighbours.
    Inside,
}

type StyleFn<'a> = Box<dyn Fn(&Look, Status) -> Style + 'a>;

/// See the module.
pub struct Pressable<'a, Message> {
    id: Option<Id>,
    content: Element<'a, Message>,
    on_press: Option<Message>,
    style: StyleFn<'a>,
    ring: Ring,
    is_tab_stop: bool,
}

/// Wraps `content`; it publishes `on_press` when pressed, and is off when that is `None`.
pub fn pressable<'a, Message: Clone + 'a>(
    content: impl Into<Element<'a, Message>>,
    on_press: Option<Message>,
) -> Pressable<'a, Message> {
    Pressable {
        id: None,
        content: content.into(),
        on_press,
        style: Box::new(|look, _| Style {
            background: Color::TRANSPARENT,
            border: Border::default(),
            text_color: Look::palette(*look).text,
        }),
        ring: Ring::Outside,
        is_tab_stop: true,
    }
}

impl<'a, Message> Pressable<'a, Message> {
    /// Names it, to focus it from outside and to find it in tests.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets how it looks.
    #[must_use]
    pub fn style(mut self, style: impl Fn(&Look, Status) -> Style + 'a) -> Self {
        self.style = Box::new(style);
        self
    }

    /// Sets where its ring is drawn.
    #[must_use]
    pub fn ring(mut self, ring: Ring) -> Self {
        self.ring = ring;
        self
    }

    /// Takes it out of Tab's way: for what has a key of its own on every screen.
    #[must_use]
    pub fn skip_tab(mut self) -> Self {
        self.is_tab_stop = false;
        self
    }

    fn status(&self, state: &State, layout: Layout<'_>, cursor: mouse::Cursor) -> Status {
        if self.on_press.is_none() {
            Status::Off
        } else if !cursor.is_over(layout.bounds()) {
            Status::Idle
        } else if state.is_held {
            Status::Held
        } else {
            Status::Hovered
        }
    }

    fn draw_ring(&self, renderer: &mut Renderer, look: &Look, bounds: Rectangle, radius: iced::border::Radius) {
        let width = look.frame_px();
        let (bounds, radius) = match self.ring {
            Ring::Outside => (bounds.expand(width + size::RING_GAP), grown(radius, width + size::RING_GAP)),
            Ring::Inside => (bounds, radius),
        };
        let border = Border { color: Look::palette(*look).frame, width, radius };
        renderer.fill_quad(Quad { bounds, border, ..Quad::default() }, Color::TRANSPARENT);
    }
}

fn grown(radius: iced::border::Radius, by_px: f32) -> iced::border::Radius {
    iced::border::Radius {
        top_left: radius.top_left + by_px,
        top_right: radius.top_right + by_px,
        bottom_right: radius.bottom_right + by_px,
        bottom_left: radius.bottom_left + by_px,
    }
}

#[derive(Debug, Default)]
struct State {
    is_focused: bool,
    is_ringed: bool,
    is_held: bool,
    drawn: Option<Status>,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.is_focused
    }

    fn focus(&mut self) {
        self.is_focused = true;
        self.is_ringed = true;
    }

    fn unfocus(&mut self) {
        self.is_focused = false;
        self.is_ringed = false;
    }
}

/// Whether a key event is Enter or Space alone, and whether it is a held key's repeat.
fn press_key(event: &Event) -> Option<bool> {
    match event {
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(Named::Enter | Named::Space), modifiers, repeat, ..
        }) if modifiers.is_empty() || *modifiers == keyboard::Modifiers::SHIFT => Some(*repeat),
        _ => None,
    }
}

impl<'a, Message: Clone + 'a> Widget<Message, Look, Renderer> for Pressable<'a, Message> {
    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.content.as_widget().size_hint()
    }

    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
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
        operation.container(self.id.as_ref(), layout.bounds());
        if self.on_press.is_some() && self.is_tab_stop {
            operation.focusable(self.id.as_ref(), layout.bounds(), tree.state.downcast_mut::<State>());
        }
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
        let content = self.content.as_widget_mut();
        content.update(&mut tree.children[0], event, layout, cursor, renderer, clipboard, shell, viewport);
        let state = tree.state.downcast_mut::<State>();
        let is_over = cursor.is_over(layout.bounds());
        let is_taken = shell.is_event_captured();
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) | Event::Touch(touch::Event::FingerPressed { .. }) => {
                state.is_held = is_over && !is_taken && self.on_press.is_some();
                state.is_focused = state.is_held;
                if state.is_ringed || state.is_held {
                    state.is_ringed = false;
                    shell.request_redraw();
                }
                if state.is_held {
                    shell.capture_event();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) | Event::Touch(touch::Event::FingerLifted { .. }) => {
                if std::mem::take(&mut state.is_held)
                    && is_over
                    && let Some(message) = &self.on_press
                {
                    shell.publish(message.clone());
                    shell.capture_event();
                }
            }
            Event::Touch(touch::Event::FingerLost { .. }) => state.is_held = false,
            _ if !is_taken && state.is_focused => {
                if let (Some(is_repeat), Some(message)) = (press_key(event), &self.on_press) {
                    shell.capture_event();
                    if !is_repeat {
                        shell.publish(message.clone());
                    }
                }
            }
            _ => {}
        }
        let state = tree.state.downcast_ref::<State>();
        let status = self.status(state, layout, cursor);
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            tree.state.downcast_mut::<State>().drawn = Some(status);
        } else if state.drawn.is_some_and(|drawn| drawn != status) {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        look: &Look,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let style = (self.style)(look, self.status(state, layout, cursor));
        let bounds = layout.bounds();
        if style.background.a > 0.0 || style.border.width > 0.0 {
            let quad = Quad { bounds, border: style.border, ..Quad::default() };
            renderer.fill_quad(quad, style.background);
        }
        let inherited = renderer::Style { text_color: style.text_color };
        self.content.as_widget().draw(&tree.children[0], renderer, look, &inherited, layout, cursor, viewport);
        if state.is_ringed && self.on_press.is_some() {
            self.draw_ring(renderer, look, bounds, style.border.radius);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let content = self.content.as_widget();
        let inner = content.mouse_interaction(&tree.children[0], layout, cursor, viewport, renderer);
        if inner == mouse::Interaction::None && self.on_press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            inner
        }
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

impl<'a, Message: Clone + 'a> From<Pressable<'a, Message>> for Element<'a, Message> {
    fn from(pressable: Pressable<'a, Message>) -> Self {
        Element::new(pressable)
    }
}
