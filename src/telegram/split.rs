//! Text of spans → messages of a size that Telegram takes. Telegram counts in UTF-16 units.

use crate::conversation::Text;

/// The longest text of one message, in UTF-16 units after entity parsing. Source: Bot API, `sendMessage`.
pub(super) const MESSAGE_LIMIT: usize = 4096;

/// One message's worth of text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Where it stands out: offset and length in UTF-16 units.
    pub strong: Vec<(usize, usize)>,
}

/// Cuts a text into pieces of at most `limit` UTF-16 units: at a paragraph if there is one to cut at, else at a line, a
/// sentence, a word, and only then between letters. Nothing is lost: the pieces in a row are the text.
#[must_use]
pub fn split(text: &Text, limit: usize) -> Vec<Piece> {
    // Two units is the longest letter; a smaller limit could never be kept.
    let limit = limit.max(2);
    let words = text.words();
    let mut rest = words.as_str();
    let mut ends = Vec::new();
    let mut end = 0;
    while !rest.is_empty() {
        let (piece, after) = rest.split_at_checked(cut(rest, limit)).unwrap_or((rest, ""));
        end += piece.len();
        ends.push(end);
        rest = after;
    }
    pieces(text, &ends)
}

/// Deals the spans out over pieces that end at these bytes.
fn pieces(text: &Text, ends: &[usize]) -> Vec<Piece> {
    let mut done = Vec::with_capacity(ends.len());
    let mut piece = Piece::default();
    let mut units = 0;
    let mut written = 0;
    let mut ends = ends.iter().copied().peekable();
    for span in &text.spans {
        let mut rest = span.text.as_str();
        while let Some(&end) = ends.peek() {
            let (now, after) = rest.split_at_checked(end - written).unwrap_or((rest, ""));
            let length = now.encode_utf16().count();
            if span.strong && length > 0 {
                stand_out(&mut piece.strong, units, length);
            }
            piece.text.push_str(now);
            units += length;
            written += now.len();
            rest = after;
            if written < end {
                break;
            }
            done.push(std::mem::take(&mut piece));
            units = 0;
            ends.next();
        }
    }
    done
}

fn stand_out(strong: &mut Vec<(usize, usize)>, offset: usize, length: usize) {
    match strong.last_mut() {
        Some((start, before)) if *start + *before == offset => *before += length,
        _ => strong.push((offset, length)),
    }
}

/// How many bytes of the text the first piece takes.
fn cut(text: &str, limit: usize) -> usize {
    let mut units = 0;
    let too_long = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > limit
    });
    let Some((most, _)) = too_long else {
        return text.len();
    };
    let head = text.get(..most).unwrap_or(text);
    // A cut in the first half would make many small messages.
    let good = |mark: &str| {
        head.rfind(mark)
            .map(|at| at + mark.len())
            .filter(|at| *at > most / 2)
    };
    let sentence = || [". ", "? ", "! ", "。"].into_iter().filter_map(good).max();
    good("\n\n")
        .or_else(|| good("\n"))
        .or_else(sentence)
        .or_else(|| good(" "))
        .unwrap_or_else(|| between_letters(text, most))
}

/// Steps back from a place between a letter and the marks that belong to it.
fn between_letters(text: &str, most: usize) -> usize {
    let mut at = most;
    for _ in 0..32 {
        let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
        let glued = after.chars().next().is_some_and(joins) || before.ends_with('\u{200d}');
        match before.char_indices().next_back() {
            Some((start, _)) if glued && start > 0 => at = start,
            _ if glued => return most,
            _ => return at,
        }
    }
    most
}

/// Does this belong to the letter before it?
fn joins(letter: char) -> bool {
    matches!(letter,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05bd}' | '\u{0610}'..='\u{061a}'
        | '\u{064b}'..='\u{065f}' | '\u{0900}'..='\u{0903}' | '\u{093a}'..='\u{094f}' | '\u{1ab0}'..='\u{1aff}'
        | '\u{200d}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}')
}
