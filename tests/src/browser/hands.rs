//! What a visitor does with mouse, keyboard and fingers. The browser does it as for a real device:
//! what lies above the target gets the click, and keys go where the focus is.

use super::{Browser, Kind};
use crate::wait::wait_for;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::sync::atomic::Ordering;
use thirtyfour::WebElement;
use thirtyfour::common::command::{Actions, Command};

/// Keys without a character, as WebDriver numbers them.
#[allow(missing_docs)]
pub mod key {
    pub const TAB: &str = "\u{e004}";
    pub const ENTER: &str = "\u{e007}";
    pub const SHIFT: &str = "\u{e008}";
    pub const CONTROL: &str = "\u{e009}";
    pub const ESCAPE: &str = "\u{e00c}";
    pub const SPACE: &str = " ";
    pub const LEFT: &str = "\u{e012}";
    pub const UP: &str = "\u{e013}";
    pub const RIGHT: &str = "\u{e014}";
    pub const DOWN: &str = "\u{e015}";
    pub const END: &str = "\u{e010}";
    pub const HOME: &str = "\u{e011}";
    pub const BACKSPACE: &str = "\u{e003}";
}

impl Browser {
    /// Clicks the first element that matches, where it can be seen and nothing covers it.
    pub async fn click(&self, css: &str) -> Result<()> {
        self.point(css, "mouse", 1).await
    }

    /// Clicks it twice, as impatient people do.
    pub async fn double_click(&self, css: &str) -> Result<()> {
        self.point(css, "mouse", 2).await
    }

    /// Touches it with a finger.
    pub async fn tap(&self, css: &str) -> Result<()> {
        self.point(css, "touch", 1).await
    }

