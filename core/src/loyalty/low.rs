//! When a reward is running out.

/// Whether the redemption that leaves `left` of `all` is the one to tell the owner of: the last tenth begins, three at least
/// where there were more; and the last is gone.
pub const fn runs_low(left: u32, all: u32) -> bool {
    let tenth = if all / 10 < 3 { 3 } else { all / 10 };
    left == 0 || (left == tenth && left < all)
}

/// Whether so few of all are left that there should be more soon: from the moment on that [`runs_low`] tells of.
pub const fn is_low(left: u32, all: u32) -> bool {
    let tenth = if all / 10 < 3 { 3 } else { all / 10 };
    left <= tenth && left < all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn told_twice_while_a_stock_goes_down_to_nothing() {
        for (all, at) in [(1, vec![0]), (3, vec![0]), (4, vec![3, 0]), (10, vec![3, 0]), (100, vec![10, 0])] {
            let told: Vec<u32> = (0..all).rev().filter(|left| runs_low(*left, all)).collect();
            assert_eq!(told, at, "{all}");
        }
    }

    #[test]
    fn it_is_low_from_then_on() {
        for (left, all, low) in [
            (11, 100, false),
            (10, 100, true),
            (0, 100, true),
            (3, 4, true),
            (3, 3, false),
            (1, 1, false),
            (0, 1, true),
        ] {
            assert_eq!(is_low(left, all), low, "{left} of {all}");
        }
    }
}
