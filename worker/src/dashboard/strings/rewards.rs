//! The words of rewards, their codes and redemptions, both languages side by side. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// Rewards and redemptions.
        #[derive(Debug)]
        pub struct Rewards { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Rewards = Rewards { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Rewards = Rewards { $($name: $zh,)* };
    };
}

words! {
    // The list.
    intro: "What points buy, how much of it is gone, and the codes that are handed out.", "积分能换什么、已兑换多少，以及发放的兑换码。";
    none: "The programme has no rewards yet.", "计划还没有奖励。";
    none_edit: "Add one to the programme", "在计划中添加";
    taken: "{1} taken", "已兑换 {1}";
    taken_of: "{1} of {2} taken", "共 {2} 份，已兑换 {1}";
    no_end: "no end to it", "数量不限";
    codes_left: "{1} {1:code|codes} left", "剩余 {1} 个兑换码";
    no_codes: "No codes yet: nobody can redeem it", "还没有兑换码：无法兑换";
    low: "Running low", "即将用完";
    gone: "None left", "已用完";
    plenty: "In stock", "有库存";
    waits: "{1} to hand out", "{1} 份待发放";
    by_hand: "You hand it out", "由你发放";
    not_published: "Not published yet", "尚未发布";
    no_longer: "No longer in the programme", "已不在计划中";
    see_codes: "Codes", "兑换码";
    see_redemptions: "Redemptions", "兑换记录";

    // One reward's codes.
    codes_of: "Codes of “{1}”", "“{1}”的兑换码";
    all_codes: "In all", "总数";
    given: "Given out", "已发放";
    free: "Left", "剩余";
    no_pool: "This reward needs no codes.", "此奖励不需要兑换码。";
    add: "Add codes", "添加兑换码";
    add_words: "A line each, or a table whose first column has them, such as your shop exports. Up to 10,000 at once. Either all of them go in or, where one cannot be a code, none.", "每行一个，或第一列为兑换码的表格（例如商店导出的文件）。每次最多 10,000 个。要么全部加入；只要有一行不合格，就一个也不加。";
    paste: "Codes", "兑换码";
    file: "Or a file (CSV or text)", "或文件（CSV 或文本）";
    added: "{1} {1:code|codes} added.", "已添加 {1} 个兑换码。";
    added_none: "No code was added.", "没有添加任何兑换码。";
    twice: "{1} stood in the list more than once; each went in once.", "{1} 个在列表中重复出现，各只加入一次。";
    known: "{1} were there already and were left out.", "{1} 个已存在，未重复加入。";
    bad: "Nothing was added: {1} {1:line|lines} cannot be codes. A code has 1 to 64 characters, no control characters and no “|”.", "没有添加：{1} 行不是有效的兑换码。兑换码为 1 到 64 个字符，不含控制字符和“|”。";
    line: "line {1}", "第 {1} 行";
    nothing_in: "There was no code in it.", "其中没有兑换码。";
    and_more: "and {1} more", "以及另外 {1} 个";
    remove: "Remove free codes", "删除未发放的兑换码";
    remove_words: "All {1} codes that nobody has are deleted for good. Codes that were given out stay. Download them first if you may need them again.", "将永久删除 {1} 个未发放的兑换码，已发放的保留。若以后可能需要，请先下载。";
    remove_yes: "Delete {1} {1:code|codes}", "删除 {1} 个兑换码";
    removed: "{1} {1:code|codes} deleted.", "已删除 {1} 个兑换码。";
    download: "Download (CSV)", "下载（CSV）";
    show_free: "Free", "未发放";
    show_given: "Given out", "已发放";
    code: "Code", "兑换码";
    went_to: "To", "发放给";
    the_redemption: "the redemption", "兑换记录";
    none_free: "No free codes.", "没有未发放的兑换码。";
    none_given: "No code was given out yet.", "还没有发放过兑换码。";
    more: "Next page", "下一页";
    first: "First page", "第一页";
    back: "All rewards", "全部奖励";

    // Redemptions.
    redemptions_intro: "Who took what, newest first. What you still have to hand over waits here until you tick it off.", "谁兑换了什么，最新的在前。需要你交付的奖励在此等待，直到你勾选。";
    state: "State", "状态";
    any: "All", "全部";
    to_hand_over: "To hand over", "待交付";
    held: "Set aside", "已冻结";
    captured: "Handed out", "已发放";
    told: "The member has read what it gives. Tick it off once you have handed it over, if there is anything to hand over.", "会员已看到奖励内容。若需实际交付，交付后请勾选。";
    tick: "Mark as handed over", "标记为已交付";
    untick: "Undo: still to hand over", "撤销：仍待交付";
    handed: "Handed over on {1} by {2}", "{2} 于 {1} 交付";
    done_handed: "Ticked off as handed over.", "已标记为已交付。";
    done_unhanded: "It is to be handed over again.", "已恢复为待交付。";
    voided: "Given back", "已退回";
    reward: "Reward", "奖励";
    any_reward: "All rewards", "全部奖励";
    member: "Member: your own id, e-mail or ours", "会员：你的客户编号、邮箱或会员 ID";
    filter: "Show", "显示";
    no_filter: "Show all", "显示全部";
    nothing: "Nobody has redeemed anything yet.", "还没有人兑换。";
    nothing_waits: "Nothing waits for you.", "没有待处理的兑换。";
    nothing_fits: "No redemption fits these filters.", "没有符合筛选条件的兑换。";
    erased: "a member who was erased", "已清除的会员";
    unnamed: "a member without a name", "未命名的会员";
    points: "{1} {1:point|points}", "{1} 积分";
    until: "Given back by itself on {1}", "{1} 自动退回";
    settled: "on {1}", "于 {1}";
    why_was: "because: {1}", "原因：{1}";
    by_time: "because its time was over", "因为期限已过";
    capture: "Hand out", "发放";
    capture_words: "The points are spent for good then, and the member reads that it was handed out. The tick can be taken back, the points cannot: a mistake is put right by giving points on the member’s page.", "积分即被正式扣除，会员会看到已发放。标记可以撤销，积分不能：如有差错，可在会员页面补回积分。";
    capture_note: "What the member shall read (optional)", "会员会看到的说明（可选）";
    capture_code: "Left empty, the member gets the next code of the pool.", "留空则发放码池中的下一个兑换码。";
    capture_yes: "Hand it out", "确认发放";
    void: "Give back", "退回";
    void_words: "{1} {1:point goes|points go} back to the member, with the dates they had, and the stock has one more. You can set it aside again afterwards.", "{1} 积分按原有效期退还会员，库存加一。之后可以重新冻结。";
    void_why: "Why (the member reads it)", "原因（会员可见）";
    void_yes: "Give {1} {1:point|points} back", "退回 {1} 积分";
    done_captured: "Handed out.", "已发放。";
    done_voided: "Given back: {1} {1:point|points}.", "已退回：{1} 积分。";
    undo: "Undo: set it aside again", "撤销：重新冻结";
    done_again: "Set aside again.", "已重新冻结。";
    refused_settled: "Nothing was changed: it had been settled before.", "没有更改：此前已处理。";
    refused_points: "Not set aside again: the member has spent the points meanwhile.", "未能重新冻结：会员已用掉这些积分。";
    refused_stock: "Not set aside again: none is left.", "未能重新冻结：已无库存。";
    refused_other: "Nothing was changed: {1}.", "没有更改：{1}。";
    why_needed: "Say why: the member reads it.", "请填写原因，会员会看到。";
    export: "Download (CSV)", "下载（CSV）";
}
