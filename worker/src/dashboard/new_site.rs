//! A new site: a name and an address are enough, and what is made of them can be changed before or later.

use maud::{Markup, html};
use rapport_core::model::site::Site;
use rapport_core::model::text::Locale;
use rapport_core::name::SiteId;
use rapport_core::origin::normalise;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use crate::command::{Listed, Session};
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::dashboard::layout::{self, Place, new_widget_path};
use crate::dashboard::page::Frame;
use crate::dashboard::settings;
use crate::edit;
use crate::owner;
use crate::problem::Fail;
use crate::reply;

/// The form as it was filled in.
#[derive(Debug, Default)]
struct Filled {
    name: String,
    address: String,
    /// Made of the address where it is empty.
    id: String,
    locale: String,
}

/// The form, in the owner's language to begin with.
pub fn read(caller: &Caller, session: &Session) -> Result<Response, Fail> {
    let filled = Filled { locale: caller.lang.tag().to_owned(), ..Filled::default() };
    caller.page(page(&caller.frame(Some(&session.csrf)), &filled, &[]), 200)
}

/// Creates the site, and goes on to its first widget.
pub async fn change(caller: &Caller, session: &Session, env: &Env, form: &Form) -> Result<Response, Fail> {
    let text = |name| form.get(name).trim().to_owned();
    let locale = form.find("locale").map_or_else(|| caller.lang.tag().to_owned(), |tag| tag.trim().to_owned());
    let filled = Filled { name: text("name"), address: text("address"), id: text("id"), locale };
    let taken = || vec![Problem::conflict("id", caller.lang.strings().sites.taken)];
    let known = owner::sites(env).await?;
    let problems = match filled.site(&known) {
        Ok(site) => match owner::create_site(env, site).await {
            Ok(config) => return reply::see_other(&new_widget_path(&config.site)),
            Err(fail) if fail.code() == "conflict" => taken(),
            Err(fail) if fail.code() == edit::DELETING => {
                vec![Problem::conflict("id", "the site of this id is still being deleted")]
            }
            Err(fail) => problems(fail)?,
        },
        Err(problems) => problems,
    };
    caller.page(page(&caller.frame(Some(&session.csrf)), &filled, &problems), 422)
}

impl Filled {
    fn site(&self, known: &[Listed]) -> Result<Site, Vec<Problem>> {
        let mut problems = Vec::new();
        let origin = if self.address.is_empty() {
            None
        } else {
            let malformed = |_| problems.push(Problem::malformed("address", "a site such as example.com"));
            normalise(&self.address).map_err(malformed).ok()
        };
        let id = if self.id.is_empty() { derived(&self.name, origin.as_deref(), known) } else { self.id.clone() };
        let id = SiteId::parse(&id).map_err(|problem| problems.push(problem.within("id"))).ok();
        let locale = Locale::parse(&self.locale).map_err(|problem| problems.push(problem.within("locale"))).ok();
        let (Some(id), Some(locale), true) = (id, locale, problems.is_empty()) else { return Err(problems) };
        let site = Site::new(id, self.name.clone(), origin.into_iter().collect(), locale);
        let problems = site.check();
        if problems.is_empty() { Ok(site) } else { Err(problems) }
    }
}

/// `https://www.field-notes.example` is `field-notes`; without an address the name has to do. A number keeps it apart from
/// ids that are taken.
fn derived(name: &str, origin: Option<&str>, known: &[Listed]) -> String {
    let host = origin.and_then(|origin| origin.split_once("://")).map_or("", |(_, host)| host);
    let host = host.strip_prefix("www.").unwrap_or(host).split(':').next().unwrap_or_default();
    // The last part says the country or that it is a company.
    let telling = host.rsplit_once('.').map_or(host, |(telling, _)| telling);
    let slug = |text: &str| {
        let dashed: String =
            text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = dashed.split('-').filter(|word| !word.is_empty()).collect();
        words.join("-").chars().take(28).collect::<String>().trim_end_matches('-').to_owned()
    };
    let base = [slug(telling), slug(host), slug(name)].into_iter().find(|slug| slug.len() >= 3);
    let base = base.unwrap_or_else(|| "site".to_owned());
    let taken = |id: &str| known.iter().any(|listed| listed.site.as_str() == id);
    let numbered = (2..1_000).map(|number| format!("{base}-{number}")).find(|id| !taken(id));
    if taken(&base) { numbered.unwrap_or(base) } else { base }
}

