//! One object per site: its index and its referee.

mod transaction;

use transaction::transaction;
use worker::{DurableObject, Env, Error, Request, Response, Result, SqlStorageValue, State, durable_object};

/// The object of one site.
#[durable_object]
pub struct Site {
    state: State,
}

impl DurableObject for Site {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let storage = self.state.storage();
        let sql = storage.sql();
        let fails = request.url()?.query() == Some("fail");
        let panics = request.url()?.query() == Some("panic");
        sql.exec(
            "CREATE TABLE IF NOT EXISTS hello (name TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID",
            None,
        )?;
        let outcome = transaction(&storage, || {
            sql.exec(
                "INSERT INTO hello VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
                vec![SqlStorageValue::from("visits".to_owned())],
            )?;
            #[allow(clippy::panic)]
            if panics {
                panic!("on purpose");
            }
            if fails {
                return Err(Error::RustError("on purpose".to_owned()));
            }
            Ok(())
        });
        let rows = sql.exec("SELECT count FROM hello", None)?.raw().count();
        let count = sql.exec("SELECT count FROM hello", None)?.raw().next().transpose()?;
        Response::ok(format!("{outcome:?} rows {rows} count {count:?}"))
    }
}
