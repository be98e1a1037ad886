//! `nightease assess`: the pure decision over JSON lines, one case a line.
//!
//! ```text
//! {"id":"1","topic":"leg_cramps","stage":{"phase":"pregnant","days":[140,195]},
//!  "findings":{"leg_swelling_one_side":true},"unlisted":"no"}
//! {"id":"1","level":"GO_NOW","rules":["R20"],"because":["leg_swelling_one_side"],"causes":[],"steps":[], …}
//! ```

use std::io::{self, BufRead, Write};

use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};

use crate::content::{Content, FindingId, LanguageId, TopicId, Value};
use crate::conversation::{Session, Surroundings, answer_view, wording::Words};
use crate::triage::{Case, Known, Record, assess};

use super::json::{each_line, to_stage, to_value};

/// Reads cases until the input ends. Gives back how many lines were bad.
///
/// # Errors
/// When the input cannot be read or the output cannot be written.
pub fn run(
    content: &Content,
    around: &Surroundings,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<usize> {
    each_line(input, output, |line| answer_line(content, around, line))
}

/// One line in, one line out.
#[must_use]
pub fn answer_line(content: &Content, around: &Surroundings, line: &str) -> Json {
    let json: Json = match serde_json::from_str(line) {
        Ok(json) => json,
        Err(error) => return json!({ "id": null, "error": format!("line: is not JSON: {error}") }),
    };
    let id = json.get("id").cloned().unwrap_or(Json::Null);
    match read(content, around, &json) {
        Ok(asked) => answer(content, &id, &asked),
        Err(error) => json!({ "id": id, "error": error }),
    }
}

struct Asked {
    case: Case,
    language: LanguageId,
    around: Surroundings,
}

fn read(content: &Content, around: &Surroundings, json: &Json) -> Result<Asked, String> {
    let Json::Object(fields) = json else {
        return Err("line: must be a JSON object".to_owned());
    };
    const FIELDS: [&str; 7] = ["id", "topic", "stage", "findings", "unlisted", "now", "lang"];
    if let Some(unknown) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(format!(
            "{unknown}: there is no such field; the fields are {}",
            FIELDS.join(", ")
        ));
    }
    let topic = read_topic(content, fields)?;
    let stage = to_stage(fields.get("stage").ok_or("stage: is missing")?)?;
    let record = read_findings(content, fields)?;
    let language = read_language(content, fields)?;
    let mut around = around.clone();
    match fields.get("now") {
        None | Some(Json::Null) => {}
        Some(now) => {
            around.now = now
                .as_str()
                .and_then(|text| text.parse::<Timestamp>().ok())
                .ok_or("now: must be a time such as 2026-11-22T03:10:00Z")?;
        }
    }
    Ok(Asked {
        case: Case { topic, stage, record },
        language,
        around,
    })
}

fn read_topic(content: &Content, fields: &Map<String, Json>) -> Result<Option<TopicId>, String> {
    match fields.get("topic") {
        None | Some(Json::Null) => Ok(None),
        Some(Json::String(name)) if content.topic(&TopicId::from(name.as_str())).is_some() => {
            Ok(Some(TopicId::from(name.as_str())))
        }
        Some(_) => {
            let known: Vec<&str> = content.topics.iter().map(|topic| topic.id.as_str()).collect();
            Err(format!("topic: must be null or one of {}", known.join(", ")))
        }
    }
}

fn read_language(content: &Content, fields: &Map<String, Json>) -> Result<LanguageId, String> {
    match fields.get("lang") {
        None | Some(Json::Null) => Ok(LanguageId::from("en")),
        Some(lang) => lang
            .as_str()
            .map(LanguageId::from)
            .filter(|lang| content.texts.languages().any(|known| known == lang))
            .ok_or_else(|| {
                let known: Vec<&str> = content.texts.languages().map(LanguageId::as_str).collect();
                format!("lang: must be one of {}", known.join(", "))
            }),
    }
}

fn read_findings(content: &Content, fields: &Map<String, Json>) -> Result<Record, String> {
    let empty = Map::new();
    let listed = match fields.get("findings") {
        None => &empty,
        Some(Json::Object(listed)) => listed,
        Some(_) => return Err("findings: must be an object of FINDING: VALUE".to_owned()),
    };
    let unlisted = match fields.get("unlisted") {
        Some(Json::String(word)) if word == "no" => Value::No,
        Some(Json::String(word)) if word == "unsure" => Value::Unsure,
        None => Value::Unsure,
        Some(_) => return Err("unlisted: must be \"no\" or \"unsure\"".to_owned()),
    };
    let mut given: Vec<(FindingId, Value)> = Vec::new();
    for (name, value) in listed {
        let id = content
            .findings
            .id(name)
            .ok_or_else(|| unknown_finding(content, name))?;
        given.push((id, to_value(content, id, value)?));
    }
    Ok(Record::told(&content.findings, &given, Some(unlisted)))
}

fn unknown_finding(content: &Content, name: &str) -> String {
    let nearest = content
        .findings
        .iter()
        .map(|(_, finding)| (strsim::osa_distance(name, &finding.name), &finding.name))
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((distance, known)) if distance <= 4 => {
            format!("findings.{name}: there is no such finding; did you mean {known}?")
        }
        _ => format!("findings.{name}: there is no such finding"),
    }
}

fn answer(content: &Content, id: &Json, asked: &Asked) -> Json {
    let found = assess(content, &asked.case);
    let names = |ids: &[FindingId]| {
        ids.iter()
            .map(|id| content.findings.name(*id))
            .collect::<Vec<_>>()
    };
    let because: Vec<FindingId> = found.because.iter().map(|(finding, _)| *finding).collect();
    let causes: Vec<Json> = found
        .causes
        .iter()
        .map(|cause| json!({ "id": cause.cause.id, "score": cause.score }))
        .collect();
    let withheld: Vec<Json> = found
        .withheld
        .iter()
        .map(|(step, because)| json!({ "step": step, "because": names(because) }))
        .collect();
    json!({
        "id": id,
        "level": found.outcome.word(),
        "rules": found.rules(),
        "because": names(&because),
        "causes": causes,
        "steps": found.steps.iter().map(|step| &step.id).collect::<Vec<_>>(),
        "withheld": withheld,
        "text": text(content, asked, &found),
    })
}

/// The messages she would read, one after the other.
fn text(content: &Content, asked: &Asked, found: &crate::triage::Assessment<'_>) -> String {
    let topic = asked.case.topic.clone().unwrap_or_else(|| TopicId::from("none"));
    let mut known = Known::new(content, &topic, false);
    known.stage = Some(asked.case.stage);
    known.record = asked.case.record.clone();
    let mut session = Session::new(asked.language.clone(), asked.around.now);
    session.topic = asked.case.topic.clone();
    let words = Words {
        content,
        language: &asked.language,
        topic: asked.case.topic.clone(),
        stage: asked.case.stage,
        ended: false,
        country: asked.around.country.as_deref(),
        around: &asked.around,
    };
    let replies = answer_view::answer(&words, &session, &known, found);
    replies
        .iter()
        .map(|reply| reply.text.words())
        .collect::<Vec<_>>()
        .join("\n\n")
}
