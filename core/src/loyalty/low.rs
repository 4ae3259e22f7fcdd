//! When a reward is running out.

/// Whether the redemption that leaves `left` of `all` is the one to tell the owner of: the last tenth begins, three at least
/// where there were more; and the last is gone.
pub const fn runs_low(left: u32, all: u32) -> bool {
    let tenth = if all / 10 < 3 { 3 } else { all / 10 };
    left == 0 || (left == tenth && left < all)
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
}
