//! The demo site as its owner configured it: the files under `www/demo/config`.

use crate::model::config::{Config, Record, State, Version};
use crate::model::site::Site;
use crate::model::widget::Widget;
use crate::problem::Problem;
use crate::time::Timestamp;

/// Its widgets, in the order in which the dashboard lists them: each is `widgets/{name}.json`, beside `site.json`.
pub const WIDGETS: [&str; 12] =
    ["csat", "nps", "ces", "stars", "customers", "cloth", "helpful", "mood", "leaving", "feedback", "news", "binder"];

/// The shop with all its widgets live since `published`, from the texts of its files in that order.
///
/// # Errors
/// What the owner's editor would say to these files.
pub fn shop<T: AsRef<str>>(published: Timestamp, site: &str, widgets: &[T]) -> Result<Config, Vec<Problem>> {
    let record = |(text, name): (&T, &str)| -> Result<Record, Vec<Problem>> {
        let named = |found: Vec<Problem>| found.into_iter().map(|problem| problem.within(name)).collect::<Vec<_>>();
        let widget = Widget::parse(text.as_ref()).map_err(named)?;
        Ok(Record { state: State::Live, draft: None, versions: vec![Version { number: 1, published, widget }] })
    };
    let widgets = widgets.iter().zip(WIDGETS).map(record).collect::<Result<_, _>>()?;
    Ok(Config { revision: 1, site: Site::parse(site)?, widgets, loyalty: None })
}
