//! The words of the pages about members and the programme's figures, both languages side by side. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// Members and figures.
        #[derive(Debug)]
        pub struct People { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: People = People { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: People = People { $($name: $zh,)* };
    };
}

words! {
    // Stages, groups, risk.
    all: "All", "全部";
    new: "New", "新会员";
    active: "Active", "活跃";
    loyal: "Loyal", "忠实";
    at_risk: "At risk", "有流失风险";
    lost: "Lost", "已流失";
    high: "High", "高";
    middle: "Middle", "中";
    low: "Low", "低";
    stages: "Members by stage", "按生命周期";
    stages_about: "New: joined in the last 30 days. Loyal: bought three times, or earned something on five days. At risk: silent for three of their own usual gaps. Lost: silent for six. Active: everybody else. A gap counts as a week at least.", "新会员：30 天内加入。忠实：购买三次，或在五天中获得过积分。有流失风险：沉默时间达到自己通常间隔的三倍。已流失：六倍。活跃：其余会员。间隔至少按一周计。";
    groups: "Members by value group (RFM)", "按价值分组（RFM）";
    groups_about: "Recency, frequency and amount of their orders, each in fifths of all members: from 1 to 5. Four on average is high, two is low. Where no orders are told, days on which points were earned count.", "最近一次、频率与金额，各按全体会员分为五等，记 1 至 5 分。平均 4 分及以上为高，2 分及以下为低。未告知订单时，按获得积分的天数计算。";
    groups_early: "Fifths need at least 20 members.", "至少 20 位会员才能分组。";
    count: "Members", "会员数";

    // The list.
    search: "Name, e-mail address or ID", "姓名、邮箱或 ID";
    tier: "Tier", "等级";
    any_tier: "Any tier", "全部等级";
    no_tier: "No tier", "无等级";
    group: "Value group", "价值分组";
    any_group: "Any group", "全部分组";
    sort: "Sorted by", "排序";
    by_seen: "Last active", "最近活跃";
    by_balance: "Balance", "余额";
    member: "Member", "会员";
    stage: "Stage", "阶段";
    balance: "Balance", "余额";
    seen: "Last active", "最近活跃";
    anonymous: "Anonymous {1}", "匿名 {1}";
    nobody: "No members yet", "还没有会员";
    nobody_hint: "Whoever collects points on your site, or is named by your server, becomes a member and appears here.", "在你的网站上积累积分，或由你的服务器告知的顾客，会成为会员并出现在这里。";
    none: "Nobody matches", "没有符合条件的会员";
    none_hint: "No member fits all of these conditions.", "没有会员同时符合这些条件。";
    show_all: "Show all members", "显示全部会员";
    first_page: "From the beginning", "回到开头";
    next_page: "More members", "更多会员";
    counting: "Members of an earlier version are still being entered. The list grows with every look at it.", "早期版本的会员仍在登记中，每次查看都会增加。";
    counted_at: "Counted {1}.", "统计于{1}。";
    not_live: "There are members once the programme is published.", "发布计划后才会有会员。";
    to_programme: "To the programme", "前往计划";

    // One member.
    glance: "At a glance", "概览";
    joined: "Joined {1}", "加入于 {1}";
    last_seen: "last active {1}", "最近活跃：{1}";
    standing: "Points", "积分";
    held: "{1} set aside for rewards that wait for you", "{1} 已冻结，等待你发放奖励";
    earned: "{1} ever earned", "累计获得 {1}";
    to_next: "{1} to {2}", "距{2}还差 {1}";
    top_tier: "The highest tier", "已是最高等级";
    falls: "The tier is lost on {1} if nothing more comes in.", "如无新的积累，将于 {1} 失去该等级。";
    expiring: "{1} expire on {2}", "{1} 将于 {2} 过期";
    streak: "{1} {1:day|days} in a row", "连续 {1} 天";
    risk: "Churn risk", "流失风险";
    risk_low: "Low", "低";
    risk_raised: "Raised", "升高";
    risk_high: "High", "高";
    risk_own: "Silent for {1} {1:day|days}. Usually they come every {2} days: that is {3} gaps.", "已沉默 {1} 天。通常每 {2} 天来一次，相当于 {3} 个间隔。";
    risk_others: "Silent for {1} {1:day|days}. They have no rhythm of their own yet; members usually come every {2} days: that is {3} gaps.", "已沉默 {1} 天。尚无个人规律；会员通常每 {2} 天来一次，相当于 {3} 个间隔。";
    risk_assumed: "Silent for {1} {1:day|days}. Too few members have a rhythm to compare with, so {2} days are assumed: that is {3} gaps.", "已沉默 {1} 天。可比较的会员太少，暂按 {2} 天计，相当于 {3} 个间隔。";
    risk_week: "Silent for {1} {1:day|days}. They come more often than once a week; {2} days are the least that counts as a gap: that is {3} gaps.", "已沉默 {1} 天。他们每周来不止一次；间隔至少按 {2} 天计，相当于 {3} 个间隔。";
    risk_about: "Time since they last earned or redeemed something, in gaps that are usual for them. If gaps are random, one in eight is longer than three usual ones (high), one in four longer than two (raised).", "距上次获得或兑换积分的时间，以其通常间隔为单位。若间隔随机，每八次约有一次超过三个间隔（高），每四次约有一次超过两个（升高）。";
    value: "Customer value", "客户价值";
    value_inputs: "{1} a mean order × {2} orders a year × {3} years", "平均订单 {1} × 每年 {2} 单 × {3} 年";
    value_basis: "Orders so far: {1}, together {2}, in {3} days.", "依据 {3} 天内的 {1} 笔订单，共 {2}。";
    value_early: "{1} a mean order × {2} orders a year. How many years members stay shows once five are lost.", "平均订单 {1} × 每年 {2} 单。流失五位会员后才能估计留存年数。";
    value_none: "No orders yet", "暂无订单";
    value_none_hint: "Orders come from your server; see Connect.", "订单由你的服务器告知，参见“对接”。";
    value_about: "Expected years: all years that all members were members, by those who are lost; five at most. Rates are judged over 90 days at least. It is an expectation, not a promise.", "预期年数：全体会员的会员年数之和除以流失人数，最多五年。订单频率至少按 90 天计算。这是期望值，并非承诺。";
    rfm: "Recency {1}, frequency {2}, amount {3} of 5", "最近 {1}、频率 {2}、金额 {3}（满分 5）";
    rf: "Recency {1}, frequency {2} of 5", "最近 {1}、频率 {2}（满分 5）";

    // Adjusting.
    adjust: "Give or take points", "增减积分";
    delta: "Points", "积分";
    delta_hint: "With a minus to take some away: −50.", "扣减请加负号：−50。";
    why: "Reason", "原因";
    why_hint: "The member reads it in their history.", "会员会在记录中看到。";
    do_adjust: "Write it into the ledger", "写入账本";
    given: "{1} {1:point|points} given.", "已增加 {1} 积分。";
    taken: "{1} {1:point|points} taken.", "已扣减 {1} 积分。";
    undone: "Undone by a counter-entry.", "已用一笔反向记录撤销。";
    undo: "Undo", "撤销";
    undo_why: "Undone: {1}", "撤销：{1}";
    below_zero: "Not done: they have {1} {1:point|points}, and a balance never goes below zero. Lacking: {2}.", "未执行：会员有 {1} 积分，余额不会低于零，还差 {2}。";
    not_done: "Not done: {1}.", "未执行：{1}。";

    // The ledger.
    ledger: "Ledger", "账本";
    line: "Line", "序号";
    when: "When", "时间";
    what: "What", "事项";
    points: "Points", "积分";
    after: "Balance", "余额";
    verified: "The chain of hashes is whole: lines {1} to {2} are as they were written.", "哈希链完整：第 {1} 至 {2} 行与写入时一致。";
    broken: "The chain of hashes is broken at line {1}: from there on the ledger is not what was written. Balance and rules go by the lines before. Keep a copy of the storage and look at who could write to it.", "哈希链在第 {1} 行断裂：此后的账本与写入时不符。余额与规则以之前的行为准。请保留存储副本，并检查谁能写入。";
    empty_ledger: "Nothing yet.", "暂无记录。";
    older: "Older lines", "更早的记录";
    newest: "Newest lines", "最新的记录";
    order: "Order {1}", "订单 {1}";
    streak_bonus: "Bonus for days in a row", "连续签到奖励";
    redeemed: "Redeemed: {1}", "兑换：{1}";
    handed: "Handed out", "已发放";
    handed_code: "Handed out: {1}", "已发放：{1}";
    back: "Given back", "已退回";
    back_why: "Given back: {1}", "已退回：{1}";
    expired: "Expired", "已过期";
    by_you: "By you: {1}", "由你调整：{1}";
    ticket: "Ticket {1} of {2}", "{2} 的第 {1} 张奖券";
    won: "Won {1} in {2}", "在 {2} 中赢得 {1}";
    brought: "Brought somebody", "带来了朋友";
    was_brought: "Was brought by somebody", "由朋友带来";
    tier_now: "Tier: {1}", "等级：{1}";
    tier_none: "No tier any more", "不再有等级";
    merged_into: "Went up in another account", "并入另一账户";
    merged_from: "Taken over from an account without a name", "并入匿名账户的积分";

    // What they said, what they were refused.
    said: "What they said", "他们的反馈";
    said_none: "No responses that they were given points for.", "暂无获得积分的反馈。";
    said_from: "Responses that lines before number {1} are about are not among these.", "第 {1} 行之前的明细所涉及的答复不在其中。";
    refused: "What was refused", "被拒绝的请求";
    refused_none: "Nothing was refused to them.", "没有被拒绝的请求。";
    refused_about: "The last five, so that you can answer who asks. The same within ten minutes is shown once.", "最近五条，便于答复询问。十分钟内相同的只记一次。";
    refused_since: "Known since {1}: the index was rebuilt then.", "自 {1} 起有记录：索引于当时重建。";
    act_check_in: "Check-in", "签到";
    act_response: "Points for an answer", "回答得积分";
    act_purchase: "Points for an order", "订单得积分";
    act_event: "Points for an event", "事件得积分";
    act_redeem: "Redeem", "兑换";
    act_ticket: "Take part in a draw", "参加抽奖";
    act_birthday: "Birthday points", "生日积分";
    act_profile: "Points for the profile", "完善资料得积分";

    // Denied, as the owner reads it.
    d_paused: "the programme is paused", "计划已暂停";
    d_identify: "only members whom your server has named may do this", "仅限你的服务器已确认身份的会员";
    d_nothing: "no rule gives points for this", "没有规则为此给予积分";
    d_not_yet: "not before {1}", "{1} 之前不可";
    d_over: "it ended on {1}", "已于 {1} 结束";
    d_today: "done today already", "今天已完成";
    d_cap: "as often as the rule allows", "已达规则上限";
    d_cap_until: "as often as the rule allows; again from {1}", "已达规则上限，{1} 起可再次";
    d_cooldown: "too soon after the last time", "距上次时间太短";
    d_once: "it counts once, and has", "仅计一次，已计过";
    d_not_passed: "{1}% right, and {2}% are needed", "正确率 {1}%，需要 {2}%";
    d_incomplete: "the profile is not complete", "资料不完整";
    d_birthday: "it is not their birthday", "今天不是生日";
    d_lacks: "{1} {1:point|points} lacking", "还差 {1} 积分";
    d_sold_out: "none was left", "已发完";
    d_limit: "a member may have {1}", "每位会员最多 {1} 个";
    d_tier: "the tier {1} is needed", "需要等级 {1}";
    d_merged: "the account has gone up in another", "账户已并入另一账户";
    d_too_much: "the number is too large", "数值过大";
    d_unknown: "there is no such thing any more", "已不存在";

    // Note, devices, data.
    note: "Your note", "你的备注";
    note_hint: "Only you see it.", "仅你可见。";
    devices: "Devices", "设备";
    devices_some: "{1} {1:device|devices} may act for this member.", "有 {1} 台设备可代表该会员操作。";
    devices_none: "No device is known; they act when your server says who they are.", "没有已知设备；由你的服务器确认身份后即可操作。";
    phrase: "There is a recovery phrase.", "已设置恢复短语。";
    sign_out: "Sign all devices out", "退出所有设备";
    sign_out_words: "Every device, and the recovery phrase, stop working for this member. Points stay. An anonymous member can then not come back to them.", "所有设备和恢复短语将不再有效，积分保留。匿名会员此后将无法找回积分。";
    signed_out: "All devices are signed out.", "已退出所有设备。";
    data: "Their data", "会员数据";
    export: "Download everything", "下载全部数据";
    export_older: "Lines up to {1}", "第 {1} 行及以前";
    merged: "Before: an account that was merged in", "合并前的账户";
    merged_words: "It went up in this one on {1} and brought {2} {2:point|points} along. Its own lines, with a chain of their own:", "于 {1} 并入此账户，带来 {2} 积分。其自身的明细与哈希链：";
    merged_all: "All lines of that account", "该账户的全部明细";
    went_up: "This account has gone up in another one; nothing is added to it any more.", "此账户已并入另一账户，不再新增明细。";
    went_up_link: "Show that member", "查看该会员";
    export_words: "Profile, whole ledger and responses as JSON, to hand to the member.", "资料、完整账本与反馈，JSON 格式，可交给会员。";
    erase: "Erase this member", "删除该会员";
    erase_words: "Profile, points and ledger are gone for good, here at once and from storage within minutes. What was redeemed stays counted. Responses stay; erase them under Settings, Data. This cannot be undone.", "资料、积分与账本将永久删除：此处立即生效，存储中数分钟内清除。已兑换的数量仍计入。反馈会保留，可在“设置 · 数据”中删除。此操作无法撤销。";
    erase_yes: "Erase for good", "永久删除";
    erased: "The member is erased.", "会员已删除。";

    // Figures.
    figures: "Figures", "指标";
    loyalty: "Loyalty rate", "忠诚率（复购率）";
    loyalty_orders: "{1} of {2} members who bought for the first time bought again within {3} days.", "{2} 位首次购买的会员中，有 {1} 位在 {3} 天内再次购买。";
    loyalty_days: "{1} of {2} members who earned points for the first time came again within {3} days.", "{2} 位首次获得积分的会员中，有 {1} 位在 {3} 天内再次到来。";
    loyalty_about: "Only members whose first time was long enough ago for the whole window, in the year before it. Wilson's interval.", "仅计首次距今已满整个窗口的会员（窗口之前一年内）。Wilson 区间。";
    loyalty_early: "Nobody's first time is 90 days ago yet.", "尚无首次距今满 90 天的会员。";
    redemption: "Redemption", "兑换率";
    redemption_words: "{1} of {2} members who earned points have redeemed some.", "{2} 位获得积分的会员中，有 {1} 位兑换过。";
    redemption_about: "Members, not points: points of one member are not independent of each other, so a share of points has no honest interval. Wilson's interval.", "按会员而非积分计算：同一会员的积分彼此并不独立，积分占比没有可信区间。Wilson 区间。";
    redemption_early: "Nobody has earned points yet.", "尚无会员获得积分。";
    referral: "Referral conversion", "推荐转化率";
    referral_words: "{1} of {2} people who came by a member's link have qualified.", "{2} 位通过会员链接到来的人中，有 {1} 位达标。";
    referral_about: "Of all who arrived by a link, those who did what the programme asks of them. Wilson's interval.", "通过链接到来的人中，达到计划要求者的比例。Wilson 区间。";
    referral_early: "Nobody has come by a member's link yet.", "尚无人通过会员链接到来。";
    more_figures: "All figures of the programme", "计划的全部指标";
    liability: "Liability", "积分负债";
    outstanding: "{1} {1:point|points} outstanding", "未兑换积分 {1}";
    outstanding_held: "of these, {1} are set aside for rewards that wait", "其中 {1} 已为待发放的奖励冻结";
    expected: "expected cost", "预计成本";
    expected_share: "{1} of the points whose fate is known were redeemed, the rest expired; {2} if all of them are redeemed.", "已有结果的积分中有 {1} 被兑换，其余已过期；若全部兑换为 {2}。";
    expected_all: "All of them are taken to be redeemed, until the points of 20 members have been redeemed or expired.", "在 20 位会员的积分被兑换或过期之前，按全部兑换计算。";
    expected_none: "Say in the programme what 100 redeemed points cost you, and the expected cost stands here.", "在计划中填写 100 积分的成本后，这里会显示预计成本。";
    liability_sum: "Ever: {1} earned, {2} redeemed, {3} expired.", "累计：获得 {1}，兑换 {2}，过期 {3}。";
    cohorts: "Who came back, by the month they began", "按首次月份的回访";
    cohorts_orders: "Each row: members whose first order was in that month. Each column: the share of them who ordered in the n-th month after it, with its interval.", "每行：首单在该月的会员。每列：其后第 n 个月下单的占比及区间。";
    cohorts_days: "Each row: members who first earned points in that month. Each column: the share of them who earned some in the n-th month after it, with its interval.", "每行：首次获得积分在该月的会员。每列：其后第 n 个月获得积分的占比及区间。";
    cohorts_running: "The last figure of a row is of the running month and can only rise.", "每行最后一个数字属于当月，只会上升。";
    cohorts_none: "The table begins with the first order, or the first points.", "有首单或首次积分后，表格即开始。";
    month: "Month", "月份";
    rhythm: "Members usually come every {1} {1:day|days}.", "会员通常每 {1} 天来一次。";
    stay: "They are expected to stay {1} {1:year|years}.", "预计留存 {1} 年。";
}
