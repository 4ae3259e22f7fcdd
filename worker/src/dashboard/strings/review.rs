//! What is said about a widget's wording and branching.

type One = fn(&str) -> String;
type Two = fn(&str, &str) -> String;
type Three = fn(&str, &str, &str) -> String;

/// Findings, and conditions as sentences.
#[derive(Debug)]
pub struct Review {
    pub title: &'static str,
    pub none: &'static str,
    pub count: One,
    pub only_advice: &'static str,
    pub leading: One,
    pub double: One,
    pub negative: &'static str,
    pub jargon: One,
    /// How many, and how many at most; so are the next ones.
    pub long: Two,
    pub options: Two,
    pub required: Two,
    pub many: Two,
    pub no_way_out: &'static str,
    pub no_other: &'static str,
    pub ends: &'static str,
    pub same: One,
    pub overlap: One,
    pub never_because: One,
    pub never_path: &'static str,
    pub always_asked: &'static str,
    pub never_holds: One,
    pub always_holds: One,
    pub cannot_tell: &'static str,
    pub flow: &'static str,
    /// How many ways, questions on the shortest and on the longest.
    pub ways: Three,
    pub everybody: &'static str,
    pub nobody: &'static str,
    pub only_if: One,
    pub then: One,
    pub end: &'static str,
    pub quote: One,
    pub and: &'static str,
    pub or: &'static str,
    pub not: One,
    pub answered: One,
    pub not_answered: One,
    /// Option and question.
    pub chosen: Two,
    pub not_chosen: Two,
    pub agreed: One,
    pub not_agreed: One,
    pub is: Two,
    pub is_not: Two,
    pub below: Two,
    pub at_most: Two,
    pub above: Two,
    pub at_least: Two,
    pub between: Three,
    pub other: &'static str,
    pub own_words: One,
    /// Row and question.
    pub row: Two,
    /// Option and question.
    pub place: Two,
}

pub const EN: Review = Review {
    title: "Wording and branching",
    none: "Nothing to improve was found in the wording, and every question can be reached.",
    count: |n| if n == "1" { "One thing to look at.".to_owned() } else { format!("{n} things to look at.") },
    only_advice: "This is advice: you can publish as it is.",
    leading: |words| format!("“{words}” suggests the answer. Ask so that a no is as easy as a yes."),
    double: |words| {
        format!(
            "It seems to ask two things at once (“{words}”), and you will not know which one was answered. Make it two questions."
        )
    },
    negative: "Two negatives in one question: say it positively, or a yes may mean a no.",
    jargon: |words| format!("“{words}” is a word of the trade. Use the words of those you ask."),
    long: |count, most| {
        format!("{count} words; most people read no more than {most}. Shorten it, or move a part into the hint.")
    },
    options: |count, most| format!("{count} options are more than people weigh; up to {most} work well."),
    required: |count, most| {
        format!(
            "{count} questions must be answered. Beyond {most}, many give up: leave only those required without which the rest is worthless."
        )
    },
    many: |count, most| {
        format!(
            "Up to {count} questions in a row; here, people put up with about {most}. Ask fewer, or put it on a page of its own."
        )
    },
    no_way_out: "An answer is required, but perhaps none is true. Allow own words, add “None of these”, or do not require it.",
    no_other: "Nobody knows all answers to this in advance. Allow own words.",
    ends: "The ends of the scale have no words, so everybody reads the numbers differently.",
    same: |words| format!("“{words}” is offered twice."),
    overlap: |words| format!("“{words}”: a number that is in both cannot be answered."),
    never_because: |part| format!("Nobody can ever be asked this, because it is impossible that {part}."),
    never_path: "Nobody can ever be asked this: no one is asked all the questions that it depends on.",
    always_asked: "Everybody is asked this, whatever they answer: the condition can go.",
    never_holds: |part| format!("It is impossible that {part}: this part of the condition can go."),
    always_holds: |part| format!("It is always so that {part}: this part of the condition can go."),
    cannot_tell: "The condition allows too many combinations to say whether anybody is asked this. Try it in the preview.",
    flow: "Who is asked what",
    ways: |count, shortest, longest| {
        let questions = if shortest == longest { longest.to_owned() } else { format!("{shortest} to {longest}") };
        if count == "1" {
            format!("One way through, of {questions} questions.")
        } else {
            format!("{count} ways through, of {questions} questions.")
        }
    },
    everybody: "Everybody is asked this.",
    nobody: "Nobody is asked this.",
    only_if: |condition| format!("Asked only if {condition}."),
    then: |next| format!("Then: {next}."),
    end: "the end",
    quote: |text| format!("“{text}”"),
    and: " and ",
    or: " or ",
    not: |condition| format!("it is not so that {condition}"),
    answered: |question| format!("{question} was answered"),
    not_answered: |question| format!("{question} was not answered"),
    chosen: |option, question| format!("{option} was chosen in {question}"),
    not_chosen: |option, question| format!("{option} was not chosen in {question}"),
    agreed: |question| format!("{question} was agreed to"),
    not_agreed: |question| format!("{question} was not agreed to"),
    is: |left, right| format!("{left} is {right}"),
    is_not: |left, right| format!("{left} was answered, but not with {right}"),
    below: |left, right| format!("{left} is below {right}"),
    at_most: |left, right| format!("{left} is {right} or lower"),
    above: |left, right| format!("{left} is above {right}"),
    at_least: |left, right| format!("{left} is {right} or higher"),
    between: |question, low, high| format!("{question} is {low} to {high}"),
    other: "something else",
    own_words: |question| format!("the own words in {question}"),
    row: |row, question| format!("{row} in {question}"),
    place: |option, question| format!("the place of {option} in {question}"),
};

