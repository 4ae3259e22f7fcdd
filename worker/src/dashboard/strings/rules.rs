//! What `core` and the object say of a broken rule, in Chinese. They say it in English, as programs are told; the reader of
//! the dashboard is told in his own language.

/// English, with `{}` for what it speaks of, and Chinese, with `{0}`, `{1}` … for the same.
const ZH_CN: &[(&str, &str)] = &[
    // Conditions.
    ("at character {}, expected {}", "第 {0} 个字符处应为{1}"),
    ("an operator or the end", "运算符或表达式结尾"),
    ("the closing quote", "右引号"),
    ("`,` and an option", "逗号和一个选项"),
    ("`(` and a question", "“(”和一个问题"),
    ("an operator or `)`", "运算符或“)”"),
    ("less nesting: 16 levels at most", "更少的嵌套：最多 16 层"),
    ("a value to compare or calculate with", "可以比较或计算的值"),
    ("a row, an option or `other`", "行、选项或 other"),
    ("the end: an expression has at most 500 characters", "结尾：表达式最多 500 个字符"),
    ("a question, a number, a text in quotes, `not` or `(`", "问题、数字、带引号的文字、not 或“(”"),
    ("a number with at most four decimals", "最多四位小数的数字"),
    ("`{}` asks nothing", "“{0}”不提问"),
    ("calculates with {}", "用{0}进行了计算"),
    ("`{}` is not asked before this question", "“{0}”不在此问题之前"),
    ("there is no question `{}`", "没有名为“{0}”的问题"),
    ("`{}` has no option `{}`", "“{0}”没有选项“{1}”"),
    ("`{}` has no part `{}`", "“{0}”没有“{1}”这一部分"),
    ("`{}` is no choice, so it includes nothing", "“{0}”不是选择题，不能使用 includes"),
    ("`{}` is a ranking: write `{}.` and an option", "“{0}”是排序题：请写“{1}.”加选项"),
    ("`{}` is a matrix: write `{}.` and a row", "“{0}”是表格题：请写“{1}.”加行"),
    ("`{}` may have several answers: write includes({}, …)", "“{0}”可有多个回答：请写 includes({1}, …)"),
    ("'{}' is no day such as '2026-11-22'", "“{0}”不是日期，日期应如 '2026-11-22'"),
    ("'{}' is none of the options", "“{0}”不是其中的选项"),
    ("texts and options have no order: only = and != compare them", "文字与选项没有大小之分：只能用 = 和 != 比较"),
    (
        "right of = a name is an option; if the question is meant, write ({})",
        "= 右边的名称是选项；若指问题，请写 ({0})",
    ),
    ("compares {} with {}", "不能拿{0}与{1}比较"),
    ("{} is no condition: compare it, or write answered(…)", "{0}不是条件：请加上比较，或写 answered(…)"),
    ("the text '{}'", "文字“{0}”"),
    ("something", "某个值"),
    ("a number", "数字"),
    ("a day", "日期"),
    ("a condition", "条件"),
    ("a text", "文字"),
    ("an option", "选项"),
    // Members.
    ("a number of points, above or below 0", "积分数，大于或小于 0"),
    // Members who move.
    ("somebody else is called so here", "这里已有其他会员使用该标识"),
    ("the member comes before the ledger", "会员应先于其账本"),
    ("this ledger has gone on here in another way", "此账本在这里已有不同的后续记录"),
    ("this line does not follow from the one before", "此行与前一行不衔接"),
    // Widgets.
    ("a widget of kind feedback has a question of type text", "意见类组件需要一个文字题"),
    ("entries of news are of type info: there is nothing to answer", "动态的条目只是说明文字，不能作答"),
    ("news has nothing to answer, so it cannot end after some answers", "动态无需作答，因此不能按回答数量结束"),
    ("a quiz has a choice with a right answer", "测验需要一个有正确答案的选择题"),
    ("only in a quiz are answers right or wrong", "只有测验的回答才有对错"),
    ("only entries of news have a day", "只有动态的条目才有日期"),
    ("a badge is part of the page, a tab at the edge or a pill in a corner", "会员徽章只能在页面内、边缘标签或角落"),
    ("a badge has no wordings of its own to compare", "会员徽章没有自己的文案可供比较"),
    ("a badge has nothing to answer, so it cannot end after some answers", "会员徽章无需作答，因此不能按回答数量结束"),
    ("the first question of kind nps is a scale that measures nps", "NPS 的第一个问题必须是测量 NPS 的量表"),
    ("the first question of kind csat is a scale that measures csat", "满意度的第一个问题必须是测量满意度的量表"),
    ("the first question of kind ces is a scale that measures ces", "费力度的第一个问题必须是测量费力度的量表"),
    (
        "the first question of kind rating is a scale that looks like stars, smileys or thumbs",
        "评分的第一个问题必须是星星、笑脸或拇指样式的量表",
    ),
    ("the first question of kind poll is a choice", "投票的第一个问题必须是选择题"),
    ("free of control characters", "不含控制字符的文字"),
    (
        "`{}` is a word of the form or of show_if, so no question can be called so",
        "“{0}”是表单或条件的保留字，不能用作问题名称",
    ),
    ("`{{}}` is no earlier question whose answer could stand in a sentence", "“{{0}}”不是前面可以引用其回答的问题"),
    (
        "all options and rows together make {} form fields; {} are allowed",
        "选项和行合计 {0} 个表单字段，最多允许 {1} 个",
    ),
    ("`other` stands for the visitor's own words", "other 用于访客自己填写的内容"),
    ("is greater than max", "大于最大值"),
    ("is later than max", "晚于最晚日期"),
    ("a scale needs at least two points", "量表至少要有两个刻度"),
    ("there are five smileys; the scale has other points", "笑脸有五个，与量表的刻度数不符"),
    ("there are two thumbs; the scale has other points", "拇指有两个，与量表的刻度数不符"),
    ("stars count from 1", "星星从 1 开始"),
    ("an nps scale runs from 0 to 10", "NPS 量表为 0 到 10"),
    ("a ces scale runs from 1 to 7", "CES 量表为 1 到 7"),
    ("only a quiz can be passed", "只有测验才有及格线"),
    ("a question's shape", "问题的结构"),
    ("a name: a-z, then a-z, 0-9 or _, 32 at most", "名称：以 a-z 开头，由 a-z、0-9 和 _ 组成，最多 32 个字符"),
    // Targeting.
    ("a path that begins with / or *, such as /shop/**", "以 / 或 * 开头的路径，例如 /shop/**"),
    ("pages are told apart by path; the query does not count", "页面按路径区分，查询部分不起作用"),
    ("new visitors are on their first visit, so nobody would ever see it", "新访客都是首次来访，因此没有人会看到"),
    ("is before from", "早于开始日期"),
    ("is greater than at_most", "大于上限"),
    ("what is missing has no value to compare", "“缺失”没有可以比较的值"),
    // Sites, and what they are called.
    (
        "an origin such as https://example.com, or http://localhost:8080 while trying things out",
        "网站来源，例如 https://example.com；试用时可为 http://localhost:8080",
    ),
    ("an address such as https://example.com", "网址，例如 https://example.com"),
    ("a site such as example.com", "网站，例如 example.com"),
    ("a site id: a-z, 0-9 and -, 3 to 32 characters", "站点标识：a-z、0-9 和 -，3 到 32 个字符"),
    ("a site keeps its id", "站点标识不能更改"),
    ("a language tag such as en or zh-CN", "语言代码，例如 en 或 zh-CN"),
    ("a colour such as #4549c4", "颜色，例如 #4549c4"),
    ("A site of this id exists already", "已存在使用此标识的站点"),
    ("the site of this id is still being deleted", "使用此标识的站点仍在删除中"),
    (
        "a site is deleted by DELETE, and kept by settings without this field",
        "删除站点请用 DELETE；提交不含此字段的设置即可保留站点",
    ),
    ("it was changed by somebody else meanwhile", "其间已被他人更改"),
    ("There is no draft to publish", "没有可以发布的草稿"),
    ("The widget is not in a state for that", "组件目前的状态不允许此操作"),
    ("it differs from the one in the address", "与网址中的不一致"),
    ("this site has widgets of its own; take it into a site without any", "此站点已有组件；请导入到没有组件的站点"),
    (
        "this site has a loyalty programme of its own; take it into a site without one",
        "此站点已有会员计划；请导入到没有会员计划的站点",
    ),
    // Connections.
    ("an address without spaces or special characters", "不含空格或特殊字符的地址"),
    ("the name of a machine on the internet, such as hooks.example.com", "公网上的域名，例如 hooks.example.com"),
    ("an address must not carry a name or password before an @", "地址中 @ 之前不能带用户名或密码"),
    ("an address needs a name, not the number of a machine", "地址必须是域名，不能是数字地址"),
    ("only the usual port of https, 443, is allowed", "只允许 https 的常用端口 443"),
    ("this name is not on the public internet", "此名称不在公网上"),
    ("an address that begins with https://", "以 https:// 开头的地址"),
    ("minutes from UTC, -720 to 840", "与 UTC 相差的分钟数，-720 到 840"),
    // Responses and data.
    ("the visitor has seen it already", "访客已经看到"),
    ("This response has no visitor id, so there is nobody to block", "此回答没有访客标识，因此无人可屏蔽"),
    ("The questions changed while they were exported; begin anew", "导出期间问题有变动，请重新开始"),
    ("no name is left", "没有可用的名称"),
    ("a UUIDv7 in lower case", "小写的 UUIDv7"),
    ("UUIDv7s in lower case", "小写的 UUIDv7"),
    ("a day such as 2026-11-22", "日期，例如 2026-11-22"),
    ("a date and time", "日期和时间"),
    ("a whole number", "整数"),
    ("a whole number, not negative", "非负整数"),
    ("a whole number from {} to {}", "{0} 到 {1} 的整数"),
    ("true or false", "true 或 false"),
    ("a list", "列表"),
    ("an object", "对象"),
    ("a pair of texts", "一对文字"),
    ("text in UTF-8", "UTF-8 编码的文字"),
    ("valid JSON: {} at line {} column {}", "有效的 JSON（第 {1} 行第 {2} 列有误）"),
    ("valid JSON: {}", "有效的 JSON（{0}）"),
    ("nested at most 16 levels deep", "最多嵌套 16 层"),
    ("a table with a line of headings and at least two columns", "带标题行、至少两列的表格"),
    ("a table whose rows have ends: a quotation mark is never closed", "完整的表格：有引号没有闭合"),
    ("rows that have ends: a quotation mark is never closed", "完整的行：有引号没有闭合"),
    ("a file of a whole site", "整个站点的导出文件"),
    ("it belongs to another site", "属于另一个站点"),
    ("a role of a column", "列的用途"),
    ("a trait such as plan=pro", "属性，例如 plan=pro"),
    ("an event’s name, then property=value, on each line", "每行一个：事件名称，然后是 属性=值"),
    ("name=value, the name of a-z, 0-9 and _", "名称=值，名称由 a-z、0-9 和 _ 组成"),
    ("yes or no", "yes 或 no"),
    ("good, mild or bad, or with a measure: nps/bad", "good、mild 或 bad，或加上指标：nps/bad"),
    ("{} to {} characters", "{0} 到 {1} 个字符"),
    ("1 to 100 characters without blanks at either end", "1 到 100 个字符，首尾不含空格"),
    // Loyalty.
    ("each tier needs more than the one before", "每个等级的门槛都要高于前一个"),
    ("three capital letters such as EUR", "三个大写字母，例如 EUR"),
    ("a colour such as #b8860b", "颜色，例如 #b8860b"),
    ("the odds of all prizes together are more than one ticket in one", "所有奖品的中奖率之和超过百分之百"),
    (
        "a draw at its end has no odds of its own: they follow from the number of tickets",
        "期末开奖没有固定中奖率，取决于参与数量",
    ),
    ("the chances add up to more than one: raise `one_in`", "中奖率之和超过百分之百：请调高 one_in"),
    ("more than {} prizes in all", "奖品总数超过 {0}"),
    ("a factor such as 1 or 1.25, with at most two decimals", "倍数，例如 1 或 1.25，最多两位小数"),
    ("an e-mail address", "电子邮件地址"),
    ("a day of the year such as 05-17", "一年中的日期，例如 05-17"),
    ("The programme is not in a state for that", "会员计划目前的状态不允许此操作"),
    ("this id was used for something else", "此标识已用于其他操作"),
    (
        "a code: 1 to 64 characters without blanks at its ends or control characters",
        "兑换码：1 到 64 个字符，首尾不含空格，不含控制字符",
    ),
    ("this happens by itself and is not told from outside", "此事自动发生，不能从外部提交"),
];

