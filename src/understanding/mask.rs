//! What of a message is not hers to be read: links, mentions, commands, tags.

/// How many bytes of the rest are left out, if it begins with such a thing.
pub(super) fn masked(rest: &str) -> Option<usize> {
    match rest.as_bytes().first()? {
        b'h' | b'H' | b'w' | b'W' | b't' | b'T' => link(rest),
        b'@' => name(rest),
        b'/' => command(rest),
        b'<' => tag(rest),
        b'&' => entity(rest),
        _ => None,
    }
}

fn to_space(rest: &str) -> usize {
    rest.find(char::is_whitespace).unwrap_or(rest.len())
}

fn link(rest: &str) -> Option<usize> {
    let starts = |start: &str| {
        rest.get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    ["http://", "https://", "www.", "t.me/", "tg://"]
        .into_iter()
        .any(starts)
        .then(|| to_space(rest))
}

fn name(rest: &str) -> Option<usize> {
    let length = rest
        .bytes()
        .skip(1)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .count();
    (length >= 3).then_some(length + 1)
}

fn command(rest: &str) -> Option<usize> {
    let length = rest
        .bytes()
        .skip(1)
        .take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_')
        .count();
    (length >= 2).then_some(length + 1)
}

fn tag(rest: &str) -> Option<usize> {
    let first = *rest.as_bytes().get(1)?;
    if !first.is_ascii_alphabetic() && first != b'/' && first != b'!' {
        return None;
    }
    let end = rest
        .bytes()
        .take(200)
        .position(|byte| byte == b'>' || byte == b'\n')?;
    (rest.as_bytes().get(end) == Some(&b'>')).then_some(end + 1)
}

/// `&amp;` and its like stand for signs that part nothing.
fn entity(rest: &str) -> Option<usize> {
    ["&nbsp;", "&quot;", "&lt;", "&gt;"]
        .into_iter()
        .find(|entity| rest.starts_with(entity))
        .map(str::len)
}
