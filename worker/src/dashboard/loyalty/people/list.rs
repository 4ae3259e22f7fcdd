//! The list of members.

use maud::{Markup, html};
use rapport_core::loyalty::people::Person;
use rapport_core::loyalty::people::insight::Insight;
use rapport_core::loyalty::people::rfm::Group;
use rapport_core::loyalty::people::stage::Stage;
use rapport_core::loyalty::program::Program;
use rapport_core::model::config::Config;

use super::super::frame::{Section, path};
use super::words;
use crate::command::loyalty::Shown;
use crate::command::people::{Found, Sort, Wanted};
use crate::dashboard::format;
use crate::dashboard::page::{Frame, Speech};
use crate::dashboard::parts::{self, signs};
use crate::dashboard::strings::editor::fill;

/// What is shown.
pub struct Model<'a> {
    pub wanted: &'a Wanted,
    pub found: &'a Found,
    pub erased: bool,
}

/// Where no programme is in force.
pub fn not_live(frame: &Frame<'_>, config: &Config) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        div.card { div.empty {
            (parts::sign(signs::INBOX))
            h1 { (s.nobody) }
            p { (s.not_live) }
            a.button.main href=(path(&config.site, Section::Programme)) { (s.to_programme) }
        } }
    }
}

/// The list, with what narrows it down.
pub fn page(frame: &Frame<'_>, config: &Config, program: &Program, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let census = &model.found.census;
    html! {
        div.head { h1 { (frame.lang.strings().loyalty.members) " " span.soft { (format::count(census.members)) } } }
        @if model.erased { p.notice.good role="status" { (s.erased) } }
        @if model.found.counting { p.notice role="status" { (s.counting) } }
        @if census.members > 0 {
            (stages(frame, config, model))
            (form(frame, config, program, model.wanted))
        }
        div.card.flush.members {
            @if model.found.items.is_empty() { (empty(frame, config, census.members)) }
            @else { (table(frame, config, program, model)) }
        }
        (pages(frame, config, model))
    }
}

fn stages(frame: &Frame<'_>, config: &Config, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let (wanted, census) = (model.wanted, &model.found.census);
    let counts = census.stages;
    let of = |stage: Stage| match stage {
        Stage::New => counts.new,
        Stage::Active => counts.active,
        Stage::Loyal => counts.loyal,
        Stage::AtRisk => counts.at_risk,
        Stage::Lost => counts.lost,
    };
    let link = |stage: Option<Stage>| address(config, &Wanted { stage, after: None, ..wanted.clone() });
    html! {
        nav.segments.stages aria-label=(s.stages) {
            ul {
                li { a href=(link(None)) aria-current=[wanted.stage.is_none().then_some("page")] { (s.all) } }
                @for stage in Stage::ALL {
                    li {
                        a href=(link(Some(stage))) aria-current=[(wanted.stage == Some(stage)).then_some("page")] {
                            (words::stage(stage, frame.lang).0) " " span.soft { (format::count(of(stage))) }
                        }
                    }
                }
            }
        }
    }
}

fn form(frame: &Frame<'_>, config: &Config, program: &Program, wanted: &Wanted) -> Markup {
    let s = &frame.lang.strings().people;
    let speech = Speech::new(frame.lang, &config.site.locale);
    html! {
        form.card.sift method="get" action=(path(&config.site, Section::Members)) role="search" {
            @if let Some(stage) = wanted.stage { input type="hidden" name="stage" value=(stage.as_str()); }
            div.field.wide {
                label for="q" { (s.search) }
                input #q type="search" name="q" value=(wanted.text) maxlength="200" autocapitalize="none" spellcheck="false" autocomplete="off";
            }
            @if !program.tiers.is_empty() {
                div.field {
                    label for="tier" { (s.tier) }
                    select #tier name="tier" {
                        option value="" { (s.any_tier) }
                        @for tier in &program.tiers {
                            option value=(tier.name) selected[wanted.tier == tier.name.as_str()] { (speech.text(&tier.label)) }
                        }
                        option value="-" selected[wanted.tier == "-"] { (s.no_tier) }
                    }
                }
            }
            div.field {
                label for="group" { (s.group) }
                select #group name="group" {
                    option value="" { (s.any_group) }
                    @for group in Group::ALL {
                        option value=(group.as_str()) selected[wanted.group == Some(group)] { (words::group(group, frame.lang)) }
                    }
                }
            }
            div.field {
                label for="sort" { (s.sort) }
                select #sort name="sort" {
                    @for (sort, name) in [(Sort::Seen, s.by_seen), (Sort::Balance, s.by_balance)] {
                        option value=(sort.as_str()) selected[wanted.sort == sort] { (name) }
                    }
                }
            }
            button.button.main type="submit" { (frame.lang.strings().show) }
        }
    }
}

