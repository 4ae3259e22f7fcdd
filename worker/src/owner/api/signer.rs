//! Secrets that sign who a member is.

use serde::Deserialize;
use worker::{Method, Response};

use super::call::Call;
use super::operation::{Operation, json, words};
use crate::command::signer::{Checked, Made, Signers};
use crate::command::token::Scope;
use crate::owner::signer;
use crate::problem::Fail;
use crate::reply;

const BYTES: usize = 16 * 1_024;

/// The table.
pub const OPERATIONS: &[Operation] = &[
    Operation::new(
        (Method::Get, "sites/{site}/signers"),
        Scope::Configure,
        "listSigners",
        words(
            "The secrets that sign members' tokens, without the secrets themselves, and which tokens were refused lately and why.",
            "用于签署会员令牌的密钥（不含密钥本身），以及近期被拒的令牌与原因。",
        ),
        json::<Signers>(),
        |call| Box::pin(list(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/signers"),
        Scope::Configure,
        "createSigner",
        words(
            "A new secret for members' tokens, told this once. The one before signs too for a week.",
            "新建会员令牌密钥，只显示这一次。上一个密钥在一周内仍然有效。",
        ),
        json::<Made>(),
        |call| Box::pin(make(call)),
    ),
    Operation::new(
        (Method::Delete, "sites/{site}/signers/{id}"),
        Scope::Configure,
        "endSigner",
        words("Ends a secret at once: tokens that it signed are refused.", "立即停用密钥：由它签署的令牌将被拒绝。"),
        json::<Signers>(),
        |call| Box::pin(end(call)),
    ),
    Operation::new(
        (Method::Post, "sites/{site}/signers/check"),
        Scope::Configure,
        "checkToken",
        words("Whether a member's token would be taken, and if not, why.", "检查会员令牌是否有效；无效时说明原因。"),
        json::<Checked>(),
        |call| Box::pin(check(call)),
    )
    .body(json::<Tried>(), BYTES, r#"{"token": "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"}"#),
];

/// A token to be looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "TriedToken"))]
struct Tried {
    token: String,
}

async fn list(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&signer::list(call.env, &call.site()?).await?)
}

async fn make(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&signer::make(call.env, &call.site()?).await?)
}

async fn end(call: Call<'_>) -> Result<Response, Fail> {
    reply::json(&signer::end(call.env, &call.site()?, call.part("id")?).await?)
}

async fn check(mut call: Call<'_>) -> Result<Response, Fail> {
    let Tried { token } = call.body().await?;
    reply::json(&signer::check(call.env, &call.site()?, &token).await?)
}
