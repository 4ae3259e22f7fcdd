//! What an act costs of what the free plan counts.

use std::collections::BTreeSet;

use rapport_core::loyalty::entry::Kind;
use serde_json::json;

use crate::ledger::{done, give, ledger, programme, redeem};
use crate::own;
use crate::wire::id;

#[test]
fn what_an_act_costs() {
    own(async |product| {
        let site = programme(product).await?;
        done(&site, "ada", "o:start", give(1_000)).await?;
        let mut rows = Vec::new();
        for action in [give(1), json!({ "type": "purchase", "order": "", "amount": 1_000 }), redeem("wish")] {
            let before = site.status().await?["rows_written"].as_u64().unwrap();
            for _ in 0..10 {
                let mut action = action.clone();
                if action["order"] == "" {
                    action["order"] = json!(id());
                }
                done(&site, "ada", &id(), action).await?;
            }
            rows.push(site.status().await?["rows_written"].as_u64().unwrap() - before);
        }
        println!("rows written for ten acts, with those of the log of who did it: {rows:?}");
        let kinds: BTreeSet<_> = ledger(&site, "ada").await?.0.iter().map(|entry| entry.kind.as_str()).collect();
        assert_eq!(kinds, BTreeSet::from([Kind::Adjust.as_str(), Kind::Earn.as_str(), Kind::Hold.as_str()]));
        // Line, member, id, the short row; of a redemption stock and its row; and now and then the outbox and the meter.
        assert!(rows[0] <= 70 && rows[1] <= 70 && rows[2] <= 90, "{rows:?}");
        Ok(())
    });
}
