//! Folds what is typed and what is known into the same plain letters, so that “berz” finds Bērziņa and “oie” Õie.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::domain::member::Person;

/// Small letters without accents and apostrophes; letters that no accent makes become the ones people type for them.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match letter {
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ħ' => folded.push('h'),
            'ı' => folded.push('i'),
            'ŧ' => folded.push('t'),
            'ŋ' => folded.push('n'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            '\'' | '’' | 'ʼ' | '`' | '´' => {}
            letter if is_combining_mark(letter) => {}
            letter => folded.push(letter),
        }
    }
    folded
}

/// The words of what a clerk typed; telephone numbers lose their signs.
pub fn words(typed: &str) -> Vec<String> {
    typed.split_whitespace().map(|word| plain(&fold(word))).filter(|word| !word.is_empty()).collect()
}

/// A number without the signs that people part it with; other text as it is.
fn plain(word: &str) -> String {
    let number = word.chars().all(|c| c.is_ascii_digit() || "+-()./".contains(c));
    if number { word.chars().filter(char::is_ascii_digit).collect() } else { word.to_owned() }
}

/// All of a person that a search looks through, a fact a line.
pub fn text_of(person: &Person, code: Option<&str>) -> String {
    let phone: String = person.phone.chars().filter(char::is_ascii_digit).collect();
    let code = plain(&fold(code.unwrap_or_default()));
    [fold(&person.name()), phone, fold(person.email.trim()), code].join("\n")
}

/// The first one or two letters of each word of a name, each once.
pub fn starts(person: &Person) -> Vec<String> {
    let folded = fold(&person.name());
    let words = folded.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty());
    let mut starts: Vec<String> = words.map(|word| word.chars().take(2).collect()).collect();
    starts.sort();
    starts.dedup();
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_fold() {
        for (text, folded) in [
            ("Bērziņa", "berzina"),
            ("Õie Šaar", "oie saar"),
            ("Ștefan Țurcanu", "stefan turcanu"),
            ("Łukasz Đorđe Bjørn Weiß", "lukasz dorde bjorn weiss"),
            ("O’Neill D'Arc", "oneill darc"),
            ("İpek Æsa Þór", "ipek aesa thor"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn numbers_lose_their_signs() {
        assert_eq!(words("+372 5123-4567 A-12"), ["372", "51234567", "a-12"]);
        assert_eq!(words(" ' + "), Vec::<String>::new());
    }

    #[test]
    fn words_of_a_name_start_it() {
        let person = Person { given: "Anna Maria".into(), family: "Șaar-Ó".into(), ..Person::default() };
        assert_eq!(starts(&person), ["an", "ma", "o", "sa"]);
    }
}
