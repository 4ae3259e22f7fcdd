//! What the programme would have given and cost in the last days, beside what was really given. A page of its own, and a part
//! of the one that publishes, which fetches it once it is there.

use std::collections::BTreeMap;

use maud::{Markup, html};
use rapport_core::loyalty::program::{Program, Record};
use rapport_core::loyalty::simulate::{Cost, DAYS, Side, Simulation, Times, Why};
use rapport_core::model::config::Config;
use rapport_core::name::SiteId;
use worker::{Env, Response};

use super::advice;
use super::frame::{self, Section, path};
use super::names::Names;
use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::format::{self, count};
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;
use crate::dashboard::strings::simulation::Simulation as Words;
use crate::owner::program;
use crate::problem::Fail;
use crate::reply;

/// The page.
pub async fn read(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let (config, record, simulated) = match program::simulate(env, site).await {
        Ok(simulated) => simulated,
        // Where there is no programme there is nothing to simulate, yet a page that begins one.
        Err(Fail::Refused(_)) => return reply::see_other(&format!("/dashboard/s/{site}/loyalty")),
        Err(fail) => return Err(fail),
    };
    let frame = caller.frame(Some(&session.csrf));
    let speech = Speech::new(frame.lang, &config.site.locale);
    let here = path(&config.site, Section::Programme);
    let s = &frame.lang.strings().simulation;
    let body = html! {
        h1 { (frame.lang.strings().loyalty.programme) }
        (section(&config, &record, &simulated.simulation, &speech))
        @if let Some(newest) = record.newest() { (advice::panel(newest, frame.now.day(), &speech, &here)) }
        p.actions {
            @if record.draft.is_some() { a.button href={ (here) "/publish" } { (s.publish) } }
            a.button href=(here) { (s.back) }
        }
    };
    caller.page(frame::page(&frame, &config.site, Section::Programme, &body), 200)
}

/// What stands where it will be, until it is there.
pub fn later(frame: &Frame<'_>, config: &Config) -> Markup {
    let s = &frame.lang.strings().simulation;
    let address = format!("{}/simulation", path(&config.site, Section::Programme));
    html! {
        section.section #simulation hx-get=(address) hx-trigger="load" hx-select="#simulation" hx-swap="outerHTML" {
            h2 { (s.title) }
            div.card { p.soft.waiting { (s.wait) } a.button href=(address) { (s.run) } }
        }
    }
}

struct Told<'a> {
    simulation: &'a Simulation,
    names: Names<'a>,
    draft: &'a Program,
    live: Option<&'a Program>,
    by: &'a str,
    s: &'static Words,
}

fn section(config: &Config, record: &Record, simulation: &Simulation, speech: &Speech<'_>) -> Markup {
    let s = &speech.strings().simulation;
    let Some(draft) = record.newest() else { return html! {} };
    let live = record.live.as_ref().map(|live| &live.program);
    let names = Names { programs: [Some(draft), live], speech };
    let by = if record.draft.is_some() { s.by_draft } else { s.by_this };
    let told = Told { simulation, names, draft, live, by, s };
    let days = format::days(simulation.from, simulation.to, speech.lang);
    let (would, did) = (&simulation.would, simulation.did.as_ref());
    let shown = |side: fn(&Side) -> &BTreeMap<String, Times>| (side(would), did.map(side));
    html! {
        section.section #simulation aria-labelledby="simulated" data-days=(DAYS) data-site=(config.site.id) {
            h2 #simulated { (s.title) }
            p.soft { (fill(s.words, &[&days])) }
            @if simulation.members == 0 { p.card { (s.nobody) } }
            @else {
                (told.sums())
                (told.groups(s.by_rule, s.rule, shown(|side| &side.by_rule), s.times_points, |name| match name {
                    "" => s.welcome.to_owned(),
                    name => names.rule(name),
                }))
                (told.groups(s.by_tier, s.tier, shown(|side| &side.by_tier), s.members_points, |name| match name {
                    "" => s.no_tier.to_owned(),
                    name => names.tier(name),
                }))
                (told.groups(s.by_reward, s.reward, shown(|side| &side.by_reward), s.times_points, |name| names.reward(name)))
            }
            (told.unknown())
        }
    }
}

