//! The one table of keys: a function key means the same on every screen. Screens add keys of their own only beside these.

use iced::keyboard::{Key, Modifiers, key::Named};

/// What a key of the table does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// Shows all keys.
    AllKeys,
    /// Goes to the scan box.
    Find,
    /// Opens the sign-up form.
    SignUp,
    /// Refuses what a card asks.
    Refuse,
    /// Gives goods back for money.
    Refund,
    /// Puts a wrong price right.
    PriceFix,
    /// Says sorry with money.
    Goodwill,
    /// Renews a membership.
    Renew,
    /// Shows card payouts that are due.
    Due,
    /// Shows what was posted.
    History,
    /// Shows what waits for a second person.
    Approvals,
    /// Shows the desk's shift and key.
    Shift,
    /// Shows the next look.
    NextLook,
    /// Locks the desk.
    Lock,
    /// Goes back, or puts aside what is in the making.
    Aside,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyLine {
    /// What it does.
    pub act: Act,
    /// The key.
    pub key: Named,
    /// Whether it is pressed together with Shift.
    pub shifted: bool,
    /// What stands on the key; the same on every keyboard.
    pub cap: &'static str,
    /// The message that says what it does.
    pub does: &'static str,
}

const fn line(act: Act, key: Named, cap: &'static str, does: &'static str) -> KeyLine {
    KeyLine { act, key, shifted: false, cap, does }
}

const fn shifted(act: Act, key: Named, cap: &'static str, does: &'static str) -> KeyLine {
    KeyLine { act, key, shifted: true, cap, does }
}

/// The table, in the order in which F1 shows it.
pub const TABLE: [KeyLine; 15] = [
    line(Act::AllKeys, Named::F1, "F1", "key-does-all-keys"),
    line(Act::Find, Named::F2, "F2", "key-does-find"),
    line(Act::SignUp, Named::F3, "F3", "key-does-sign-up"),
    line(Act::Refuse, Named::F4, "F4", "key-does-refuse"),
    line(Act::Refund, Named::F5, "F5", "key-does-refund"),
    line(Act::PriceFix, Named::F6, "F6", "key-does-price-fix"),
    line(Act::Goodwill, Named::F7, "F7", "key-does-goodwill"),
    line(Act::Renew, Named::F8, "F8", "key-does-renew"),
    line(Act::Due, Named::F9, "F9", "key-does-due"),
    line(Act::History, Named::F10, "F10", "key-does-history"),
    shifted(Act::Approvals, Named::F9, "⇧F9", "key-does-approvals"),
    shifted(Act::Shift, Named::F10, "⇧F10", "key-does-to-shift"),
    line(Act::NextLook, Named::F11, "F11", "key-does-next-theme"),
    line(Act::Lock, Named::F12, "F12", "key-does-lock"),
    line(Act::Aside, Named::Escape, "Esc", "key-does-aside"),
];

/// What a key does everywhere; `None` for a key that is not in the table. Shift counts only where the table has a line with it.
#[must_use]
pub fn act(key: &Key, modifiers: Modifiers) -> Option<Act> {
    let Key::Named(pressed) = key else { return None };
    let lines = || TABLE.iter().filter(|line| line.key == *pressed);
    let with_shift = lines().find(|line| line.shifted && modifiers.shift());
    with_shift.or_else(|| lines().find(|line| !line.shifted)).map(|line| line.act)
}

impl Act {
    /// What stands on its key.
    #[must_use]
    pub fn cap(self) -> &'static str {
        TABLE.iter().find(|line| line.act == self).map_or("", |line| line.cap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_means_one_thing() {
        for (at, line) in TABLE.iter().enumerate() {
            let modifiers = if line.shifted { Modifiers::SHIFT } else { Modifiers::empty() };
            assert_eq!(act(&Key::Named(line.key), modifiers), Some(line.act));
            assert_eq!(line.act.cap(), line.cap);
            let is_other = |other: &KeyLine| (other.key, other.shifted) != (line.key, line.shifted) && other.act != line.act;
            assert!(TABLE[..at].iter().all(is_other));
        }
        assert_eq!(act(&Key::Named(Named::Enter), Modifiers::empty()), None);
        assert_eq!(act(&Key::Named(Named::F5), Modifiers::SHIFT), Some(Act::Refund), "Shift alone changes nothing");
    }
}
