//! What is odd about a programme, in words.

use maud::{Markup, html};
use rapport_core::loyalty::advise::{Advice, KEEN_SPENDS, STEADY_SPENDS, What, advise};
use rapport_core::loyalty::money;
use rapport_core::loyalty::program::{Measure, Program};

use super::names::Names;
use crate::dashboard::format::{self, count};
use crate::dashboard::page::Speech;
use crate::dashboard::parts::{self, signs};
use crate::dashboard::strings::editor::fill;
use rapport_core::time::Day;

/// What is odd about `program` today, or that nothing is; with links into the page at `editor`.
pub fn panel(program: &Program, today: Day, speech: &Speech<'_>, editor: &str) -> Markup {
    let s = &speech.strings().simulation;
    let told = advise(program, today);
    let names = Names { programs: [Some(program), None], speech };
    html! {
        section.section.review aria-labelledby="advice" {
            h2 #advice { (s.advice) }
            div.card.stack {
                @if told.is_empty() {
                    p.fine { (parts::sign(signs::FINE)) span { (s.fine) } }
                } @else {
                    p.soft { (s.only_advice) }
                    ul.findings {
                        @for advice in &told {
                            li {
                                @if let Some((id, about)) = names.part(&advice.field) { a href={ (editor) "#part-" (id) } { (about) } }
                                p { (words(advice, program, speech)) }
                            }
                        }
                    }
                    p.small.soft { (fill(s.keen, &[&whole(KEEN_SPENDS, program), &whole(STEADY_SPENDS, program)])) }
                }
            }
        }
    }
}

/// Whole units, as the core means them: hundreds where the smallest unit is one.
fn whole(amount: u32, program: &Program) -> String {
    let unit = match money::digits(&program.currency) {
        0 => 100,
        digits => 10_i64.pow(digits),
    };
    format::money(i64::from(amount) * unit, &program.currency)
}

fn words(advice: &Advice, program: &Program, speech: &Speech<'_>) -> String {
    let s = &speech.strings().simulation;
    let points = |points: u32| count(points.into());
    let measured = |amount: u64| match program.ladder.by {
        Measure::Points => count(amount),
        Measure::Spend => format::money(i64::try_from(amount).unwrap_or(i64::MAX), &program.currency),
    };
    match &advice.what {
        What::NothingEarns => s.nothing_earns.to_owned(),
        What::NothingToSpend => s.nothing_to_spend.to_owned(),
        What::OutOfReach { cost, keen } => fill(s.out_of_reach, &[&points(*cost), &count(*keen)]),
        What::NothingForSteady { cheapest, steady } => {
            fill(s.nothing_for_steady, &[&points(*cheapest), &count(*steady)])
        }
        What::ExpiresTooSoon { days, cheapest, steady } => {
            fill(s.expires_too_soon, &[&points(*days), &points(*cheapest), &count(*steady)])
        }
        What::TierOutOfReach { from, keen } => fill(s.tier_out_of_reach, &[&measured(*from), &measured(*keen)]),
        What::TierForAll { from, first_day } => fill(s.tier_for_all, &[&count(*from), &count(*first_day)]),
        What::TiersForNothing => s.tiers_for_nothing.to_owned(),
        What::Uncapped => s.uncapped.to_owned(),
        What::GivesBack { percent } => fill(s.gives_back, &[&points(*percent)]),
        What::RefundableReferral => s.refundable_referral.to_owned(),
        What::VisitsAreCheap => s.visits_are_cheap.to_owned(),
        What::DrawGivesPoints { hundredths } => {
            fill(s.draw_gives_points, &[&format::decimal(*hundredths as f64 / 100.0)])
        }
        What::Over { until } => fill(s.over, &[&format::full_day(*until, speech.lang)]),
        What::CostUnknown => s.cost_of_100.to_owned(),
    }
}
