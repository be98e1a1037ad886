//! HTTP: paths, arguments in all their forms, answers, and broken connections.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::faults::{self, Trouble};
use super::methods::{self, integer};
use super::world::{Answer, Logged, Refused, Shared, bad};
use super::{polls, rules};

pub fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(handle).with_state(shared)
}

async fn handle(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let (token, prefix) = {
        let world = shared.lock();
        (world.token.clone(), world.prefix.clone())
    };
    let inside = uri
        .path()
        .strip_prefix(prefix.as_str())
        .and_then(|path| path.strip_prefix("/bot"));
    let Some((given, method_as_sent)) = inside.and_then(|path| path.split_once('/')) else {
        return page(StatusCode::NOT_FOUND, "<html>404</html>");
    };
    if given != token {
        let refused = Refused {
            code: 401,
            description: "Unauthorized".to_owned(),
            parameters: None,
        };
        return answer(&Err(refused));
    }
    let method = method_as_sent.to_lowercase();
    let arguments = match read(&uri, &headers, &body) {
        Ok(arguments) => arguments,
        Err(why) => {
            shared.change(|world| world.violate(format!("{method}: {why}")));
            return answer(&Err(bad("can't parse the request")));
        }
    };
    let request = Logged {
        chat: integer(&arguments, "chat_id"),
        method,
        method_as_sent: method_as_sent.to_owned(),
        arguments,
        refused: None,
        at: Instant::now(),
    };
    in_trouble(&shared, request).await
}

/// Carries a request out, with the trouble that is planned for it.
async fn in_trouble(shared: &Shared, request: Logged) -> Response {
    let trouble = faults::take(&mut shared.lock().faults, &request.method, request.chat);
    match trouble {
        None => answer(&carry_out(shared, request).await),
        Some(Trouble::Delay(how_long)) => {
            tokio::time::sleep(how_long).await;
            answer(&carry_out(shared, request).await)
        }
        Some(Trouble::Refuse {
            code,
            description,
            retry_after,
        }) => {
            let parameters = retry_after.map(|seconds| json!({"retry_after": seconds}));
            let refused = Refused {
                code,
                description,
                parameters,
            };
            log(shared, request, Some(&refused));
            answer(&Err(refused))
        }
        Some(Trouble::BadGateway) => {
            let refused = Refused {
                code: 502,
                description: String::new(),
                parameters: None,
            };
            log(shared, request, Some(&refused));
            page(
                StatusCode::BAD_GATEWAY,
                "<html><body><h1>502 Bad Gateway</h1></body></html>",
            )
        }
        Some(Trouble::Page(status, html)) => {
            let refused = Refused {
                code: status,
                description: String::new(),
                parameters: None,
            };
            log(shared, request, Some(&refused));
            page(StatusCode::from_u16(status).unwrap(), html)
        }
        Some(Trouble::DropBefore) => {
            let refused = Refused {
                code: 0,
                description: "dropped".to_owned(),
                parameters: None,
            };
            log(shared, request, Some(&refused));
            broken()
        }
        Some(Trouble::DropAfter) => {
            let _ = carry_out(shared, request).await;
            shared.change(|world| world.dropped_after += 1);
            broken()
        }
        Some(Trouble::Hang) => std::future::pending().await,
    }
}

async fn carry_out(shared: &Shared, request: Logged) -> Answer {
    rules::check_fields(&mut shared.lock(), &request.method, &request.arguments);
    let done = if request.method == "getupdates" {
        polls::get_updates(shared, &request.arguments).await
    } else {
        methods::call(&mut shared.lock(), &request.method, &request.arguments)
    };
    log(shared, request, done.as_ref().err());
    done
}

fn log(shared: &Shared, mut request: Logged, refused: Option<&Refused>) {
    request.refused = refused.map(|it| (it.code, it.description.clone()));
    shared.change(|world| world.log.push(request));
}

fn answer(done: &Answer) -> Response {
    let (status, body) = match done {
        Ok(result) => (StatusCode::OK, json!({"ok": true, "result": result})),
        Err(refused) => {
            let mut body =
                json!({"ok": false, "error_code": refused.code, "description": refused.description});
            if let Some(parameters) = &refused.parameters {
                body["parameters"] = parameters.clone();
            }
            (StatusCode::from_u16(refused.code).unwrap(), body)
        }
    };
    (
        status,
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}

fn page(status: StatusCode, html: impl Into<Body>) -> Response {
    (status, [(header::CONTENT_TYPE, "text/html")], html.into()).into_response()
}

/// An answer that ends in the middle.
fn broken() -> Response {
    let parts = [
        Ok(Bytes::from_static(b"{\"ok\":")),
        Err(std::io::Error::other("broken on purpose")),
    ];
    Response::new(Body::from_stream(futures_util::stream::iter(parts)))
}

/// Arguments come in the query, and as JSON or as a form in the body.
fn read(uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, String> {
    let mut arguments = pairs(uri.query().unwrap_or_default());
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if body.is_empty() {
        return Ok(arguments);
    }
    if kind.starts_with("application/json") {
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => arguments.extend(fields),
            _ => return Err("a body that is no JSON object".to_owned()),
        }
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        arguments.extend(pairs(
            std::str::from_utf8(body).map_err(|error| error.to_string())?,
        ));
    } else {
        return Err(format!("a body of type {kind:?}"));
    }
    Ok(arguments)
}

fn pairs(text: &str) -> Map<String, Value> {
    let url = reqwest::Url::parse(&format!("http://form/?{text}")).unwrap();
    let read = |name: &str, value: &str| match rules::form(name) {
        "array" | "object" | "boolean" => serde_json::from_str(value).unwrap_or_else(|_| value.into()),
        _ => Value::from(value),
    };
    url.query_pairs()
        .map(|(name, value)| (name.to_string(), read(&name, &value)))
        .collect()
}
