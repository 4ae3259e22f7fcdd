//! The words about the badge of the loyalty programme, both languages side by side.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// What the dashboard says of badges.
        #[derive(Debug)]
        pub struct Badge { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Badge = Badge { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Badge = Badge { $($name: $zh,)* };
    };
}

words! {
    pill: "Pill in a corner", "角落里的小徽章";
    about: "The badge has no questions: it shows the site’s loyalty programme. Here you decide where it stands and how it looks.", "徽章没有问题：它展示本站的会员计划。在这里决定它的位置和外观。";
    to_programme: "To the programme", "前往会员计划";

    // Where there is no programme yet.
    first: "It needs a loyalty programme, and this site has none in force.", "它需要会员计划，而本站还没有生效的计划。";
    unseen: "Nobody sees this badge: it shows the loyalty programme, and none is in force on this site. Publish one, and the badge appears by itself.", "目前没有人能看到这个徽章：它展示会员计划，而本站还没有生效的计划。发布计划后，徽章会自动出现。";
    paused: "The programme is paused: members see their points in the badge, and that nothing is earned or redeemed for now.", "计划已暂停：会员在徽章中能看到自己的积分，以及暂时无法获得或兑换积分。";

    // Where a programme has no badge.
    add_words: "Members do not see it yet: no badge is live on this site. Add one; it takes a click, and then you publish it.", "会员还看不到它：本站没有上线的徽章。点一下即可添加，然后发布。";
    add: "Add the badge", "添加徽章";
    drafted: "Members do not see it yet: the badge is still a draft.", "会员还看不到它：徽章仍是草稿。";
    open: "Open the badge", "打开徽章";
    shown: "Members see it in the badge.", "会员可以在徽章中看到它。";

    // The preview.
    who: "Seen by", "查看者";
    member: "A member", "会员";
    stranger: "Somebody new", "新访客";
    preview_hint: "The real badge with somebody who does not exist, by the rules as they stand in the form. Try it: nothing is recorded.", "真实的徽章，配上一位虚构的会员，按表单中当前的规则运行。请随意试用：不会记录任何内容。";
    preview_wrong: "The preview shows the badge once this is put right:", "改正以下内容后即可预览徽章：";
}
