//! The words of draws, referrals and the leaderboard, both languages side by side. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// Draws, referrals, the leaderboard.
        #[derive(Debug)]
        pub struct Play { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Play = Play { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Play = Play { $($name: $zh,)* };
    };
}

words! {
    draws: "Prize draws", "抽奖";
    draws_lead: "Each draw has a secret number, the seed. Its hash is public from the start, the seed itself after the end: so everybody, you included, can check that nobody chose the winners.", "每次抽奖都有一个秘密数字，即种子。种子的哈希值从一开始就公开，种子本身在结束后公开：因此任何人（包括你自己）都能验证中奖者不是被挑选出来的。";
    draws_none: "There is no draw yet.", "还没有抽奖。";
    draws_how: "A draw is part of the programme: name it, set what a ticket costs and what it can win, and publish.", "抽奖是计划的一部分：为它命名，设定抽奖券的价格和奖品，然后发布。";
    to_programme: "Add one to the programme", "在计划中添加";
    awaited: "Begins on {1}", "{1} 开始";
    open: "Open", "进行中";
    over: "Over", "已结束";
    ended: "Ended by you", "已由你结束";
    tickets: "Tickets", "抽奖券";
    prizes: "Prizes", "奖品";
    prize: "Prize", "奖品";
    chance: "Chance of a ticket", "每张券的概率";
    one_in: "1 in {1}", "1/{1}";
    by_lot: "drawn at the end", "结束时抽取";
    left: "Left", "剩余";
    of: "{1} of {2}", "{1} / {2}";
    hash: "Hash of the seed", "种子的哈希值";
    seed: "Seed", "种子";
    secret: "It is told after the end.", "结束后公布。";
    page: "The page that everybody sees", "所有人可见的页面";
    until: "until {1} (UTC)", "至 {1}（UTC）";
    terms: "The programme says something else by now. Whoever has a ticket has it under these terms, so they hold for this draw.", "计划中的设定现已不同。已领券的会员以下列条款为准，因此本次抽奖仍按此执行。";
    winners: "Winners", "中奖者";
    winners_none: "Nobody has won yet.", "还没有人中奖。";
    winners_more: "The first {1} are shown; the table to download has all.", "仅显示前 {1} 条；下载的表格有全部。";
    waits: "Prizes to hand over: {1}", "{1} 个奖品待交付";
    show_waiting: "Show only those", "仅显示待交付";
    show_all: "Show all winners", "显示全部中奖者";
    nothing_waits: "Nothing is to be handed over.", "没有待交付的奖品。";
    handed_over: "Handed over", "交付";
    handed: "{1}, by {2}", "{1}，{2}";
    tick: "Mark as handed over", "标记为已交付";
    untick: "Undo: still to hand over", "撤销：仍待交付";
    done_handed: "Ticked off as handed over.", "已标记为已交付。";
    done_unhanded: "It is to be handed over again.", "已恢复为待交付。";
    by_itself: "by itself", "自动";
    among_redemptions: "see redemptions", "见兑换记录";
    download: "Download all winners (CSV)", "下载全部中奖者（CSV）";
    ticket: "Ticket", "券号";
    member: "Member", "会员";
    gone: "erased", "已删除";
    anonymous: "anonymous", "匿名";
    end: "End this draw", "结束此抽奖";
    end_words: "No more tickets are given out, the seed becomes public, and what is drawn at the end is drawn now. This cannot be undone.", "将不再发放抽奖券，种子会公开，需在结束时抽取的奖品会立即抽取。此操作无法撤销。";
    end_yes: "Yes, end it now", "是的，立即结束";
    end_done: "The draw is over, and its seed is public.", "抽奖已结束，种子已公开。";
    check: "How to check a draw", "如何验证抽奖";
    check_words: "Open the public page, save its data, and give it to one of the two short programs there, in Python or JavaScript. It computes every outcome anew from the seed, the hash and the tickets’ public names. Members find the same page in their badge.", "打开公开页面，保存其数据，并交给页面上的两个小程序之一（Python 或 JavaScript）。它会根据种子、哈希值和抽奖券的公开名称重新计算每个结果。会员在徽章里也能找到同一页面。";
    by_hand: "Prizes that you hand out yourself are yours to deliver: tick each off once it is handed over. Rewards that had run out when they were won are yours to make good, too.", "需要你亲自发放的奖品由你负责交付：交付后请逐一勾选。中奖时已用完的奖励也由你补发。";

    board: "Leaderboard", "排行榜";
    board_lead: "Members who asked to be on it, by all that they ever earned: spending costs nobody their place. Visitors see the first ten.", "主动加入的会员，按累计获得的积分排列：兑换不会影响名次。访客可看到前十名。";
    board_off: "There is no leaderboard yet.", "还没有排行榜。";
    board_how: "Switch it on in the programme, under “Play”. Members then choose in their badge whether their name is on it, and you add the widget “Leaderboard” to a page.", "在计划的“玩法”中开启。会员可在徽章里选择是否上榜，你再将“排行榜”小工具添加到页面。";
    board_none: "Nobody has asked to be on it yet.", "还没有会员选择上榜。";
    board_add: "Add the widget", "添加小工具";
    board_removed: "Taken off by you", "已由你移除";
    points: "Points", "积分";
    place: "Place", "名次";
    take_off: "Take off", "移除";
    put_back: "Put back", "恢复";
    taken_off: "Taken off: nobody sees this name there any more. Below you can put it back.", "已移除：不再有人看到此名称。可在下方恢复。";
    was_put_back: "Put back.", "已恢复。";

    referrals: "Referrals", "推荐";
    referrals_lead: "Who came by whose link, and how far it has got. What is certain to be wrong is refused at once; what a rule only suspects waits here for you.", "谁通过谁的链接而来，进展如何。明显不符的会立即拒绝；仅被规则怀疑的在此等你决定。";
    referrals_off: "Members cannot bring friends yet.", "会员还不能推荐朋友。";
    referrals_how: "Switch referrals on in the programme, say what makes a friend count and what both sides get, and publish. Members then find their link in the badge.", "在计划中开启推荐，设定好友达标的条件和双方所得，然后发布。会员即可在徽章里看到自己的链接。";
    to_referrals: "To the programme", "前往计划";
    step_look: "For you to decide", "待你决定";
    step_waits: "Not qualified yet", "尚未达标";
    step_held: "Waiting period", "等待期";
    step_credited: "Credited", "已入账";
    step_refused: "Refused", "已拒绝";
    step_lapsed: "Lapsed", "已过期";
    none_look: "Nothing waits for you.", "没有待处理的推荐。";
    none: "There are none at this stage.", "此阶段没有推荐。";
    brought_by: "brought by {1}", "由 {1} 推荐";
    nobody: "somebody who has left", "已离开的会员";
    since: "Came {1}", "{1} 到来";
    rule: "Rule", "规则";
    doubt_address: "Both came from one address on one day: one household or office, or one person twice.", "双方在同一天来自同一网络地址：可能是同一家庭或办公室，也可能是同一人。";
    doubt_device: "The friend came on a device that acts for who brought them: most likely one person twice.", "好友使用的设备属于推荐人：很可能是同一人。";
    doubt_email: "Both gave one mailbox, once dots and what follows a plus are left out.", "忽略点号和加号之后的内容后，双方的邮箱相同。";
    doubt_circle: "Who brought was, directly or not, brought by this very friend.", "推荐人本身就是由这位好友（直接或间接）推荐来的。";
    doubt_velocity: "More friends in 24 hours than your programme takes without a look.", "24 小时内推荐的好友数超过了计划设定的上限。";
    qualified: "Has done what makes it count.", "已满足达标条件。";
    not_qualified: "Has not done yet what makes it count.", "尚未满足达标条件。";
    held_until: "Both sides are credited on {1}.", "双方将于 {1} 入账。";
    your_word: "Your reason: {1}", "你的理由：{1}";
    why: "Reason", "理由";
    why_hint: "Whom you refuse reads it.", "被拒绝的人会看到。";
    why_missing: "A refusal needs a reason.", "拒绝需要说明理由。";
    approve: "Approve", "批准";
    approve_words: "Once it has qualified and the waiting period is over, both sides are credited. That cannot be taken back here, only by adjusting each balance.", "达标且等待期结束后，双方都会入账。此后无法在此撤回，只能分别调整余额。";
    refuse: "Refuse", "拒绝";
    approve_after_all: "Approve after all", "仍然批准";
    done_approved: "Approved.", "已批准。";
    done_refused: "Refused. You can still approve it below “Refused”.", "已拒绝。你仍可在“已拒绝”中批准。";
    newest: "The newest {1} are shown.", "仅显示最新的 {1} 条。";
}
