//! The gallery: every template with a picture of its first question, and one click from there to a draft.

mod templates;

use maud::{Markup, html};
use rapport_core::model::config::Config;
use rapport_core::model::placement::Placement;
use rapport_core::model::text::Locale;
use rapport_core::model::widget::{Kind, Widget};
use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;
use rapport_core::view::{self, ViewContext};
use worker::{Env, Response};

use crate::command::{Edit, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::format;
use crate::dashboard::layout::{self, Place, Tab, new_widget_path, site_path, widget_path};
use crate::dashboard::loyalty::badge;
use crate::dashboard::page::Frame;
use crate::edit::mark;
use crate::owner;
use crate::problem::Fail;
use crate::reply;
use templates::ALL;

pub use templates::{Goal, Template};

/// The field of the form that names a template.
pub const TEMPLATE: &str = "template";

/// All templates, or those of one goal.
pub async fn show(caller: &Caller, session: &Session, env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let goal = Goal::ALL.into_iter().find(|goal| goal.as_str() == caller.query.get("goal"));
    caller.page(page(&caller.frame(Some(&session.csrf)), &config, goal), 200)
}

/// Makes a draft of the template, and opens it.
pub async fn start(env: &Env, site: &SiteId, id: &str) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let template = Template::of(id).ok_or_else(Fail::not_found)?;
    let taken = |name: &str| config.record(name).is_some();
    let widget = template.named(&config.site.locale, &taken).ok_or_else(Fail::not_found)?;
    let path = format!("{}/edit", widget_path(&config.site, widget.name.as_str()));
    // Whatever came to be under this name meanwhile is not overwritten.
    owner::edit(env, site, Edit::Draft { widget, based_on: Some(mark::<Widget>(None)) }).await?;
    reply::see_other(&path)
}

/// The style sheet of the pictures.
pub async fn style(env: &Env, site: &SiteId) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let pictures: Vec<Widget> = ALL.iter().filter_map(|template| pictured(template, &config.site.locale)).collect();
    let pictures: Vec<&Widget> = pictures.iter().collect();
    reply::typed(
        view::panel_css() + &view::site_css(&config.site, &pictures),
        "text/css; charset=utf-8",
        "private, max-age=300",
    )
}

fn page(frame: &Frame<'_>, config: &Config, goal: Option<Goal>) -> Markup {
    let s = frame.lang.strings();
    let w = &s.gallery;
    let site = &config.site;
    let path = new_widget_path(site);
    let chosen = ALL.iter().filter(|template| goal.is_none_or(|goal| template.goal == goal));
    let body = html! {
        div.stack {
            h1 { (s.widgets.add) }
            p.soft { (w.hint) }
        }
        nav.sections aria-label=(w.goals) {
            ul {
                li { a href=(path) aria-current=[goal.is_none().then_some("page")] { (w.all) } }
                @for each in Goal::ALL {
                    li { a href={ (path) "?goal=" (each.as_str()) } aria-current=[(goal == Some(each)).then_some("page")] { (w.goal(each)) } }
                }
            }
        }
        (layout::form(frame, &path, "", &html! {
            ul.grid.gallery { @for template in chosen { (card(frame, config, template)) } }
        }))
        p.small { a href={ (path) "?definition" } { (w.paste) } }
    };
    layout::page(frame, Place::Site(site, Tab::Widgets), s.widgets.add, &body)
}

fn card(frame: &Frame<'_>, config: &Config, template: &Template) -> Markup {
    let w = &frame.lang.strings().gallery;
    let widget = template.widget(template.id, &config.site.locale);
    html! {
        li.card.stack {
            @if let Some(widget) = &widget { (picture(config, widget, frame.now)) }
            h2 { (template.name(frame.lang)) }
            p.soft { (template.when(frame.lang)) }
            @if let Some(widget) = widget.as_ref().filter(|widget| widget.kind.bare()) {
                p.small.soft { @if widget.placement == Placement::Inline { (w.place(&widget.placement)) } @else { (frame.lang.strings().badge.pill) } }
                @if !badge::in_force(config) { p.small { (frame.lang.strings().badge.first) " " a href=(site_path(&config.site, Tab::Loyalty)) { (frame.lang.strings().badge.to_programme) } } }
            } @else if let Some(widget) = &widget {
                @let questions = widget.questions.len();
                p.small.soft {
                    ((w.questions)(&format::count(questions as u64))) " · "
                    ((w.seconds)(&format::count(u64::from(template.seconds)))) " · " (w.place(&widget.placement))
                }
            }
            p.actions {
                button.button.main type="submit" name=(TEMPLATE) value=(template.id) { (w.start) span.sr { (frame.lang.strings().colon) (template.name(frame.lang)) } }
            }
        }
    }
}

/// The first question as visitors get it, in the site's colours. In a shadow root of its own its style and this page's do
/// not meet; it is to be looked at only, so it is inert.
fn picture(config: &Config, widget: &Widget, now: Timestamp) -> Markup {
    let site = &config.site;
    let context = ViewContext { site, version: 0, variant: None, locale: &site.locale, origin: "", sheet: None };
    html! {
        div.picture inert aria-hidden="true" {
            template shadowrootmode="open" {
                link rel="stylesheet" href={ (new_widget_path(site)) "/pictures.css?" (config.revision) };
                @if widget.kind == Kind::Loyalty { (view::filled(&first(widget), &context, &badge::picture(config, now).unwrap_or_default())) }
                @else { (view::widget(&first(widget), &context)) }
            }
        }
    }
}

/// Its first question alone, as part of the page.
fn first(widget: &Widget) -> Widget {
    let questions = widget.questions.iter().take(1).cloned().collect();
    Widget { questions, placement: Placement::Inline, thanks: None, ..widget.clone() }
}

fn pictured(template: &Template, site: &Locale) -> Option<Widget> {
    template.widget(template.id, site).map(|widget| first(&widget))
}
