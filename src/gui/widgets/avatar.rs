//! A person in a list: their initials in a circle.

use super::{Element, words::label};
use crate::gui::theme::{Look, radius, size};
use iced::border;
use iced::widget::container;

/// The first letters of the first and the last part of a name, in capitals.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut parts = name.split_whitespace().filter_map(|part| part.chars().next());
    let first = parts.next();
    first.into_iter().chain(parts.next_back()).flat_map(char::to_uppercase).collect()
}

/// The circle; filled with the accent for who is chosen.
pub fn avatar<'a, Message: 'a>(name: &str, is_chosen: bool) -> Element<'a, Message> {
    container(label(initials(name)).font(crate::gui::theme::letters::SEMIBOLD))
        .center(size::AVATAR)
        .style(move |look: &Look| {
            let palette = Look::palette(*look);
            let (ground, words) = if is_chosen { (palette.accent, palette.on_accent) } else { (palette.quiet, palette.text) };
            container::Style {
                text_color: Some(words),
                background: Some(ground.into()),
                border: border::rounded(radius::PILL).color(palette.outline).width(size::HAIRLINE),
                ..container::Style::default()
            }
        })
        .into()
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn initials_are_of_the_first_and_last_part() {
        for (name, letters) in
            [("Ilze Bērziņa", "IB"), ("Ștefan ion Țurcanu", "ȘȚ"), ("õie", "Õ"), ("", ""), ("  Ann  K. ", "AK")]
        {
            assert_eq!(initials(name), letters, "{name}");
        }
    }
}
