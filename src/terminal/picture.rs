//! A conversation as a picture: a transcript is played, and what she typed and what she was told is drawn as a phone
//! shows it at night. SVG with real text and no font of its own; the room each word takes is estimated on the wide
//! side, so that nothing is cut whatever font the reader has.

use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::content::Content;
use crate::conversation::{Button, Press, Reply, Span, Surroundings};

use super::transcript::{Player, same_label};

/// The moment of a transcript that names none.
const NIGHT: &str = "2026-11-22T03:10:00Z";

/// Width of the picture; all lengths are in the picture's own units.
const WIDTH: f64 = 420.0;
const MARGIN: f64 = 16.0;
const HEADER: f64 = 60.0;
/// Width of what the bot says.
const BUBBLE: f64 = 350.0;
const PADDING: f64 = 14.0;
const LINE: f64 = 20.0;
/// Room above a line that is written as one, beside lines broken to fit.
const NEW_LINE: f64 = 4.0;
const TEXT: f64 = 14.0;
const ROW: f64 = 32.0;
const LABEL: f64 = 13.0;
const GAP: f64 = 5.0;

/// A transcript that cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The line of the head cannot be read.
    #[error("the head of the transcript: {0}")]
    Head(String),
    /// Turns that do not exist.
    #[error("{0} are not turns of this transcript: write them like 1-2,5-7 or 3-; it has {1}")]
    Turns(String, usize),
}

/// One turn: what she typed or tapped, and what she was told.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Her words, or the label of her button.
    pub hers: String,
    /// What was said.
    pub replies: Vec<Reply>,
    /// The label of the button below it that she tapped next.
    pub tapped: Option<String>,
}

/// Draws the turns of a transcript, such as `1-2,5-7`; all of them, if none are named.
///
/// # Errors
/// When the head cannot be read, or there are no such turns.
pub fn picture(content: &Content, transcript: &str, turns: Option<&str>) -> Result<String, PictureError> {
    let around = surroundings(transcript)?;
    let clock = around
        .now
        .to_zoned(around.time_zone.clone().unwrap_or(TimeZone::UTC))
        .strftime("%H:%M")
        .to_string();
    let all = play(content, around, transcript);
    let pieces = match turns {
        None => vec![all.as_slice()],
        Some(turns) => choose(&all, turns)?,
    };
    Ok(draw(&clock, &pieces))
}

/// What the turns knew of the world, from the lines `# now: …`, `# time zone: …` and `# country: …`.
fn surroundings(transcript: &str) -> Result<Surroundings, PictureError> {
    let head = |key: &str| {
        let mut lines = transcript.lines().take_while(|line| line.starts_with('#'));
        lines.find_map(|line| line.strip_prefix("# ")?.strip_prefix(key)?.strip_prefix(": "))
    };
    let wrong = |error: jiff::Error| PictureError::Head(error.to_string());
    let now: Timestamp = head("now").unwrap_or(NIGHT).trim().parse().map_err(wrong)?;
    let time_zone = head("time zone").map(|name| TimeZone::get(name.trim()));
    Ok(Surroundings {
        now,
        time_zone: time_zone.transpose().map_err(wrong)?,
        country: head("country").map(|country| country.trim().to_owned()),
        private_link: None,
    })
}

fn play(content: &Content, around: Surroundings, transcript: &str) -> Vec<Shown> {
    let mut player = Player::new(content, around);
    let mut turns: Vec<Shown> = Vec::new();
    for typed in transcript.lines().filter_map(|line| line.strip_prefix("> ")) {
        let label = turns.last().and_then(|turn| label_of(&turn.replies, typed));
        if let Some(before) = turns.last_mut() {
            before.tapped.clone_from(&label);
        }
        let hers = label.unwrap_or_else(|| typed.to_owned());
        turns.push(Shown {
            hers: hers.trim_start_matches("✓ ").to_owned(),
            replies: player.play(typed),
            tapped: None,
        });
    }
    turns
}

/// The label of the button that a typed line stands for.
fn label_of(replies: &[Reply], typed: &str) -> Option<String> {
    let rows = &replies.last()?.rows;
    let taps = || {
        rows.iter()
            .flatten()
            .filter(|button| matches!(button.press, Press::Tap { .. }))
    };
    let number = typed
        .trim()
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_sub(1));
    let by_number = number.and_then(|place| taps().nth(place));
    let found = by_number.or_else(|| taps().find(|button| same_label(&button.label, typed)));
    found.map(|button| button.label.clone())
}

