//! What the badge's panel tells beyond points: quizzes and their best results, draws to those who have not joined, what the owner
//! said, and the picture of a link.

use anyhow::{Result, ensure};
use rapport_tests::{Site, widgets};
use reqwest::Method;
use serde_json::{Value, json};

use crate::member_door::{device, done, told};
use crate::shared;
use crate::wire::{deliver, id, nps, response};

fn balance(reply: &Value) -> &Value {
    &reply["standing"]["balance"]
}

fn html(reply: &Value) -> &str {
    reply["html"].as_str().unwrap_or_default()
}

async fn claim(site: &Site<'_>, secret: &str, responses: &[&str]) -> Result<Value> {
    done(site, "claim", &json!({ "id": id(), "secret": secret, "lang": "en", "responses": responses })).await
}

/// A site with a poll and a quiz that earn.
async fn playground(product: &'static rapport_tests::Product) -> Result<Site<'static>> {
    let mut quiz = widgets::quiz();
    quiz["title"] = json!("Cats & spiders");
    let site = product.site(&[widgets::poll(), quiz]).await?;
    site.programme(|program| {
        program["rules"] = json!([
            { "name": "vote", "when": { "type": "poll" }, "points": 3 },
            { "name": "quiz", "when": { "type": "quiz", "pass": 60 }, "points": 25 },
        ]);
    })
    .await?;
    Ok(site)
}

/// Takes the quiz, with so many of two right.
async fn quiz(site: &Site<'_>, right: usize) -> Result<String> {
    let id = id();
    let answers = match right {
        0 => json!([["sleep", "nine"], ["legs", "ant"]]),
        1 => json!([["sleep", "fourteen"], ["legs", "ant"]]),
        _ => json!([["sleep", "fourteen"], ["legs", "spider"], ["legs", "scorpion"]]),
    };
    deliver(site, &response(&id, 1, "quiz", true, answers)).await?;
    Ok(id)
}

#[test]
fn a_vote_earns_once_whatever_it_was_and_for_one_member() {
    shared(async |product| {
        let site = playground(product).await?;
        let (anna, ben) = (device(), device());
        let vote = id();
        deliver(&site, &response(&vote, 1, "poll", true, json!([["next", "ink"]]))).await?;
        for _ in 0..2 {
            assert_eq!(balance(&claim(&site, &anna, &[&vote]).await?), 3);
        }
        let stolen = claim(&site, &ben, &[&vote]).await?;
        assert_eq!(balance(&stolen), 0, "somebody else's vote gives nothing: {stolen}");
        let other = id();
        deliver(&site, &response(&other, 1, "poll", true, json!([["next", "paper"]]))).await?;
        assert_eq!(balance(&claim(&site, &ben, &[&other]).await?), 3, "the same for any option");
        Ok(())
    });
}

#[test]
fn a_quiz_earns_above_its_mark_and_its_best_result_is_kept_and_shown() {
    shared(async |product| {
        let site = playground(product).await?;
        let (anna, ben) = (device(), device());
        // Half is not enough: no points, the reason, and the result all the same.
        let poor = quiz(&site, 1).await?;
        let told = claim(&site, &anna, &[&poor]).await?;
        assert_eq!(balance(&told), 0, "{told}");
        assert_eq!(told["told"], "Right answers: 50%. Points need 60%.");
        ensure!(html(&told).contains("Cats &amp; spiders") && html(&told).contains("Best result: 50%"), "{told}");
        let good = quiz(&site, 2).await?;
        for _ in 0..2 {
            let told = claim(&site, &anna, &[&good]).await?;
            assert_eq!(balance(&told), 25, "once");
            ensure!(html(&told).contains("Best result: 100%") && told["told"].is_null(), "{told}");
        }
        // A worse one changes nothing, nor does another good one: a quiz counts once.
        for right in [0, 2] {
            let again = quiz(&site, right).await?;
            let told = claim(&site, &anna, &[&again]).await?;
            assert_eq!(balance(&told), 25, "{told}");
            ensure!(html(&told).contains("Best result: 100%"), "{told}");
        }
        let stolen = claim(&site, &ben, &[&good]).await?;
        assert_eq!(balance(&stolen), 0);
        ensure!(!html(&stolen).contains("Best result"), "neither points nor result of somebody else: {stolen}");
        Ok(())
    });
}

#[test]
fn strangers_see_what_there_is_to_win_and_what_is_left_of_it() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        site.programme(|program| {
            program["draws"] = json!([{
                "name": "lucky", "label": "Lucky", "cost": 0, "per_member": 1, "how": "at_once",
                "prizes": [
                    { "name": "hug", "label": "A hug", "stock": 2, "one_in": 2, "wins": { "type": "points", "points": 5 } },
                    { "name": "kiss", "label": "A kiss", "stock": 9, "one_in": 2, "wins": { "type": "points", "points": 6 } },
                ],
            }]);
        })
        .await?;
        let look = async |body: Value| done(&site, "points", &body).await;
        // Nobody, a device that has not done anything yet, and one that collects but cannot spend.
        let (new, collects) = (device(), device());
        done(&site, "check-in", &json!({ "id": id(), "secret": collects })).await?;
        for body in [
            json!({ "lang": "en" }),
            json!({ "lang": "en", "secret": new }),
            json!({ "lang": "en", "secret": collects }),
        ] {
            let told = look(body).await?;
            for words in ["Lucky", "Chance of each ticket: 1 in 2", "Left: 2 of 2", "Left: 9 of 9", "to take part."] {
                ensure!(html(&told).contains(words), "{words}: {told}");
            }
            ensure!(!html(&told).contains("data-act=\"draw\""), "{told}");
        }
        let path = format!("sites/{}/members/anna/tickets", site.id);
        let ticket = product.api(Method::POST, &path, Some(&json!({ "id": id(), "draw": "lucky" }))).await?;
        let told = look(json!({ "lang": "en" })).await?;
        ensure!(html(&told).contains("Left: 1 of 2") || html(&told).contains("Left: 8 of 9"), "{ticket} {told}");
        ensure!(!html(&told).contains("Ticket 1"), "whose it is, is nobody's business");
        Ok(())
    });
}

