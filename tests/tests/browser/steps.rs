//! What visitors do, by whatever device they do it.

use anyhow::Result;
use rapport_tests::browser::{Kind, key};
use rapport_tests::{Browser, Site};

/// What a visitor holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Mouse,
    Touch,
    Keys,
}

/// One thing that a visitor does in a form.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Chooses an option or a point of a question.
    Pick(&'static str, &'static str),
    /// Chooses one, and is taken on by that: to the next question, or to the thanks where this is the only one. By Enter where
    /// the hand is on the keys, as arrows have to pass other points.
    PickAndGo(&'static str, &'static str),
    /// Ticks one of several boxes.
    Tick(&'static str, &'static str),
    /// Types into a field.
    Type(&'static str, &'static str),
    /// Types a day, month first, as the browser's own field takes it.
    Date(&'static str, &'static str),
    /// Moves an option of a ranking up by one.
    Up(&'static str, &'static str),
    /// Presses the button that goes on or sends.
    Go,
}

/// Does all of `steps` in the one form that is open.
pub async fn fill(browser: &Browser, hand: Hand, steps: &[Step]) -> Result<()> {
    for step in steps {
        match (*step, hand) {
            (Step::Pick(field, value) | Step::Tick(field, value), Hand::Mouse | Hand::Touch) => {
                press(browser, hand, &point(field, value)).await?;
            }
            (Step::PickAndGo(field, value), Hand::Mouse | Hand::Touch) => {
                press(browser, hand, &point(field, value)).await?;
                browser.gone(&point(field, value)).await?;
            }
            (Step::Pick(field, value), Hand::Keys) => choose_by_arrows(browser, field, value).await?,
            (Step::PickAndGo(field, value), Hand::Keys) => {
                choose_by_arrows(browser, field, value).await?;
                browser.keys(key::ENTER).await?;
            }
            (Step::Tick(field, value), Hand::Keys) => {
                browser.find(&point(field, value)).await?;
                let wanted = format!("input[{field}]={value}");
                // The first of a question that has just come up has the focus already.
                if browser.focus().await? != wanted {
                    browser.tab_to(&wanted).await?;
                }
                browser.keys(key::SPACE).await?;
            }
            (Step::Type(field, text), Hand::Keys) => {
                browser.find(&named(field)).await?;
                reach(browser, field).await?;
                browser.keys(text).await?;
            }
            (Step::Date(field, text), Hand::Keys) => {
                browser.find(&named(field)).await?;
                reach(browser, field).await?;
                day(browser, text).await?;
            }
            (Step::Type(field, text), _) => {
                press(browser, hand, &named(field)).await?;
                browser.keys(text).await?;
            }
            (Step::Date(field, text), _) => {
                press(browser, hand, &named(field)).await?;
                // The click may have hit the field's day or year.
                browser.keys(&key::LEFT.repeat(3)).await?;
                day(browser, text).await?;
            }
            (Step::Up(question, option), _) => {
                let button = format!(".rank:has([name='{question}.{option}']) [data-do=up]");
                match hand {
                    Hand::Keys => {
                        browser.find(&button).await?;
                        browser.any(&button).await?.focus().await?;
                        browser.keys(key::ENTER).await?;
                    }
                    _ => press(browser, hand, &button).await?,
                }
            }
            (Step::Go, Hand::Keys) => {
                browser.tab_to("button").await?;
                while browser.focus().await? != "button" {
                    browser.tab_to("button").await?;
                }
                browser.keys(key::ENTER).await?;
            }
            (Step::Go, _) => press(browser, hand, "button.send").await?,
        }
    }
    Ok(())
}

/// Answers the NPS question with nine and a word, by mouse, and waits until the widget says that it has arrived.
pub async fn answer_nps(browser: &Browser) -> Result<()> {
    browser.click(&point("nps", "9")).await?;
    browser.fill(&named("best"), "The paper.").await?;
    browser.click("button.send").await?;
    thanked(browser).await
}

/// The same on a page of the Worker's that has no scripts, which thanks on another page.
pub async fn post_nps(browser: &Browser) -> Result<()> {
    fill(browser, Hand::Mouse, &[Step::Pick("nps", "9"), Step::Type("best", "The paper."), Step::Go]).await?;
    browser.reads("body", "Thank you for your score.").await
}

/// Waits for the thanks, which nobody may see before the answer is safe.
pub async fn thanked(browser: &Browser) -> Result<()> {
    browser.find(".thanks").await?;
    Ok(())
}

/// Waits until the module has taken the form over.
pub async fn alive(browser: &Browser) -> Result<()> {
    // A closed tab's form has no box of its own, so it need not be seen.
    browser.any("form.live").await?;
    Ok(())
}

/// Checks that exactly one response is in KV, and that it is what [`answer_nps`] gave.
pub async fn nine_arrived(site: &Site<'_>) -> Result<()> {
    assert_eq!(site.only_answer("nps").await?, "9");
    assert_eq!(site.only_answer("best").await?, "The paper.");
    Ok(())
}

/// The label of an option or point.
pub fn point(field: &str, value: &str) -> String {
    format!("label:has(> input[name='{field}'][value='{value}'])")
}

/// A field by its name.
pub fn named(field: &str) -> String {
    format!("[name='{field}']:not([type=radio], [type=checkbox])")
}

async fn press(browser: &Browser, hand: Hand, css: &str) -> Result<()> {
    if hand == Hand::Touch { browser.tap(css).await } else { browser.click(css).await }
}

/// Types a day into a field that has the focus. The others go on by themselves where month and day are full.
async fn day(browser: &Browser, text: &str) -> Result<()> {
    if browser.kind() != Kind::Webkit {
        return browser.keys(text).await;
    }
    let (month, rest) = text.split_at(2);
    let (day, year) = rest.split_at(2);
    browser.keys(&[month, day, year].join(key::RIGHT)).await
}

/// Goes to a field with Tab, unless it has the focus already.
async fn reach(browser: &Browser, field: &str) -> Result<()> {
    let there = |focus: &str| ["input", "textarea", "select"].iter().any(|tag| focus == format!("{tag}[{field}]"));
    for _ in 0..60 {
        if there(&browser.focus().await?) {
            return Ok(());
        }
        browser.keys(key::TAB).await?;
    }
    anyhow::bail!("Tab never reaches `{field}`")
}

/// Goes to a group of radio buttons with Tab, and to its option with the arrow keys.
async fn choose_by_arrows(browser: &Browser, field: &str, value: &str) -> Result<()> {
    browser.find(&point(field, value)).await?;
    let (group, wanted) = (format!("input[{field}]="), format!("input[{field}]={value}"));
    if !browser.focus().await?.starts_with(&group) {
        browser.tab_to(&group).await?;
    }
    browser.keys(key::SPACE).await?;
    for _ in 0..12 {
        if browser.focus().await? == wanted {
            return Ok(());
        }
        browser.keys(key::RIGHT).await?;
    }
    anyhow::bail!("the arrow keys never reach `{value}` of `{field}`")
}
