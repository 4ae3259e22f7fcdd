//! How those fared who finished a quiz.

/// The words.
#[derive(Debug)]
pub struct Quiz {
    pub title: &'static str,
    /// How many finished it.
    pub finished: fn(&str) -> String,
    /// What the bars count.
    pub right_of: fn(u32) -> String,
    pub percent: &'static str,
    /// From how many percent on.
    pub passed: fn(u32) -> String,
    /// In the editor.
    pub pass: &'static str,
    pub pass_hint: &'static str,
}

/// In English.
pub const EN: Quiz = Quiz {
    title: "Scores",
    finished: |n| format!("{n} finished"),
    right_of: |total| format!("right answers of {total}"),
    percent: "right answers in percent, as not everybody was asked the same number of questions",
    passed: |percent| format!("Passed, from {percent}% right"),
    pass: "Passed from …% right",
    pass_hint: "60 where it is left empty. Visitors are not told; it is for the share on the widget’s page.",
};

/// In simplified Chinese.
pub const ZH_CN: Quiz = Quiz {
    title: "得分",
    finished: |n| format!("{n} 人完成"),
    right_of: |total| format!("共 {total} 题中答对的题数"),
    percent: "答对的百分比，因为每人被问的题数不同",
    passed: |percent| format!("通过（答对 {percent}% 及以上）"),
    pass: "答对百分之多少算通过",
    pass_hint: "留空即为 60。访客看不到；用于组件页面上的通过率。",
};