impl Told<'_> {
    /// What all members together earned and spent, and what that costs.
    fn sums(&self) -> Markup {
        let (s, simulation) = (self.s, self.simulation);
        let Simulation { would, did, would_cost, did_cost, .. } = simulation;
        let row = |name: &str, id: &str, value: &dyn Fn(&Side) -> String| {
            html! { tr id={ "sum-" (id) } { th scope="row" { (name) } td.num { (value(would)) } td.num { @match did { Some(did) => (value(did)), None => "–" } } } }
        };
        let points = |points: i64| count(points.unsigned_abs());
        let cost = |name: &str, id: &str, cost: fn(&Cost) -> i64| {
            let shown = |value: &Cost, program: &Program| match (cost(value), program.cost_of_100) {
                (0, 0) => html! { small { (s.cost_unknown) } },
                (amount, _) => html! { (format::money(amount, &program.currency)) },
            };
            html! {
                tr id={ "cost-" (id) } {
                    th scope="row" { (name) }
                    td.num { b { (shown(would_cost, self.draft)) } }
                    td.num { @match did_cost.as_ref().zip(self.live) { Some((value, live)) => (shown(value, live)), None => "–" } }
                }
            }
        };
        let times = |side: &Side| side.by_reward.values().map(|each| u64::from(each.times)).sum::<u64>();
        let either = |value: fn(&Side) -> i64| value(would) != 0 || did.as_ref().is_some_and(|did| value(did) != 0);
        html! {
            div.card.flush { div.scroll tabindex="0" role="group" aria-label=(s.title) { table.simulated {
                thead { tr { th scope="col" { (s.what) } th.num scope="col" { (self.by) } th.num scope="col" { (s.really) } } }
                tbody {
                    (row(s.earned, "earned", &|side| points(side.earned)))
                    (row(s.redeemed, "redeemed", &|side| format!("{} · {}", points(side.redeemed), fill(s.redeemed_times, &[&count(times(side))]))))
                    @if would.refused > 0 { (row(s.refused, "refused", &|side| count(side.refused.into()))) }
                    @if either(|side| side.tickets) { (row(s.tickets, "tickets", &|side| points(side.tickets))) }
                    @if either(|side| side.won) { (row(s.won, "won", &|side| points(side.won))) }
                    (row(s.expired, "expired", &|side| points(side.expired)))
                    (row(s.outstanding, "outstanding", &|side| points(side.outstanding)))
                    (cost(s.cost_redeemed, "redeemed", |cost| cost.redeemed))
                    (cost(s.cost_outstanding, "outstanding", |cost| cost.outstanding))
                    (cost(s.cost_most, "most", |cost| cost.at_most))
                }
            } } }
        }
    }

    fn groups(
        &self,
        title: &str,
        column: &str,
        (would, did): (&BTreeMap<String, Times>, Option<&BTreeMap<String, Times>>),
        words: &str,
        name: impl Fn(&str) -> String,
    ) -> Markup {
        let mut keys: Vec<&String> = would.keys().chain(did.into_iter().flat_map(BTreeMap::keys)).collect();
        keys.sort();
        keys.dedup();
        keys.sort_by_key(|key| std::cmp::Reverse(would.get(*key).map_or(0, |each| each.points)));
        let shown = |side: Option<&BTreeMap<String, Times>>, key: &str| match side.and_then(|side| side.get(key)) {
            // Members come before points, acts behind them.
            Some(Times { times, points }) => {
                let (times, points) = (count(u64::from(*times)), count(points.unsigned_abs()));
                if words == self.s.members_points {
                    fill(words, &[&times, &points])
                } else {
                    fill(words, &[&points, &times])
                }
            }
            None => "–".to_owned(),
        };
        html! {
            @if !keys.is_empty() {
                h3 { (title) }
                div.card.flush { div.scroll tabindex="0" role="group" aria-label=(title) { table.simulated {
                    thead { tr { th scope="col" { (column) } th.num scope="col" { (self.by) } th.num scope="col" { (self.s.really) } } }
                    tbody {
                        @for key in keys {
                            tr { th scope="row" { (name(key)) } td.num { (shown(Some(would), key)) } td.num { (shown(did, key)) } }
                        }
                    }
                } } }
            }
        }
    }

    fn unknown(&self) -> Markup {
        let Self { s, simulation, names, .. } = self;
        let n = |n: u32| count(n.into());
        html! {
            h3 { (s.cannot) }
            ul.card.stack.unknown {
                @if simulation.looked_at < simulation.members {
                    li { b { (fill(s.sample, &[&n(simulation.looked_at), &n(simulation.members)])) } }
                }
                @for estimate in &simulation.estimates {
                    li { (fill(s.estimate, &[&names.rule(estimate.rule.as_str()), &count(estimate.times), &count(estimate.points)])) }
                }
                @for unknown in simulation.unknown.iter().filter(|unknown| !simulation.estimates.iter().any(|known| known.rule == unknown.rule)) {
                    @let words = match unknown.why { Why::NeverNoted => s.never_noted, Why::Capped => s.capped };
                    li { (fill(words, &[&names.rule(unknown.rule.as_str())])) }
                }
                @if simulation.lost > 0 { li { (fill(s.lost, &[&n(simulation.lost)])) } }
                @if simulation.cut > 0 { li { (fill(s.cut, &[&n(simulation.cut)])) } }
                @if self.draft.rewards.iter().any(rapport_core::loyalty::program::Reward::has_pool) { li { (s.codes) } }
                li { (s.behaviour) }
            }
        }
    }
}
