//! When a site's object cannot be reached, answers wait in KV and get to it later.

use std::path::{Path, PathBuf};
use std::{fs, io};

use rapport_tests::{eventually, widgets};
use serde_json::json;

use crate::own;
use crate::wire::{count, deliver, id, id_at, now, nps, post, settled};

#[test]
fn what_waits_in_the_lane_is_fed_through_the_same_door() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        let (first, second) = (id(), id());
        deliver(&site, &nps(&first, 9)).await?;
        settled(&site).await?;
        // As the Worker leaves it when the object does not answer: one that had arrived after all, and one that had not.
        for id in [&first, &second] {
            let mut stored = site.responses()?.remove(0);
            stored["id"] = json!(id);
            let delivery = json!({ "response": stored, "who": {} });
            let key = format!("q/{}/{id}/1", site.id);
            product.cloud.kv.put(&key, rapport_local::Entry::new(delivery.to_string()))?;
        }
        assert_eq!(product.cloud.workerd.cron().await?, "ok");
        eventually("an empty lane", async || Ok(product.cloud.kv.keys("q/").is_empty())).await?;
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 2);
        assert_eq!(count(&site, "completed").await?, 2);
        Ok(())
    });
}

#[test]
fn an_answer_is_taken_while_the_sites_object_is_broken() {
    own(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        deliver(&site, &nps(&id(), 9)).await?;
        settled(&site).await?;
        let name = site.id.clone();
        // The database of every object is unreadable for a while; the configuration still is in KV.
        product.cloud.workerd.kill().await?;
        let folder = product.cloud.workerd.objects().to_owned();
        let aside = folder.with_extension("aside");
        let broken = swap(&folder, &aside)?;
        product.cloud.workerd.launch().await?;
        let site = product.known_site(&name);
        let late = id();
        let receipt = deliver(&site, &nps(&late, 2)).await?;
        assert_eq!(receipt["id"], json!(late));
        assert_eq!(product.cloud.kv.keys(&format!("q/{name}/{late}/")).len(), 1);
        // Whether this one has arrived nobody can say, so its device is not told to stamp it anew.
        let week_old = post(&site, &nps(&id_at(now() - 8 * 86_400_000), 2)).await?;
        assert_eq!(week_old.status(), 503);
        product.cloud.workerd.kill().await?;
        for path in broken {
            fs::remove_dir_all(path)?;
        }
        fs::remove_dir_all(&folder)?;
        fs::rename(&aside, &folder)?;
        product.cloud.workerd.launch().await?;
        // The next answer that gets through would do, and so does the clock.
        assert_eq!(product.cloud.workerd.cron().await?, "ok");
        let site = product.known_site(&name);
        settled(&site).await?;
        assert_eq!(site.responses()?.len(), 2);
        assert_eq!(count(&site, "q/nps/2").await?, 1);
        assert!(product.cloud.kv.keys("q/").is_empty());
        Ok(())
    });
}

/// Moves `folder` aside, and puts a copy in its place in which every database file is a folder.
fn swap(folder: &Path, aside: &Path) -> io::Result<Vec<PathBuf>> {
    fs::rename(folder, aside)?;
    let mut broken = Vec::new();
    let mut waiting = vec![aside.to_owned()];
    while let Some(from) = waiting.pop() {
        let Ok(relative) = from.strip_prefix(aside) else { continue };
        fs::create_dir_all(folder.join(relative))?;
        for entry in fs::read_dir(&from)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.file_name().is_some_and(|name| name == "metadata.sqlite") {
                // Of the runtime itself, which would not start without it.
                fs::copy(&path, folder.join(path.strip_prefix(aside).unwrap_or(&path)))?;
            } else if path.extension().is_some_and(|extension| extension == "sqlite") {
                let Ok(relative) = path.strip_prefix(aside) else { continue };
                let folder = folder.join(relative);
                fs::create_dir_all(&folder)?;
                broken.push(folder);
            }
        }
    }
    Ok(broken)
}
