use super::*;
use crate::chain::ROOT;
use crate::loyalty::action::Action;
use crate::loyalty::action::Facts;
use crate::loyalty::decide::decide;
use crate::loyalty::{account, standing, template};

const NOW: Timestamp = Timestamp(1_795_000_000_000);

fn site() -> Site {
    serde_json::from_str(r#"{"id":"acme","name":"<Acme>","origins":[],"locale":"en"}"#).unwrap()
}

/// A member who came by, filled in the profile, was given points by the owner, and redeemed a coupon.
fn member(program: &Program, signed: bool) -> Account {
    let mut state = account::Account::default();
    let mut entries = Vec::new();
    let facts = Facts { identified: true, code: Some("SAVE-5".to_owned()), ..Facts::default() };
    for (index, action) in [
        Action::CheckIn,
        Action::Adjust { delta: 1_200, why: "a <kind> word".to_owned() },
        Action::Redeem { reward: Name::parse("coupon").unwrap() },
    ]
    .iter()
    .enumerate()
    {
        let decided = decide(program, &state, &format!("id{index}"), action, &facts, NOW).unwrap();
        state = decided.account;
        entries.extend(decided.entries);
    }
    let offers = standing::offers(program, &state, |_| facts.clone(), NOW);
    Account {
        signed,
        standing: Standing::of(program, &state, NOW),
        chances: program.rules.iter().map(|rule| standing::chance(program, rule, &state, &facts, NOW)).collect(),
        offers: offers.into_iter().map(|offer| Offer { left: Some(3), denied: offer.err() }).collect(),
        own: entries.clone(),
        entries,
        from: Head::default(),
        draws: Vec::new(),
        best: vec![(Name::parse("quiz").unwrap(), "<Quiz>".to_owned(), 80)],
        talks: Vec::new(),
        invite: Some(Invite { code: "ABCD2345".to_owned(), friends: 2, came: None }),
        profile: Some(Profile { name: "<Ada>".to_owned(), ..Profile::default() }),
    }
}

fn drawn(tag: &str, account: Option<&Account>, program: &Program, paused: bool) -> String {
    let (site, locale) = (site(), Locale::parse(tag).unwrap());
    let origin = "https://r.example";
    let draws = &Example::draws(program);
    panel(&Shown { site: &site, program, locale: &locale, origin, now: NOW, paused, draws, account }).into_string()
}

#[test]
fn a_member_sees_points_a_code_and_a_history_that_can_be_checked() {
    let program = template::ready("EUR").unwrap();
    let account = member(&program, true);
    let html = drawn("en", Some(&account), &program, false);
    let balance = account.standing.balance;
    assert!(html.contains(&format!("data-balance=\"{balance}\"")), "{html}");
    assert!(html.contains("data-copy=\"SAVE-5\"") && html.contains("data-act=\"redeem\""), "{html}");
    assert!(html.contains(&format!("data-from-hash=\"{ROOT}\"")) && html.matches("data-line=").count() >= 4);
    assert!(html.contains("&lt;kind&gt;") && html.contains("&lt;Ada&gt;") && !html.contains("<kind>"));
    assert!(!html.contains(" style=") && !html.contains("<script"), "a page's policy may forbid both");
    assert!(!html.contains("data-act=\"phrase\""), "who is signed in needs no phrase");
}

#[test]
fn whoever_is_not_signed_in_never_spends_and_is_told_why() {
    let program = template::ready("EUR").unwrap();
    let html = drawn("en", Some(&member(&program, false)), &program, false);
    assert!(
        !html.contains("data-act=\"redeem\"") && html.contains("Sign in to \u{2068}&lt;Acme&gt;\u{2069} to redeem."),
        "{html}"
    );
    assert!(html.contains("data-act=\"phrase\"") && html.contains("data-act=\"recover\""));
}

#[test]
fn strangers_see_what_there_is_and_how_to_join() {
    let program = template::ready("EUR").unwrap();
    let html = drawn("en", None, &program, false);
    assert!(html.contains("data-act=\"check-in\"") && !html.contains("data-balance"), "{html}");
    let closed = Program { anonymous: false, ..program.clone() };
    assert!(!drawn("en", None, &closed, false).contains("data-act=\"check-in\""));
    let paused = drawn("en", None, &program, true);
    assert!(paused.contains("The programme is paused") && !paused.contains("data-act=\"check-in\""));
}

#[test]
fn no_language_leaves_a_hole_open() {
    let program = template::ready("EUR").unwrap();
    let account = member(&program, true);
    for strings in i18n::ALL {
        for account in [None, Some(&account)] {
            let html = drawn(strings.tag, account, &program, false);
            // What scripts say has holes of theirs.
            let text: String = html.split('>').filter_map(|part| part.split('<').next()).collect();
            assert!(!text.contains('{') && !text.contains('}'), "{}: {text}", strings.tag);
            assert!(html.contains(strings.badge.title) || !html.is_empty());
        }
    }
}

#[test]
fn what_the_object_tells_is_enough() {
    let program = template::ready("EUR").unwrap();
    let full = member(&program, true);
    let newest: Vec<Entry> = full.entries.iter().rev().take(2).cloned().collect();
    let from = full.entries[full.entries.len() - 3].hash.clone();
    let account = Account::told(full.standing.clone(), true, &newest, &from, full.standing.balance);
    let html = drawn("en", Some(&account), &program, false);
    let last = account.entries.last().unwrap();
    let sum: i64 = account.entries.iter().map(|entry| entry.delta).sum();
    assert_eq!((account.from.seq + 2, account.from.balance + sum), (last.seq, full.standing.balance));
    // 702 points: enough for the surprise and the coupon, and Gold is far.
    assert_eq!(html.matches("data-act=\"redeem\"").count(), 2, "{html}");
}

#[test]
fn a_profile_can_be_changed_only_by_who_may_read_it() {
    let program = template::ready("EUR").unwrap();
    let mut account = member(&program, true);
    let html = drawn("en", Some(&account), &program, false);
    assert!(html.contains("data-form=\"profile\"") && html.contains("value=\"&lt;Ada&gt;\""), "{html}");
    // An empty form, saved, would take away what was told.
    account.profile = None;
    assert!(!drawn("en", Some(&account), &program, false).contains("data-form=\"profile\""));
}

fn lottery() -> Program {
    let mut program = template::ready("EUR").unwrap();
    program.draws = serde_json::from_str(
        r#"[{"name":"lucky","label":"Lucky","cost":10,"per_member":2,"how":"at_once","prizes":[
            {"name":"mug","label":"A <mug>","stock":2,"one_in":4,"wins":{"type":"by_hand"}}]}]"#,
    )
    .unwrap();
    program
}

