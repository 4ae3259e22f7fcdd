//! The words of the widget editor, both languages side by side: they are many and short. `{1}` and `{2}` are filled in.

macro_rules! words {
    ($($name:ident: $en:literal, $zh:literal;)*) => {
        /// The editor.
        #[derive(Debug)]
        pub struct Editor { $(pub $name: &'static str,)* }

        /// In English.
        pub const EN: Editor = Editor { $($name: $en,)* };

        /// In simplified Chinese.
        pub const ZH_CN: Editor = Editor { $($name: $zh,)* };
    };
}

words! {
    title: "Edit", "编辑";
    label: "Name of the widget", "组件名称";
    label_hint: "Only you see it.", "只有你自己看得到。";
    json: "Edit as JSON", "以 JSON 编辑";
    json_hint: "The same definition as text, for those who prefer it.", "同一份定义的文本形式，供喜欢文本的人使用。";
    visual: "Back to the visual editor", "返回可视化编辑器";
    save: "Save draft", "保存草稿";
    publish: "Publish", "发布";
    apply: "Apply", "应用";
    undo: "Undo", "撤销";
    dropped: "“{1}” was removed.", "已移除“{1}”。";
    dropped_language: "All texts in {1} were removed.", "已移除所有 {1} 文字。";
    restored: "It is back.", "已恢复。";
    saving: "Saving…", "正在保存…";
    saved: "Draft saved. Visitors see it once you publish.", "草稿已保存。发布后访客才会看到。";
    unsaved: "Changes not saved yet.", "更改尚未保存。";
    same: "Nothing to save: this is what is live now.", "无需保存：与线上版本一致。";
    same_draft: "Draft, as saved.", "草稿，已保存。";
    offline: "Not saved: no connection. It is tried again with your next change.", "未保存：没有网络连接。下次更改时会重试。";
    refused: "Not saved yet – something has to be put right first:", "尚未保存——请先改正：";
    overtaken: "Not saved: this widget was changed in another tab or by a script after you opened it. What you typed is still here.", "未保存：你打开后，此组件已在其他标签页或由脚本更改。你输入的内容仍在这里。";
    overwrite: "Saving now replaces that change.", "现在保存将覆盖那次更改。";
    too_large: "The form arrived incomplete, so nothing was saved: the widget is too large for it. Edit it as JSON.", "表单未完整送达，因此没有保存：此组件对表单而言过大。请以 JSON 编辑。";
    parts: "Parts of the editor", "编辑器各部分";
    write: "Edit", "编辑";
    look_at: "Preview", "预览";

    questions: "Questions", "问题";
    question_n: "Question {1}", "问题 {1}";
    new_question: "New question", "新问题";
    add: "Add a question", "添加问题";
    wording: "What it asks", "问题文字";
    hint: "A line below it", "下方说明";
    pipe: "To repeat an earlier answer, write its name in braces: {1}.", "要引用之前的回答，请用花括号写出它的名称：{1}。";
    kind: "Type of answer", "回答类型";
    required: "An answer is required", "必答";
    name: "Name in exports and conditions", "导出与条件中的名称";
    more: "More", "更多";
    up: "Move up", "上移";
    down: "Move down", "下移";
    copy: "Duplicate", "复制";
    drop: "Delete", "删除";
    grip: "Reorder {1}: drag, or press Space and use the arrow keys", "重新排序 {1}：拖动，或按空格键后用方向键";
    lifted: "{1} picked up, place {2}. Arrow keys move it, Space puts it down, Escape cancels.", "已拿起 {1}，位置 {2}。方向键移动，空格键放下，Esc 取消。";
    moved: "Place {2} of {1}", "第 {2} 位，共 {1} 位";
    put: "Put down at place {2}.", "已放到第 {2} 位。";
    cancelled: "Back where it was.", "已放回原处。";

    scale: "Scale", "量表";
    choice: "Choice", "选择";
    text: "Text", "文字";
    email: "E-mail", "邮箱";
    number: "Number", "数字";
    date: "Day", "日期";
    ranking: "Ranking", "排序";
    matrix: "Table", "矩阵";
    consent: "Consent", "同意";
    info: "Words only", "仅文字";
    from_point: "From", "从";
    to_point: "To", "到";
    low: "Words at the low end", "低端文字";
    high: "Words at the high end", "高端文字";
    drawn: "Drawn as", "样式";
    numbers: "Numbers", "数字";
    stars: "Stars", "星星";
    smileys: "Faces", "表情";
    thumbs: "Thumbs", "拇指";
    measures: "Feeds the figure", "计入指标";
    none: "None", "无";
    nps: "NPS (0–10)", "NPS（0–10）";
    csat: "Satisfaction", "满意度";
    ces: "Effort (1–7)", "费力度（1–7）";
    satisfied: "Satisfied from", "满意起点";
    options: "Options", "选项";
    option: "Option {1}", "选项 {1}";
    rows: "Rows", "行";
    columns: "Columns", "列";
    add_option: "Add an option", "添加选项";
    add_row: "Add a row", "添加行";
    add_column: "Add a column", "添加列";
    own_words: "Offer “Other”, with a field for own words", "提供“其他”并可自行填写";
    shuffle: "Show the options in random order", "随机排列选项";
    how_many: "How many may be chosen", "可选数量";
    one: "One", "一个";
    several: "Several", "多个";
    least: "At least", "至少";
    most: "At most", "至多";
    long: "Room for several lines", "多行输入";
    max_chars: "Most characters", "最多字符数";
    placeholder: "Example shown while empty", "空白时显示的示例";
    no_less: "No less than", "不小于";
    no_more: "No more than", "不大于";
    no_earlier: "No earlier than", "不早于";
    no_later: "No later than", "不晚于";
    agree: "What is agreed to", "同意的内容";
    correct: "Right answers", "正确答案";
    correct_hint: "All of these and none else have to be chosen.", "须选中全部且仅选这些。";
    explanation: "Explanation, shown after answering", "答后显示的说明";
    day: "Day of the entry", "条目日期";

    only_if: "Asked only if", "仅在以下情况提问";
    always: "Always asked.", "总是提问。";
    add_test: "Add a condition", "添加条件";
    drop_test: "Remove this condition", "移除此条件";
    join: "When there are several", "多个条件时";
    all: "all of these hold", "全部满足";
    any: "any of these holds", "满足任一";
    test_question: "Question", "问题";
    test: "Comparison", "比较";
    value: "Value", "值";
    eq: "is", "等于";
    ne: "is not", "不等于";
    le: "is at most", "至多为";
    lt: "is less than", "小于";
    ge: "is at least", "至少为";
    gt: "is more than", "大于";
    has: "includes", "包含";
    lacks: "does not include", "不包含";
    answered: "was answered", "已回答";
    unanswered: "was not answered", "未回答";
    yes: "was agreed to", "已同意";
    no: "was not agreed to", "未同意";
    expression: "As an expression", "表达式";
    expression_hint: "This condition says more than rows can. Write it as in: {1}", "此条件比行能表达的更复杂。写法如：{1}";

    words: "Heading, button and thanks", "标题、按钮与致谢";
    heading: "Heading above the questions", "问题上方的标题";
    submit: "Words on the button", "按钮文字";
    thanks: "Thanks after the answer", "答后致谢";
    usual: "Left empty: the usual words in the visitor’s language.", "留空则用访客语言的常用文字。";

    look: "Look", "外观";
    place: "Where it appears", "出现位置";
    inline: "In the page", "页面内";
    popover: "Card in a corner", "角落卡片";
    tab: "Tab at the edge", "边缘标签";
    modal: "Dialog", "对话框";
    bar: "Bar", "横条";
    corner: "Corner", "角落";
    top_start: "Top left", "左上";
    top_end: "Top right", "右上";
    bottom_start: "Bottom left", "左下";
    bottom_end: "Bottom right", "右下";
    side: "Side", "侧边";
    start: "Left", "左";
    end: "Right", "右";
    edge: "Edge", "边缘";
    top: "Top", "顶部";
    bottom: "Bottom", "底部";
    tab_label: "Words on the tab", "标签文字";
    accent: "Colour", "颜色";
    accent_hint: "As #2f5fe0. Left empty: the site’s.", "例如 #2f5fe0。留空则用网站的颜色。";
    contrast: "{1} text on it has a contrast of {2} : 1. It reads well.", "其上{1}文字对比度为 {2} : 1，清晰易读。";
    adapted: " On a light card it is drawn darker where words are in it, so that they can be read.", " 在浅色卡片上作文字时会自动加深，以便阅读。";
    white: "White", "白色";
    black: "Black", "黑色";
    radius: "Round corners, pixels (0–32)", "圆角，像素（0–32）";
    font: "Font", "字体";
    own_font: "Its own", "自带字体";
    page_font: "The page’s", "页面字体";
    scheme: "Light or dark", "浅色或深色";
    auto: "As the page", "随页面";
    light: "Light", "浅色";
    dark: "Dark", "深色";
    density: "Room", "疏密";
    comfortable: "Comfortable", "宽松";
    compact: "Compact", "紧凑";
    as_site: "As the site", "随网站";

    who: "Who sees it, where and when", "谁在何时何地看到";
    on_pages: "Only on these pages", "仅在这些页面";
    off_pages: "Never on these pages", "不在这些页面";
    pages_hint: "One path a line: /pricing, /blog/**. Empty: on all.", "每行一个路径：/pricing、/blog/**。留空表示全部页面。";
    comes_up: "It comes up", "出现时机";
    comes_hint: "Any of these suffices. With none, at once. What is part of the page is always there.", "满足任一即可；都不填则立即出现。页面内的组件始终可见。";
    delay: "after so many seconds", "多少秒之后";
    scrolled: "after scrolling so much of the page, %", "滚动页面多少之后，%";
    leaving: "when somebody is about to leave", "访客即将离开时";
    clicked: "after a click on (CSS selector)", "点击以下元素后（CSS 选择器）";
    event: "when the page reports this event", "页面报告此事件时";
    event_if: "… and its properties are", "……且其属性为";
    devices: "Only on", "仅在";
    phone: "Phones", "手机";
    tablet: "Tablets", "平板";
    desktop: "Computers", "电脑";
    devices_hint: "None ticked: on all.", "都不勾选表示全部。";
    languages_only: "Only in these languages", "仅限这些语言";
    languages_hint: "One tag a line: en, zh-CN. Empty: in all.", "每行一个标签：en、zh-CN。留空表示全部。";
    visitors: "Visitors", "访客";
    everybody: "Everybody", "所有人";
    new: "On their first visit", "首次访问者";
    returning: "Who came before", "回访者";
    min_visits: "Only from this visit on", "仅从第几次访问起";
    traits: "Only people whose traits are", "仅限具备这些特征的人";
    add_filter: "Add a test", "添加条件";
    drop_filter: "Remove this test", "移除此条件";
    trait_name: "Trait, such as plan", "特征，例如 plan";
    is: "is one of (one a line)", "为其中之一（每行一个）";
    is_not: "is none of (one a line)", "不为其中任一（每行一个）";
    at_least: "at least", "至少";
    at_most: "at most", "至多";
    missing: "is not there at all", "不存在";
    sample: "Only so many of a hundred people", "每百人中仅多少人";
    frequency: "How often one person sees it", "同一个人多久看到一次";
    usually: "Until answered if it interrupts, else always", "打断访客的显示到回答为止，其余始终显示";
    every_time: "Every time", "每次";
    once: "Once", "一次";
    until_answered: "Until answered", "直到回答";
    every_days: "Again after days", "若干天后再次";
    days: "Days", "天数";
    ignore_budget: "Show it even where the site’s limit of invitations is reached", "即使已达网站邀请上限也显示";
    from: "First day (UTC)", "首日（UTC）";
    until: "Last day (UTC)", "末日（UTC）";
    stop_after: "Stop after so many complete answers", "收到多少完整回答后停止";

    variants: "Variants", "变体";
    variants_hint: "People see one of them by lot. Compare the answers on the widget’s page.", "访客随机看到其中之一。可在组件页面比较回答。";
    no_variants: "Everybody sees the same.", "所有人看到的相同。";
    add_variants: "Try two wordings", "试两种措辞";
    add_variant: "Add a variant", "添加变体";
    weight: "Share (weight)", "份额（权重）";
    variant_title: "Heading instead", "替换标题";
    variant_question: "First question instead", "替换第一个问题";
    share: "{1}% of people", "{1}% 的人";

    languages: "Languages", "语言";
    one_language: "All texts are in {1}.", "所有文字均为 {1}。";
    add_language: "Add a language", "添加语言";
    drop_language: "Remove {1}", "移除 {1}";
    missing_in: "{1}: {2} missing", "{1}：缺 {2} 处";
    complete_in: "{1}: complete", "{1}：完整";
    missing_text: "Missing – {1} is shown", "缺失——将显示 {1}";
    tag_hint: "A tag such as de, fr or pt-BR", "语言标签，如 de、fr、pt-BR";

    shown: "Shown {1}", "{1}显示";
    to_all: "to everybody", "向所有人";
    to_some: "to {1}", "向{1}";
    part_visitors_new: "first-time visitors", "首次访问者";
    part_visitors_returning: "returning visitors", "回访者";
    part_visits: "people from visit {1} on", "第 {1} 次访问起的人";
    part_traits: "people whose {1} fits", "{1} 相符的人";
    part_sample: "{1}% of people, by lot", "随机 {1}% 的人";
    part_devices: "on {1}", "使用{1}";
    part_languages: "in {1}", "语言为 {1}";
    on_every_page: "on every page", "在所有页面";
    on_these: "on {1}", "在 {1}";
    not_on: "not on {1}", "不在 {1}";
    at_once: "as soon as the page is there", "页面打开后立即";
    in_place: "where the page has its place", "在页面中放置之处";
    after_seconds: "{1} s after the page came up", "页面打开 {1} 秒后";
    after_scroll: "after scrolling {1}%", "滚动 {1}% 后";
    on_leave: "when leaving", "即将离开时";
    on_click: "after a click on {1}", "点击 {1} 后";
    on_event: "on the event {1}", "发生事件 {1} 时";
    or: " or ", "或";
    again: ", again after {1} days", "，{1} 天后可再次显示";
    only_once: ", once", "，仅一次";
    not_before: ", from {1}", "，自 {1} 起";
    not_after: ", until {1}", "，至 {1} 止";
    ends_at: ", until {1} have answered", "，满 {1} 份回答为止";
    until_you: ", until you pause or end it", "，直到你暂停或结束";

    preview: "Preview", "预览";
    preview_hint: "The real widget. You can answer it; nothing is recorded, and targeting does not hold it back.", "真实的组件。可以作答；不会记录任何内容，也不受展示条件限制。";
    preview_show: "Show the preview", "显示预览";
    preview_wrong: "The preview shows the widget once this is put right:", "改正以下内容后即可预览：";
    as_phone: "Phone", "手机";
    as_desktop: "Computer", "电脑";
    page_is: "Page", "页面";
    language: "Language", "语言";
    variant: "Variant", "变体";
}

/// A text with its places filled in: `{1}` is the first of `holes`, and `{1:code|codes}` the former word where that is 1.
pub fn fill(text: &str, holes: &[&str]) -> String {
    let (mut filled, mut rest) = (String::with_capacity(2 * text.len()), text);
    while let Some((before, (place, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        let (number, words) =
            place.split_once(':').map_or((place, None), |(number, two)| (number, two.split_once('|')));
        let hole = number.parse::<usize>().ok().and_then(|number| holes.get(number.checked_sub(1)?));
        filled += before;
        match (hole, words) {
            (Some(hole), None) => filled += hole,
            (Some(&"1"), Some((one, _))) => filled += one,
            (Some(_), Some((_, many))) => filled += many,
            (None, _) => filled.extend(["{", place, "}"]),
        }
        rest = after;
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn one_is_singular_and_what_is_filled_in_is_left_alone() {
        let text = "{1} {1:code is|codes are} left for {2}.";
        assert_eq!(fill(text, &["1", "{1}"]), "1 code is left for {1}.");
        assert_eq!(fill(text, &["1,001", "}{"]), "1,001 codes are left for }{.");
        assert_eq!(fill("{site} of {3}{", &["1"]), "{site} of {3}{");
    }
}
