//! Definitions to start a widget from: complete, so that publishing one at once makes sense. Each file has its texts in
//! English and Chinese; a widget is made in the site's language.

use rapport_core::json;
use rapport_core::model::text::{Locale, Text};
use rapport_core::model::widget::Widget;

use crate::dashboard::lang::Lang;

/// What a template is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    Measure,
    Learn,
    Support,
    Grow,
}

/// One template.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    pub id: &'static str,
    pub goal: Goal,
    /// How long answering takes, in seconds.
    pub seconds: u16,
    /// What it is called, and when to use it.
    english: [&'static str; 2],
    chinese: [&'static str; 2],
    text: &'static str,
}

impl Goal {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Measure, Self::Learn, Self::Support, Self::Grow];

    /// Its word in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Learn => "learn",
            Self::Support => "support",
            Self::Grow => "grow",
        }
    }
}

impl Template {
    /// The template of that id.
    pub fn of(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|template| template.id == id)
    }

    /// What it is called.
    pub const fn name(&self, lang: Lang) -> &'static str {
        let [name, _] = self.words(lang);
        name
    }

    /// When to use it.
    pub const fn when(&self, lang: Lang) -> &'static str {
        let [_, when] = self.words(lang);
        when
    }

    const fn words(&self, lang: Lang) -> [&'static str; 2] {
        match lang {
            Lang::En => self.english,
            Lang::ZhCn => self.chinese,
        }
    }

    /// A widget of it called `name`, for a site whose language is `site`: in English or Chinese where that is the one,
    /// else with its English marked as such, so that what is missing is known to be.
    pub fn widget(&self, name: &str, site: &Locale) -> Option<Widget> {
        let lang = if site.language() == "zh" { Lang::ZhCn } else { Lang::En };
        let text = self.text.replacen("\"NAME\"", &format!("\"{name}\""), 1);
        let text = text.replacen("\"LABEL\"", &format!("\"{}\"", self.name(lang)), 1);
        let mut widget: Widget = json::strict(text.as_bytes()).ok()?;
        widget.each_text(&mut |text| {
            let Text::Many(texts) = text else { return };
            if matches!(site.language(), "zh" | "en") {
                *text = Text::One(
                    texts
                        .iter()
                        .find(|(key, _)| key.language() == site.language())
                        .map_or_else(String::new, |(_, text)| text.clone()),
                );
            } else {
                texts.retain(|key, _| key.language() == "en");
            }
        });
        Some(widget)
    }

    /// The same under a name that is not `taken` yet.
    pub fn named(&self, site: &Locale, taken: &dyn Fn(&str) -> bool) -> Option<Widget> {
        let numbered = |number: u32| if number == 1 { self.id.to_owned() } else { format!("{}{number}", self.id) };
        let name = (1..=1_000).map(numbered).find(|name| !taken(name))?;
        self.widget(&name, site)
    }
}

macro_rules! template {
    ($id:literal, $goal:ident, $seconds:literal, $english:expr, $chinese:expr) => {
        Template {
            id: $id,
            goal: Goal::$goal,
            seconds: $seconds,
            english: $english,
            chinese: $chinese,
            text: include_str!(concat!("templates/", $id, ".json")),
        }
    };
}

