//! Findings, values and stages as JSON, the same everywhere.

use std::io::{self, BufRead, Write};

use serde_json::{Map, Value as Json, json};

use crate::content::{Content, Days, FindingId, FindingKind, Phase, Stage, Value};

/// A value: `true`, `false`, `"unsure"`, a word or a number.
#[must_use]
pub fn of_value(content: &Content, finding: FindingId, value: Value) -> Json {
    match value {
        Value::No => json!(false),
        Value::Yes => json!(true),
        Value::Unsure => json!("unsure"),
        Value::Amount(amount) => match content.findings.get(finding).map(|finding| &finding.kind) {
            Some(FindingKind::Words(words)) => json!(words.get(usize::from(amount)).map(|word| &**word)),
            _ => json!(amount),
        },
    }
}

/// Findings with their values, by name.
#[must_use]
pub fn of_findings(content: &Content, findings: &[(FindingId, Value)]) -> Json {
    let pairs = findings.iter().map(|(id, value)| {
        (
            content.findings.name(*id).to_owned(),
            of_value(content, *id, *value),
        )
    });
    Json::Object(pairs.collect::<Map<_, _>>())
}

/// A stage: `{"phase":…,"days":[LO,HI]}`.
#[must_use]
pub fn of_stage(stage: Stage) -> Json {
    json!({ "phase": stage.phase, "days": [stage.days.lo(), stage.days.hi()] })
}

/// Reads a stage. The error names the field.
pub fn to_stage(json: &Json) -> Result<Stage, String> {
    let Json::Object(fields) = json else {
        return Err(
            "stage: must be an object such as {\"phase\":\"pregnant\",\"days\":[140,195]}".to_owned(),
        );
    };
    if let Some(unknown) = fields
        .keys()
        .find(|key| !["phase", "days"].contains(&key.as_str()))
    {
        return Err(format!(
            "stage.{unknown}: there is no such field; a stage has phase and days"
        ));
    }
    let phase: Phase =
        serde_json::from_value(fields.get("phase").cloned().unwrap_or(Json::Null)).map_err(|_| {
            "stage.phase: must be pregnant, after_birth, period_late, neither or unknown".to_owned()
        })?;
    let days = match fields.get("days") {
        Some(Json::Null) | None => any_days(phase),
        Some(days) => serde_json::from_value::<Days>(days.clone())
            .map_err(|_| "stage.days: must be [LO,HI], whole days, LO not above HI".to_owned())?,
    };
    Ok(Stage { phase, days })
}

/// Days that are not known are all days of the phase, so every window of it counts.
fn any_days(phase: Phase) -> Days {
    let last = match phase {
        Phase::Neither | Phase::Unknown | Phase::Pregnant => Days::LAST_OF_PREGNANCY,
        Phase::PeriodLate => Days::LAST_OF_LATE_PERIOD,
        Phase::AfterBirth => Days::LAST_AFTER_BIRTH,
    };
    Days::new(0, last).unwrap_or(Stage::UNKNOWN.days)
}

/// Reads the value of a finding. The error names the field.
pub fn to_value(content: &Content, finding: FindingId, json: &Json) -> Result<Value, String> {
    let name = content.findings.name(finding);
    let kind = content.findings.get(finding).map(|finding| &finding.kind);
    match (json, kind) {
        (Json::Bool(true), _) => Ok(Value::Yes),
        (Json::Bool(false), _) => Ok(Value::No),
        (Json::String(word), _) if word == "unsure" => Ok(Value::Unsure),
        (Json::String(word), Some(FindingKind::Words(words))) => {
            let place = words.iter().position(|known| **known == **word);
            place
                .and_then(|place| u16::try_from(place).ok())
                .map(Value::Amount)
                .ok_or_else(|| {
                    format!(
                        "findings.{name}: must be true, false, \"unsure\" or one of {}",
                        words.join(", ")
                    )
                })
        }
        (Json::Number(number), Some(FindingKind::Number { unit, min, max })) => {
            let amount = number.as_u64().and_then(|number| u16::try_from(number).ok());
            amount
                .filter(|amount| (*min..=*max).contains(amount))
                .map(Value::Amount)
                .ok_or_else(|| {
                    format!("findings.{name}: must be a whole number of {unit} from {min} to {max}")
                })
        }
        _ => Err(format!("findings.{name}: must be true, false or \"unsure\"")),
    }
}

/// Answers each line until the input ends; empty ones are passed over. Gives back how many were bad: those whose answer
/// has an `error`.
pub fn each_line(
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    mut answer: impl FnMut(&str) -> Json,
) -> io::Result<usize> {
    let mut bad = 0;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            return Ok(bad);
        }
        let answered = match std::str::from_utf8(&line) {
            Ok(text) if text.trim().is_empty() => continue,
            Ok(text) => answer(text.trim()),
            Err(_) => json!({ "id": null, "error": "line: is not UTF-8" }),
        };
        if answered.get("error").is_some() {
            bad += 1;
        }
        writeln!(output, "{answered}")?;
        output.flush()?;
    }
}