/// The turns of `1-2,5-7`, in pieces that follow one another.
fn choose<'t>(all: &'t [Shown], turns: &str) -> Result<Vec<&'t [Shown]>, PictureError> {
    let wrong = || PictureError::Turns(turns.to_owned(), all.len());
    let number = |text: &str, otherwise: usize| match text.trim() {
        "" => Some(otherwise),
        text => text.parse().ok(),
    };
    let mut pieces = Vec::new();
    for part in turns.split(',') {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let from = number(from, 1).and_then(|from| from.checked_sub(1));
        let to = number(to, all.len());
        let piece = from.zip(to).and_then(|(from, to)| all.get(from..to));
        pieces.push(piece.filter(|piece| !piece.is_empty()).ok_or_else(wrong)?);
    }
    Ok(pieces)
}

/// Draws turns. Between two pieces, three dots say that turns are left out.
#[must_use]
pub fn draw(clock: &str, pieces: &[&[Shown]]) -> String {
    let mut sheet = Sheet {
        svg: String::new(),
        y: HEADER + MARGIN,
    };
    for (place, piece) in pieces.iter().enumerate() {
        if place > 0 {
            sheet.dots();
        }
        for turn in *piece {
            sheet.hers(&turn.hers);
            let last = turn.replies.len().saturating_sub(1);
            for (place, reply) in turn.replies.iter().enumerate() {
                let tapped = turn.tapped.as_deref().filter(|_| place == last);
                sheet.reply(reply, tapped);
            }
        }
    }
    let height = sheet.y + MARGIN - GAP;
    format!("{}{}{}</svg>\n", head(height), header(clock), sheet.svg)
}

fn head(height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
         viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         font-family=\"system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif\">\n\
         <title>A conversation with NightEase</title>\n\
         <defs><linearGradient id=\"night\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"1\">\
         <stop offset=\"0\" stop-color=\"#0c1220\"/><stop offset=\"1\" stop-color=\"#131b30\"/>\
         </linearGradient></defs>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"20\" fill=\"url(#night)\" stroke=\"#2a3550\"/>\n",
        WIDTH - 1.0,
        height - 1.0
    )
}

/// The moon, the name, the time.
fn header(clock: &str) -> String {
    let clock = escaped(clock);
    format!(
        "<circle cx=\"38\" cy=\"31\" r=\"17\" fill=\"#24304d\"/>\n\
         <path d=\"M41.5 21.5a10 10 0 1 0 7 14.5a8.2 8.2 0 0 1 -7 -14.5z\" transform=\"translate(-3 1)\" \
         fill=\"#f0dca8\"/>\n\
         <text x=\"66\" y=\"28\" font-size=\"15\" font-weight=\"600\" fill=\"#eef1f8\">NightEase</text>\n\
         <text x=\"66\" y=\"45\" font-size=\"12\" fill=\"#8b97b3\">bot</text>\n\
         <text x=\"{}\" y=\"36\" font-size=\"13\" text-anchor=\"end\" fill=\"#8b97b3\">{clock}</text>\n\
         <path d=\"M1 {HEADER}H{}\" stroke=\"#222c45\"/>\n",
        WIDTH - MARGIN - 4.0,
        WIDTH - 1.0
    )
}

struct Sheet {
    svg: String,
    y: f64,
}

impl Sheet {
    /// Adds a line of SVG. Writing into a String cannot fail.
    fn put(&mut self, line: std::fmt::Arguments<'_>) {
        let _ = writeln!(self.svg, "{line}");
    }

    fn dots(&mut self) {
        let y = self.y + 10.0;
        for x in [-14.0, 0.0, 14.0] {
            let x = WIDTH / 2.0 + x;
            self.put(format_args!(
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"2.5\" fill=\"#4a587a\"/>"
            ));
        }
        self.y += 20.0 + 2.0 * GAP;
    }

    /// What she typed or tapped, on the right. A single line stands in the middle of its bubble.
    fn hers(&mut self, words: &str) {
        let spans = [Span {
            text: words.to_owned(),
            strong: false,
        }];
        let lines = wrap(&spans, BUBBLE - 60.0 - 2.0 * PADDING);
        let width = snug(&lines);
        let x = WIDTH - MARGIN - width;
        let middle = (lines.len() == 1).then_some(x + width / 2.0);
        self.bubble((x, width), "#2c4a73", &lines, middle);
        self.y += GAP;
    }

