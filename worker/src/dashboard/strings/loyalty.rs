//! The words of the loyalty programme's own pages, both languages side by side. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// The programme.
        #[derive(Debug)]
        pub struct Loyalty { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Loyalty = Loyalty { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Loyalty = Loyalty { $($name: $zh,)* };
    };
}

words! {
    title: "Loyalty", "忠诚度";
    programme: "Programme", "计划";
    rewards: "Rewards", "奖励";
    redemptions: "Redemptions", "兑换";
    members: "Members", "会员";
    figures: "Figures", "指标";
    referrals: "Referrals", "推荐";
    draws: "Draws", "抽奖";
    board: "Leaderboard", "排行榜";
    connect: "Connect", "对接";

    none: "Reward customers who come back", "奖励回头客";
    none_what: "Customers collect points – for orders, for their feedback, for bringing friends – and spend them on rewards that you choose.", "顾客通过下单、反馈和推荐朋友积累积分，并用积分兑换你设定的奖励。";
    none_how: "They see it all in a small badge on your site, with a ledger that nobody can change afterwards, not even you.", "他们在你网站上的小徽章里看到这一切，账本事后谁也无法篡改，包括你自己。";
    none_start: "Start from a ready-made programme with Bronze, Silver and Gold, change what you like, and publish it when you are content.", "从现成的青铜、白银、黄金计划开始，随意修改，满意后再发布。";
    start: "Start with the ready-made programme", "使用现成的计划开始";
    nothing_yet: "Nothing is shown to anybody until you publish.", "发布之前不会向任何人显示。";

    draft: "Draft", "草稿";
    live: "Live", "已上线";
    paused: "Paused", "已暂停";
    changed: "Changed since", "有未发布的更改";
    save: "Save draft", "保存草稿";
    publish: "Publish…", "发布…";
    saved: "Draft saved. Members notice nothing until you publish.", "草稿已保存。发布前会员不会察觉。";
    same: "Nothing to save: this is what is in force.", "无需保存：与当前生效的一致。";
    pause: "Pause", "暂停";
    resume: "Resume", "恢复";
    discard: "Discard the draft", "放弃草稿";
    life: "Pause or start over", "暂停或重来";
    pause_words: "While it is paused nothing is earned or redeemed. Balances stay, and the badge says that the programme is paused.", "暂停期间不会获得或兑换积分。余额保留，徽章会说明计划已暂停。";
    discard_words: "The draft is gone then; what is in force stays as it is.", "草稿将被删除，当前生效的计划保持不变。";
    discard_all: "The draft is gone then, and with it all of the programme, as it was never published.", "草稿将被删除；由于从未发布，整个计划也随之消失。";
    published: "Published. It holds from this moment on.", "已发布，即刻生效。";

    // Publishing.
    publish_title: "Publish the programme", "发布计划";
    publish_first: "From now on members earn and redeem by these rules.", "从现在起，会员按这些规则获得和兑换积分。";
    publish_changes: "What changes for members", "会员会看到哪些变化";
    publish_none: "Nothing differs from what is in force.", "与当前生效的计划没有差别。";
    publish_kept: "Points that were earned stay as they are, with the dates they had. Whoever has a code or a hold keeps it. Tiers are worked out anew at each member’s next step.", "已获得的积分及其到期日保持不变。已得到的兑换码或冻结的积分保留。等级会在会员下一次操作时重新计算。";
    publish_yes: "Publish now", "立即发布";
    publish_back: "Back to the draft", "返回草稿";
    ending: "What ends by this", "发布后会结束的内容";
    ending_draw: "The draw ends at once and for good: its seed becomes public, and what is drawn at the end is drawn. {1} {1:ticket|tickets} of {2} {2:member|members} {1:is|are} in it; {3} prizes are left.", "抽奖将立即永久结束：种子会公开，需在结束时抽取的奖品会立即抽取。其中有 {2} 位会员的 {1} 张抽奖券，剩余 {3} 个奖品。";
    ending_draw_unused: "The draw ends at once and for good. Nobody has a ticket yet.", "抽奖将立即永久结束。还没有人领券。";
    ending_reward: "Nobody can redeem it any more. {1} {1:redemption|redemptions} of {2} {2:member|members} still {1:waits|wait} for you: hand them out or give them back, they stay until then.", "将无法再兑换。{2} 位会员的 {1} 次兑换仍待你处理：请发放或退回，在此之前会一直保留。";
    ending_codes: "{1} {1:code|codes} that nobody has {1:is|are} no longer handed out.", "{1} 个未发放的兑换码将不再发放。";
    ending_tier: "{1} {1:member is|members are} in this tier. They go to the one that they reach without it, at their next step.", "此等级有 {1} 位会员。他们下一次操作时将归入其余等级中已达到的一级。";
    ending_way: "Put a part back into the draft if it shall not end. You can also leave it in and give it a last day.", "若不希望结束，请将该部分放回草稿；也可以保留它并设定最后一天。";
    added: "New", "新增";
    removed: "Removed", "移除";
    details: "Its texts or details change.", "其文字或细节有变化。";
    settings: "Settings", "设置";
    overtaken: "Not saved: the programme was changed in another tab or by a program after you opened it. What you typed is still here.", "未保存：你打开后，计划已在其他标签页或由程序更改。你输入的内容仍在这里。";
    overtaken_publish: "Not published: the draft was changed after you opened this page. This is how it reads now.", "未发布：你打开本页后草稿已更改。现在的内容如下。";
    cut: "The form arrived incomplete, so nothing was saved: the programme is too large for it. Use the API.", "表单未完整送达，因此没有保存：计划对表单而言过大。请使用 API。";
}
