//! What ends for members when the draft is put in force, said before it is.

use maud::{Markup, html};
use rapport_core::loyalty::program::Program;

use super::names::Names;
use crate::command::program::{Ending, Part};
use crate::dashboard::format::count;
use crate::dashboard::page::Speech;
use crate::dashboard::strings::editor::fill;

/// Each part with what it means, and for how many; nothing where nothing ends.
pub fn panel(live: Option<&Program>, ending: &[Ending], speech: &Speech<'_>) -> Markup {
    let s = &speech.strings().loyalty;
    let names = Names { programs: [live, None], speech };
    html! {
        @if !ending.is_empty() {
            section.section aria-labelledby="ending" {
                h2 #ending { (s.ending) }
                div.notice.bad.stack role="alert" {
                    ul.changes.stack {
                        @for each in ending {
                            li { b { (called(each, live, &names, speech)) } p { (words(each, speech)) } }
                        }
                    }
                    p.small { (s.ending_way) }
                }
            }
        }
    }
}

fn called(ending: &Ending, live: Option<&Program>, names: &Names<'_>, speech: &Speech<'_>) -> String {
    let name = ending.name.as_str();
    let label = match ending.part {
        Part::Reward => return names.reward(name),
        Part::Tier => return names.tier(name),
        Part::Draw => live.and_then(|live| live.draw(&ending.name)).map(|draw| &draw.label),
    };
    label.map_or_else(|| name.to_owned(), |label| speech.text(label).to_owned())
}

fn words(ending: &Ending, speech: &Speech<'_>) -> String {
    let s = &speech.strings().loyalty;
    let Ending { part, members, many, left, .. } = ending;
    let n = |n: &u32| count(u64::from(*n));
    match part {
        Part::Draw if *many == 0 => s.ending_draw_unused.to_owned(),
        Part::Draw => fill(s.ending_draw, &[&n(many), &n(members), &n(left)]),
        Part::Reward if *many == 0 => fill(s.ending_codes, &[&n(left)]),
        Part::Reward if *left == 0 => fill(s.ending_reward, &[&n(many), &n(members)]),
        Part::Reward => {
            format!("{} {}", fill(s.ending_reward, &[&n(many), &n(members)]), fill(s.ending_codes, &[&n(left)]))
        }
        Part::Tier => fill(s.ending_tier, &[&n(members)]),
    }
}
