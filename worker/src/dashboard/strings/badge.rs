//! The words about the badge of the loyalty programme.

/// What the editor says of a badge.
#[derive(Debug)]
pub struct Badge {
    /// A badge in a corner.
    pub pill: &'static str,
    /// Where questions would be.
    pub about: &'static str,
}

pub const EN: Badge = Badge {
    pill: "Pill in a corner",
    about: "The badge has no questions: it shows the site’s loyalty programme. Here you decide where it stands and how it looks.",
};

pub const ZH_CN: Badge = Badge {
    pill: "角落里的小徽章",
    about: "徽章没有问题：它展示本站的会员活动。在这里决定它的位置和外观。",
};
