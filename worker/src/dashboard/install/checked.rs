//! What a look at a page found, in words.

use maud::{Markup, html};
use rapport_core::install::{Finding, Weight, origin};

use crate::dashboard::layout;
use crate::dashboard::page::Frame;
use crate::owner::install::Look;

/// Findings, the worst first, and what cannot be seen that way.
pub fn findings(frame: &Frame<'_>, look: &Look, path: &str) -> Markup {
    let s = &frame.lang.strings().install;
    let chip = |weight| match weight {
        Weight::Bad => ("chip bad", s.bad),
        Weight::Mild => ("chip mild", s.mild),
        Weight::Fine => ("chip good", s.good),
    };
    let one = |weight: Weight, words: &str| {
        let (class, word) = chip(weight);
        html! { li { span class=(class) { (word) } p { (words) } } }
    };
    html! {
        div.stack #checked role="status" tabindex="-1" {
            ul.hints {
                @match look {
                    Look::Read { findings, cut } => {
                        @for finding in findings { (one(finding.weight(), &words(frame, finding))) }
                        @if *cut { (one(Weight::Mild, s.cut)) }
                    }
                    Look::LeadsOn(to) => {
                        (one(Weight::Mild, &(s.leads_on)(to)))
                    }
                    Look::Status(status) => (one(Weight::Bad, &(s.status)(*status))),
                    Look::NotHtml(kind) => (one(Weight::Bad, &(s.not_html)(kind))),
                    Look::Silent => (one(Weight::Bad, s.silent)),
                }
            }
            @if let Look::LeadsOn(to) = look {
                @if to.starts_with("https://") {
                    (layout::form(frame, &format!("{path}#check"), "", &html! {
                        input type="hidden" name="page" value=(to);
                        button.button type="submit" { (s.check_there) " " (origin(to)) }
                    }))
                }
            }
            p.small.soft { (s.unseen) }
        }
    }
}

fn words(frame: &Frame<'_>, finding: &Finding) -> String {
    let s = &frame.lang.strings().install;
    match finding {
        Finding::Found => s.found.to_owned(),
        Finding::Mentioned => s.mentioned.to_owned(),
        Finding::Missing => s.missing.to_owned(),
        Finding::TagManager => s.tag_manager.to_owned(),
        Finding::OtherSite(id) => (s.other_site)(id),
        Finding::OtherWorker(origin) => (s.other_worker)(origin),
        Finding::Repeated(times) => (s.repeated)(*times),
        Finding::NotAsync => s.not_async.to_owned(),
        Finding::Insecure => s.insecure.to_owned(),
        Finding::PolicyScript => s.policy_script.to_owned(),
        Finding::PolicyWasm => s.policy_wasm.to_owned(),
        Finding::PolicyConnect => s.policy_connect.to_owned(),
        Finding::PolicyTypes => s.policy_types.to_owned(),
        Finding::UnknownPlace(name) => (s.unknown_place)(name),
        Finding::NoPlace(name) => (s.no_place)(name),
        Finding::NothingLive => s.nothing_live_found.to_owned(),
    }
}
