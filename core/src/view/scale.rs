//! Points to choose from: numbers, stars, faces or thumbs.

use maud::{Markup, html};

use super::icon;
use super::question::Ask;
use crate::model::question::Look;
use crate::model::text::Text;

/// The points of a scale, and the words at its ends.
pub(super) fn points(ask: &Ask<'_>, min: i32, max: i32, look: Look, low: Option<&Text>, high: Option<&Text>) -> Markup {
    let class = match look {
        Look::Numbers => "scale",
        Look::Stars => "scale stars",
        Look::Smileys => "scale faces",
        Look::Thumbs => "scale thumbs",
    };
    let end = |point: i32| match point {
        _ if point == min && low.is_some() => Some(format!("{}-low", ask.id)),
        _ if point == max && high.is_some() => Some(format!("{}-high", ask.id)),
        _ => None,
    };
    html! {
        div class=(class) part="scale" {
            @for point in min..=max {
                label class="point" part="point" {
                    input type="radio" name=(ask.name()) value=(point) required[ask.question.required && point == min]
                        checked[ask.has(ask.name(), &point.to_string())] aria-describedby=[end(point)];
                    (drawn(ask, look, min, max, point))
                }
            }
        }
        @if low.is_some() || high.is_some() {
            p class="ends" {
                @if let Some(low) = low { span id={ (ask.id) "-low" } { (low.get(ask.context.locale)) } }
                @if let Some(high) = high { span id={ (ask.id) "-high" } { (high.get(ask.context.locale)) } }
            }
        }
    }
}

/// What stands for a point: its number, or a drawing with its name for those who do not see it.
fn drawn(ask: &Ask<'_>, look: Look, min: i32, max: i32, point: i32) -> Markup {
    let words = &ask.strings.scale;
    let named = |drawing: Markup, name: &str| html! { (drawing) span class="name" { (name) } };
    let last = max.saturating_sub(min);
    let index = point.saturating_sub(min);
    match look {
        Look::Stars => named(icon::star(), &ask.strings.count(&words.stars, u64::try_from(point).unwrap_or(0))),
        Look::Smileys if last > 0 => {
            // Fewer faces than five are the outer and middle ones; more share a name, with their number.
            let place = usize::try_from((index * 4 + last / 2) / last).unwrap_or(0);
            let name = words.faces.get(place).copied().unwrap_or_default();
            let name = if last > 4 { format!("{point}: {name}") } else { name.to_owned() };
            named(icon::face(index * 8 / last - 4), &name)
        }
        Look::Thumbs if last == 1 => {
            let up = point == max;
            named(icon::thumb(up), if up { words.thumb_up } else { words.thumb_down })
        }
        _ => html! { span { (point) } },
    }
}
