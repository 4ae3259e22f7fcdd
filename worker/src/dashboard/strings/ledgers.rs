//! Words about members and ledgers among the owner's data, both languages side by side.

use super::editor::fill;

/// Members and ledgers as data.
#[derive(Debug)]
pub struct Ledgers {
    pub ledgers: &'static str,
    pub ledgers_words: &'static str,
    pub ledgers_agree: fn(&str) -> String,
    pub ledgers_repaired: fn(&str, &str) -> String,
    pub ledgers_more: &'static str,
    pub torn: fn(&str) -> String,
    pub torn_line: fn(&str) -> String,
    pub found_members: fn(&str) -> String,
    pub erase_members: &'static str,
    pub retention_ledger: &'static str,
}

/// In English.
pub const EN: Ledgers = Ledgers {
    ledgers: "Compare members and ledgers",
    ledgers_words: "Every member, every page of a ledger and every page of codes is compared with its copy in KV; what is missing on one side comes from the other.",
    ledgers_agree: |n| format!("Members and ledgers: both have the same {n} values."),
    ledgers_repaired: |index, kv| {
        format!("Members and ledgers: {index} values came from KV into the index, {kv} go from the index to KV.")
    },
    ledgers_more: "Not all of it was looked at; go on with the API.",
    torn: |n| {
        fill(
            "{1} {1:ledger is|ledgers are} torn: a line does not follow from the one before. Members keep what they have up to that line, and nothing can be added until it is mended. Compare members and ledgers: a whole copy in KV mends it.",
            &[n],
        )
    },
    torn_line: |n| format!("from line {n} on"),
    found_members: |n| format!("Members of the loyalty programme with their ledgers: {n}"),
    erase_members: "The member, their points and their ledger are erased at once, and that cannot be taken back.",
    retention_ledger: "Members and their ledgers are kept: points are a promise. They go when the member is erased.",
};

/// In simplified Chinese.
pub const ZH_CN: Ledgers = Ledgers {
    ledgers: "核对会员与账本",
    ledgers_words: "逐一核对每位会员、每页账本与兑换码同 KV 副本是否一致；一方缺失的从另一方补齐。",
    ledgers_agree: |n| format!("会员与账本：两边都是同样的 {n} 项。"),
    ledgers_repaired: |index, kv| format!("会员与账本：{index} 项从 KV 补入索引，{kv} 项从索引补入 KV。"),
    ledgers_more: "未全部核对；请通过 API 继续。",
    torn: |n| {
        format!(
            "{n} 本账本断裂：某一行与前一行不衔接。会员保留该行之前的余额，修复前无法新增记录。请核对会员与账本：KV 中完好的副本可以修复。"
        )
    },
    torn_line: |n| format!("自第 {n} 行起"),
    found_members: |n| format!("忠诚度会员及其账本：{n}"),
    erase_members: "会员、积分与账本将立即清除，且无法撤回。",
    retention_ledger: "会员及其账本会保留：积分是一种承诺，清除会员时才会删除。",
};
