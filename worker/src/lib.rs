//! Rapport's Worker: accepts answers, keeps them, and shows them to the owner.

mod assets;
mod object;
mod store;

use worker::{Context, Env, Request, Response, Result, event};

/// Answers one HTTP request.
#[event(fetch)]
pub async fn fetch(request: Request, env: Env, _context: Context) -> Result<Response> {
    match request.path().as_str() {
        "/healthz" => Response::ok("ok"),
        "/s/demo.js" => Response::ok(assets::LOADER),
        "/hello" => {
            store::write(&env, "hello", "world").await?;
            let object = env.durable_object("SITE")?.get_by_name("hello")?;
            object.fetch_with_request(request).await
        }
        _ => Response::error("Not found", 404),
    }
}
