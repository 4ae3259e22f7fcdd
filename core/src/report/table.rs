//! Widget by widget and variant by variant.

use crate::metrics::funnel::Funnel;
use crate::model::config::{Config, Record};
use crate::name::Name;
use crate::report::cut::{Asked, Cut};
use crate::report::sample::{Sample, Verdict};

/// One widget, all its versions and variants together, and each variant by itself.
#[derive(Clone, Debug, PartialEq)]
pub struct WidgetRow<'a> {
    pub record: &'a Record,
    pub name: &'a str,
    pub funnel: Funnel,
    /// In the order of the newest version, then those that have gone; empty where all saw the same.
    pub variants: Vec<VariantRow<'a>>,
}

/// One variant of a widget.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantRow<'a> {
    pub name: &'a Name,
    pub funnel: Funnel,
    /// Its response rate against that of the first variant; `None` for the first itself and where nobody saw it.
    pub against_first: Option<Verdict>,
}

/// All widgets, in the owner's order.
pub fn widgets<'a>(config: &'a Config, cut: &Cut<'a>) -> Vec<WidgetRow<'a>> {
    config
        .widgets
        .iter()
        .filter_map(|record| {
            let name = record.name()?;
            Some(WidgetRow {
                record,
                name,
                funnel: funnel(cut, |asked| asked.widget.as_str() == name),
                variants: variants(record, name, cut),
            })
        })
        .collect()
}

fn variants<'a>(record: &'a Record, widget: &str, cut: &Cut<'a>) -> Vec<VariantRow<'a>> {
    let mut names: Vec<&'a Name> = Vec::new();
    for version in record.versions.iter().rev() {
        for variant in &version.widget.variants {
            if !names.contains(&&variant.name) {
                names.push(&variant.name);
            }
        }
    }
    let mut first: Option<Sample> = None;
    names
        .into_iter()
        .map(|name| {
            let funnel = funnel(cut, |asked| asked.widget.as_str() == widget && asked.variant == Some(name));
            let response = Sample::share(funnel.answered, funnel.seen);
            let against_first = match &first {
                Some(first) => response.against(first),
                None => {
                    first = Some(response);
                    None
                }
            };
            VariantRow { name, funnel, against_first }
        })
        .collect()
}

fn funnel<'a>(cut: &Cut<'a>, of: impl Fn(Asked<'a>) -> bool) -> Funnel {
    let sum = |key| cut.sum(key, &of).now();
    Funnel {
        seen: sum("seen"),
        started: sum("started"),
        answered: sum("answered"),
        completed: sum("completed"),
        dismissed: sum("dismissed"),
    }
}