fn page(frame: &Frame<'_>, filled: &Filled, problems: &[Problem]) -> Markup {
    let s = frame.lang.strings();
    let wrong = |field: &str| problems.iter().any(|problem| problem.field == field).then_some("true");
    let body = html! {
        div.narrow.stack.loose {
            h1 { (s.sites.new) }
            (faults::list(problems, frame.lang))
            div.card {
                (layout::form(frame, "/dashboard/new", "stack loose", &html! {
                    div.field {
                        label for="name" { (s.sites.name) }
                        input #name name="name" value=(filled.name) required maxlength="100" autofocus aria-describedby="name-hint" aria-invalid=[wrong("name")];
                        p.hint #name-hint { (s.sites.name_hint) }
                    }
                    div.field {
                        label for="address" { (s.settings.address) }
                        input #address name="address" type="text" inputmode="url" value=(filled.address) maxlength="300" autocapitalize="none" spellcheck="false" placeholder="example.com" aria-describedby="address-hint" aria-invalid=[wrong("address").or(wrong("origins[0]"))];
                        p.hint #address-hint { (s.settings.address_hint) }
                    }
                    details.fold open[wrong("id").or(wrong("locale")).is_some()] {
                        summary { (s.settings.more) }
                        div.stack {
                            div.field {
                                label for="id" { (s.sites.id) }
                                input #id name="id" value=(filled.id) minlength="3" maxlength="32" pattern="[a-z0-9\\-]+" autocapitalize="none" spellcheck="false" aria-describedby="id-hint" aria-invalid=[wrong("id")];
                                p.hint #id-hint { (s.sites.id_hint) }
                            }
                            div.field {
                                label for="locale" { (s.sites.locale) }
                                (settings::languages("locale", &filled.locale))
                                p.hint #locale-hint { (s.settings.locale_hint) }
                            }
                        }
                    }
                    button.button.main type="submit" { (s.sites.create) }
                }))
            }
        }
    };
    layout::page(frame, Place::Sites, s.sites.new, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(name: &str, address: &str, known: &[&str]) -> Result<Site, Vec<Problem>> {
        let listed = |id: &&str| Listed { site: SiteId::parse(id).unwrap(), name: String::new() };
        let known: Vec<Listed> = known.iter().map(listed).collect();
        let filled = Filled { name: name.into(), address: address.into(), id: String::new(), locale: "en".into() };
        filled.site(&known)
    }

    #[test]
    fn an_id_is_made_of_what_there_is() {
        let id = |name, address, known: &[&str]| site(name, address, known).unwrap().id.to_string();
        assert_eq!(id("Notes", "https://www.Field-Notes.example/blog", &[]), "field-notes");
        assert_eq!(id("Notes", "shop.acme.co.uk", &[]), "shop-acme-co");
        assert_eq!(id("Notes", "t.co", &[]), "t-co");
        assert_eq!(id("My little shop!", "", &[]), "my-little-shop");
        assert_eq!(id("我的店", "", &[]), "site");
        assert_eq!(id("Notes", "acme.example", &["acme", "acme-2"]), "acme-3");
        assert_eq!(id("A", "http://127.0.0.1:4000", &[]), "127-0-0");
        let long = site("Notes", &format!("{}.example", "a".repeat(60)), &[]).unwrap();
        assert_eq!(long.id.as_str().len(), 28);
    }

    #[test]
    fn the_address_is_put_right_or_refused() {
        assert_eq!(site("A", "acme.example/x", &[]).unwrap().origins, ["https://acme.example"]);
        assert!(site("A", "", &[]).unwrap().origins.is_empty());
        assert_eq!(site("A", "not an address", &[]).unwrap_err()[0].field, "address");
        assert_eq!(site("", "a.example", &[]).unwrap_err()[0].field, "name");
    }
}
