//! The words of a site's end.

/// The page that deletes a site, and what stands on its pages until it is gone.
#[derive(Debug)]
pub struct Ending {
    pub title: &'static str,
    pub lead: &'static str,
    pub to_page: &'static str,
    pub what: fn(&str) -> String,
    pub visitors: &'static str,
    pub back: &'static str,
    pub kv: fn(&str) -> String,
    pub export: &'static str,
    pub confirm: fn(&str) -> String,
    pub differs: &'static str,
    pub delete: &'static str,
    /// On the site's pages.
    pub deleted: fn(&str) -> String,
    pub unseen: &'static str,
    pub keep: &'static str,
}

/// English.
pub const EN: Ending = Ending {
    title: "Delete this site",
    lead: "The site with its widgets, answers, members and everything else that is kept of it.",
    to_page: "Delete this site …",
    what: |responses| {
        format!(
            "Everything goes: widgets, {responses} responses and all figures, members with their points and codes, connections, and every copy in KV."
        )
    },
    visitors: "Visitors see nothing of it any more within a minute, and answers are refused. The tag on your pages does nothing then; take it out when you like.",
    back: "For 24 hours you can bring it back as it was. After that nobody can.",
    kv: |days| {
        format!(
            "After the 24 hours nobody can reach any of it. KV's own copies go as fast as its quota allows: on the free plan 1,000 values a day, here about {days} days."
        )
    },
    export: "Take your data with you first",
    confirm: |id| format!("Type {id} to confirm"),
    differs: "type the site's id exactly as it is shown",
    delete: "Delete the site",
    deleted: |moment| format!("This site was deleted. Everything of it goes for good on {moment}."),
    unseen: "Until then visitors see nothing of it, and answers are refused.",
    keep: "Bring it back",
};

/// 简体中文。
pub const ZH_CN: Ending = Ending {
    title: "删除此站点",
    lead: "站点及其组件、回复、会员，以及为它保存的一切。",
    to_page: "删除此站点……",
    what: |responses| {
        format!(
            "全部都会删除：组件、{responses} 条回复与所有数据、会员及其积分与兑换码、连接，以及 KV 中的每一份副本。"
        )
    },
    visitors: "一分钟内访客就不再看到它的任何内容，新的回复会被拒绝。页面上的代码届时不起任何作用，可随时移除。",
    back: "24 小时内可以原样恢复，之后任何人都无法恢复。",
    kv: |days| {
        format!(
            "24 小时后，任何人都无法再访问这些数据。KV 中的副本按其配额删除：免费方案每天 1,000 个，这里大约需要 {days} 天。"
        )
    },
    export: "先把数据带走",
    confirm: |id| format!("输入 {id} 以确认"),
    differs: "请完全按所示输入站点标识",
    delete: "删除站点",
    deleted: |moment| format!("此站点已删除。它的一切将于 {moment} 永久清除。"),
    unseen: "在此之前，访客看不到它的任何内容，新的回复会被拒绝。",
    keep: "恢复站点",
};
