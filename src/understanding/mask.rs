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

/// Tags by name, so that no "<" hides what she says behind it.
fn tag(rest: &str) -> Option<usize> {
    const NAMES: [&str; 24] = [
        "a",
        "b",
        "br",
        "blockquote",
        "code",
        "del",
        "div",
        "em",
        "font",
        "h1",
        "h2",
        "i",
        "img",
        "li",
        "p",
        "pre",
        "s",
        "script",
        "span",
        "strong",
        "style",
        "tg-spoiler",
        "u",
        "ul",
    ];
    let inside = rest.get(1..)?;
    let closing = usize::from(inside.starts_with('/'));
    let named = inside.get(closing..)?;
    let length = named
        .find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-')
        .unwrap_or(named.len());
    let name = named.get(..length)?.to_ascii_lowercase();
    let behind = named.get(length..)?;
    let end = behind.find('>').filter(|end| *end < 200)?;
    let attributes = behind.get(..end)?.trim_end_matches('/');
    // With spaces it must look like an attribute.
    let fits = attributes.trim().is_empty() || (attributes.starts_with(' ') && attributes.contains('='));
    let known = NAMES.contains(&name.as_str()) && fits && !attributes.contains('\n');
    known.then_some(1 + closing + length + end + 1)
}

/// `&amp;` and its like stand for signs that part nothing.
fn entity(rest: &str) -> Option<usize> {
    ["&nbsp;", "&quot;", "&lt;", "&gt;"]
        .into_iter()
        .find(|entity| rest.starts_with(entity))
        .map(str::len)
}