pub const ZH_CN: Review = Review {
    title: "措辞与跳转",
    none: "措辞没有发现可改进之处，每个问题都能被问到。",
    count: |n| format!("有 {n} 处值得看看。"),
    only_advice: "仅供参考，不影响发布。",
    leading: |words| format!("“{words}”暗示了答案。请换成中立的问法，让否定的回答同样容易说出口。"),
    double: |words| format!("这里似乎同时问了两件事（“{words}”），您无法知道对方回答的是哪一件。请拆成两个问题。"),
    negative: "一个问题里有双重否定：请改用肯定的说法，以免“是”被理解成“否”。",
    jargon: |words| format!("“{words}”是行业用语。请使用被问者自己的说法。"),
    long: |count, most| format!("有 {count} 个字词；多数人最多读 {most} 个。请缩短，或把一部分移到提示里。"),
    options: |count, most| format!("{count} 个选项太多，难以比较；{most} 个以内效果较好。"),
    required: |count, most| {
        format!("有 {count} 个必答问题。超过 {most} 个，很多人会放弃：只保留缺了就没有意义的必答题。")
    },
    many: |count, most| {
        format!("最多会连续问 {count} 个问题；在这个位置，人们大约能接受 {most} 个。请减少问题，或放到独立页面。")
    },
    no_way_out: "这是必答题，但可能没有一个选项符合实际。请允许自填，或添加“以上都不是”，或改为选答。",
    no_other: "没有人能事先列全这个问题的答案。请允许自填。",
    ends: "量表两端没有文字，每个人对数字的理解会不同。",
    same: |words| format!("“{words}”出现了两次。"),
    overlap: |words| format!("“{words}”：同时落在两个选项里的数字无法作答。"),
    never_because: |part| format!("永远不会有人被问到，因为不可能{part}。"),
    never_path: "永远不会有人被问到：它所依赖的问题不会问到同一个人。",
    always_asked: "无论怎么回答，每个人都会被问到：这个条件可以去掉。",
    never_holds: |part| format!("不可能{part}：条件的这一部分可以去掉。"),
    always_holds: |part| format!("总是{part}：条件的这一部分可以去掉。"),
    cannot_tell: "条件的组合太多，无法判断是否有人会被问到。请在预览中试一试。",
    flow: "谁会被问到什么",
    ways: |count, shortest, longest| {
        let questions = if shortest == longest { longest.to_owned() } else { format!("{shortest} 到 {longest}") };
        format!("共有 {count} 条路径，每条 {questions} 个问题。")
    },
    everybody: "每个人都会被问到。",
    nobody: "没有人会被问到。",
    only_if: |condition| format!("只在{condition}时询问。"),
    then: |next| format!("接着：{next}。"),
    end: "结束",
    quote: |text| format!("“{text}”"),
    and: "，并且",
    or: "，或者",
    not: |condition| format!("并非{condition}"),
    answered: |question| format!("{question}已作答"),
    not_answered: |question| format!("{question}未作答"),
    chosen: |option, question| format!("{question}选择了{option}"),
    not_chosen: |option, question| format!("{question}没有选择{option}"),
    agreed: |question| format!("{question}表示同意"),
    not_agreed: |question| format!("{question}未表示同意"),
    is: |left, right| format!("{left}是 {right}"),
    is_not: |left, right| format!("{left}已作答，但不是 {right}"),
    below: |left, right| format!("{left}小于 {right}"),
    at_most: |left, right| format!("{left}不高于 {right}"),
    above: |left, right| format!("{left}大于 {right}"),
    at_least: |left, right| format!("{left}不低于 {right}"),
    between: |question, low, high| format!("{question}在 {low} 到 {high} 之间"),
    other: "其他",
    own_words: |question| format!("{question}的自填内容"),
    row: |row, question| format!("{question}的{row}"),
    place: |option, question| format!("{option}在{question}中的名次"),
};
