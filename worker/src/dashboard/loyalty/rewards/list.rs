//! All rewards with their stock.

use maud::{Markup, html};
use rapport_core::loyalty::low::is_low;
use rapport_core::loyalty::program::{Program, Record, Reward};
use rapport_core::model::config::Config;

use super::address;
use crate::command::loyalty::{Redemption, Stock};
use crate::dashboard::format::count;
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::loyalty::names::Names;
use crate::dashboard::loyalty::say;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;
use crate::dashboard::strings::rewards::Rewards as Words;

/// The page.
pub fn page(frame: &Frame<'_>, config: &Config, record: &Record, stock: &[Stock], held: &[Redemption]) -> Markup {
    let s = &frame.lang.strings().rewards;
    let speech = Speech::new(frame.lang, &config.site.locale);
    let (newest, live) = (record.newest(), record.live.as_ref().map(|live| &live.program));
    let rewards = newest.map_or(&[][..], |program| &program.rewards);
    let gone = stock.iter().filter(|stock| !rewards.iter().any(|reward| reward.name.as_str() == stock.reward));
    let none = Stock::default();
    let body = html! {
        h1 { (frame.lang.strings().loyalty.rewards) }
        p.soft { (s.intro) }
        @if rewards.is_empty() {
            div.card.stack { p { (s.none) } p { a.button href=(path(&config.site, Section::Programme)) { (s.none_edit) } } }
        }
        ul.grid.rewards {
            @for reward in rewards {
                @let stock = stock.iter().find(|stock| stock.reward == reward.name.as_str()).unwrap_or(&none);
                @let waits = held.iter().filter(|held| held.reward == reward.name.as_str()).count();
                (card(&Shown { config, live, speech: &speech, s }, reward, stock, waits))
            }
        }
        @let gone: Vec<&Stock> = gone.collect();
        @if !gone.is_empty() {
            section.section aria-labelledby="gone" {
                h2 #gone { (s.no_longer) }
                ul.card.stack {
                    @for stock in gone {
                        @let names = Names { programs: [live, None], speech: &speech };
                        li {
                            b { (names.reward(&stock.reward)) } " " (fill(s.taken, &[&count(stock.taken.into())]))
                            @if stock.codes > 0 { " · " a href=(address(&config.site, &stock.reward)) { (fill(s.codes_left, &[&count(stock.codes.saturating_sub(stock.given).into())])) } }
                        }
                    }
                }
            }
        }
    };
    frame::page(frame, &config.site, Section::Rewards, &body)
}

struct Shown<'a> {
    config: &'a Config,
    live: Option<&'a Program>,
    speech: &'a Speech<'a>,
    s: &'static Words,
}

fn card(shown: &Shown<'_>, reward: &Reward, stock: &Stock, waits: usize) -> Markup {
    let Shown { config, live, speech, s } = shown;
    let n = |n: u32| count(n.into());
    let left = left(reward, stock);
    let name = reward.name.as_str();
    let redemptions = path(&config.site, Section::Redemptions);
    html! {
        li.card.stack id={ "reward-" (name) } {
            div.between { h2 { (speech.text(&reward.label)) } (chip(reward, stock, s)) }
            p.soft { (say::reward(reward, speech.lang)) }
            p {
                @match reward.stock {
                    Some(all) => {
                        progress max=(all.max(1)) value=(stock.taken.min(all)) aria-label=(fill(s.taken_of, &[&n(stock.taken), &n(all)])) {}
                        " " (fill(s.taken_of, &[&n(stock.taken), &n(all)]))
                    }
                    None => { (fill(s.taken, &[&n(stock.taken)])) @if left.is_none() { ", " (s.no_end) } },
                }
            }
            @if reward.has_pool() {
                p { @if stock.codes == 0 { (s.no_codes) } @else { (fill(s.codes_left, &[&n(stock.codes.saturating_sub(stock.given))])) } }
            }
            @if reward.by_hand { p { (s.by_hand) @if waits > 0 { " · " a href={ (redemptions) "?state=to_hand_over&reward=" (name) } { b { (fill(s.waits, &[&count(waits as u64)])) } } } } }
            @if !live.is_some_and(|live| live.reward(&reward.name).is_some()) { p { span.chip { (s.not_published) } } }
            p.actions {
                @if reward.has_pool() { a.button href=(address(&config.site, name)) { (s.see_codes) } }
                a.button href={ (redemptions) "?reward=" (name) } { (s.see_redemptions) }
            }
        }
    }
}

/// What is left of it, where there is an end.
fn left(reward: &Reward, stock: &Stock) -> Option<u32> {
    let codes = reward.has_pool().then(|| stock.codes.saturating_sub(stock.given));
    let rest = reward.stock.map(|all| all.saturating_sub(stock.taken));
    [codes, rest].into_iter().flatten().min()
}

/// Whether there is enough of it.
pub fn chip(reward: &Reward, stock: &Stock, s: &Words) -> Markup {
    let codes = reward.has_pool().then(|| (stock.codes.saturating_sub(stock.given), stock.codes));
    let rest = reward.stock.map(|all| (all.saturating_sub(stock.taken), all));
    let low = [codes, rest].into_iter().flatten().any(|(left, all)| is_low(left, all));
    html! {
        @match left(reward, stock) {
            Some(0) => span.chip.bad { (s.gone) },
            Some(_) if low => span.chip.mild { (s.low) },
            _ => span.chip.good { (s.plenty) },
        }
    }
}