/// The same in Chinese; as it is where nobody has said it yet.
pub fn chinese(english: &str) -> String {
    known(english).unwrap_or_else(|| english.to_owned())
}

fn known(english: &str) -> Option<String> {
    ZH_CN.iter().find_map(|(pattern, words)| {
        let parts = parts(english, pattern)?;
        let told = parts.iter().enumerate().fold((*words).to_owned(), |words, (at, part)| {
            words.replace(&format!("{{{at}}}"), &known(part).unwrap_or_else(|| (*part).to_owned()))
        });
        Some(told)
    })
}

/// What stands where the pattern has `{}`.
fn parts<'a>(text: &'a str, pattern: &str) -> Option<Vec<&'a str>> {
    let mut pieces = pattern.split("{}");
    let mut rest = text.strip_prefix(pieces.next()?)?;
    let mut parts = Vec::new();
    let mut pieces = pieces.peekable();
    while let Some(piece) = pieces.next() {
        let end =
            if pieces.peek().is_none() && rest.ends_with(piece) { rest.len() - piece.len() } else { rest.find(piece)? };
        let (part, after) = (rest.get(..end)?, rest.get(end + piece.len()..)?);
        parts.push(part);
        rest = after;
    }
    rest.is_empty().then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::path::Path;

    #[test]
    fn what_it_speaks_of_stays_in_its_place() {
        for (english, words) in [
            ("there is no question `why`", "没有名为“why”的问题"),
            ("compares a number with the text 'x'", "不能拿数字与文字“x”比较"),
            ("at character 7, expected a condition", "第 7 个字符处应为条件"),
            (
                "`{score}` is no earlier question whose answer could stand in a sentence",
                "“{score}”不是前面可以引用其回答的问题",
            ),
            ("valid JSON: EOF while parsing a list at line 3 column 7", "有效的 JSON（第 3 行第 7 列有误）"),
            ("a whole number from 0 to 255", "0 到 255 的整数"),
            ("1 to 100 characters", "1 到 100 个字符"),
            ("something new", "something new"),
        ] {
            assert_eq!(chinese(english), words);
        }
    }

    /// What is said to programs alone: by the API and to widgets.
    const PROGRAMS: [&str; 24] = [
        "1,000 codes of a page from 1 on",
        "a draw",
        "a UUID in lower case",
        "the fifty lines of a page",
        "no longer than a ledger writes it",
        "a moment of the last 731 days, in milliseconds since 1970",
        "new, active, loyal, at_risk or lost",
        "high, middle or low",
        "seen or balance",
        "as the header Link has it",
        "a cursor from `next`",
        "a moment, a dot and an id, as `next` tells them",
        "text, contact and identity, separated by commas",
        "held, captured, voided or to_hand_over",
        "a word of the program",
        "43 characters of base64url",
        "the 24 digits of a recovery phrase",
        "1, the only wire format there is",
        "32 digits of 0-9 and a-f",
        "only tells: there is nothing to answer",
        "it lies before `from`",
        "not a name: …",
        "1 to 64 of a-z, A-Z, 0-9, '.', '_', ':' and '-'",
        "a name or an address",
    ];

    /// Reads the sources for what they say of broken rules.
    #[test]
    fn every_rule_is_said_in_chinese() {
        const SAID: [&str; 11] = [
            "Problem::malformed(",
            "Problem::conflict(",
            "found.conflict(",
            "self.wrong(",
            "wrong_at(",
            "self.named(",
            "Fail::conflict(",
            "expected: \"",
            "EXPECTED: &str",
            "let why =",
            "let expected =",
        ];
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut missing = Vec::new();
        let mut found = 0;
        for file in sources(&root.join("core/src")).into_iter().chain(sources(&root.join("worker/src"))) {
            let source = fs::read_to_string(&file).unwrap();
            let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
            for words in SAID.iter().flat_map(|said| source.match_indices(said)) {
                let statement = source[words.0..].split(";\n").next().unwrap();
                for literal in literals(statement).iter().filter(|literal| literal.contains(' ')) {
                    found += 1;
                    if known(literal).is_none() && !PROGRAMS.contains(&literal.as_str()) {
                        missing.push(format!("{}: {literal}", file.display()));
                    }
                }
            }
        }
        assert!(found > 100, "only {found} are found");
        assert!(missing.is_empty(), "{missing:#?}");
    }

    fn sources(folder: &Path) -> Vec<std::path::PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
            .filter(|path| {
                let path = path.to_string_lossy();
                let own = ["tests", "strings", "/problem"].iter().any(|part| path.contains(part));
                path.ends_with(".rs") && !own
            })
            .collect()
    }

    /// The texts of a statement, with `x` for what they speak of.
    fn literals(statement: &str) -> Vec<String> {
        let parts: Vec<&str> = statement.split('"').collect();
        let texts = parts.chunks(2).filter_map(|pair| pair.get(1));
        texts.map(|text| filled(&text.replace("}}}", "}\u{2}").replace("{{", "\u{1}").replace("}}", "\u{2}"))).collect()
    }

    fn filled(text: &str) -> String {
        let mut pieces = text.split('{');
        let first = pieces.next().unwrap().to_owned();
        let whole =
            pieces.fold(first, |whole, piece| whole + "x" + piece.split_once('}').map_or(piece, |(_, rest)| rest));
        whole.replace('\u{1}', "{").replace('\u{2}', "}")
    }
}
