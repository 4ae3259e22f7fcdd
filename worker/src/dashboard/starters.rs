//! Definitions to start a widget from: complete, so that publishing one at once makes sense.

use rapport_core::model::text::Locale;
use rapport_core::model::widget::Kind;

/// The starter of a kind, named `name`, in Chinese where that is the site's language and in English otherwise.
pub fn definition(kind: Kind, name: &str, locale: &Locale) -> String {
    let chinese = locale.language() == "zh";
    let text = match kind {
        Kind::Nps if chinese => include_str!("starters/zh/nps.json"),
        Kind::Nps => include_str!("starters/en/nps.json"),
        Kind::Csat if chinese => include_str!("starters/zh/csat.json"),
        Kind::Csat => include_str!("starters/en/csat.json"),
        Kind::Ces if chinese => include_str!("starters/zh/ces.json"),
        Kind::Ces => include_str!("starters/en/ces.json"),
        Kind::Rating if chinese => include_str!("starters/zh/rating.json"),
        Kind::Rating => include_str!("starters/en/rating.json"),
        Kind::Survey if chinese => include_str!("starters/zh/survey.json"),
        Kind::Survey => include_str!("starters/en/survey.json"),
        Kind::Poll if chinese => include_str!("starters/zh/poll.json"),
        Kind::Poll => include_str!("starters/en/poll.json"),
        Kind::Feedback if chinese => include_str!("starters/zh/feedback.json"),
        Kind::Feedback => include_str!("starters/en/feedback.json"),
        Kind::News if chinese => include_str!("starters/zh/news.json"),
        Kind::News => include_str!("starters/en/news.json"),
    };
    text.replacen("\"NAME\"", &format!("\"{name}\""), 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rapport_core::model::widget::Widget;

    #[test]
    fn every_starter_is_a_valid_widget_of_its_kind() {
        for kind in Kind::ALL {
            for locale in ["en", "zh-CN"] {
                let text = definition(kind, "mine", &Locale::parse(locale).unwrap());
                let widget: Widget =
                    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{kind:?} {locale}: {error}"));
                assert_eq!((widget.kind, widget.name.as_str(), widget.check()), (kind, "mine", Vec::new()));
            }
        }
    }
}
