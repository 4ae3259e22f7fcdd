//! WebDriver BiDi, as far as these suites need it: commands with their replies, and the errors of the page's console as they come.

use anyhow::{Context, Result, anyhow};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{mpsc, oneshot};
use tokio_tungstenite::tungstenite::Message;

/// A connection to a browser; it ends when dropped.
pub(super) struct Bidi {
    commands: mpsc::UnboundedSender<(Value, oneshot::Sender<Value>)>,
    errors: Arc<Mutex<Vec<String>>>,
}

impl Bidi {
    /// Connects to the address that a session tells, and listens to its console.
    pub async fn connect(address: &str) -> Result<Self> {
        let (mut socket, _) = tokio_tungstenite::connect_async(address).await.context("no BiDi connection")?;
        let (commands, mut wanted) = mpsc::unbounded_channel::<(Value, oneshot::Sender<Value>)>();
        let errors = Arc::new(Mutex::new(Vec::new()));
        let said = Arc::clone(&errors);
        tokio::spawn(async move {
            let mut waiting = HashMap::new();
            loop {
                tokio::select! {
                    command = wanted.recv() => {
                        let Some((mut command, reply)) = command else { return };
                        let id = waiting.len() as u64 + 1;
                        command["id"] = json!(id);
                        waiting.insert(id, Some(reply));
                        if socket.send(Message::text(command.to_string())).await.is_err() {
                            return;
                        }
                    }
                    message = socket.next() => {
                        let Some(Ok(message)) = message else { return };
                        let Ok(told) = serde_json::from_str::<Value>(message.to_text().unwrap_or_default()) else { continue };
                        let reply = told["id"].as_u64().and_then(|id| waiting.get_mut(&id)).and_then(Option::take);
                        if let Some(reply) = reply {
                            // Whoever asked may have given up.
                            let _ = reply.send(told);
                        } else if told["method"] == "log.entryAdded" && told["params"]["level"] == "error" {
                            let text = told["params"]["text"].as_str().unwrap_or_default().to_owned();
                            said.lock().unwrap_or_else(PoisonError::into_inner).push(text);
                        }
                    }
                }
            }
        });
        let connection = Self { commands, errors };
        connection.send("session.subscribe", json!({ "events": ["log.entryAdded"] })).await?;
        Ok(connection)
    }

    /// Sends a command and waits for its result.
    pub async fn send(&self, method: &str, parameters: Value) -> Result<Value> {
        let (reply, told) = oneshot::channel();
        let command = json!({ "method": method, "params": parameters });
        self.commands.send((command, reply)).map_err(|_| anyhow!("{method}: the browser is gone"))?;
        let told = told.await.with_context(|| format!("{method}: the browser went away"))?;
        anyhow::ensure!(told["type"] == "success", "{method}: {}", told["message"]);
        Ok(told["result"].clone())
    }

    /// The errors since it was asked last, with all that the page has said by now.
    pub async fn errors(&self) -> Result<Vec<String>> {
        // Its reply comes after whatever was said before.
        self.send("session.status", json!({})).await?;
        Ok(std::mem::take(&mut *self.errors.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}
