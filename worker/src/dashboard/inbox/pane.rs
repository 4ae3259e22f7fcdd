//! One response: what was said, from whom and where, how far it is to be trusted, and what the owner makes of it.

use maud::{Markup, html};
use rapport_core::case::{By, Case, Status};
use rapport_core::inbox::Filter;
use rapport_core::model::site::Privacy;
use rapport_core::model::widget::Kind;

use super::asked::{address, link};
use super::list::Model;
use crate::command::inbox::Item;
use crate::dashboard::answers;
use crate::dashboard::faults;
use crate::dashboard::format;
use crate::dashboard::layout;
use crate::dashboard::page::{Frame, Speech};

/// The pane.
pub fn pane(
    frame: &Frame<'_>,
    model: &Model<'_>,
    item: &Item,
    others: &[Item],
    speech: &Speech<'_>,
    here: &Markup,
) -> Markup {
    let s = &frame.lang.strings().inbox;
    let site = &model.config.site.id;
    let path = link(site, Some(&item.response.id));
    let brief = answers::brief(&item.response, model.config, speech);
    html! {
        article.pane aria-labelledby="one" {
            p.back { a href={ (link(site, None)) "?" (model.asked.query()) } data-key="u" { (s.back) } }
            @if let Some(wrong) = model.problem { (faults::list(&wrong.problems, frame.lang)) }
            div.card.stack {
                header.line {
                    h1 #one { (brief.title) }
                    @for (class, score) in &brief.scores { span class=(class) { (score) } }
                    span.chip data-status { (s.status(item.case.status)) }
                    @if item.case.test { span.chip { (s.test) } }
                }
                @if item.case.status == Status::New && model.problem.is_none() {
                    // Sent by the script once somebody sees this page: an address may be fetched without anybody looking.
                    (layout::form(frame, &path, "opened sr", &html! { input type="hidden" name="do" value="open"; }))
                }
                (answers::whole(&item.response, model.config, speech))
                (layout::form(frame, &path, "actions", &html! {
                    (here)
                    @for (status, key) in [(Status::Read, "m"), (Status::Planned, "p"), (Status::Done, "e"), (Status::Wont, "w"), (Status::Spam, "!"), (Status::New, "n")] {
                        button.button type="submit" name="do" value={ "status:" (status.as_str()) } data-key=(key)
                            aria-pressed=[(status == item.case.status).then_some("true")] { (s.status(status)) }
                    }
                }))
            }
            (thread(frame, model, item, &path, here))
            (notes(frame, model, &item.case, &path, here, speech))
            (facts(frame, model, item, others, speech))
            (risks(frame, item, &path, here))
        }
    }
}

fn thread(frame: &Frame<'_>, model: &Model<'_>, item: &Item, path: &str, here: &Markup) -> Markup {
    let s = &frame.lang.strings().inbox;
    let typed = model.problem.map(|wrong| wrong.reply.as_str()).unwrap_or_default();
    html! {
        section.card.stack #reply aria-labelledby="thread" {
            h2 #thread { (s.thread) }
            @if !item.case.thread.is_empty() {
                ol.thread {
                    @for message in &item.case.thread {
                        li class=[(message.by == By::Owner).then_some("own")] {
                            p.meta {
                                b { (if message.by == By::Owner { s.you } else { s.visitor }) }
                                time datetime=(format::machine_moment(message.at)) { (format::ago(message.at, frame.now, frame.lang)) }
                                @if message.by == By::Owner { span { (if message.seen.is_some() { s.seen } else { s.unseen }) } }
                            }
                            blockquote { (message.text) }
                            @if message.by == By::Owner && message.seen.is_none() {
                                (layout::form(frame, path, "", &html! {
                                    (here)
                                    button.button.quiet.small type="submit" name="do" value={ "unsay:" (message.id) } { (s.unsay) }
                                }))
                            }
                        }
                    }
                }
            }
            @if item.response.complete {
                (layout::form(frame, path, "stack", &html! {
                    (here)
                    label for="reply-text" { (s.reply) }
                    textarea #reply-text name="text" rows="4" required maxlength="2000" data-key="r" { (typed) }
                    p.small.soft { (s.reply_hint) }
                    div.actions { button.button.main type="submit" name="do" value="reply" { (s.send) } }
                }))
            } @else {
                p.small.soft { (s.no_reply) }
            }
        }
    }
}

