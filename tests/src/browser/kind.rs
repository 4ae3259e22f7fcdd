//! Which browser the suites run in, and what cannot be tried in it.

use std::sync::LazyLock;

/// A browser with an engine of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Blink.
    Chromium,
    /// Gecko.
    Firefox,
    /// WebKit, as GTK has it: the engine of Safari without what Apple adds.
    Webkit,
}

/// What a browser has no means for, by the path of the test; whoever adds to it tells why.
const NOT_THERE: &[(Kind, &str, &str)] = &[
    (Kind::Firefox, "harness::a_page_is_rendered_in_advance", RENDERING_IN_ADVANCE),
    (
        Kind::Firefox,
        "move_between_pages::a_page_rendered_in_advance_counts_nothing_until_it_is_seen",
        RENDERING_IN_ADVANCE,
    ),
    (Kind::Firefox, "harness::barriers_errors_and_shifts_are_noticed", SHIFTS),
    (Kind::Firefox, "leave_the_page_alone::an_inline_widget_fills_a_reserved_place_without_a_shift", SHIFTS),
    (Kind::Firefox, "answer_without_scripts::mistakes_are_named_and_nothing_typed_is_lost", SCRIPTS),
    (Kind::Firefox, "hear_from_the_owner::a_page_of_its_own_without_scripts", SCRIPTS),
    (Kind::Firefox, "keep_clear_of_the_keyboard::", "no visual viewport smaller than the page can be had"),
    (Kind::Webkit, "harness::a_page_is_rendered_in_advance", RENDERING_IN_ADVANCE),
    (
        Kind::Webkit,
        "move_between_pages::a_page_rendered_in_advance_counts_nothing_until_it_is_seen",
        RENDERING_IN_ADVANCE,
    ),
    (Kind::Webkit, "harness::barriers_errors_and_shifts_are_noticed", SHIFTS),
    (Kind::Webkit, "leave_the_page_alone::an_inline_widget_fills_a_reserved_place_without_a_shift", SHIFTS),
    (Kind::Webkit, "harness::another_device_line_and_taste", WISHES),
    (Kind::Webkit, "harness::mouse_keys_and_fingers_reach_into_a_shadow_root", "its driver makes a mouse of a finger"),
    (Kind::Webkit, "harness::a_page_without_scripts_can_still_be_used", SWITCH),
    (Kind::Webkit, "answer_without_scripts::a_score_and_a_word", SWITCH),
    (Kind::Webkit, "answer_without_scripts::mistakes_are_named_and_nothing_typed_is_lost", SWITCH),
    (Kind::Webkit, "answer_without_scripts::a_whole_survey", SWITCH),
    (Kind::Webkit, "answer_without_scripts::from_the_link_that_a_page_puts_into_the_element", SWITCH),
    (Kind::Webkit, "answer_in_frames::the_hosted_page_in_a_sandbox_that_only_allows_forms", SWITCH),
    (Kind::Webkit, "hear_from_the_owner::a_page_of_its_own_without_scripts", SWITCH),
    (Kind::Webkit, "collect_and_redeem::from_right_to_left_and_in_chinese_on_a_phone_in_the_dark", WISHES),
    (Kind::Webkit, "collect_and_redeem::whoever_wants_less_motion_has_none_and_others_celebrate", WISHES),
    (Kind::Webkit, "hear_from_the_owner::on_a_dark_phone_and_from_right_to_left", WISHES),
    (Kind::Webkit, "take_a_quiz::the_owner_sees_how_all_have_fared", COOKIES),
    (Kind::Webkit, "keep_clear_of_the_keyboard::", "no visual viewport smaller than the page can be had"),
];

const RENDERING_IN_ADVANCE: &str = "it renders nothing in advance";
const SCRIPTS: &str = "scripts that were off come back with the next page only, and axe needs them on this one";
const SWITCH: &str = "its driver cannot switch scripts off";
const WISHES: &str = "its driver has no wishes such as dark or less motion";
const COOKIES: &str = "it keeps no `Secure` cookie of http://localhost, so that no owner can sign in";
const SHIFTS: &str = "it reports neither layout shifts nor long tasks";

impl Kind {
    /// The one of this run: what `cargo xtask test --browser` asks for, else Chromium.
    pub fn chosen() -> Self {
        static CHOSEN: LazyLock<Kind> = LazyLock::new(|| match std::env::var("RAPPORT_BROWSER").as_deref() {
            Ok("firefox") => Kind::Firefox,
            Ok("webkit") => Kind::Webkit,
            Ok("chromium" | "") | Err(_) => Kind::Chromium,
            Ok(other) => panic!("RAPPORT_BROWSER is chromium, firefox or webkit, not `{other}`"),
        });
        *CHOSEN
    }

    /// Why the test of this path cannot be run in it, if so.
    pub fn lacks(self, test: &str) -> Option<&'static str> {
        NOT_THERE.iter().find(|(kind, path, _)| *kind == self && test.starts_with(path)).map(|(.., why)| *why)
    }

    /// Every path in the list, for the test that looks whether they are still there.
    pub fn excused() -> impl Iterator<Item = &'static str> {
        NOT_THERE.iter().map(|(_, path, _)| *path)
    }
}
