use super::address::{check, masked, recognise};
use super::message::{Line, Message, body, refusal};
use super::only::Group;
use super::*;
use crate::model::config::{Config, Record, State, Version};
use crate::model::site::Site;
use crate::model::widget::Widget;
use crate::response::Response;
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn addresses_on_the_public_internet_alone() {
    for fine in [
        "https://hooks.slack.com/services/T0/B0/xyz",
        "HTTPS://Hooks.Example.com/x?y=1#z",
        "https://prod-27.westus.logic.azure.com:443/workflows/0a?sig=x%20y",
        "https://a.b.example",
        "https://xn--bcher-kva.example/",
        "https://10.example/",
        "https://1password.com/x",
    ] {
        assert_eq!(check(fine), Ok(()), "{fine}");
    }
    for wrong in [
        "",
        "example.com",
        "http://example.com",
        "ftp://example.com",
        "https:/example.com",
        "https://",
        "https:///x",
        "javascript:alert(1)",
        "https://example.com:8443/",
        "https://example.com:80/",
        "https://example.com:/",
        "https://example.com:0443/",
        "https://user@example.com/",
        "https://user:pass@example.com/",
        "https://a.example@10.0.0.1/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.0.0.1./",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://169.254.169.254/latest/meta-data",
        "https://1.1.1.1/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://a.localhost/",
        "https://printer.local/",
        "https://db.internal/",
        "https://metadata.google.internal/",
        "https://router.home.arpa/",
        "https://intranet/",
        "https://nas.lan/",
        "https://127.0.0.1.nip.io/",
        "https://a.sslip.io/",
        "https://localtest.me/",
        "https://x.lvh.me/",
        "https://10.0.0.1.example.com/",
        "https://10-0-0-1.example.com/",
        "https://app-192-168-1-1.example.com/",
        "https://example.com./",
        "https://exa_mple.com/",
        "https://-a.example/",
        "https://a..example/",
        "https://ex%61mple.com/",
        "https://example.com\\@evil.example/",
        "https://ex ample.com/",
        "https://bücher.example/",
        "https://example.com/\u{0}",
        "https://１２７.0.0.1/",
        "https://example.com/ä",
    ] {
        assert!(check(wrong).is_err(), "{wrong}");
    }
    assert!(check(&format!("https://a.example/{}", "x".repeat(2_000))).is_err());
}