#[test]
fn what_the_owner_said_is_in_the_panel_until_it_is_read_and_afterwards() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        site.programme(|_| ()).await?;
        let key = site.signer().await?;
        let (mine, other) = (device(), device());
        let (first, second) = (id(), id());
        for response in [&first, &second] {
            deliver(&site, &nps(response, 3)).await?;
        }
        let say = async |response: &str, text: &str| {
            let path = format!("sites/{}/responses/{response}/reply", site.id);
            product.api(Method::POST, &path, Some(&json!({ "text": text }))).await
        };
        say(&first, "More <ink> now.").await?;
        say(&second, "Not about a claim.").await?;
        // The device knows both of its answers, and has claimed one of them.
        let token = site.token("anna", &key)?;
        let claimed = json!({ "id": id(), "secret": mine, "token": token, "lang": "en", "responses": [first] });
        done(&site, "claim", &claimed).await?;
        let look = async |more: Value| {
            let mut body = json!({ "lang": "en" });
            body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            done(&site, "points", &body).await
        };
        let here = look(json!({ "secret": mine, "token": token, "mine": [first, second] })).await?;
        ensure!(
            html(&here).contains("data-unread=\"New messages: 2\"") && html(&here).contains("More &lt;ink&gt; now."),
            "{here}"
        );
        ensure!(html(&here).contains("Not about a claim."), "{here}");
        // Another device of the same customer: what they got points for is theirs there, too.
        let there = look(json!({ "secret": other, "token": token })).await?;
        ensure!(
            html(&there).contains("data-unread=\"New messages: 1\"") && html(&there).contains("More &lt;ink&gt;"),
            "{there}"
        );
        ensure!(!html(&there).contains("Not about a claim."), "{there}");
        // Somebody else, and the device alone, whoever is at it, read nothing by the account.
        for stranger in [json!({ "token": site.token("ben", &key)? }), json!({ "secret": mine })] {
            let told = look(stranger).await?;
            ensure!(!html(&told).contains("ink"), "{told}");
        }
        let until = html(&there).split("data-until=\"").nth(1).and_then(|rest| rest.split('"').next());
        let until: i64 = until.unwrap_or_default().parse()?;
        let address = format!("{}/me/{}/{first}", product.url(), site.id);
        let request = product.client().post(address).header("origin", product.host.origin());
        let seen =
            request.header("content-type", "text/plain").body(json!({ "seen": until, "lang": "en" }).to_string());
        ensure!(seen.send().await?.status().is_success());
        let read = look(json!({ "secret": other, "token": token })).await?;
        ensure!(
            !html(&read).contains("data-unread") && html(&read).contains("More &lt;ink&gt;"),
            "read, and still there: {read}"
        );
        for (mine, fault) in [(json!(vec![id(); 11]), "too_many"), (json!(["1"]), "malformed")] {
            let (status, told) = told(&site, "points", &json!({ "secret": other, "mine": mine })).await?;
            assert_eq!((status, &told["code"]), (422, &json!(fault)));
        }
        Ok(())
    });
}

#[test]
fn the_picture_of_a_link_is_of_a_page_of_the_site() {
    shared(async |product| {
        let site = product.site(&[widgets::nps()]).await?;
        site.programme(|_| ()).await?;
        let mine = device();
        let joined = done(&site, "check-in", &json!({ "id": id(), "secret": mine })).await?;
        ensure!(html(&joined).contains("data-qr"), "{joined}");
        let picture = async |page: &str| {
            done(&site, "points", &json!({ "secret": mine, "lang": "de", "make": true, "page": page })).await
        };
        let own = picture(&format!("{}/shop?x=1#y", product.host.origin())).await?;
        let svg = own["qr"].as_str().unwrap_or_default();
        ensure!(svg.starts_with("<svg role=\"img\" aria-label=\"QR-Code\" ") && svg.contains("fill=\"#fff\""), "{own}");
        let foreign = picture("https://elsewhere.example/").await?;
        ensure!(foreign["qr"].is_null(), "a link elsewhere is nobody's invitation: {foreign}");
        let plain = done(&site, "points", &json!({ "secret": mine })).await?;
        ensure!(plain["qr"].is_null(), "only where it is asked for");
        Ok(())
    });
}
