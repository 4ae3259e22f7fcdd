//! One address for everything that the dashboard answers to. The suites ask each of them without a session, from foreign pages
//! and with hostile data, and look at each in a browser: they read the texts below, so each stands on a line of its own.

use super::Route;
use crate::dashboard::loyalty::{people, redemptions, rewards};
use crate::dashboard::{account, connect, data, inbox, install, loyalty, settings};

/// Makes a list, and a match that the compiler refuses while it lacks a kind of address.
macro_rules! examples {
    ($($route:pat => $path:literal,)*) => {
        const PATHS: &[&str] = &[$($path),*];

        fn example(route: &Route) -> &'static str {
            match route {
                $($route => $path,)*
            }
        }
    };
}

examples! {
    Route::Sites => "/dashboard",
    Route::SignIn => "/dashboard/sign-in",
    Route::SignOut => "/dashboard/sign-out",
    Route::NewSite => "/dashboard/new",
    Route::Account(account::Way::Page) => "/dashboard/account",
    Route::Account(account::Way::Activity) => "/dashboard/account/activity",
    Route::Tokens => "/dashboard/tokens",
    Route::Overview(_) => "/dashboard/s/{site}",
    Route::Pulse(_) => "/dashboard/s/{site}/pulse",
    Route::Widgets(_) => "/dashboard/s/{site}/widgets",
    Route::NewWidget(_) => "/dashboard/s/{site}/new",
    Route::Pictures(_) => "/dashboard/s/{site}/new/pictures.css",
    Route::Widget(..) => "/dashboard/s/{site}/widgets/{widget}",
    Route::Versions(..) => "/dashboard/s/{site}/widgets/{widget}/versions",
    Route::Visitor(..) => "/dashboard/s/{site}/widgets/{widget}/visitor",
    Route::Edit(..) => "/dashboard/s/{site}/widgets/{widget}/edit",
    Route::Step(..) => "/dashboard/s/{site}/widgets/{widget}/pause",
    Route::Inbox(_, inbox::Way::List) => "/dashboard/s/{site}/responses",
    Route::Inbox(_, inbox::Way::One(_)) => "/dashboard/s/{site}/responses/019ab0f2-0000-7000-8000-000000000000",
    Route::Settings(_, settings::Way::General) => "/dashboard/s/{site}/settings",
    Route::Settings(_, settings::Way::Privacy) => "/dashboard/s/{site}/settings/privacy",
    Route::Settings(_, settings::Way::Usage) => "/dashboard/s/{site}/settings/usage",
    Route::Settings(_, settings::Way::Delete) => "/dashboard/s/{site}/settings/delete",
    Route::Connect(_, connect::Way::List) => "/dashboard/s/{site}/settings/connect",
    Route::Connect(_, connect::Way::New) => "/dashboard/s/{site}/settings/connect/new",
    Route::Connect(_, connect::Way::One(_)) => "/dashboard/s/{site}/settings/connect/0a1b2c3d4e5f",
    Route::Data(_, data::Way::Page) => "/dashboard/s/{site}/settings/data",
    Route::Data(_, data::Way::Export) => "/dashboard/s/{site}/settings/data/export",
    Route::Data(_, data::Way::Person) => "/dashboard/s/{site}/settings/data/person",
    Route::Data(_, data::Way::Import) => "/dashboard/s/{site}/settings/data/import",
    Route::Data(_, data::Way::Take) => "/dashboard/s/{site}/settings/data/take",
    Route::Loyalty(_, loyalty::Way::Programme) => "/dashboard/s/{site}/loyalty",
    Route::Loyalty(_, loyalty::Way::Connect) => "/dashboard/s/{site}/loyalty/connect",
    Route::Loyalty(_, loyalty::Way::Preview) => "/dashboard/s/{site}/loyalty/preview",
    Route::Loyalty(_, loyalty::Way::Play(loyalty::play::Way::Draws)) => "/dashboard/s/{site}/loyalty/draws",
    Route::Loyalty(_, loyalty::Way::Play(loyalty::play::Way::Winners(_))) => "/dashboard/s/{site}/loyalty/draws/autumn/winners.csv",
    Route::Loyalty(_, loyalty::Way::Play(loyalty::play::Way::Referrals)) => "/dashboard/s/{site}/loyalty/referrals",
    Route::Loyalty(_, loyalty::Way::Play(loyalty::play::Way::Board)) => "/dashboard/s/{site}/loyalty/leaderboard",
    Route::Loyalty(_, loyalty::Way::Publish) => "/dashboard/s/{site}/loyalty/publish",
    Route::Loyalty(_, loyalty::Way::Simulation) => "/dashboard/s/{site}/loyalty/simulation",
    Route::Loyalty(_, loyalty::Way::Rewards(rewards::Way::List)) => "/dashboard/s/{site}/loyalty/rewards",
    Route::Loyalty(_, loyalty::Way::Rewards(rewards::Way::Codes(_))) => "/dashboard/s/{site}/loyalty/rewards/coupon",
    Route::Loyalty(_, loyalty::Way::Rewards(rewards::Way::Table(_))) => "/dashboard/s/{site}/loyalty/rewards/coupon/codes.csv",
    Route::Loyalty(_, loyalty::Way::Redemptions(redemptions::Way::List)) => "/dashboard/s/{site}/loyalty/redemptions",
    Route::Loyalty(_, loyalty::Way::Redemptions(redemptions::Way::Export)) => "/dashboard/s/{site}/loyalty/redemptions/export",
    Route::Loyalty(_, loyalty::Way::People(people::Way::List)) => "/dashboard/s/{site}/loyalty/members",
    Route::Loyalty(_, loyalty::Way::People(people::Way::Figures)) => "/dashboard/s/{site}/loyalty/figures",
    Route::Loyalty(_, loyalty::Way::People(people::Way::One(_))) => "/dashboard/s/{site}/loyalty/members/019ab0f2-0000-7000-8000-000000000000",
    Route::Loyalty(_, loyalty::Way::People(people::Way::Export(_))) => "/dashboard/s/{site}/loyalty/members/019ab0f2-0000-7000-8000-000000000000/export",
    Route::Install(_, install::Way::Page) => "/dashboard/s/{site}/install",
    Route::Install(_, install::Way::Code(_)) => "/dashboard/s/{site}/install/{widget}.svg",
}

#[test]
fn every_kind_of_address_has_an_example() {
    for path in PATHS {
        let filled = path.replace("{site}", "acme").replace("{widget}", "nps");
        let route = Route::parse(&filled).unwrap_or_else(|| panic!("{filled} leads nowhere"));
        assert_eq!(example(&route), *path);
    }
}