    /// What the bot says, on the left, with its buttons below.
    fn reply(&mut self, reply: &Reply, tapped: Option<&str>) {
        let lines = wrap(&reply.text.spans, BUBBLE - 2.0 * PADDING);
        let width = if reply.rows.is_empty() {
            snug(&lines)
        } else {
            BUBBLE
        };
        self.bubble((MARGIN, width), "#1d2740", &lines, None);
        for row in &reply.rows {
            self.row(row, tapped);
        }
        self.y += GAP;
    }

    fn bubble(&mut self, (x, width): (f64, f64), fill: &str, lines: &[Line], middle: Option<f64>) {
        let above = |place: usize, line: &Line| if place == 0 { 0.0 } else { line.above };
        let heights = lines.iter().enumerate();
        let height: f64 = heights.map(|(place, line)| LINE + above(place, line)).sum();
        let height = height + 2.0 * PADDING - 8.0;
        let y = self.y;
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"14\" fill=\"{fill}\"/>"
        ));
        let mut bottom = y + PADDING - 4.0;
        for (place, line) in lines.iter().enumerate() {
            bottom += LINE + above(place, line);
            let spans: String = line.spans.iter().map(span).collect();
            let (x, anchor) = match middle {
                Some(middle) => (middle, "middle"),
                None => (x + PADDING + line.indent, "start"),
            };
            let y = bottom - 5.5;
            self.put(format_args!(
                "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{TEXT}\" \
                 fill=\"#e6eaf3\">{spans}</text>"
            ));
        }
        self.y = y + height + GAP;
    }

    fn row(&mut self, row: &[Button], tapped: Option<&str>) {
        let count = f64::from(u32::try_from(row.len()).unwrap_or(1).max(1));
        let width = (BUBBLE - GAP * (count - 1.0)) / count;
        let mut x = MARGIN;
        for button in row {
            let chosen = tapped == Some(button.label.as_str());
            let (fill, edge, ink) = if chosen {
                ("#2c4a73", "#6d94cf", "#ffffff")
            } else {
                ("none", "#3b4967", "#b9c7e6")
            };
            let y = self.y;
            self.put(format_args!(
                "<rect x=\"{x:.1}\" y=\"{y}\" width=\"{width:.1}\" height=\"{ROW}\" rx=\"10\" fill=\"{fill}\" \
                 stroke=\"{edge}\"/>"
            ));
            let (middle, baseline) = (x + width / 2.0, y + ROW / 2.0 + 4.5);
            let label = escaped(&button.label);
            // A long label on a narrow button is written smaller rather than cut.
            let size = (LABEL * (width - 12.0) / estimate(&button.label, LABEL, false)).min(LABEL);
            self.put(format_args!(
                "<text x=\"{middle:.1}\" y=\"{baseline}\" font-size=\"{size:.1}\" text-anchor=\"middle\" \
                 fill=\"{ink}\">{label}</text>"
            ));
            x += width + GAP;
        }
        self.y += ROW + GAP;
    }
}

fn span(span: &Span) -> String {
    let text = escaped(&span.text);
    if span.strong && !text.is_empty() {
        format!("<tspan font-weight=\"600\">{text}</tspan>")
    } else {
        text
    }
}

/// One line of a message as it is drawn.
#[derive(Default)]
struct Line {
    spans: Vec<Span>,
    /// How far it stands in: a numbered line goes on under its words, not under its number.
    indent: f64,
    /// Room above it, beside that of any line.
    above: f64,
}

/// The width of a bubble around these lines.
fn snug(lines: &[Line]) -> f64 {
    let widths = lines.iter().map(|line| {
        let spans = line.spans.iter();
        let width: f64 = spans
            .map(|span| estimate(span.text.trim_end(), TEXT, span.strong))
            .sum();
        width + line.indent
    });
    (widths.fold(0.0, f64::max) + 2.0 * PADDING).ceil()
}

/// Breaks text into lines no wider than this, between words.
fn wrap(spans: &[Span], limit: f64) -> Vec<Line> {
    let mut lines = vec![Line::default()];
    let mut used = 0.0;
    for span in spans {
        for (place, written) in span.text.split('\n').enumerate() {
            if place > 0 {
                begin(&mut lines);
                used = 0.0;
            }
            let hang = hanging(written);
            for word in written.split_inclusive(' ') {
                let width = estimate(word.trim_end(), TEXT, span.strong);
                if used > 0.0 && used + width > limit {
                    lines.push(Line {
                        indent: hang,
                        ..Line::default()
                    });
                    used = hang;
                }
                used += estimate(word, TEXT, span.strong);
                if let Some(last) = lines.last_mut() {
                    add(&mut last.spans, word, span.strong);
                }
            }
        }
    }
    lines.retain(|line| !line.spans.is_empty());
    lines
}