    /// Moves the mouse over it.
    pub async fn hover(&self, css: &str) -> Result<()> {
        let element = self.reachable(css).await?;
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": [
            { "type": "pointerMove", "duration": 0, "origin": element.to_json()?, "x": 0, "y": 0 },
        ]}]))
        .await
    }

    /// Moves the mouse to a point of the window.
    pub async fn move_mouse(&self, x: i32, y: i32) -> Result<()> {
        self.act(json!([{ "type": "pointer", "id": "mouse", "parameters": { "pointerType": "mouse" }, "actions": [
            { "type": "pointerMove", "duration": 0, "origin": "viewport", "x": x, "y": y },
        ]}]))
        .await
    }

    /// Turns the mouse wheel in the middle of the window.
    pub async fn scroll(&self, by: i32) -> Result<()> {
        self.act(json!([{ "type": "wheel", "id": "wheel", "actions": [
            { "type": "scroll", "origin": "viewport", "x": 300, "y": 300, "deltaX": 0, "deltaY": by, "duration": 0 },
        ]}]))
        .await
    }

    /// Types into whatever has the focus. Characters above U+E000 are the keys of [`key`].
    pub async fn keys(&self, text: &str) -> Result<()> {
        let strokes: Vec<Value> = text
            .chars()
            .flat_map(|it| [json!({ "type": "keyDown", "value": it }), json!({ "type": "keyUp", "value": it })])
            .collect();
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": strokes }])).await
    }

    /// Presses a key while another is held.
    pub async fn chord(&self, held: &str, pressed: &str) -> Result<()> {
        self.act(json!([{ "type": "key", "id": "keyboard", "actions": [
            { "type": "keyDown", "value": held },
            { "type": "keyDown", "value": pressed },
            { "type": "keyUp", "value": pressed },
            { "type": "keyUp", "value": held },
        ]}]))
        .await
    }

    /// What was copied. WebKit lets no script read it, so there it is pasted.
    pub async fn copied(&self) -> Result<String> {
        if self.kind() != Kind::Webkit {
            return self.script("return navigator.clipboard.readText();", &[]).await;
        }
        let body = "
const field = document.createElement('textarea');
field.id = 'pasted';
document.body.append(field);
field.focus();
return null;";
        self.script::<()>(body, &[]).await?;
        self.chord(key::CONTROL, "v").await?;
        wait_for("what is pasted", async || {
            let text: String = self.ask("#pasted", "it.value").await?;
            Ok((!text.is_empty()).then_some(text))
        })
        .await
    }

    /// Clicks a field and types into it.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        self.click(css).await?;
        self.keys(text).await
    }

    /// Presses Tab until what has the focus matches `wanted` as [`Browser::focus`] writes it. At the end of the page Chromium
    /// begins again; Firefox without a window stays there, so the way is back.
    pub async fn tab_to(&self, wanted: &str) -> Result<()> {
        let mut met: Vec<String> = Vec::new();
        for _ in 0..60 {
            let back = self.kind() != Kind::Chromium && met.iter().any(|focus| focus == "body");
            if back {
                self.chord(key::SHIFT, key::TAB).await?;
            } else {
                self.keys(key::TAB).await?;
            }
            let focus = self.focus().await?;
            if focus.starts_with(wanted) {
                return Ok(());
            }
            if focus == "body" {
                // Where the browser's own buttons come next, Firefox without a window would press nothing on the page any more.
                self.script::<()>("window.focus();", &[]).await?;
            }
            met.push(focus);
        }
        anyhow::bail!("Tab never reached `{wanted}` but {}", met.join(", "))
    }

    async fn point(&self, css: &str, device: &str, times: usize) -> Result<()> {
        // Where the page puts another element in its place between look and touch, nothing has been touched.
        for _ in 0..3 {
            match self.touch(css, device, times).await {
                Err(error) if format!("{error:#}").contains("is stale") => {}
                outcome => return outcome,
            }
        }
        self.touch(css, device, times).await
    }

    async fn touch(&self, css: &str, device: &str, times: usize) -> Result<()> {
        let element = self.reachable(css).await?;
        let mut actions =
            vec![json!({ "type": "pointerMove", "duration": 0, "origin": element.to_json()?, "x": 0, "y": 0 })];
        for _ in 0..times {
            actions.push(json!({ "type": "pointerDown", "button": 0 }));
            actions.push(json!({ "type": "pointerUp", "button": 0 }));
        }
        self.act(
            json!([{ "type": "pointer", "id": device, "parameters": { "pointerType": device }, "actions": actions }]),
        )
        .await
        .with_context(|| format!("using `{css}`"))
    }

    /// The element, once it is in the window, at rest and on top: what a person waits for too.
    async fn reachable(&self, css: &str) -> Result<WebElement> {
        let element = self.find(css).await?;
        let body = "
const it = arguments[0];
it.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
const place = () => { const box = it.getBoundingClientRect(); return [box.left, box.top, box.width, box.height].join(); };
const before = place();
if (arguments[1]) await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
if (place() !== before) return 'it moves';
const box = it.getBoundingClientRect();
const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
let top = document.elementFromPoint(x, y);
while (top?.shadowRoot) { const inner = top.shadowRoot.elementFromPoint(x, y); if (!inner || inner === top) break; top = inner; }
const within = (node) => { for (let at = node; at; at = at.parentNode ?? at.host ?? at.assignedSlot) if (at === it) return true; return false; };
if (!top) return 'it is outside the window';
if (within(top) || top.contains(it) && top.localName === 'label' || it.labels && [...it.labels].some((label) => label.contains(top))) return '';
return `${top.localName}.${top.className} covers it`;";
        let mut reason = String::new();
        // Where scripts are off, promises of the page never settle.
        let patient = self.scripts.load(Ordering::Relaxed);
        let body = if patient {
            format!("return (async function () {{ {body} }}).apply(null, arguments);")
        } else {
            body.replace("await", "")
        };
        wait_for("a place to click", async || {
            reason = self.script(&body, &[element.to_json()?, json!(patient)]).await?;
            Ok(reason.is_empty().then_some(()))
        })
        .await
        .with_context(|| format!("`{css}` cannot be clicked: {reason}"))?;
        Ok(element)
    }

    async fn act(&self, devices: Value) -> Result<()> {
        self.driver.handle().cmd(Command::PerformActions(Actions::from(devices))).await?;
        Ok(())
    }
}
