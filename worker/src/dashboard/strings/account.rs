//! The words about the owner's own access.

/// Sessions, the key and the log.
#[derive(Debug)]
pub struct Account {
    pub title: &'static str,
    pub done: &'static str,
    pub sessions: &'static str,
    pub sessions_words: &'static str,
    pub end_others: &'static str,
    pub end: &'static str,
    pub unknown: &'static str,
    pub this_one: &'static str,
    /// How long ago it was opened, and used.
    pub opened_used: fn(&str, &str) -> String,
    pub key: &'static str,
    pub key_words: &'static str,
    pub key_since: fn(&str) -> String,
    pub present_key: &'static str,
    pub key_hint: &'static str,
    pub make_key: &'static str,
    pub recovery: [&'static str; 2],
    pub new_key: &'static str,
    pub new_key_words: &'static str,
    pub more: &'static str,
    pub tokens: &'static str,
    pub tokens_words: &'static str,
    pub activity: &'static str,
    pub activity_words: &'static str,
    pub who: &'static str,
    pub anybody: &'static str,
    pub site: &'static str,
    pub any_site: &'static str,
    pub when: &'static str,
    pub what: &'static str,
    pub older: &'static str,
    pub no_lines: &'static str,
    /// A line of the log, which is kept in English.
    pub line: fn(&str) -> String,
    /// Who did it.
    pub actor: fn(&str) -> String,
}

/// English.
pub const EN: Account = Account {
    title: "Account",
    done: "Done.",
    sessions: "Where you are signed in",
    sessions_words: "Each sign-in is a session of its own. It ends by itself after 12 hours without use, or after 7 days.",
    end_others: "End all others",
    end: "End",
    unknown: "Unknown browser",
    this_one: "this one",
    opened_used: |opened, used| format!("Opened {opened}, used {used}"),
    key: "Access key",
    key_words: "A new key takes the place of the present one at once, and ends all other sessions. Tokens of programs go on working; programs that use the key itself need the new one.",
    key_since: |at| format!("The present key was made here on {at}."),
    present_key: "Present key",
    key_hint: "So that nobody who finds this page open can lock you out.",
    make_key: "Make a new key",
    recovery: [
        "Lost the key? On the computer that deployed this Worker, ",
        " makes another, which counts from then on whatever was made here.",
    ],
    new_key: "Your new key",
    new_key_words: "It is shown this once and stored nowhere. Keep it in your password manager; the address below it opens the dashboard at once.",
    more: "More",
    tokens: "Tokens",
    tokens_words: "Keys with less than all power, for your own programs.",
    activity: "Activity",
    activity_words: "Every change, when, and by whom: a session, the key or a token. The last 1,000 lines are kept.",
    who: "Who",
    anybody: "Anybody",
    site: "Site",
    any_site: "All",
    when: "When (UTC)",
    what: "What",
    older: "Older",
    no_lines: "Nothing fits. Whatever is changed from now on appears here.",
    line: str::to_owned,
    actor: str::to_owned,
};

/// 简体中文。
pub const ZH_CN: Account = Account {
    title: "账户",
    done: "已完成。",
    sessions: "已登录的位置",
    sessions_words: "每次登录都是独立的会话。12 小时未使用或满 7 天后自动结束。",
    end_others: "结束其他所有会话",
    end: "结束",
    unknown: "未知浏览器",
    this_one: "当前",
    opened_used: |opened, used| format!("登录于 {opened}，最近使用 {used}"),
    key: "访问密钥",
    key_words: "新密钥立即取代现有密钥，并结束其他所有会话。程序的令牌继续有效；直接使用密钥的程序需要改用新密钥。",
    key_since: |at| format!("现有密钥于 {at} 在这里生成。"),
    present_key: "现有密钥",
    key_hint: "以免有人趁页面打开时把你锁在外面。",
    make_key: "生成新密钥",
    recovery: [
        "密钥丢失了？在部署这个 Worker 的电脑上运行 ",
        " 会生成另一个密钥，从那时起以它为准，无论这里生成过什么。",
    ],
    new_key: "你的新密钥",
    new_key_words: "只显示这一次，不会保存在任何地方。请存入密码管理器；下面的地址可以直接打开控制台。",
    more: "更多",
    tokens: "令牌",
    tokens_words: "权限受限的密钥，供你自己的程序使用。",
    activity: "操作记录",
    activity_words: "每一次更改、时间和执行者：会话、密钥或令牌。保留最近 1,000 条。",
    who: "执行者",
    anybody: "任何人",
    site: "站点",
    any_site: "全部",
    when: "时间（UTC）",
    what: "内容",
    older: "更早",
    no_lines: "没有符合条件的记录。之后的更改会出现在这里。",
    line: chinese,
    actor: |who| match who.split_once(' ') {
        Some(("session", id)) => format!("会话 {id}"),
        Some(("token", name)) => format!("令牌 {name}"),
        _ if who == "key" => "密钥".to_owned(),
        _ => who.to_owned(),
    },
};

/// Lines of the program, in Chinese. Names stay as they are, and so does what nobody has translated.
fn chinese(line: &str) -> String {
    let whole = [
        ("signed in", "登录"),
        ("signed out", "退出"),
        ("site created", "创建站点"),
        ("settings changed", "更改设置"),
        ("rebuild", "重建索引"),
        ("data exported", "导出数据"),
        ("a visitor blocked", "屏蔽一位访客"),
        ("a visitor unblocked", "取消屏蔽一位访客"),
        ("draft of the loyalty programme saved", "保存会员计划的草稿"),
        ("draft of the loyalty programme discarded", "放弃会员计划的草稿"),
        ("loyalty programme published", "发布会员计划"),
        ("loyalty programme paused", "暂停会员计划"),
        ("loyalty programme resumed", "恢复会员计划"),
        ("all other sessions ended", "结束其他所有会话"),
        ("new access key made, all other sessions ended", "生成新密钥，并结束其他所有会话"),
    ];
    if let Some((_, words)) = whole.iter().find(|(english, _)| *english == line) {
        return (*words).to_owned();
    }
    // What stands before and after a name, and what is said instead.
    let around = [
        ("draft of ", " saved", "保存草稿："),
        ("draft of ", " discarded", "放弃草稿："),
        ("session ", " ended", "结束会话："),
        ("token ", " revoked", "撤销令牌："),
        ("token ", "", "生成令牌："),
        ("connection ", " made", "新建连接："),
        ("connection ", " changed", "更改连接："),
        ("connection ", " deleted", "删除连接："),
        ("connection ", " restored", "恢复已删除的连接："),
        ("connection ", " paused", "暂停连接："),
        ("connection ", " resumed", "恢复连接："),
        ("connection ", ": new secret", "更换连接的密钥："),
        ("changed ", "", "更改："),
        ("", " responses erased", "清除回复："),
        ("", " responses restored", "恢复回复："),
        ("", " by the API", "通过 API："),
        ("", " published", "发布："),
        ("", " paused", "暂停："),
        ("", " resumed", "恢复："),
        ("", " ended", "结束："),
    ];
    let name = |before: &str, after: &str| line.strip_prefix(before)?.strip_suffix(after).map(str::to_owned);
    around
        .iter()
        .find_map(|(before, after, words)| Some(format!("{words}{}", name(before, after)?)))
        .unwrap_or_else(|| line.to_owned())
}
