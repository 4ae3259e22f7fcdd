//! The list itself.

use maud::{Markup, html};
use rapport_core::loyalty::program::Record;
use rapport_core::model::config::Config;

use super::asked::Asked;
use crate::command::loyalty::{Redemption, Redemptions, State};
use crate::dashboard::format::{self, count};
use crate::dashboard::layout;
use crate::dashboard::loyalty::frame::{self, Section, path};
use crate::dashboard::loyalty::names::Names;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::strings::editor::fill;
use crate::dashboard::strings::rewards::Rewards as Words;
use crate::owner::redemptions::TO_HAND_OVER;

/// What is shown.
pub struct Model<'a> {
    pub config: &'a Config,
    pub record: &'a Record,
    pub asked: &'a Asked,
    pub found: &'a Redemptions,
    pub said: &'a Said,
}

/// What was just done, or refused.
pub enum Said {
    Nothing,
    Captured,
    Voided(Redemption),
    Handed(Redemption),
    Unhanded,
    Again,
    WhyNeeded,
    Refused { code: String, detail: String },
}

struct Page<'a> {
    frame: &'a Frame<'a>,
    model: &'a Model<'a>,
    names: Names<'a>,
    s: &'static Words,
    here: String,
}

/// The page.
pub fn page(frame: &Frame<'_>, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().rewards;
    let site = &model.config.site;
    let speech = Speech::new(frame.lang, &site.locale);
    let live = model.record.live.as_ref().map(|live| &live.program);
    let names = Names { programs: [model.record.newest(), live], speech: &speech };
    let here = path(site, Section::Redemptions);
    let page = Page { frame, model, names, s, here };
    let items = &model.found.items;
    let body = html! {
        h1 { (frame.lang.strings().loyalty.redemptions) }
        p.soft { (s.redemptions_intro) }
        (page.said())
        (page.filters())
        @if items.is_empty() {
            p.card #none { (match (model.asked.to_hand_over, model.asked.filters()) {
                (_, false) => s.nothing,
                (true, _) if model.asked.reward.is_none() && model.asked.member.is_empty() => s.nothing_waits,
                _ => s.nothing_fits,
            }) }
        } @else {
            ul.card.flush.redemptions { @for item in items { li id={ "r-" (item.id) } { (page.item(item)) } } }
        }
        p.actions {
            @if model.asked.before.is_some() { a.button href={ (page.here) "?" (model.asked.query(&[])) } { (s.first) } }
            @if let Some(next) = &model.found.next { a.button rel="next" href={ (page.here) "?" (model.asked.next(next)) } { (s.more) } }
            @if !items.is_empty() { a.button href={ (page.here) "/export?" (model.asked.query(&[])) } download { (s.export) } }
        }
    };
    frame::page(frame, site, Section::Redemptions, &body)
}

