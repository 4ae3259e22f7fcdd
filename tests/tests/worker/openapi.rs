//! The API's document: it is OpenAPI 3.1 by that standard's own schema, its schemas are JSON Schema, its examples and what the
//! Worker really replies are what they say.

use anyhow::{Context, Result, ensure};
use jsonschema::Validator;
use rapport_tests::{Product, Site, widgets};
use serde_json::{Value, json};

use crate::shared;
use crate::wire::{deliver, id, nps};

const SCHEMA: &str = include_str!("../../fixtures/openapi-3.1.json");

async fn document(product: &Product) -> Result<Value> {
    Ok(product.client().get(format!("{}/api/v1/openapi.json", product.url())).send().await?.json().await?)
}

/// A validator for `schema`, which may refer to the document's components.
fn within(document: &Value, schema: &Value) -> Result<Validator> {
    let whole = json!({ "allOf": [schema], "components": document["components"] });
    jsonschema::draft202012::new(&whole).context("a schema")
}

fn complaints(validator: &Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{} at {}", error, error.instance_path())).collect()
}

#[test]
fn it_keeps_to_the_standard() {
    shared(async |product| {
        let document = document(product).await?;
        let standard = jsonschema::draft202012::new(&serde_json::from_str(SCHEMA)?)?;
        let wrong = complaints(&standard, &document);
        ensure!(wrong.is_empty(), "{wrong:#?}");
        let schemas = document["components"]["schemas"].as_object().context("schemas")?;
        ensure!(schemas.len() > 50, "only {} schemas", schemas.len());
        for (name, schema) in schemas {
            jsonschema::meta::validate(schema).map_err(|error| anyhow::anyhow!("{name}: {error}"))?;
        }
        let mut examples = 0;
        for (path, method, operation) in operations(&document) {
            let content = &operation["requestBody"]["content"]["application/json"];
            if let (Some(schema), Some(example)) = (content.get("schema"), content.get("example")) {
                let wrong = complaints(&within(&document, schema)?, example);
                ensure!(wrong.is_empty(), "{method} {path}: {wrong:#?}");
                examples += 1;
            }
        }
        ensure!(examples > 20, "only {examples} examples");
        Ok(())
    });
}

#[test]
fn replies_are_what_it_says() {
    shared(async |product| {
        let document = document(product).await?;
        let site = product.site(&[widgets::nps()]).await?;
        for score in [3, 9, 10] {
            deliver(&site, &nps(&id(), score)).await?;
        }
        let mut read = 0;
        for (path, method, operation) in operations(&document) {
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            let filled = path.replace("{site}", &site.id).replace("{widget}", "nps");
            if method != "get" || schema.is_null() || filled.contains('{') {
                continue;
            }
            // What is not there, such as a programme that nobody made, has nothing to compare.
            let Some(reply) = reply(&site, &filled).await? else { continue };
            let wrong = complaints(&within(&document, schema)?, &reply);
            ensure!(wrong.is_empty(), "{path}: {wrong:#?}\n{reply}");
            read += 1;
        }
        ensure!(read > 15, "only {read} replies");
        Ok(())
    });
}

async fn reply(site: &Site<'_>, path: &str) -> Result<Option<Value>> {
    let url = format!("{}/api/v1{path}", site.product().url());
    let response = site.product().client().get(url).bearer_auth(rapport_tests::product::OWNER_KEY).send().await?;
    Ok(if response.status() == 200 { Some(response.json().await?) } else { None })
}

/// Path, method and description of everything that can be asked.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(method, operation)| (path, method, operation))
    })
}