fn notes(frame: &Frame<'_>, model: &Model<'_>, case: &Case, path: &str, here: &Markup, speech: &Speech<'_>) -> Markup {
    let s = &frame.lang.strings().inbox;
    let note = model.problem.map(|wrong| wrong.note.as_str()).filter(|note| !note.is_empty()).unwrap_or(&case.note);
    let news: Vec<(String, String)> = model
        .config
        .widgets
        .iter()
        .filter_map(|record| record.draft.as_ref().or(record.versions.last().map(|version| &version.widget)))
        .filter(|widget| widget.kind == Kind::News)
        .flat_map(|widget| widget.questions.iter().map(|q| (format!("{}.{}", widget.name, q.name), speech.title(q))))
        .collect();
    let title = |key: &str| {
        news.iter().find(|(known, _)| known == key).map_or_else(|| key.to_owned(), |(_, title)| title.clone())
    };
    html! {
        section.card.stack aria-labelledby="notes" {
            h2 #notes { (s.for_you) }
            (layout::form(frame, path, "actions", &html! {
                (here)
                @for tag in &case.tags {
                    button.chip.tag type="submit" name="do" value={ "untag:" (tag) } formnovalidate { (tag) span aria-hidden="true" { "×" } span.sr { (s.take_away) } }
                }
                label.sr for="tag" { (s.add_tag) }
                input #tag name="tag" required maxlength="40" list="tags" placeholder=(s.add_tag) data-key="t";
                button.button type="submit" name="do" value="tag" { (s.add_tag) }
            }))
            (layout::form(frame, path, "stack", &html! {
                (here)
                label for="note" { (s.note) }
                textarea #note name="note" rows="3" maxlength="5000" { (note) }
                div.actions { button.button type="submit" name="do" value="note" { (s.keep_note) } }
            }))
            @if !case.news.is_empty() {
                ul.stack {
                    @for link in &case.news {
                        @let key = format!("{}.{}", link.widget, link.entry);
                        li.actions {
                            span { (s.led_to) " " b { (title(&key)) } }
                            (layout::form(frame, path, "", &html! {
                                (here)
                                button.button.quiet.small type="submit" name="do" value={ "unlink:" (key) } { (s.unlink) }
                            }))
                        }
                    }
                }
            }
            @if news.is_empty() {
                p.small.soft { (s.no_news) }
            } @else {
                (layout::form(frame, path, "actions", &html! {
                    (here)
                    label for="entry" { (s.link_news) }
                    select #entry name="entry" { @for (key, title) in &news { option value=(key) { (title) } } }
                    button.button type="submit" name="do" value="link" { (s.link) }
                }))
            }
        }
    }
}

fn facts(frame: &Frame<'_>, model: &Model<'_>, item: &Item, others: &[Item], speech: &Speech<'_>) -> Markup {
    let strings = frame.lang.strings();
    let s = &strings.inbox;
    let response = &item.response;
    let site = &model.config.site;
    let others: Vec<&Item> = others.iter().filter(|other| other.response.id != response.id).collect();
    html! {
        section.card.stack aria-labelledby="facts" {
            h2 #facts { (s.facts) }
            dl.facts {
                div { dt { (s.when) } dd { (format::moment(response.received)) @if response.active_ms > 0 { " · " (format::duration(f64::from(response.active_ms), frame.lang)) } } }
                div { dt { (s.widget) } dd { a href=(layout::widget_path(site, response.widget.as_str())) { (response.widget) } " · " ((s.version)(&response.version.to_string())) @if let Some(variant) = &response.variant { " · " ((strings.responses.variant)(variant.as_str())) } } }
                @if !response.page.is_empty() { div { dt { (s.page) } dd { (answers::page(&response.page, model.config)) } } }
                @if !response.locale.is_empty() { div { dt { (s.language) } dd { (response.locale) } } }
                @if !response.country.is_empty() { div { dt { (s.country) } dd { (response.country) } } }
                @if !response.device.is_empty() { div { dt { (s.device) } dd { (answers::device(&response.device, strings)) } } }
                @for (name, value) in &response.traits { div { dt { (name) } dd { (value) } } }
                div {
                    dt { (s.trust_label) }
                    dd {
                        @if response.doubts.is_empty() { (s.no_doubt) }
                        @for doubt in &response.doubts { p { (s.doubt(doubt)) } }
                    }
                }
            }
            @if !others.is_empty() {
                h3 { (s.others) }
                ul.stack.small {
                    @for other in others.iter().take(5) {
                        @let brief = answers::brief(&other.response, model.config, speech);
                        li {
                            a href={ (link(&site.id, Some(&other.response.id))) "?status=all" } { (brief.title) " " @for (_, score) in &brief.scores { (score) " " } }
                            " " span.soft { (format::ago(other.response.received, frame.now, frame.lang)) }
                        }
                    }
                }
                a.small href=(address(&site.id, &Filter { visitor: response.visitor.clone(), ..Filter::default() })) { (s.all_of_visitor) }
            }
            @if !response.visitor.is_empty() && site.privacy == Privacy::Daily { p.small.soft { (s.daily) } }
        }
    }
}

fn risks(frame: &Frame<'_>, item: &Item, path: &str, here: &Markup) -> Markup {
    let s = &frame.lang.strings().inbox;
    let test = if item.case.test { ("test:no", s.no_test) } else { ("test:yes", s.mark_test) };
    html! {
        section.card.stack aria-labelledby="risks" {
            h2 #risks { (s.figures) }
            p.small.soft { (s.figures_hint) }
            (layout::form(frame, path, "actions", &html! {
                (here)
                button.button type="submit" name="do" value=(test.0) { (test.1) }
                @if !item.response.visitor.is_empty() {
                    @if item.blocked {
                        button.button type="submit" name="do" value="unblock" { (s.unblock) }
                    } @else {
                        button.button type="submit" name="do" value="block" { (s.block) }
                    }
                }
                button.button.risk type="submit" name="do" value="erase" { (s.erase) }
            }))
            p.small.soft { (s.block_hint) }
            p.small.soft { (s.erase_hint) }
        }
    }
}
