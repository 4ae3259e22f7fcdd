//! The demo site as its owner configured it: the files under `www/demo/config`.

use crate::model::config::{Config, Record, State, Version};
use crate::model::site::Site;
use crate::model::widget::Widget;
use crate::problem::Problem;
use crate::time::Timestamp;

const SITE: &str = include_str!("../../../www/demo/config/site.json");

macro_rules! widgets {
    ($($name:literal)*) => {
        [$(include_str!(concat!("../../../www/demo/config/widgets/", $name, ".json"))),*]
    };
}

/// In the order in which the dashboard lists them.
const WIDGETS: [&str; 10] =
    widgets!["csat" "nps" "ces" "stars" "customers" "cloth" "helpful" "mood" "leaving" "feedback"];

/// The shop with all its widgets live since `published`.
///
/// # Errors
/// What the owner's editor would say to these files; a test keeps that from happening.
pub fn shop(published: Timestamp) -> Result<Config, Vec<Problem>> {
    let record = |text: &&str| -> Result<Record, Vec<Problem>> {
        let widget = Widget::parse(text)?;
        Ok(Record { state: State::Live, draft: None, versions: vec![Version { number: 1, published, widget }] })
    };
    let widgets = WIDGETS.iter().map(record).collect::<Result<_, _>>()?;
    Ok(Config { revision: 1, site: Site::parse(SITE)?, widgets })
}
