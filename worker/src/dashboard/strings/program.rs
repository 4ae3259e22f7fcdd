//! The words of the programme's editor, both languages side by side. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// The programme's editor.
        #[derive(Debug)]
        pub struct Program { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Program = Program { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Program = Program { $($name: $zh,)* };
    };
}

words! {
    // The whole.
    about: "Name and money", "名称与金额";
    name: "Name that members see", "会员看到的名称";
    currency: "Currency", "货币";
    currency_hint: "Three letters, such as EUR, USD or CNY. Of all amounts on this page.", "三个字母，例如 EUR、USD、CNY。本页所有金额均使用该货币。";
    cost_of_100: "What 100 redeemed points cost you", "100 积分被兑换时你的成本";
    cost_hint: "For the liability and the simulation; members never see it.", "用于负债和模拟，会员看不到。";
    anonymous: "Visitors may collect before your server has said who they are. Spending always needs that word.", "在你的服务器确认身份之前，访客也可以积分；兑换始终需要确认身份。";
    leaderboard: "Members may put themselves on a leaderboard that others see.", "会员可以自愿加入公开的排行榜。";

    // Rules.
    rules: "What earns points", "如何获得积分";
    no_rules: "Nothing earns points yet.", "目前没有任何积分规则。";
    add_rule: "Add a rule", "添加规则";
    check_in: "Daily check-in", "每日签到";
    response: "Feedback", "反馈";
    poll: "Vote in a poll", "参与投票";
    quiz: "Quiz passed", "通过测验";
    referral: "Friend brought", "推荐朋友";
    purchase: "Purchase", "购买";
    birthday: "Birthday", "生日";
    profile: "Profile completed", "完善资料";
    event: "Event of your own", "自定义事件";
    says_check_in: "{1} for checking in, once a day", "每日签到得 {1}";
    says_response: "{1} for completed feedback, whatever the score", "完成反馈得 {1}，与评分无关";
    says_poll: "{1} for a vote", "参与投票得 {1}";
    says_quiz: "{1} for a quiz with at least {2}% right, each quiz once", "测验答对至少 {2}% 得 {1}，每个测验一次";
    says_referral: "{1} for a friend who qualifies", "推荐的朋友达标后得 {1}";
    says_purchase: "{1} for every {2} spent", "每消费 {2} 得 {1}";
    says_birthday: "{1} on the birthday, once a year", "生日当天得 {1}，每年一次";
    says_profile: "{1} for a complete profile, once", "完善资料得 {1}，仅一次";
    says_event: "{1} for {2}", "发生 {2} 时得 {1}";
    says_cap: ", {1} {2} at most", "，{2}最多 {1}";
    says_again: ", again after {1}", "，间隔 {1}";
    says_from: ", from {1}", "，自 {1} 起";
    says_until: ", until {1}", "，至 {1} 止";
    says_times: ", times the tier’s factor", "，乘以等级倍数";
    says_streak: ", {2} more on day {1} in a row", "，连续第 {1} 天再得 {2}";
    says_streaks: ", {2} more after every {1} in a row", "，每连续 {1}再得 {2}";
    points: "Points", "积分";
    per: "for every (amount)", "每消费（金额）";
    at_least: "Smallest order that counts", "最低计分订单金额";
    at_least_hint: "Empty: every order.", "留空：所有订单。";
    pass: "Right answers needed, %", "所需正确率，%";
    event_name: "Name of the event", "事件名称";
    event_hint: "As your server calls it: review_written.", "与你的服务器发送的名称一致：review_written。";
    widgets: "Only these widgets", "仅限这些组件";
    widgets_hint: "None ticked: all of this kind.", "都不勾选：所有此类组件。";
    streaks: "Bonus for days in a row", "连续签到奖励";
    days: "Days in a row", "连续天数";
    bonus: "Points more", "额外积分";
    repeats: "every time again", "每次循环";
    add_streak: "Add a bonus", "添加奖励";
    times: "At most so often", "最多次数";
    times_hint: "Empty: no limit.", "留空：不限。";
    per_period: "within", "周期";
    a_day: "a day", "每天";
    a_week: "a week", "每周";
    a_month: "a month", "每月";
    a_year: "a year", "每年";
    ever: "ever", "总共";
    cooldown: "Earns again after", "再次获得的间隔";
    minutes: "minutes", "分钟";
    hours: "hours", "小时";
    day_units: "days", "天";
    multiplied: "The member’s tier multiplies it", "按会员等级倍数计算";
    label: "What members read", "会员看到的文字";
    label_usual: "Empty: the badge has words of its own, in the member’s language.", "留空：徽章会用会员的语言显示默认文字。";
    from: "First day (UTC)", "首日（UTC）";
    until: "Last day (UTC)", "末日（UTC）";

    // Tiers.
    tiers: "Tiers", "等级";
    no_tiers: "No tiers: all members are alike.", "没有等级：所有会员相同。";
    add_tier: "Add a tier", "添加等级";
    tier_label: "Name of the tier", "等级名称";
    color: "Colour", "颜色";
    color_hint: "As #b8860b.", "例如 #b8860b。";
    tier_from: "Reached with so many points", "达到所需积分";
    tier_spend: "Reached with so much spent", "达到所需消费额";
    multiplier: "Points are multiplied by", "积分倍数";
    perks: "What else it brings", "其他权益";
    says_tier: "from {1}, points × {2}", "从 {1} 起，积分 × {2}";
    by: "Members climb by", "升级依据";
    by_points: "points earned", "获得的积分";
    by_spend: "money spent", "消费金额";
    window: "Days that count", "计入的天数";
    window_hint: "Empty: everything ever earned counts. 365: the last year.", "留空：全部累计。365：最近一年。";
    fall: "When it is no longer enough", "不再达标时";
    at_once: "down at once", "立即降级";
    after: "down after some days", "若干天后降级";
    one_step: "one step down after some days", "若干天后降一级";
    never: "a tier is kept for good", "等级永久保留";
    fall_days: "Days of grace", "宽限天数";

    // Rewards.
    no_rewards: "There is nothing to spend points on yet.", "目前没有可兑换的奖励。";
    add_reward: "Add a reward", "添加奖励";
    amount: "Coupon for an amount", "定额优惠券";
    percent: "Coupon for a share", "折扣优惠券";
    text: "Words", "文字";
    link: "Link", "链接";
    reward_label: "What it is", "奖励名称";
    reward_note: "A line more about it", "补充说明";
    worth: "Worth", "价值";
    off: "Off the price, %", "折扣，%";
    told: "What members are told once it is theirs", "兑换后会员看到的文字";
    url: "Address, told once it is theirs", "兑换后显示的网址";
    url_hint: "It begins with https://.", "以 https:// 开头。";
    cost: "Costs (points)", "所需积分";
    stock: "How many there are", "库存";
    stock_hint: "Empty: no end. Coupons end with their codes, too.", "留空：不限。优惠券还受兑换码数量限制。";
    per_member: "For one member at most", "每位会员最多";
    gate: "Only from this tier on", "仅限此等级及以上";
    any_tier: "every member", "所有会员";
    by_hand: "I hand it out myself: the points are held until I confirm.", "由我亲自发放：确认前积分被冻结。";
    one_point: "1 point", "1 积分";
    some_points: "{1} points", "{1} 积分";
    one_time: "once", "1 次";
    some_times: "{1} times", "{1} 次";
    one_minute: "a minute", "1 分钟";
    some_minutes: "{1} minutes", "{1} 分钟";
    one_day: "1 day", "1 天";
    some_days: "{1} days", "{1} 天";
    one_prize: "1 prize", "1 个奖品";
    some_prizes: "{1} prizes", "{1} 个奖品";
    says_stock: "{1} in all", "共 {1} 份";

    // Expiry.
    expiry: "When points expire", "积分有效期";
    expiry_never: "Points never expire", "积分永不过期";
    expiry_after: "Some days after they were earned", "获得后若干天";
    expiry_inactive: "All of them, after some days without anything earned or redeemed", "若干天没有获得或兑换后全部过期";
    expiry_days: "Days", "天数";
    says_after: "{1} after they were earned, the oldest are spent first", "获得后 {1}过期，先用最早的积分";
    says_inactive: "after {1} without anything earned or redeemed", "{1}没有获得或兑换后过期";

    // Referral.
    referral_title: "Members bring friends", "推荐朋友";
    referral_on: "Members have a link of their own to share", "会员拥有自己的分享链接";
    referral_off: "Off.", "未启用。";
    referral_hint: "What the member gets is the rule “Friend brought” above.", "推荐人获得的积分由上面的“推荐朋友”规则决定。";
    welcome: "Points for the friend", "朋友获得的积分";
    attribution: "Days from the first visit by the link to qualifying", "从首次通过链接访问到达标的天数";
    qualifies: "The friend counts with", "朋友达标条件";
    first_purchase: "the first purchase", "首次购买";
    first_response: "the first completed feedback", "首次完成反馈";
    visits: "so many visits", "若干次访问";
    visits_n: "Visits, each on a day of its own", "访问次数，每天计一次";
    hold: "Days that both wait for their points", "双方积分的等待天数";
    hold_hint: "So that a returned order or a fraud costs nothing.", "以免退货或作弊造成损失。";
    velocity: "Friends of one member in 24 hours", "每位会员 24 小时内的推荐数";
    velocity_hint: "More than that wait for your decision.", "超出的推荐等待你审核。";
    says_referral_on: "{1} for the friend, within {2}", "朋友得 {1}，{2}内有效";

    // Draws.
    no_draws: "No prize draws.", "没有抽奖。";
    add_draw: "Add a draw", "添加抽奖";
    draw_label: "Name of the draw", "抽奖名称";
    ticket: "A ticket costs (points)", "每张抽奖券（积分）";
    ticket_hint: "Empty or 0: free.", "留空或 0：免费。";
    tickets: "Tickets for one member", "每位会员的抽奖券数";
    how: "When the lot falls", "开奖时间";
    how_at_once: "with each ticket, by the stated odds", "每张券立即按公布的概率";
    how_at_the_end: "for all tickets together, once it has ended", "结束后统一开奖";
    prizes: "Prizes", "奖品";
    prize: "Prize", "奖品";
    prize_stock: "How many", "数量";
    one_in: "One ticket in so many wins", "多少张中一张";
    wins: "It is", "奖品为";
    wins_points: "points", "积分";
    wins_reward: "one of the rewards", "一项奖励";
    wins_by_hand: "something that I hand out", "由我发放";
    add_prize: "Add a prize", "添加奖品";
    says_draw: "{1}, {2} a ticket", "{1}，每张券 {2}";
    draw_hint: "Before anybody takes part, a fingerprint of the lot is published; afterwards the lot itself, so that anybody can check the result.", "参与前会公布结果的指纹，之后公开结果本身，任何人都可以核验。";
}