/// Every template, in the order in which they are offered.
#[rustfmt::skip]
pub const ALL: [Template; 29] = [
    template!("nps", Measure, 30, ["Recommendation (NPS)", "Every quarter, from people who know you: would they recommend you, and what stands in the way?"], ["推荐意愿（NPS）", "每季度问一次熟悉您的人：是否愿意推荐您？还差什么？"]),
    template!("csat_purchase", Measure, 20, ["Satisfaction after a purchase", "On the page that thanks for an order. Put in your own page’s address."], ["购买后满意度", "放在下单成功页。请填入您自己的页面地址。"]),
    template!("ces_support", Measure, 20, ["Effort after support", "Link to it below your answer to a question: how easy was it to get help?"], ["客服后的轻松度", "把链接放在您的回复下方：解决问题容易吗？"]),
    template!("content_rating", Measure, 15, ["Rating of an article", "Below a post, a guide or a recipe: stars, and what was missing."], ["内容评分", "放在文章、教程或食谱下方：打几颗星，还缺什么。"]),
    template!("docs_thumbs", Measure, 15, ["Was this page helpful?", "Below every page of your help: a tap, and a reason if it did not help."], ["这一页有帮助吗？", "放在每个帮助页面下方：点一下；没帮上忙时说明原因。"]),
    template!("event_feedback", Measure, 90, ["After an event", "Send the link on the same evening, while it is fresh."], ["活动反馈", "当晚就发出链接，趁记忆还新鲜。"]),
    template!("course_feedback", Measure, 90, ["After a course", "At the end of the last lesson: each part rated, and what to change."], ["课程反馈", "最后一课结束时：给各部分打分，说出该改什么。"]),
    template!("task_done", Measure, 30, ["Did you get it done?", "To one visitor in five: what did they come for, and did it work?"], ["事情办成了吗？", "每五位访客问一位：来做什么？办成了吗？"]),
    template!("pmf", Learn, 60, ["Product–market fit", "When some people use it regularly: how many would miss it? Above 40 % very disappointed is a good sign."], ["产品是否被需要", "已有一批人经常使用时：有多少人会想念它？超过 40% 非常失望是好兆头。"]),
    template!("churn", Learn, 45, ["Why do they leave?", "Where people cancel. Each reason has its own next question."], ["为什么离开？", "放在取消页面。每种原因有各自的追问。"]),
    template!("onboarding", Learn, 60, ["First steps", "In a new customer’s first minutes: what do they want, and where are they stuck?"], ["新手引导", "新客户最初几分钟：想做什么？卡在哪里？"]),
    template!("attribution", Learn, 20, ["How did you find us?", "On a first visit, or after sign-up: it tells where to be seen next."], ["您怎么知道我们的？", "初次访问或注册后询问：告诉您下次该出现在哪里。"]),
    template!("exit_intent", Learn, 20, ["Before they leave", "When somebody turns away from cart or prices: what stopped them?"], ["离开前询问", "有人要离开购物车或价格页时：是什么让他们停下？"]),
    template!("pricing", Learn, 90, ["What is it worth?", "Four prices from those who know it: the range in which yours should lie (Van Westendorp)."], ["值多少钱？", "请了解它的人给出四个价格，看您的定价应落在哪个区间（Van Westendorp）。"]),
    template!("feature_vote", Learn, 15, ["What to build next", "A vote whose result all see right away. Put in what you could really do."], ["接下来做什么", "投票后立即看到结果。请填入您真正能做的事。"]),
    template!("quick_poll", Learn, 10, ["Quick poll", "One question with a few answers, anywhere on a page."], ["快速投票", "页面任意位置的一个小问题。"]),
    template!("interview", Learn, 60, ["Find people to talk to", "Before you build something: who gives you 20 minutes?"], ["邀约访谈", "动手之前：谁愿意给您 20 分钟？"]),
    template!("feedback", Support, 45, ["Feedback box", "A quiet tab at the edge of every page, always there."], ["反馈箱", "每个页面侧边的安静标签，随时可用。"]),
    template!("bug_report", Support, 90, ["Problem report", "A tab in your app: what happened, how bad is it, whom may you ask?"], ["问题报告", "应用里的标签：发生了什么、有多严重、可以联系谁。"]),
    template!("support_request", Support, 60, ["Questions to you", "A tab for those who need an answer from you, by e-mail."], ["向您提问", "给需要您通过邮件答复的人。"]),
    template!("news", Support, 30, ["You said, we did", "Show what became of the feedback: nothing brings more of it."], ["您说了，我们做了", "展示反馈带来的改变：没有什么比这更能带来新的反馈。"]),
    template!("newsletter", Grow, 20, ["Newsletter", "An address with a clear yes, and what they want to read."], ["邮件订阅", "带有明确同意的邮箱，以及想读的内容。"]),
    template!("waitlist", Grow, 30, ["Waiting list", "Before something opens: who wants it, and what for?"], ["候补名单", "开放之前：谁想要？用来做什么？"]),
    template!("testimonial", Grow, 120, ["Testimonial with consent", "Send it to happy customers: their story, and whether you may publish it."], ["客户评价（含授权）", "发给满意的客户：他们的故事，以及是否可以公开。"]),
    template!("quiz", Grow, 45, ["Quiz", "A game with right answers, reasons and a score; good before a prize draw."], ["知识问答", "有正确答案、解释和得分的小游戏；适合抽奖之前。"]),
    template!("badge", Grow, 0, ["Loyalty badge", "A pill in the corner of every page: points, tier, rewards and what earns them. It shows your loyalty programme."], ["会员徽章", "每个页面角落的小徽章：积分、等级、奖励，以及如何获得积分。展示您的会员计划。"]),
    template!("points", Grow, 0, ["Points on the account page", "The same as part of a page, where customers look for what is theirs."], ["账户页中的积分", "同样的内容，作为页面的一部分，放在顾客查看自己信息的地方。"]),
    template!("leaderboard", Grow, 0, ["Leaderboard", "Members who want to be seen, by all that they ever earned. Nobody is on it who did not ask to be."], ["排行榜", "按累计获得的积分排列愿意公开的会员。未主动加入的人不会出现。"]),
    template!("blank", Learn, 10, ["Start empty", "One question. All others are yours to add."], ["从空白开始", "只有一个问题，其余由您添加。"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use rapport_core::name::Name;
    use rapport_core::review::review;

    #[test]
    fn every_template_is_valid_and_nothing_is_found_in_it_in_either_language() {
        let mut found = Vec::new();
        for template in &ALL {
            for tag in ["en", "zh-CN", "de"] {
                let site = Locale::parse(tag).unwrap();
                let widget = template.widget("mine", &site).unwrap_or_else(|| panic!("{} cannot be read", template.id));
                assert_eq!(widget.check(), [], "{} {tag}", template.id);
                found.extend(review(&widget, &site).findings.into_iter().map(|found| (template.id, tag, found)));
                assert_eq!(widget.name.as_str(), "mine");
                let mut empty = 0;
                widget.clone().each_text(&mut |text| empty += usize::from(text.get(&site).trim().is_empty()));
                assert_eq!(empty, 0, "{} {tag}", template.id);
            }
            assert!(Name::parse(template.id).is_ok());
        }
        assert_eq!(found, []);
    }

    #[test]
    fn languages_and_names() {
        let nps = Template::of("nps").unwrap();
        let title = |tag: &str| {
            let widget = nps.widget("nps", &Locale::parse(tag).unwrap()).unwrap();
            serde_json::to_string(&widget.questions[0].title).unwrap()
        };
        assert_eq!(title("en-GB"), "\"How likely are you to recommend us to a friend?\"");
        assert_eq!(title("zh"), "\"您有多大可能向朋友推荐我们？\"");
        assert_eq!(title("de"), "{\"en\":\"How likely are you to recommend us to a friend?\"}");
        let taken = |name: &str| matches!(name, "nps" | "nps2");
        assert_eq!(nps.named(&Locale::parse("en").unwrap(), &taken).unwrap().name.as_str(), "nps3");
    }

    #[test]
    fn ids_are_unique_and_every_goal_has_some() {
        for (index, template) in ALL.iter().enumerate() {
            assert!(ALL[..index].iter().all(|other| other.id != template.id), "{}", template.id);
        }
        for goal in Goal::ALL {
            assert!(ALL.iter().filter(|template| template.goal == goal).count() >= 4, "{goal:?}");
        }
    }
}
