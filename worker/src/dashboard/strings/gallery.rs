//! The words of the gallery.

use rapport_core::model::placement::Placement;

use crate::dashboard::gallery::Goal;

/// The gallery.
#[derive(Debug)]
pub struct Gallery {
    pub hint: &'static str,
    pub goals: &'static str,
    pub all: &'static str,
    measure: &'static str,
    learn: &'static str,
    support: &'static str,
    grow: &'static str,
    pub questions: fn(&str) -> String,
    pub seconds: fn(&str) -> String,
    pub start: &'static str,
    pub paste: &'static str,
    inline: &'static str,
    popover: &'static str,
    tab: &'static str,
    modal: &'static str,
    bar: &'static str,
}

impl Gallery {
    /// A goal's name.
    pub const fn goal(&self, goal: Goal) -> &'static str {
        match goal {
            Goal::Measure => self.measure,
            Goal::Learn => self.learn,
            Goal::Support => self.support,
            Goal::Grow => self.grow,
        }
    }

    /// Where a widget appears.
    pub const fn place(&self, placement: &Placement) -> &'static str {
        match placement {
            Placement::Inline => self.inline,
            Placement::Popover { .. } => self.popover,
            Placement::Tab { .. } => self.tab,
            Placement::Modal => self.modal,
            Placement::Bar { .. } => self.bar,
        }
    }
}

pub const EN: Gallery = Gallery {
    hint: "Each comes with its questions, its branching and a place to appear. You can change everything; visitors see nothing before you publish.",
    goals: "What for",
    all: "All",
    measure: "Measure",
    learn: "Understand",
    support: "Help",
    grow: "Grow",
    questions: |n| if n == "1" { "1 question".to_owned() } else { format!("up to {n} questions") },
    seconds: |n| format!("{n} seconds"),
    start: "Use this template",
    paste: "Paste a definition (JSON) of a widget that you have elsewhere",
    inline: "in the page or by link",
    popover: "pops up in a corner",
    tab: "a tab at the edge",
    modal: "a dialog",
    bar: "a bar",
};

pub const ZH_CN: Gallery = Gallery {
    hint: "每个模板都自带问题、跳转和出现的位置，全部可以修改。发布之前访客什么都看不到。",
    goals: "用途",
    all: "全部",
    measure: "衡量",
    learn: "了解",
    support: "帮助",
    grow: "增长",
    questions: |n| if n == "1" { "1 个问题".to_owned() } else { format!("最多 {n} 个问题") },
    seconds: |n| format!("{n} 秒"),
    start: "使用此模板",
    paste: "粘贴已有组件的定义（JSON）",
    inline: "嵌入页面或链接",
    popover: "角落弹出",
    tab: "侧边标签",
    modal: "对话框",
    bar: "横条",
};
