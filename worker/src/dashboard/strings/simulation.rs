//! The words of the simulation and of what is odd about a programme, both languages side by side. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// Simulation and advice.
        #[derive(Debug)]
        pub struct Simulation { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Simulation = Simulation { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Simulation = Simulation { $($name: $zh,)* };
    };
}

words! {
    title: "What would the last 90 days have cost?", "过去 90 天会花费多少？";
    words: "Everything that members did is done once more by these rules, from each member’s first day on; {1} are counted.", "按这些规则把会员做过的一切从第一天起重演一遍；统计 {1}。";
    run: "Work it out", "开始计算";
    wait: "Going through the ledgers…", "正在逐一核算账本…";
    publish: "To publishing", "前往发布";
    back: "Back to the programme", "返回计划";

    what: "What", "项目";
    by_this: "By these rules", "按这些规则";
    by_draft: "By the draft", "按草稿";
    really: "Really", "实际";
    earned: "Earned", "获得";
    redeemed: "Redeemed", "已兑换";
    redeemed_times: "{1} {1:time|times}", "{1} 次";
    tickets: "Spent on tickets", "用于抽奖";
    won: "Won in draws", "抽奖所得";
    expired: "Expired", "已过期";
    outstanding: "Outstanding today", "当前未兑换";
    refused: "Redemptions that would not have been possible", "无法成功的兑换";
    cost_redeemed: "Cost of what was redeemed", "已兑换部分的成本";
    cost_outstanding: "Liability: cost of what is outstanding", "负债：未兑换部分的成本";
    cost_most: "Of what was earned in these days, at most: all of it for the dearest reward", "这段时间所得的成本上限：全部兑换成本最高的奖励";
    cost_unknown: "say in the programme what 100 points cost you", "请在计划中填写 100 积分的成本";

    by_rule: "By rule", "按规则";
    by_tier: "By tier", "按等级";
    by_reward: "By reward", "按奖励";
    rule: "Rule", "规则";
    tier: "Tier", "等级";
    reward: "Reward", "奖励";
    times_points: "{1} {1:point|points}, {2}×", "{1} 积分，{2} 次";
    members_points: "{1} {1:member|members}, {2} {2:point|points} earned", "{1} 名会员，获得 {2} 积分";
    welcome: "Welcome of friends", "好友欢迎积分";
    no_tier: "No tier", "无等级";

    cannot: "What it cannot know", "无法得知的内容";
    behaviour: "How people would have behaved: other rules would have brought them to do other things.", "人们会如何改变行为：规则不同，行为也会不同。";
    nobody: "Nobody is a member yet, so there are no ledgers to go through.", "还没有会员，因此没有可核算的账本。";
    never_noted: "“{1}”: nothing was noted of it so far, because no rule was for it. It counts as nothing here.", "“{1}”：此前没有相应规则，因此没有记录，这里按零计算。";
    capped: "“{1}”: what went beyond the cap of the rule in force was not noted, so there may be more.", "“{1}”：超出现行上限的部分没有记录，实际可能更多。";
    estimate: "“{1}”: {2} {2:answer was|answers were} given in these days. Had everybody been a member, that would be {3} points at the most.", "“{1}”：这段时间共有 {2} 份答卷。若所有人都是会员，最多为 {3} 积分。";
    lost: "{1} {1:act was|acts were} earned by rules that there are no more; {1:it is|they are} left out.", "{1} 次操作的规则已不存在，未计入。";
    cut: "{1} {1:member is|members are} left out because their ledgers are too long.", "{1} 名会员因账本过长未计入。";
    sample: "The figures are scaled up from a sample: {1} of {2} members.", "数字由抽样推算：{2} 名会员中的 {1} 名。";
    codes: "How many codes there would have been: none of the pools counts as used up.", "兑换码的数量：假设码池从不用尽。";

    // Advice.
    advice: "Worth a second look", "值得再看一眼";
    only_advice: "Nothing of it keeps you from publishing.", "这些都不妨碍发布。";
    fine: "Nothing about it looks odd.", "没有发现可疑之处。";
    keen: "Measured by a keen customer – there every day, two answers a month, an order a month, {1} a year – and a steady one: once a week, four orders a year, {2}.", "以两类假想顾客衡量：热心顾客每天都来、每月两次反馈、每月一单、每年消费 {1}；普通顾客每周来一次、每年四单、消费 {2}。";
    nothing_earns: "Nothing earns points.", "没有任何方式可以获得积分。";
    nothing_to_spend: "Points buy nothing: there is neither a reward nor a draw that costs any.", "积分无处可用：没有奖励，也没有需要积分的抽奖。";
    out_of_reach: "It costs {1} points, and even a keen customer has no more than {2} in a year.", "需要 {1} 积分，而热心顾客一年最多也只有 {2}。";
    nothing_for_steady: "A steady customer has about {2} points after a year, and the cheapest reward costs {1}. Something small that is soon in reach keeps people collecting.", "普通顾客一年后约有 {2} 积分，而最便宜的奖励需要 {1}。加一个容易达到的小奖励，人们才会继续积累。";
    expires_too_soon: "In the {1} days that points last, a steady customer collects about {3}; the cheapest reward costs {2}. The points are gone before they buy anything.", "积分有效期 {1} 天内，普通顾客约积累 {3}，而最便宜的奖励需要 {2}：还没能兑换就已过期。";
    tier_out_of_reach: "It needs {1}, and even a keen customer has no more than {2} in the days that count.", "需要 {1}，而热心顾客在计算期内最多只有 {2}。";
    tier_for_all: "It needs {1}, and the first visit brings {2}: everybody has it from the first day.", "需要 {1}，而首次访问即得 {2}：所有人第一天就能达到。";
    tiers_for_nothing: "The tiers change nothing: no factor, no perks, no reward of their own.", "等级没有任何作用：没有倍数、权益或专属奖励。";
    uncapped: "It can be earned again and again: a cap or a pause keeps somebody from collecting without end.", "可以无限次获得：设置上限或间隔可防止刷分。";
    gives_back: "{1}% of what is spent comes back as coupons. Whoever redeems and then returns the order has been paid for it.", "消费额的 {1}% 会以优惠券返还。先兑换再退货的人等于白赚。";
    refundable_referral: "Both get their points the moment the friend buys, and keep them if the order is returned. Let the credit wait for as long as orders can be returned.", "好友一购买双方立即得分，退货后仍保留。建议让积分等待至退货期结束。";
    visits_are_cheap: "A visit or two is easily made up. A first purchase, or more visits, is harder to fake.", "一两次访问很容易伪造。首次购买或更多次访问更难作假。";
    draw_gives_points: "On average a ticket wins {1} points and costs less: the draw makes points out of nothing.", "平均每张券赢得 {1} 积分，却花费更少：抽奖会凭空产生积分。";
    over: "It ended on {1} and stands there for nothing.", "已于 {1} 结束，留着没有作用。";
    cost_of_100: "What 100 redeemed points cost you is not said: liability and simulation cannot tell any money.", "未填写 100 积分的成本：负债和模拟无法给出金额。";
}
