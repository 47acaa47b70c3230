//! The words of a text as they are searched: whatever is typed, they cover it in order, and spellings that a reader takes for
//! one word meet.

use pishkhan_persian::text::{SearchWord, search_key, search_key_without_spaces, search_words, stored_line};
use proptest::prelude::*;

fn parts(text: &str) -> Vec<Vec<String>> {
    search_words(&stored_line(text)).into_iter().map(|word| word.parts).collect()
}

#[test]
fn half_spaces_part_a_word_and_spaces_part_words() {
    assert_eq!(parts("می\u{200C}شود"), [["می", "شود"]]);
    assert_eq!(parts("میشود"), [["میشود"]]);
    assert_eq!(parts("مي شود"), [["می"], ["شود"]]);
    assert_eq!(parts("نامه‌هاي ۱۴۰۵/د/۱۰۱!"), [vec!["نامه", "های"], vec!["1405"], vec!["د"], vec!["101"]]);
}

#[test]
fn a_word_knows_its_place() {
    let text = "درباره‌ی «آب‌بها» (قبض)";
    let words: Vec<&str> = search_words(text).into_iter().map(|word| &text[word.place]).collect();
    assert_eq!(words, ["درباره‌ی", "آب‌بها", "قبض"]);
}

#[test]
fn signs_that_are_sentences_have_several_parts_and_signs_that_are_nothing_are_no_words() {
    assert_eq!(parts("محمد ﷺ")[1], ["صلی", "الله", "علیه", "وسلم"]);
    assert_eq!(parts("ــ ؟ \u{200C} 👍 ,"), Vec::<Vec<String>>::new());
}

/// Words of the letters, digits and marks that Persian and Latin keyboards have, and what stands between them.
fn ordinary_text() -> impl Strategy<Value = String> {
    let word = "[ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأإؤئةيكىءa-zA-Z0-9۰-۹٠-٩\u{64B}-\u{652}]{1,9}";
    let gap = prop::sample::select(vec![" ", "\u{200C}", "، ", "/", "-", ". ", "\n", "؟ ", " («", "»: "]);
    prop::collection::vec((word, gap), 0..12)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(word, gap)| [word, gap.to_owned()]).collect())
}

proptest! {
    #[test]
    fn together_they_are_the_key_of_the_text(text in ordinary_text()) {
        let joined: Vec<String> = search_words(&stored_line(&text)).iter().map(SearchWord::joined).collect();
        prop_assert_eq!(joined.join(" "), search_key(&text));
    }

    #[test]
    fn half_space_space_and_nothing_lead_to_the_same_letters(words in prop::collection::vec("[آأاإبپتيیكکگةهئو]{1,6}", 1..6)) {
        let spelled = |gap: &str| parts(&words.join(gap)).concat().concat();
        let key = search_key_without_spaces(&words.concat());
        for gap in ["\u{200C}", " ", "", "\u{200B}", "¬"] {
            prop_assert_eq!(&spelled(gap), &key, "{:?}", gap);
        }
    }

    #[test]
    fn places_are_in_order_and_on_signs_whatever_the_text(text in any::<String>()) {
        let mut last = 0;
        for word in search_words(&text) {
            prop_assert!(last <= word.place.start && word.place.start < word.place.end);
            prop_assert!(text.is_char_boundary(word.place.start) && text.is_char_boundary(word.place.end));
            prop_assert!(!word.parts.is_empty());
            for part in &word.parts {
                prop_assert!(!part.is_empty() && !part.contains(' '));
                prop_assert_eq!(&search_key(part), part);
            }
            last = word.place.end;
        }
    }
}
