use super::*;
use crate::name::Name;
use proptest::prelude::*;

fn prize(name: &str, stock: u32, one_in: Option<u32>) -> Prize {
    Prize { name: Name::parse(name).unwrap(), label: name.into(), stock, one_in, wins: Wins::ByHand }
}

fn draw(how: How, prizes: Vec<Prize>) -> Draw {
    Draw {
        name: Name::parse("autumn").unwrap(),
        label: "Autumn".into(),
        cost: 5,
        per_member: 3,
        tier: None,
        from: None,
        until: Day::parse("2026-12-01"),
        how,
        prizes,
    }
}

fn seed_of(n: u64) -> Seed {
    Sha256::digest(n.to_be_bytes()).into()
}

#[test]
fn a_known_draw() {
    // SHA-256 of 32 zero bytes, and HMAC-SHA256 under them of `1|3f9a`, computed with Python's hashlib.
    assert_eq!(commitment(&[0; 32]), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
    assert_eq!(parse(&revealed(&seed_of(1))), Some(seed_of(1)));
    assert_eq!(parse("00"), None);
    assert_eq!(parse(&"é".repeat(32)), None);
    assert_eq!(name("x").len(), 16);
}

/// One in 4, one in 10, one in 100: 20,000 tickets under each of 20 seeds. Chi-squared with 3 degrees of freedom stays below
/// 16.27 in 999 of 1,000 cases; of all seeds together, below 16.27 as well.
#[test]
fn odds_are_as_stated() {
    let prizes = [prize("a", 1, Some(4)), prize("b", 1, Some(10)), prize("c", 1, Some(100))];
    let chances = [0.25, 0.1, 0.01, 0.64];
    let mut all = [0_u32; 4];
    let statistic = |seen: &[u32; 4]| -> f64 {
        let total = f64::from(seen.iter().sum::<u32>());
        seen.iter().zip(chances).map(|(n, chance)| (f64::from(*n) - total * chance).powi(2) / (total * chance)).sum()
    };
    let mut beyond = 0;
    for n in 0..20 {
        let mut seen = [0; 4];
        for number in 1..=20_000 {
            seen[at_once(&seed_of(n), number, &name(&number.to_string()), &prizes).unwrap_or(3)] += 1;
        }
        beyond += u32::from(statistic(&seen) > 16.27);
        all.iter_mut().zip(seen).for_each(|(sum, n)| *sum += n);
    }
    assert!(beyond <= 1 && statistic(&all) < 16.27, "{all:?}: {}", statistic(&all));
}

/// Every ticket is as likely to win as any other: 7 tickets, 3 prizes, 7,000 seeds. 6 degrees of freedom: 22.46.
#[test]
fn shuffles_are_fair() {
    let names: Vec<String> = (1..=7).map(|n| name(&n.to_string())).collect();
    let prizes = [prize("a", 1, None), prize("b", 2, None)];
    for place in 0..3 {
        let mut seen = [0_u32; 7];
        for n in 0..7_000 {
            let won = winners(How::AtTheEnd, &seed_of(n), &names, &prizes);
            seen[won[place].ticket as usize - 1] += 1;
        }
        let statistic: f64 = seen.iter().map(|n| (f64::from(*n) - 1_000.0).powi(2) / 1_000.0).sum();
        assert!(statistic < 22.46, "place {place}: {seen:?}, {statistic}");
    }
}

#[test]
fn prizes_are_gone_when_they_are_gone() {
    let names: Vec<String> = (0..50).map(|n| name(&n.to_string())).collect();
    let won = winners(How::AtOnce, &seed_of(3), &names, &[prize("sure", 10, Some(1))]);
    assert_eq!(won.iter().map(|won| won.ticket).collect::<Vec<_>>(), (1..=10).collect::<Vec<u32>>());
    let won = winners(How::AtTheEnd, &seed_of(3), &names[..4], &[prize("more", 9, None)]);
    let mut tickets: Vec<u32> = won.iter().map(|won| won.ticket).collect();
    tickets.sort_unstable();
    assert_eq!(tickets, [1, 2, 3, 4]);
}

#[test]
fn where_it_stands() {
    let moment = |text: &str| Day::parse(text).unwrap().start();
    let mut draw = draw(How::AtOnce, vec![prize("a", 2, Some(4))]);
    draw.from = Day::parse("2026-11-20");
    let at = |text: &str, left| state(&draw, left, moment(text));
    assert_eq!(at("2026-11-19", 2), State::Awaited(Day::parse("2026-11-20").unwrap()));
    assert_eq!(at("2026-11-20", 2), State::Open);
    assert_eq!(at("2026-12-01", 2), State::Open);
    assert_eq!(at("2026-12-02", 2), State::Over);
    assert_eq!(at("2026-11-21", 0), State::Over);
}

#[test]
fn what_is_wrong_with_a_draw_is_told() {
    let told = |draw: &Draw| {
        let problems = check(draw);
        problems
            .iter()
            .map(|problem| format!("{} {}", problem.field, problem.fault.code()))
            .collect::<Vec<_>>()
            .join(", ")
    };
    assert_eq!(told(&draw(How::AtOnce, vec![prize("a", 1, Some(2)), prize("b", 1, Some(2))])), "");
    assert_eq!(told(&draw(How::AtOnce, vec![prize("a", 1, Some(2)), prize("b", 1, Some(1))])), "prizes conflict");
    assert_eq!(
        told(&draw(How::AtOnce, vec![prize("a", 0, None)])),
        "prizes[0].stock too_low, prizes[0].one_in required"
    );
    assert_eq!(told(&draw(How::AtTheEnd, vec![prize("a", 1, Some(2))])), "prizes[0].one_in conflict");
    assert_eq!(
        told(&draw(How::AtTheEnd, vec![prize("a", 1, None), prize("a", 1_000, None)])),
        "prizes[1].name twice, prizes conflict"
    );
    assert_eq!(told(&draw(How::AtTheEnd, Vec::new())), "prizes required");
    let endless = Draw { until: None, ..draw(How::AtTheEnd, vec![prize("a", 1, None)]) };
    assert_eq!(told(&endless), "until required");
}

#[test]
fn nothing_is_told_too_early() {
    let names: Vec<String> = (0..50).map(|n| name(&n.to_string())).collect();
    let at_end = draw(How::AtTheEnd, vec![prize("a", 1, None)]);
    let public = Public::new(at_end.clone(), &seed_of(1), names.clone(), Vec::new(), false);
    assert_eq!((public.seed, public.winners), (None, Vec::new()));
    let public = Public::new(at_end, &seed_of(1), names, Vec::new(), true);
    assert_eq!(public.seed.as_deref().and_then(parse).map(|seed| commitment(&seed)), Some(public.commitment));
    assert_eq!(public.winners.len(), 1);
}

proptest! {
    /// What is told with each ticket is what is computed from all of them afterwards.
    #[test]
    fn recomputation_gives_the_same(n: u64, odds in prop::collection::vec((1..9_u32, 2..20_u32), 1..4), tickets in 0..200_usize) {
        let prizes: Vec<Prize> = odds.iter().enumerate().map(|(i, (stock, one_in))| prize(&format!("p{i}"), *stock, Some(*one_in * 3))).collect();
        let names: Vec<String> = (0..tickets).map(|t| name(&format!("{n}.{t}"))).collect();
        let seed = seed_of(n);
        let mut left: Vec<u32> = prizes.iter().map(|prize| prize.stock).collect();
        let mut told = Vec::new();
        for (number, name) in (1..).zip(&names) {
            if let Some(prize) = at_once(&seed, number, name, &prizes) && left[prize] > 0 {
                left[prize] -= 1;
                told.push(Won { ticket: number, prize });
            }
        }
        prop_assert_eq!(&told, &winners(How::AtOnce, &seed, &names, &prizes));
        // At the end nobody wins twice with one ticket, and as many win as there are prizes or tickets.
        let won = winners(How::AtTheEnd, &seed, &names, &prizes);
        let mut once: Vec<u32> = won.iter().map(|won| won.ticket).collect();
        once.sort_unstable();
        once.dedup();
        let stock: u32 = prizes.iter().map(|prize| prize.stock).sum();
        prop_assert_eq!(once.len(), won.len());
        prop_assert_eq!(won.len(), names.len().min(stock as usize));
    }
}