/// A written line begins a little lower than a broken one; after an empty line, lower still.
fn begin(lines: &mut Vec<Line>) {
    match lines.last_mut() {
        Some(last) if last.spans.is_empty() => last.above = 2.0 * NEW_LINE,
        _ => lines.push(Line {
            above: NEW_LINE,
            ..Line::default()
        }),
    }
}

/// How far the lines after the first of a numbered line stand in.
fn hanging(line: &str) -> f64 {
    match line.split_once(' ') {
        Some((number, _)) if !number.is_empty() && number.chars().all(|letter| letter.is_ascii_digit()) => {
            estimate(number, TEXT, false) + estimate(" ", TEXT, false)
        }
        _ => 0.0,
    }
}

fn add(line: &mut Vec<Span>, word: &str, strong: bool) {
    match line.last_mut() {
        Some(last) if last.strong == strong => last.text.push_str(word),
        _ => line.push(Span {
            text: word.to_owned(),
            strong,
        }),
    }
}

/// About how wide a text is in the widest of the usual fonts.
fn estimate(text: &str, size: f64, strong: bool) -> f64 {
    let widths: f64 = text.chars().map(width_of_letter).sum();
    widths * size * if strong { 1.06 } else { 0.96 }
}

/// The width of a letter, in parts of the size of the font.
fn width_of_letter(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | '\'' | '|' | 'I' | 'J' => 0.30,
        ' ' | '.' | ',' | '·' | '’' | '‘' => 0.32,
        'f' | 't' | 'r' | '-' | '(' | ')' | '[' | ']' | ':' | ';' | '/' | '!' => 0.40,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | '?' | 'L' | 'F' | '"' | '“' | '”' => 0.59,
        'm' | 'M' | 'W' | '…' | '—' => 1.0,
        'w' | 'Q' | 'O' | 'G' | '✓' => 0.83,
        letter if letter.is_ascii_uppercase() => 0.75,
        letter if letter.is_ascii() => 0.64,
        // Letters of other scripts may be as wide as they are high; accented Latin ones are not.
        letter if (letter as u32) < 0x250 => 0.70,
        _ => 1.0,
    }
}

/// Text as it may stand in XML.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Not allowed in XML at all.
            letter if letter.is_control() => {}
            letter => safe.push(letter),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::conversation::Text;

    fn turn(hers: &str, text: &str) -> Shown {
        Shown {
            hers: hers.to_owned(),
            replies: vec![Reply::new(Text::plain(text))],
            tapped: None,
        }
    }

    #[test]
    fn what_xml_reserves_is_escaped() {
        let svg = draw("03:10", &[&[turn("a < b & \"c\"", "it's > 2\u{7}")]]);
        assert!(svg.contains(">a &lt; b &amp; &quot;c&quot;</text>"), "{svg}");
        assert!(svg.contains(">it&#39;s &gt; 2</text>"), "{svg}");
    }

    #[test]
    fn turns_are_chosen_by_their_numbers_from_one() {
        let all: Vec<Shown> = ["a", "b", "c", "d"].map(|hers| turn(hers, "")).into();
        let chosen = |turns: &str| -> Option<Vec<String>> {
            let pieces = choose(&all, turns).ok()?;
            let names = pieces
                .iter()
                .map(|piece| piece.iter().map(|turn| turn.hers.as_str()).collect());
            Some(names.collect())
        };
        assert_eq!(chosen("1-2,4").unwrap(), ["ab", "d"]);
        assert_eq!(chosen("3-").unwrap(), ["cd"]);
        for wrong in ["0-1", "3-2", "2-9", "x", "5"] {
            assert!(chosen(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn lines_stay_within_their_bubble_and_lose_no_word() {
        let text = "Put on a light. Look at both legs and feel them, one after the other, slowly.\n\n2 Bigger: \
                    the calf, the thigh or the whole leg, or it feels tight all around.";
        let spans = [Span {
            text: text.to_owned(),
            strong: true,
        }];
        let lines = wrap(&spans, 200.0);
        assert!(snug(&lines) <= 200.0 + 2.0 * PADDING);
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        let drawn: Vec<String> = lines
            .iter()
            .flat_map(|line| &line.spans)
            .map(|span| span.text.clone())
            .collect();
        assert_eq!(words(&drawn.join(" ")), words(text));
        assert!(lines.last().unwrap().indent > 0.0);
    }
}
