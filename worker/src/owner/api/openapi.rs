//! The OpenAPI 3.1 document, generated from the table. `cargo xtask build` has this test write it where it is served from.

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::AREAS;
use super::operation::{Described, Operation, Shape};
use super::page::{Tongue, page};
use crate::command::token::Scope;

/// Parameters of paths, by name.
const PARTS: &[(&str, &str, &str)] = &[
    ("site", "acme", "The site's id."),
    ("widget", "nps", "The widget's name."),
    ("step", "publish", "publish, pause, resume, end or discard."),
    ("id", "0a1b2c3d4e5f", "The id, as it is listed."),
    ("member", "c-17", "Your own id of the customer, percent-encoded, or the member's id."),
    ("reward", "coupon", "The reward's name."),
    ("draw", "autumn", "The draw's name."),
    ("redemption", "0198c0de-4b1d-7000-8000-0000000000aa", "The redemption's id, as it is listed."),
    ("ticket", "0198c0de-4b1d-7000-8000-0000000000ab", "The ticket's id, as the draw lists it."),
    ("delivery", "evt_0a1b2c3d4e5f0a1b2c3d4e5f", "The delivery's id, as the log has it."),
];

/// The document.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let problem = generator.subschema_for::<crate::problem::Document>();
    let mut paths = Map::new();
    for area in AREAS {
        for operation in area.operations {
            let path = paths.entry(format!("/{}", operation.path)).or_insert_with(|| json!({}));
            let method = operation.method.to_string().to_ascii_lowercase();
            path[method] = described(operation, area.name, &mut generator);
        }
    }
    let scopes: Vec<&str> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Rapport",
            "version": "1",
            "summary": "The owner's API.",
            "description": format!(
                "Every call carries `Authorization: Bearer` with a token, or with the access key, which may do everything. A \
                 token has scopes ({}) and may be limited to some sites; `admin` is all scopes. Lists come in pages: the header \
                 `Link` leads to the next. Errors are problem documents (RFC 9457).",
                scopes.join(", ")
            ),
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/api/v1" }],
        "security": [{ "token": [] }],
        "tags": AREAS.iter().map(|area| json!({ "name": area.name, "description": area.words.en })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "responses": {
                "Problem": {
                    "description": "What went wrong (RFC 9457).",
                    "content": { "application/problem+json": { "schema": problem } },
                },
            },
            "schemas": generator.take_definitions(true),
        },
    })
}

fn described(operation: &Operation, tag: &str, generator: &mut SchemaGenerator) -> Value {
    let mut parameters: Vec<Value> = parts(operation.path)
        .map(|name| {
            let (_, example, words) = PARTS.iter().find(|(part, ..)| *part == name).expect(name);
            json!({
                "name": name, "in": "path", "required": true, "description": words, "example": example,
                "schema": { "type": "string" },
            })
        })
        .collect();
    parameters.extend(operation.query.iter().map(|parameter| {
        json!({
            "name": parameter.name, "in": "query", "description": parameter.words.en, "example": parameter.example,
            "schema": { "type": "string" },
        })
    }));
    if operation.errors.contains(&412) {
        parameters.push(json!({
            "name": "If-Match", "in": "header", "description": "The ETag of what the change is based on.",
            "schema": { "type": "string" },
        }));
    }
    let (status, reply) = reply(&operation.reply, generator);
    let mut responses = Map::new();
    responses.insert(status.to_owned(), reply);
    for status in errors(operation) {
        responses.insert(status.to_string(), json!({ "$ref": "#/components/responses/Problem" }));
    }
    let mut described = json!({
        "operationId": operation.name,
        "tags": [tag],
        "summary": operation.summary.en,
        "description": format!("Needs the scope `{}`.", operation.scope.as_str()),
        "x-scope": operation.scope.as_str(),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(body) = &operation.body {
        let example: Value = serde_json::from_str(body.example).expect(operation.name);
        described["requestBody"] = json!({
            "required": true,
            "description": format!("At most {} bytes.", body.limit),
            "content": { "application/json": { "schema": schema(&body.shape, generator), "example": example } },
        });
    }
    described
}

/// An example of what stands in the place of `{part}`.
pub fn example(part: &str) -> &'static str {
    PARTS.iter().find(|(known, ..)| *known == part).map_or("…", |(_, example, _)| example)
}

/// The names in braces.
pub fn parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// Every error status that a call may have.
pub fn errors(operation: &Operation) -> Vec<u16> {
    let mut errors = vec![401, 403, 429, 503];
    errors.extend(operation.path.contains('{').then_some(404));
    errors.extend((operation.body.is_some() || !operation.query.is_empty()).then_some(422));
    errors.extend(operation.body.is_some().then_some([413, 415]).into_iter().flatten());
    errors.extend(operation.errors);
    errors.sort_unstable();
    errors
}

fn reply(shape: &Shape, generator: &mut SchemaGenerator) -> (&'static str, Value) {
    match shape.of {
        Described::Nothing => ("204", json!({ "description": "Done." })),
        Described::Text(kind) => {
            ("200", json!({ "description": "As asked.", "content": { kind: { "schema": { "type": "string" } } } }))
        }
        Described::Json(_) => {
            let schema = schema(shape, generator);
            ("200", json!({ "description": "As asked.", "content": { "application/json": { "schema": schema } } }))
        }
    }
}

fn schema(shape: &Shape, generator: &mut SchemaGenerator) -> Value {
    match shape.of {
        Described::Json(schema) => schema(generator).to_value(),
        _ => json!({}),
    }
}

#[test]
fn every_operation_is_described_once_and_can_be_told_apart() {
    let operations: Vec<&Operation> = AREAS.iter().flat_map(|area| area.operations).collect();
    for (at, operation) in operations.iter().enumerate() {
        let Operation { name, path, summary, .. } = operation;
        assert!(summary.en.ends_with('.') && summary.zh.ends_with(['。', '）']), "{name} is not described");
        assert!(!path.starts_with('/') && !path.ends_with('/') && name.chars().all(char::is_alphanumeric), "{name}");
        for other in operations.iter().skip(at + 1) {
            assert_ne!(other.name, *name, "two operations have one id");
            assert!(other.path != *path || other.method != operation.method, "{name} and {}: one address", other.name);
        }
        if let Some(body) = &operation.body {
            assert!(serde_json::from_str::<Value>(body.example).is_ok(), "{name}: its example is no JSON");
        }
    }
}

#[test]
fn the_document_is_whole_and_written_where_the_build_wants_it() {
    let document = document();
    let text = serde_json::to_string_pretty(&document).unwrap();
    for (_, reference) in
        text.match_indices("\"$ref\": \"#").map(|(at, _)| (at, text[at + 9..].split('"').next().unwrap()))
    {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference} leads nowhere");
    }
    if let Ok(folder) = std::env::var("RAPPORT_API_FOLDER") {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::create_dir_all(format!("{folder}/zh-CN")).unwrap();
        for (file, text) in [
            ("openapi.json", text),
            ("index.html", page(Tongue::En, &document).into_string()),
            ("zh-CN/index.html", page(Tongue::Zh, &document).into_string()),
            ("api.css", include_str!("../../../../www/api/api.css").to_owned()),
        ] {
            std::fs::write(format!("{folder}/{file}"), text).unwrap();
        }
    }
}