proptest! {
    #[test]
    fn no_text_breaks_the_check_and_no_number_passes(text in ".{0,60}", a: u8, b: u8, c: u8, d: u8, n: u32) {
        let _ = check(&text);
        let _ = check(&format!("https://{text}"));
        let dotted = format!("https://{a}.{b}.{c}.{d}/");
        let within = format!("https://x.{a}.{b}.{c}.{d}.example/");
        let (plain, hex, octal) = (format!("https://{n}/"), format!("https://{n:#x}/"), format!("https://0{n:o}/"));
        for address in [dotted, within, plain, hex, octal] {
            prop_assert!(check(&address).is_err(), "{address}");
        }
    }

    #[test]
    fn every_chat_gets_json_within_its_limits(title in ".{0,400}", words in "(?s).{0,6000}") {
        let message = Message {
            title,
            lines: vec![Line::Quote(words.clone(), words.clone()), Line::Fact("a".into(), words.clone()), Line::Text(words)],
            link: Some(("Open".into(), "https://feedback.example/dashboard".into())),
        };
        for service in Service::ALL {
            let text = body(&message, service, None);
            let value: Value = serde_json::from_str(&text).unwrap();
            prop_assert!(text.len() <= 28_000, "{service:?}: {}", text.len());
            match service {
                Service::Wecom => prop_assert!(value["markdown"]["content"].as_str().unwrap().len() <= 4_096),
                Service::Feishu => prop_assert!(text.len() <= 20_000),
                Service::Discord => {
                    let embed = &value["embeds"][0];
                    prop_assert!(embed["title"].as_str().unwrap().chars().count() <= 256);
                    prop_assert!(embed["description"].as_str().unwrap().chars().count() <= 4_096);
                }
                Service::Slack => {
                    for block in value["blocks"].as_array().unwrap() {
                        prop_assert!(block["text"]["text"].as_str().unwrap().chars().count() <= 3_000);
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn services_are_known_by_their_addresses_and_secrets_are_masked() {
    for (address, service, shown) in [
        ("https://hooks.slack.com/services/T0/B0/abcdef", Service::Slack, "https://hooks.slack.com/…cdef"),
        ("https://discord.com/api/webhooks/1/abcd", Service::Discord, "https://discord.com/…abcd"),
        ("https://discord.com/api/v10/webhooks/1/abcd", Service::Discord, "https://discord.com/…abcd"),
        ("https://discord.com/channels/1", Service::Webhook, "https://discord.com/channels/1"),
        (
            "https://prod-1.westus.logic.azure.com:443/w?sig=abcd",
            Service::Teams,
            "https://prod-1.westus.logic.azure.com:443/…abcd",
        ),
        (
            "https://x.environment.api.powerplatform.com/w",
            Service::Teams,
            "https://x.environment.api.powerplatform.com/…om/w",
        ),
        ("https://open.feishu.cn/open-apis/bot/v2/hook/0a1b", Service::Feishu, "https://open.feishu.cn/…0a1b"),
        ("https://open.larksuite.com/open-apis/bot/v2/hook/0a1b", Service::Feishu, "https://open.larksuite.com/…0a1b"),
        (
            "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcd",
            Service::Wecom,
            "https://qyapi.weixin.qq.com/…abcd",
        ),
        ("https://acme.example/in?key=s3cret", Service::Webhook, "https://acme.example/in?…"),
        ("https://evil.example/hooks.slack.com", Service::Webhook, "https://evil.example/hooks.slack.com"),
        ("https://xlogic.azure.com/", Service::Webhook, "https://xlogic.azure.com/"),
    ] {
        assert_eq!((recognise(address), masked(address, recognise(address)).as_str()), (service, shown), "{address}");
    }
}

#[test]
fn nobody_is_mentioned_by_what_a_visitor_wrote() {
    let evil = "@everyone @here <!channel> <@U123> <@all> <at user_id=\"all\">x</at> [click](https://evil.example) <https://evil.example|x> **b** `c`";
    let message = Message { title: evil.into(), lines: vec![Line::Quote("Why?".into(), evil.into())], link: None };
    for (service, never) in [
        (Service::Slack, &["<!", "<@", "<https"][..]),
        (Service::Discord, &["@everyone", "@here", "](https"]),
        (Service::Feishu, &["<at"]),
        (Service::Wecom, &["<@", "](https", "**b**"]),
    ] {
        let text = body(&message, service, None);
        for never in never {
            assert!(!text.contains(never), "{service:?} has {never}: {text}");
        }
    }
    let discord: Value = serde_json::from_str(&body(&message, Service::Discord, None)).unwrap();
    assert_eq!(discord["allowed_mentions"]["parse"], serde_json::json!([]));
    let teams: Value = serde_json::from_str(&body(&message, Service::Teams, None)).unwrap();
    let content = &teams["attachments"][0]["content"];
    assert!(content.get("msteams").is_none() && !content["body"].to_string().contains("\"TextBlock"));
}

#[test]
fn refusals_behind_a_success_are_found() {
    assert_eq!(
        refusal(Service::Feishu, r#"{"code":19021,"msg":"sign match fail"}"#).as_deref(),
        Some("19021 sign match fail")
    );
    assert_eq!(refusal(Service::Feishu, r#"{"code":0,"msg":"success"}"#), None);
    assert_eq!(
        refusal(Service::Wecom, r#"{"errcode":93000,"errmsg":"invalid webhook url"}"#).as_deref(),
        Some("93000 invalid webhook url")
    );
    assert_eq!(refusal(Service::Wecom, "not json"), None);
    assert_eq!(refusal(Service::Slack, r#"{"code":1}"#), None);
}

fn config() -> Config {
    let widget = Widget::parse(
        r#"{"name":"nps","kind":"nps","label":"NPS","questions":[
            {"name":"score","title":"How likely?","input":{"type":"scale","min":0,"max":10,"measures":"nps"}},
            {"name":"why","title":"Why?","input":{"type":"text","long":true}}]}"#,
    )
    .unwrap();
    let site = Site::parse(r#"{"id":"acme","name":"Acme","origins":[],"locale":"en"}"#).unwrap();
    let version = Version { number: 1, published: Timestamp(0), widget };
    let record = Record { state: State::Live, draft: None, versions: vec![version] };
    Config { revision: 1, site, widgets: vec![record], loyalty: None }
}

fn response(score: &str) -> Response {
    let text = r#"{"v":1,"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","site":"acme","widget":"nps","version":1,"revision":1,
        "complete":true,"answers":[["score","SCORE"],["why","Slow"]],"keys":[],"active_ms":1,"page":"","locale":"en",
        "device":"phone","visitor":"v","received":0}"#;
    serde_json::from_str(&text.replace("SCORE", score)).unwrap()
}

#[test]
fn only_when() {
    let config = config();
    let only = |json: &str| serde_json::from_str::<Only>(json).unwrap();
    for (json, score, holds) in [
        ("{}", "9", true),
        (r#"{"widgets":["nps"]}"#, "9", true),
        (r#"{"widgets":["other"]}"#, "9", false),
        (r#"{"group":"unhappy"}"#, "6", true),
        (r#"{"group":"unhappy"}"#, "7", false),
        (r#"{"group":"neutral"}"#, "8", true),
        (r#"{"group":"happy"}"#, "9", true),
        (r#"{"when":"score <= 6 and answered(why)"}"#, "3", true),
        (r#"{"when":"score <= 6 and answered(why)"}"#, "9", false),
        (r#"{"group":"happy","when":"score = 9"}"#, "9", true),
        (r#"{"group":"happy","when":"score = 9"}"#, "10", false),
    ] {
        assert_eq!(only(json).holds(&response(score), &config), holds, "{json} of {score}");
    }
    let told = |json: &str| only(json).check(&config).iter().map(|p| p.field.clone()).collect::<Vec<_>>();
    assert!(told(r#"{"when":"score <= 6"}"#).is_empty());
    assert_eq!(told(r#"{"when":"scores <= 6"}"#), ["when"]);
    assert_eq!(told(r#"{"when":"why > 6"}"#), ["when"]);
    assert_eq!(told(r#"{"widgets":["other"]}"#), ["widgets"]);
    assert!(
        serde_json::from_str::<Only>(r#"{"when":"score <="}"#).unwrap_err().to_string().contains("not an expression")
    );
    assert_eq!(Group::of(&response("0"), &config.widgets[0].versions[0].widget), Some(Group::Unhappy));
}

#[test]
fn retries_follow_the_schedule_and_end() {
    let now = Timestamp(1_000);
    assert_eq!(retry::next(1, now, 0, None), Some(now.plus_ms(5_000)));
    assert_eq!(retry::next(2, now, 0, None), Some(now.plus_ms(300_000)));
    assert_eq!(retry::next(9, now, 0, None), Some(now.plus_ms(86_400_000)));
    assert_eq!(retry::next(10, now, 0, None), None);
    assert_eq!(retry::next(1, now, 0, Some(60)), Some(now.plus_ms(60_000)), "what the receiver asks for");
    assert_eq!(retry::next(1, now, 0, Some(i64::MAX)), Some(now.plus_ms(86_400_000)), "within bounds");
    for dice in [1, 999, u32::MAX] {
        let at = retry::next(3, now, dice, None).unwrap().0 - now.0;
        assert!((1_800_000..=1_980_000).contains(&at), "{at}");
    }
}

#[test]
fn clocks_strike_where_the_owner_is() {
    let day = |text: &str| Day::parse(text).unwrap().start();
    let hours = |at: Timestamp, hours: i64| at.plus_ms(hours * 3_600_000);
    // 09:00 in Shanghai is 01:00 in UTC.
    let clock = Clock { hour: 9, offset: 480 };
    assert_eq!(clock.last(hours(day("2026-11-23"), 2), false), hours(day("2026-11-23"), 1));
    assert_eq!(clock.last(hours(day("2026-11-23"), 0), false), hours(day("2026-11-22"), 1));
    assert_eq!(clock.next(hours(day("2026-11-23"), 1), false), hours(day("2026-11-24"), 1));
    // 2026-11-23 is a Monday.
    assert_eq!(clock.last(hours(day("2026-11-26"), 5), true), hours(day("2026-11-23"), 1));
    assert_eq!(clock.last(hours(day("2026-11-23"), 0), true), hours(day("2026-11-16"), 1));
    // 22:00 in New York is 03:00 of the next day in UTC.
    let west = Clock { hour: 22, offset: -300 };
    assert_eq!(west.last(hours(day("2026-11-24"), 4), true), hours(day("2026-11-24"), 3));
    assert_eq!(
        days_of(hours(day("2026-11-23"), 1), false),
        (Day::parse("2026-11-22").unwrap(), Day::parse("2026-11-22").unwrap())
    );
    assert_eq!(days_of(hours(day("2026-11-23"), 1), true).0, Day::parse("2026-11-16").unwrap());
}

#[test]
fn a_hook_is_checked() {
    let hook = |json: &str| serde_json::from_str::<Hook>(json).unwrap();
    let told = |json: &str| {
        hook(json).check(&config()).iter().map(|p| format!("{}:{}", p.field, p.fault.code())).collect::<Vec<_>>()
    };
    assert!(told(r#"{"name":"x","address":"https://a.example/","events":["response.completed"]}"#).is_empty());
    assert_eq!(
        told(r#"{"name":" ","address":"http://a.example/","events":[],"lang":"xx","clock":{"hour":24,"offset":900}}"#),
        [
            "name:required",
            "address:malformed",
            "events:required",
            "lang:not_an_option",
            "clock.hour:too_high",
            "clock.offset:malformed"
        ]
    );
    assert_eq!(
        told(r#"{"name":"x","address":"https://a.example/","events":["digest.daily"],"only":{"widgets":["x"]}}"#),
        ["only.widgets:unknown"]
    );
    assert_eq!(hook(r#"{"name":"x","address":"https://hooks.slack.com/x","events":[]}"#).sends(), Service::Slack);
}
