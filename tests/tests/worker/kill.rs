//! A power cut under load: whatever got a receipt is there afterwards.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rapport_tests::{wait, widgets};

use crate::own;
use crate::wire::{count, id, nps, settled};

#[test]
fn every_receipt_survives_being_killed_under_load() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        settled(&site).await?;
        let (url, name) = (format!("{}/e/{}", product.url(), site.id), site.id.clone());
        let receipts = Arc::new(Mutex::new(BTreeSet::new()));
        for _ in 0..3 {
            let senders: Vec<_> = (0..8)
                .map(|_| {
                    let (client, url, receipts) = (product.client().clone(), url.clone(), Arc::clone(&receipts));
                    tokio::spawn(async move {
                        // Until the power is cut.
                        loop {
                            let id = id();
                            let Ok(answer) = client.post(&url).body(nps(&id, 8).to_string()).send().await else {
                                return;
                            };
                            // The edge answers for a Worker that is gone, and a receipt may be cut off.
                            if answer.status() != 200 || answer.text().await.is_err() {
                                return;
                            }
                            receipts.lock().unwrap().insert(id);
                        }
                    })
                })
                .collect();
            let before = receipts.lock().unwrap().len();
            wait::wait_within(Duration::from_secs(60), "some load", async || {
                Ok((receipts.lock().unwrap().len() >= before + 60).then_some(()))
            })
            .await?;
            product.cloud.workerd.kill().await?;
            for sender in senders {
                sender.await?;
            }
            product.cloud.workerd.launch().await?;
        }
        let receipts = receipts.lock().unwrap().clone();
        let site = product.known_site(&name);
        settled(&site).await?;
        let stored: BTreeSet<String> =
            site.responses()?.iter().filter_map(|response| response["id"].as_str().map(str::to_owned)).collect();
        let lost: Vec<_> = receipts.difference(&stored).collect();
        assert!(lost.is_empty(), "{} of {} receipts lost", lost.len(), receipts.len());
        // What was committed but not acknowledged may be there too; counts and KV agree on it.
        assert_eq!(count(&site, "completed").await?, stored.len() as i64);
        Ok(())
    });
}
