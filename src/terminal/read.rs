//! `nightease read`: free text over JSON lines, one message a line.
//!
//! ```text
//! {"id":"1","text":"30w woke up w calf killing me, its red n hot, no fever","lang":"en","now":"2026-11-22T03:10:00Z"}
//! {"id":"1","findings":{"leg_hot_or_red":{"value":true,"words":["calf","red"],"rule":"leg_hot_or_red.1"}, …},
//!  "stage":{"phase":"pregnant","days":[210,216]},"urgent":true,"scope":"self","truncated":false, …}
//! ```

use std::io::{self, BufRead, Write};
use std::ops::Range;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::{Map, Value as Json, json};

use crate::content::{Content, LanguageId};
use crate::conversation::Surroundings;
use crate::understanding::{self, Reading, Told};

use super::json::{each_line, of_stage, of_value};

/// A message to be read.
pub(super) struct Asked {
    pub(super) text: String,
    pub(super) language: LanguageId,
    pub(super) today: Date,
}

/// Reads messages until the input ends. Gives back how many lines were bad.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn run(
    content: &Content,
    around: &Surroundings,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<usize> {
    each_line(input, output, |line| read_line(content, around, line))
}

/// One line in, one line out.
#[must_use]
pub fn read_line(content: &Content, around: &Surroundings, line: &str) -> Json {
    let json: Json = match serde_json::from_str(line) {
        Ok(json) => json,
        Err(error) => return json!({ "id": null, "error": format!("line: is not JSON: {error}") }),
    };
    let id = json.get("id").cloned().unwrap_or(Json::Null);
    const FIELDS: [&str; 4] = ["id", "text", "lang", "now"];
    match asked(content, around, &json, &FIELDS) {
        Ok(asked) => {
            let reading = understanding::read(content, &asked.language, &asked.text, asked.today);
            answer(content, &id, &asked.text, &reading)
        }
        Err(error) => json!({ "id": id, "error": error }),
    }
}

/// What a line asks. The error names the field.
pub(super) fn asked(
    content: &Content,
    around: &Surroundings,
    json: &Json,
    known: &[&str],
) -> Result<Asked, String> {
    let Json::Object(fields) = json else {
        return Err("line: must be a JSON object".to_owned());
    };
    if let Some(unknown) = fields.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!(
            "{unknown}: there is no such field; the fields are {}",
            known.join(", ")
        ));
    }
    let text = fields
        .get("text")
        .and_then(Json::as_str)
        .ok_or("text: must be a text")?
        .to_owned();
    let language = match fields.get("lang") {
        None | Some(Json::Null) => LanguageId::from("en"),
        Some(lang) => lang
            .as_str()
            .map(LanguageId::from)
            .filter(|lang| content.lexicon(lang).is_some())
            .ok_or_else(|| {
                let known: Vec<&str> = content
                    .lexicons
                    .iter()
                    .map(|lexicon| lexicon.language.as_str())
                    .collect();
                format!("lang: must be a language with a lexicon: {}", known.join(", "))
            })?,
    };
    let now = match fields.get("now") {
        None | Some(Json::Null) => around.now,
        Some(now) => now
            .as_str()
            .and_then(|text| text.parse::<Timestamp>().ok())
            .ok_or("now: must be a time such as 2026-11-22T03:10:00Z")?,
    };
    let zone = around.time_zone.clone().unwrap_or(TimeZone::UTC);
    Ok(Asked {
        text,
        language,
        today: now.to_zoned(zone).date(),
    })
}

fn answer(content: &Content, id: &Json, text: &str, reading: &Reading) -> Json {
    let quote = |words: &[Range<usize>]| -> Vec<String> {
        let of = |range: &Range<usize>| text.get(range.clone()).map(str::to_owned);
        words.iter().filter_map(of).collect()
    };
    let findings: Map<String, Json> = reading
        .mentions
        .iter()
        .map(|mention| {
            let value = match mention.told {
                Told::Past => json!("past"),
                Told::Is(value) => of_value(content, mention.finding, value),
            };
            let mut entry = json!({ "value": value, "words": quote(&mention.words), "rule": mention.rule });
            if let Some(fields) = entry.as_object_mut() {
                if mention.ask_first {
                    fields.insert("ask_first".to_owned(), json!(true));
                }
                if mention.repair > 0 {
                    fields.insert("repair".to_owned(), json!(mention.repair));
                }
            }
            (content.findings.name(mention.finding).to_owned(), entry)
        })
        .collect();
    let routes: Vec<&str> = reading.routes.iter().map(|route| route.route.as_str()).collect();
    let mut values = Map::new();
    if let Some(temperature) = &reading.temperature {
        values.insert(
            "temperature_c".to_owned(),
            json!(f64::from(temperature.tenths) / 10.0),
        );
    }
    json!({
        "id": id,
        "findings": findings,
        "stage": reading.stage.as_ref().map(|said| of_stage(said.stage)),
        "urgent": reading.urgent(content),
        "scope": reading.scope.word(),
        "truncated": reading.truncated,
        "values": values,
        "routes": routes,
        "topic": reading.topic.as_ref().map(|topic| &topic.topic),
        "lost": reading.lost,
        "asks": reading.asks,
        "words": reading.word_count,
        "unknown_words": quote(&reading.unknown_words),
        "stage_rule": reading.stage.as_ref().map(|said| &said.rule),
    })
}
