//! The settings form as it was filled in: kept as text, so that nothing typed is lost over a mistake.

use rapport_core::attention::Attention;
use rapport_core::model::appearance::{Appearance, Density, Scheme};
use rapport_core::model::site::{Privacy, Site};
use rapport_core::model::text::Locale;
use rapport_core::problem::Problem;
use rapport_core::theme::Color;

use crate::dashboard::form::Form;
use crate::edit::{self, BASED_ON};

/// The form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// The mark of the settings that this was made from.
    pub based_on: String,
    pub name: String,
    pub locale: String,
    pub cooldown_days: String,
    pub per_visit: String,
    pub accent: String,
    pub radius: String,
    /// `auto`, `light` or `dark`.
    pub scheme: String,
    /// `comfortable` or `compact`.
    pub density: String,
    pub inherit_font: bool,
    pub public_badge: bool,
}

impl Filled {
    /// The settings as they are.
    pub fn of(site: &Site) -> Self {
        let look = &site.appearance;
        Self {
            based_on: edit::mark(Some(site)),
            name: site.name.clone(),
            locale: site.locale.as_str().to_owned(),
            cooldown_days: site.attention.cooldown_days.to_string(),
            per_visit: site.attention.per_visit.to_string(),
            accent: look.accent.map(|accent| accent.to_string()).unwrap_or_default(),
            radius: look.radius.map(|radius| radius.to_string()).unwrap_or_default(),
            scheme: match look.scheme.unwrap_or_default() {
                Scheme::Auto => "auto",
                Scheme::Light => "light",
                Scheme::Dark => "dark",
            }
            .to_owned(),
            density: match look.density.unwrap_or_default() {
                Density::Comfortable => "comfortable",
                Density::Compact => "compact",
            }
            .to_owned(),
            inherit_font: look.inherit_font.unwrap_or(false),
            public_badge: site.public_badge,
        }
    }

    /// The form as it was posted.
    pub fn read(form: &Form) -> Self {
        let text = |name| form.get(name).trim().to_owned();
        Self {
            based_on: text(BASED_ON),
            name: text("name"),
            locale: text("locale"),
            cooldown_days: text("cooldown_days"),
            per_visit: text("per_visit"),
            accent: text("accent"),
            radius: text("radius"),
            scheme: text("scheme"),
            density: text("density"),
            inherit_font: form.get("inherit_font") == "yes",
            public_badge: form.get("public_badge") == "yes",
        }
    }

    /// The site that it describes; what the form does not show is kept from `known`.
    pub fn site(&self, known: &Site) -> Result<Site, Vec<Problem>> {
        let mut problems = Vec::new();
        let locale = Locale::parse(&self.locale).map_err(|problem| problems.push(problem.within("locale"))).ok();
        let cooldown_days = number(&self.cooldown_days, "attention.cooldown_days", &mut problems);
        let per_visit = number(&self.per_visit, "attention.per_visit", &mut problems);
        let radius = optional(&self.radius, |text| number(text, "appearance.radius", &mut problems));
        let accent = match Color::parse(&self.accent.to_ascii_lowercase()) {
            None if !self.accent.is_empty() => {
                problems.push(Problem::malformed("appearance.accent", "a colour such as #4549c4"));
                None
            }
            accent => accent,
        };
        let (Some(locale), Some(cooldown_days), Some(per_visit), true) =
            (locale, cooldown_days, per_visit, problems.is_empty())
        else {
            return Err(problems);
        };
        let site = Site {
            name: self.name.clone(),
            locale,
            attention: Attention { cooldown_days, per_visit },
            appearance: Appearance {
                accent,
                radius: radius.flatten(),
                inherit_font: self.inherit_font.then_some(true),
                scheme: match self.scheme.as_str() {
                    "light" => Some(Scheme::Light),
                    "dark" => Some(Scheme::Dark),
                    _ => None,
                },
                density: (self.density == "compact").then_some(Density::Compact),
            },
            public_badge: self.public_badge,
            ..known.clone()
        };
        let problems = site.check();
        if problems.is_empty() { Ok(site) } else { Err(problems) }
    }
}

/// The site with the way of telling visitors apart that was chosen.
pub fn privacy(form: &Form, known: &Site) -> Site {
    let privacy = if form.get("privacy") == "device" { Privacy::Device } else { Privacy::Daily };
    Site { privacy, ..known.clone() }
}

fn optional<T>(text: &str, read: impl FnOnce(&str) -> T) -> Option<T> {
    (!text.is_empty()).then(|| read(text))
}

fn number<T: std::str::FromStr>(text: &str, field: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let number = text.parse().ok();
    if number.is_none() {
        problems.push(Problem::malformed(field, "a whole number"));
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acme() -> Site {
        let json = r##"{"id":"acme","name":"Acme","origins":["https://acme.example"],"locale":"en","privacy":"device",
            "appearance":{"accent":"#4549c4","radius":6,"scheme":"dark","density":"compact","inherit_font":true}}"##;
        Site::parse(json).unwrap()
    }

    #[test]
    fn what_is_shown_and_sent_back_changes_nothing() {
        assert_eq!(Filled::of(&acme()).site(&acme()), Ok(acme()));
        let plain = Site { appearance: Appearance::default(), ..acme() };
        assert_eq!(Filled::of(&plain).site(&plain), Ok(plain));
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let wrong = Form::parse("name=Acme&locale=english&cooldown_days=soon&per_visit=&accent=reddish&radius=x");
        let problems = Filled::read(&wrong).site(&acme()).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        let expected =
            ["locale", "attention.cooldown_days", "attention.per_visit", "appearance.radius", "appearance.accent"];
        assert_eq!(fields, expected);
    }
}
