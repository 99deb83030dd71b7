//! The command line.
fn main() -> iced::Result {
    courtesy::gui::gallery()
}
