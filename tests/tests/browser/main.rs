//! Suites in a real browser, in one binary so that they share what is slow to start.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this is tests"
)]

mod steps;

mod add_the_badge;
mod agree_on_forms;
mod agree_on_targeting;
mod answer_each_kind;
mod go_on_once;
mod answer_anywhere;
mod answer_in_frames;
mod answer_on_bad_networks;
mod answer_without_scripts;
mod move_between_pages;
mod several_tabs;
mod resist_the_page;
mod take_the_data_along;
mod take_ledgers_along;
mod survive_a_crash;
mod leave_the_page_alone;
mod keep_clear_of_the_keyboard;
mod keep_points_anywhere;
mod keep_points_safe;
mod look_into_the_panel;
mod speak_the_pages_language;
mod show_when;
mod tell_the_page;
mod read_by_everyone;
mod count_once;
mod read_the_dashboard;
mod win_a_prize;
mod look_at_the_leaderboard;
mod work_the_inbox;
mod read_who_is_behind;
mod read_the_news;
mod run_a_programme;
mod look_after_members;
mod simulate_a_programme;
mod hand_out_rewards;
mod start_from_a_template;
mod take_a_quiz;
mod hear_from_the_owner;
mod go_back_to_a_version;
mod preview_as_a_visitor;
mod preview_the_badge;
mod visit_the_demo;
mod fit_the_budget;

mod harness;
mod collect_and_redeem;
mod connect;
mod dashboard;
mod settings;
mod every_page;
mod five_minutes;
mod edit_widgets;
mod preview_widgets;
