//! What the owner configures: a site, its widgets, their versions. Read strictly: a field that nobody knows is an
//! error, so a typing mistake never silently switches something off.

pub mod site;
pub mod widget;
pub mod question;
pub mod text;
pub mod appearance;
pub mod placement;
pub mod config;
