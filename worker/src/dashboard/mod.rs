//! The owner's dashboard: pages as pure functions of what they show, and behind them the routes that gather it.

mod handle;
mod route;
mod read;
mod change;
mod door;
mod caller;
mod gather;
mod form;
mod account;
pub mod install;
mod inbox;
mod new_site;
mod settings;
pub mod loyalty;

pub use change::problems;
pub use handle::handle;

pub mod connect;
pub mod data;
pub mod layout;
pub mod sign_in;
pub mod sites;
pub mod overview;
pub mod figure;
pub mod behind;
pub mod question;
pub mod widgets;
pub mod widget;
pub mod discarded;
mod edit;
pub mod editor;
pub mod answers;
pub mod fail;
pub mod page;
pub mod period;
pub mod embed;
pub mod state;
pub mod faults;
pub mod gallery;
pub mod review;
pub mod versions;
pub mod visitor;
pub mod parts;
pub mod format;
pub mod lang;
pub mod strings;