impl Page<'_> {
    fn said(&self) -> Markup {
        let s = self.s;
        html! {
            @match self.model.said {
                Said::Nothing => {},
                Said::Captured => p.notice.good role="status" { (s.done_captured) },
                Said::Again => p.notice.good role="status" { (s.done_again) },
                Said::WhyNeeded => p.notice.bad role="alert" { (s.why_needed) },
                Said::Handed(item) => div.notice.good.row role="status" {
                    p { (s.done_handed) }
                    @if item.handed.is_some() { (self.undo(item)) }
                },
                Said::Unhanded => p.notice.good role="status" { (s.done_unhanded) },
                Said::Voided(item) => div.notice.good role="status" {
                    p { (fill(s.done_voided, &[&points(item.points)])) }
                    @if item.state == State::Voided && !item.member.is_empty() {
                        (self.form(item, "again", &html! {
                            input type="hidden" name="reward" value=(item.reward);
                            button.button type="submit" { (s.undo) }
                        }))
                    }
                },
                Said::Refused { code, detail } => p.notice.bad role="alert" {
                    (match code.as_str() {
                        "unknown" => s.refused_settled.to_owned(),
                        "not_enough" => s.refused_points.to_owned(),
                        "sold_out" => s.refused_stock.to_owned(),
                        _ => fill(s.refused_other, &[detail]),
                    })
                },
            }
        }
    }

    fn filters(&self) -> Markup {
        let (s, asked) = (self.s, self.model.asked);
        let record = self.model.record;
        let mut rewards: Vec<(&str, String)> = Vec::new();
        let programs = [record.newest(), record.live.as_ref().map(|live| &live.program)];
        for reward in programs.into_iter().flatten().flat_map(|program| &program.rewards) {
            if !rewards.iter().any(|(name, _)| *name == reward.name.as_str()) {
                rewards.push((reward.name.as_str(), self.names.reward(reward.name.as_str())));
            }
        }
        html! {
            form.card.filters method="get" action=(self.here) {
                div.field {
                    label for="state" { (s.state) }
                    select #state name="state" {
                        option value="" { (s.any) }
                        option value=(TO_HAND_OVER) selected[asked.to_hand_over || asked.state == Some(State::Held)] { (s.to_hand_over) }
                        @for state in [State::Captured, State::Voided] {
                            option value=(state.as_str()) selected[asked.state == Some(state)] { (self.state(state)) }
                        }
                    }
                }
                div.field {
                    label for="reward" { (s.reward) }
                    select #reward name="reward" {
                        option value="" { (s.any_reward) }
                        @for (name, label) in &rewards {
                            option value=(name) selected[asked.reward.as_ref().is_some_and(|asked| asked.as_str() == *name)] { (label) }
                        }
                    }
                }
                div.field {
                    label for="member" { (s.member) }
                    input #member name="member" value=(asked.member) maxlength="300" autocapitalize="none" spellcheck="false" autocomplete="off";
                }
                div.actions {
                    button.button type="submit" { (s.filter) }
                    @if asked.filters() { a.button href=(self.here) { (s.no_filter) } }
                }
            }
        }
    }

    const fn state(&self, state: State) -> &'static str {
        match state {
            State::Held => self.s.held,
            State::Captured => self.s.captured,
            State::Voided => self.s.voided,
        }
    }

    fn item(&self, item: &Redemption) -> Markup {
        let (s, lang) = (self.s, self.frame.lang);
        let (class, word) = match item.state {
            _ if item.to_hand_over => ("mild", s.to_hand_over),
            State::Captured => ("good", s.captured),
            state => ("", self.state(state)),
        };
        html! {
            div.between {
                p { b { (self.names.reward(&item.reward)) } " · " (fill(s.points, &[&points(item.points)])) }
                span class={ "chip " (class) } { (word) }
            }
            p.soft.small {
                (self.who(item)) " · "
                time datetime=(format::machine_moment(item.at)) { (format::moment(item.at)) }
                @if let Some(settled) = item.settled.filter(|settled| *settled != item.at) { " · " (fill(s.settled, &[&format::moment(settled)])) }
                @if let Some(until) = item.until { " · " (fill(s.until, &[&format::full_day(until.day(), lang)])) }
            }
            @if !item.code.is_empty() { p { code { (item.code) } } }
            @if let Some(handed) = &item.handed {
                p.small { (fill(s.handed, &[&format::moment(handed.at), &(lang.strings().account.actor)(&handed.by)])) }
            }
            @if item.state == State::Voided {
                p.small { @if item.why.is_empty() { (s.by_time) } @else { (fill(s.why_was, &[&item.why])) } }
            }
            @if item.state == State::Held && !item.member.is_empty() { (self.steps(item)) }
            @if item.state == State::Captured && !item.member.is_empty() {
                @if item.to_hand_over {
                    p.small { (s.told) }
                    (self.form(item, "handed", &html! { div.actions { button.button type="submit" { (s.tick) } } }))
                } @else if item.handed.is_some() { (self.undo(item)) }
            }
        }
    }

    fn undo(&self, item: &Redemption) -> Markup {
        self.form(item, "unhanded", &html! { div.actions { button.button.quiet type="submit" { (self.s.untick) } } })
    }

    fn who(&self, item: &Redemption) -> Markup {
        let s = self.s;
        html! {
            @if item.member.is_empty() { (s.erased) }
            @else { a href={ (path(&self.model.config.site, Section::Members)) "/" (item.member) } { @if item.who.is_empty() { (s.unnamed) } @else { (item.who) } } }
        }
    }

    /// Each says what it does before it is done.
    fn steps(&self, item: &Redemption) -> Markup {
        let s = self.s;
        let pooled = self
            .model
            .record
            .newest()
            .and_then(|program| program.rewards.iter().find(|reward| reward.name.as_str() == item.reward));
        let pooled = pooled.is_some_and(rapport_core::loyalty::program::Reward::has_pool);
        let (note, why) = (format!("note-{}", item.id), format!("why-{}", item.id));
        let n = points(item.points);
        html! {
            div.steps {
                details {
                    summary.button { (s.capture) }
                    (self.form(item, "capture", &html! {
                        p.small { (s.capture_words) }
                        div.field {
                            label for=(note) { (s.capture_note) }
                            input id=(note) name="note" maxlength="300" autocomplete="off";
                            @if pooled { p.hint { (s.capture_code) } }
                        }
                        div.actions { button.button.main type="submit" { (s.capture_yes) } }
                    }))
                }
                details {
                    summary.button { (s.void) }
                    (self.form(item, "void", &html! {
                        p.small { (fill(s.void_words, &[&n])) }
                        div.field {
                            label for=(why) { (s.void_why) }
                            input id=(why) name="why" required maxlength="300" autocomplete="off";
                        }
                        div.actions { button.button.risk type="submit" { (fill(s.void_yes, &[&n])) } }
                    }))
                }
            }
        }
    }

    fn form(&self, item: &Redemption, step: &str, body: &Markup) -> Markup {
        layout::form(
            self.frame,
            &self.here,
            "stack",
            &html! {
                input type="hidden" name="do" value=(step);
                input type="hidden" name="member" value=(item.member);
                input type="hidden" name="hold" value=(item.id);
                input type="hidden" name="back" value=(self.model.asked.query(&[]));
                (body)
            },
        )
    }
}

fn points(points: i64) -> String {
    count(points.unsigned_abs())
}