fn table(frame: &Frame<'_>, config: &Config, program: &Program, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let title = frame.lang.strings().loyalty.members;
    let grouped = model.found.census.fifths.is_some();
    html! {
        div.scroll tabindex="0" role="group" aria-label=(title) {
            table {
                thead { tr {
                    th scope="col" { (s.member) }
                    th scope="col" { (s.stage) }
                    @if !program.tiers.is_empty() { th scope="col" { (s.tier) } }
                    @if grouped { th scope="col" { (s.group) } }
                    th.num scope="col" { (s.balance) }
                    th.num scope="col" { (s.seen) }
                } }
                tbody { @for (shown, person) in &model.found.items { (row(frame, config, program, model, (shown, person))) } }
            }
        }
    }
}

fn row(
    frame: &Frame<'_>,
    config: &Config,
    program: &Program,
    model: &Model<'_>,
    (shown, person): (&Shown, &Person),
) -> Markup {
    let member = &shown.member;
    let insight = Insight::of(person, &model.found.census, frame.now);
    let (stage, class) = words::stage(insight.stage, frame.lang);
    let speech = Speech::new(frame.lang, &config.site.locale);
    let name = words::name(member, frame.lang);
    let second = [&member.profile.email, &member.external].into_iter().find(|text| !text.is_empty() && **text != name);
    html! {
        tr {
            th scope="row" {
                a href={ (path(&config.site, Section::Members)) "/" (member.id) } { bdi { (name) } }
                @if let Some(second) = second { small { bdi { (second) } } }
            }
            td { span class=(class) { (stage) } }
            @if !program.tiers.is_empty() {
                td { @if let Some(tier) = &shown.standing.tier { (words::tier(tier.as_str(), program, &speech)) } @else { span.soft { "–" } } }
            }
            @if let Some(rfm) = insight.rfm { td { (words::group(rfm.group, frame.lang)) } }
            td.num { (words::points(shown.standing.balance)) }
            td.num { time datetime=(format::machine_moment(insight.seen)) { (format::ago_by_hour(insight.seen, frame.now, frame.lang)) } }
        }
    }
}

fn empty(frame: &Frame<'_>, config: &Config, members: u64) -> Markup {
    let s = &frame.lang.strings().people;
    html! {
        div.empty {
            (parts::sign(signs::INBOX))
            @if members == 0 {
                h2 { (s.nobody) }
                p { (s.nobody_hint) }
            } @else {
                h2 { (s.none) }
                p { (s.none_hint) }
                a.button href=(path(&config.site, Section::Members)) { (s.show_all) }
            }
        }
    }
}

fn pages(frame: &Frame<'_>, config: &Config, model: &Model<'_>) -> Markup {
    let s = &frame.lang.strings().people;
    let (wanted, found) = (model.wanted, model.found);
    let ago = format::ago(found.census.at, frame.now, frame.lang);
    html! {
        @if wanted.after.is_some() || found.next.is_some() {
            nav.actions aria-label=(frame.lang.strings().responses.pages) {
                @if wanted.after.is_some() {
                    a.button href=(address(config, &Wanted { after: None, ..wanted.clone() })) { (s.first_page) }
                }
                @if found.next.is_some() {
                    a.button href=(address(config, &Wanted { after: found.next.clone(), ..wanted.clone() })) { (s.next_page) }
                }
            }
        }
        @if found.census.members > 0 {
            p.small.soft { (s.stages_about) }
            @if frame.now.0 - found.census.at.0 > 60_000 { p.small.soft { (fill(s.counted_at, &[&ago])) } }
        }
    }
}

/// The address of a list.
fn address(config: &Config, wanted: &Wanted) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    };
    add("q", &wanted.text);
    add("tier", &wanted.tier);
    add("stage", wanted.stage.map_or("", Stage::as_str));
    add("group", wanted.group.map_or("", Group::as_str));
    if wanted.sort != Sort::default() {
        add("sort", wanted.sort.as_str());
    }
    if let Some((key, member)) = &wanted.after {
        add("after", &format!("{key}.{member}"));
    }
    let (here, query) = (path(&config.site, Section::Members), query.finish());
    if query.is_empty() { here } else { format!("{here}?{query}") }
}