fn offer(program: &Program, mine: &[(u32, Option<&str>)]) -> draw::Offer {
    let mine = mine.iter().map(|(number, prize)| draw::Mine { number: *number, prize: prize.and_then(Name::of) });
    let (draw, commitment) = (program.draws[0].clone(), "ab".repeat(32));
    draw::Offer { draw, commitment, left: vec![1], tickets: 7, mine: mine.collect(), ended: false }
}

#[test]
fn a_draw_says_odds_stock_and_what_ones_tickets_have_won() {
    let program = lottery();
    let mut account = member(&program, true);
    account.draws = vec![offer(&program, &[(7, Some("mug"))])];
    let html = drawn("en", Some(&account), &program, false);
    for part in [
        "Chance of each ticket: 1 in 4 \u{b7} Left: 1 of 2",
        "Ticket 7: Won: \u{2068}A &lt;mug&gt;\u{2069}",
        "Tickets you may still take: 1",
        "data-act=\"draw\" data-draw=\"lucky\"",
        "href=\"https://r.example/draw/acme/lucky?lang=en\"",
    ] {
        assert!(html.contains(part), "{part}: {html}");
    }
    account.draws = vec![offer(&program, &[(7, Some("mug")), (9, None)])];
    let html = drawn("en", Some(&account), &program, false);
    assert!(html.contains("Ticket 9: No prize") && !html.contains("data-act=\"draw\""), "as many as one may have");
    account.signed = false;
    account.draws = vec![offer(&program, &[])];
    let html = drawn("en", Some(&account), &program, false);
    assert!(
        html.contains("Sign in to \u{2068}&lt;Acme&gt;\u{2069} to take part.") && !html.contains("data-act=\"draw\"")
    );
    account.draws = vec![draw::Offer { ended: true, ..offer(&program, &[(7, None)]) }];
    assert!(drawn("en", Some(&account), &program, false).contains("This draw is over."));
}

#[test]
fn whom_a_rule_stops_is_told_which() {
    use crate::loyalty::referral::{Bar, Brought, Doubt, Verdict};
    let program = template::ready("EUR").unwrap();
    let (site, english) = (site(), Locale::parse("en").unwrap());
    let shown = Shown {
        site: &site,
        program: &program,
        locale: &english,
        origin: "",
        now: NOW,
        paused: false,
        draws: &[],
        account: None,
    };
    let mut brought = Brought { doubt: Some(Doubt::Device), ..Brought::new("anna", NOW) };
    let told = came(&brought, &shown);
    assert!(told.contains("looks at this invitation first: you and your friend used the same device"), "{told}");
    brought.verdict = Some(Verdict { approved: false, why: "twins".to_owned(), at: NOW });
    assert!(came(&brought, &shown).contains("\u{2068}twins\u{2069}"));
    assert_eq!(barred(Bar::Own, &english), "This is your own link.");
    let chinese = Locale::parse("zh-CN").unwrap();
    let wrong = wrong(&crate::problem::Problem::malformed("email", "an e-mail address"), &chinese);
    assert!(wrong.contains("邮箱: "), "{wrong}");
    assert!(refused("not_valid", &site, &chinese).contains("重新登录"));
}
