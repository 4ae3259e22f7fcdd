//! Tokens. All of it is for `admin`, so that no token makes itself another with more power.

use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, nothing, words};
use crate::command::token::{Made, New, Scope, Token};
use crate::owner::tokens;
use crate::problem::Fail;
use crate::reply;

/// A token that names every site.
const BYTES: usize = 32 * 1_024;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "tokens"),
        Scope::Admin,
        "listTokens",
        words("Every token, without its secret.", "全部令牌（不含密钥本身）。"),
        json::<Vec<Token>>(),
        |call| Box::pin(list(call)),
    ),
    Operation::new(
        (Method::Post, "tokens"),
        Scope::Admin,
        "createToken",
        words("A new token. Its secret is told this once.", "新建令牌。密钥只显示这一次。"),
        json::<Made>(),
        |call| Box::pin(create(call)),
    )
    .body(json::<New>(), BYTES, r#"{"name": "Reporting", "scopes": ["read"], "sites": ["acme"], "days": 90}"#),
    Operation::new(
        (Method::Delete, "tokens/{id}"),
        Scope::Admin,
        "revokeToken",
        words("Ends a token at once.", "立即吊销令牌。"),
        nothing(),
        |call| Box::pin(revoke(call)),
    ),
];

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&tokens::list(call.env).await?)
}

async fn create(mut call: Call<'_>) -> Result<Response, Fail> {
    let new: New = call.body().await?;
    reply::json(&tokens::make(call.env, new).await?)
}

async fn revoke(call: Call<'_>) -> Result<Response, Fail> {
    tokens::revoke(call.env, call.part("id")?).await?;
    reply::nothing()
}
