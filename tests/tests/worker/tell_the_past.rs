//! Orders of before the programme: told with their own moment, by the owner's server.

use reqwest::Method;
use serde_json::{Value, json};

use crate::shared;
use crate::wire::now;

const DAY: i64 = 86_400_000;

#[test]
fn what_is_told_of_the_past_lies_there_and_nothing_lies_in_the_future() {
    shared(async |product| {
        let site = product.site(&[]).await?;
        site.programme(|_| {}).await?;
        let then = (now() / 1_000) * 1_000 - 40 * DAY;
        let order = |number: u32, at: i64| json!({ "type": "purchase", "order": number.to_string(), "amount": 5_000, "at": at });
        site.told_of("c-1", &order(1, then)).await?;
        // Lines follow each other in time, whatever is told later.
        site.told_of("c-1", &order(2, then - DAY)).await?;
        site.told_of("c-1", &json!({ "type": "purchase", "order": "3", "amount": 100 })).await?;
        let path = format!("sites/{}/members/c-1", site.id);
        let ledger = product.api(Method::GET, &format!("{path}/ledger"), None).await?;
        let entries = ledger["entries"].as_array().cloned().unwrap_or_default();
        let earned: Vec<(&Value, &Value)> = entries
            .iter()
            .rev()
            .filter(|entry| entry["kind"] == "earn")
            .map(|entry| (&entry["note"], &entry["at"]))
            .collect();
        assert_eq!(earned[..2], [(&json!("1"), &json!(then)), (&json!("2"), &json!(then))], "{ledger}");
        assert!(earned[2].1.as_i64() > Some(then + 39 * DAY), "{ledger}");
        let member = product.api(Method::GET, &path, None).await?;
        assert_eq!(member["created"], json!(then), "a member since the first order");
        for at in [now() + DAY, 0] {
            let refused = site.told_of("c-1", &order(9, at)).await.unwrap_err().to_string();
            assert!(refused.contains("422") && refused.contains("\"at\""), "{refused}");
        }
        Ok(())
    });
}
