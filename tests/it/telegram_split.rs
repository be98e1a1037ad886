//! Long texts are cut where it hurts least, and nothing is lost.

use nightease::conversation::{Span, Text};
use nightease::telegram::split;
use proptest::prelude::*;

fn cut(text: &str, limit: usize) -> Vec<String> {
    split(&Text::plain(text), limit)
        .into_iter()
        .map(|piece| piece.text)
        .collect()
}

#[test]
fn the_best_place_is_taken() {
    assert_eq!(cut("short", 4096), ["short"]);
    assert_eq!(cut("", 4096), Vec::<String>::new());
    assert_eq!(
        cut("one two.\n\nthree four.\nfive", 22),
        ["one two.\n\nthree four.\n", "five"]
    );
    assert_eq!(
        cut("one two three.\n\nfour five", 20),
        ["one two three.\n\n", "four five"]
    );
    assert_eq!(cut("One is. Two is. Three", 18), ["One is. Two is. ", "Three"]);
    assert_eq!(cut("alpha beta gamma", 12), ["alpha beta ", "gamma"]);
    assert_eq!(cut("abcdefgh", 3), ["abc", "def", "gh"]);
    assert_eq!(cut("a😀😀", 4), ["a😀", "😀"]);
    assert_eq!(cut("xe\u{301}e\u{301}", 4), ["xe\u{301}", "e\u{301}"]);
    assert_eq!(cut("ab👩\u{200d}👧", 5), ["ab", "👩\u{200d}👧"]);
}

#[test]
fn what_stands_out_goes_on_in_the_next_piece() {
    let mut text = Text::plain("😀 ");
    text.push_strong("alpha ");
    text.push_strong("beta");
    text.push(" end");
    let pieces = split(&text, 10);
    assert_eq!(pieces[0].text, "😀 alpha ");
    assert_eq!(pieces[0].strong, [(3, 6)]);
    assert_eq!(pieces[1].text, "beta end");
    assert_eq!(pieces[1].strong, [(0, 4)]);
}

fn any_text() -> impl Strategy<Value = Text> {
    let words = prop_oneof![
        "[a-z .\n]{0,40}",
        "\\PC{0,20}",
        ".{0,20}",
        "(👩\u{200d}👧|e\u{301}|😀){0,8}"
    ];
    let span = (words, any::<bool>()).prop_map(|(text, strong)| Span { text, strong });
    prop::collection::vec(span, 0..8).prop_map(|spans| Text { spans })
}

proptest! {
    #[test]
    fn p10_nothing_is_lost_and_nothing_is_too_long(text in any_text(), limit in 2_usize..60) {
        let pieces = split(&text, limit);
        let whole: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        prop_assert_eq!(whole, text.words());
        let mut bold = String::new();
        for piece in &pieces {
            let units: Vec<u16> = piece.text.encode_utf16().collect();
            prop_assert!((1..=limit).contains(&units.len()));
            for (offset, length) in &piece.strong {
                prop_assert!(*length > 0 && offset + length <= units.len());
                bold.push_str(&String::from_utf16(&units[*offset..offset + length]).unwrap());
            }
        }
        let strong: String =
            text.spans.iter().filter(|span| span.strong).map(|span| span.text.as_str()).collect();
        prop_assert_eq!(bold, strong);
    }
}
