//! Every address of the dashboard, from the list that the Worker's compiler keeps complete.

use crate::Site;

const EXAMPLES: &str = include_str!("../../worker/src/dashboard/route/examples.rs");

/// The addresses below the Worker's origin, for a site with a widget of this name.
pub fn dashboard(site: &str, widget: &str) -> Vec<String> {
    let literals = EXAMPLES.lines().filter_map(|line| line.split_once("=> \"/dashboard"));
    let paths = literals.filter_map(|(_, rest)| rest.split_once('"')).map(|(rest, _)| format!("/dashboard{rest}"));
    paths.map(|path| path.replace("{site}", site).replace("{widget}", widget)).collect()
}

impl Site<'_> {
    /// The addresses that concern this site, and those of no site.
    pub fn dashboard(&self, widget: &str) -> Vec<String> {
        dashboard(&self.id, widget)
    }
}
