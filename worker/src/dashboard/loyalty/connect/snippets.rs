//! How the owner's server says who is signed in, in the languages that shops are written in. Each text is complete, and what
//! can be run on a machine of ours is run by a test as it stands here.

use rapport_core::model::site::Site;

/// One of them.
pub struct Snippet {
    /// Of the element that holds it.
    pub id: &'static str,
    pub title: &'static str,
    text: &'static str,
}

/// All of them, in the order in which they are offered.
pub const ALL: [Snippet; 8] = [
    Snippet { id: "node", title: "Node.js", text: include_str!("snippets/node.mjs.txt") },
    Snippet { id: "python", title: "Python", text: include_str!("snippets/python.py.txt") },
    Snippet { id: "php", title: "PHP", text: include_str!("snippets/php.php.txt") },
    Snippet { id: "ruby", title: "Ruby", text: include_str!("snippets/ruby.rb.txt") },
    Snippet { id: "go", title: "Go", text: include_str!("snippets/go.go.txt") },
    Snippet { id: "rust", title: "Rust", text: include_str!("snippets/rust.rs.txt") },
    Snippet { id: "shopify", title: "Shopify (Liquid)", text: include_str!("snippets/shopify.liquid.txt") },
    Snippet { id: "wordpress", title: "WordPress", text: include_str!("snippets/wordpress.php.txt") },
];

/// What the page of a signed-in customer holds.
pub const PAGE: &str = r#"<script>((window.rapport ||= {}).q ||= []).push(["identify", "TOKEN"]);</script>"#;

impl Snippet {
    /// The text for a site. A site's id has nothing in it that any of the languages would read as its own.
    pub fn of(&self, site: &Site) -> String {
        self.text
            .trim_end()
            .replace("\"SITE\"", &format!("\"{}\"", site.id))
            .replace("'SITE'", &format!("'{}'", site.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_names_the_site_and_holds_no_secret() {
        let site = Site::parse(r#"{"id":"acme","name":"Acme","origins":[],"locale":"en"}"#).unwrap();
        for snippet in &ALL {
            let text = snippet.of(&site);
            assert!(text.contains("acme") && !text.contains("SITE\"") && !text.contains("'SITE'"), "{}", snippet.id);
            assert!(text.contains("3600") && text.contains("HS256"), "{}", snippet.id);
            assert!(text.lines().all(|line| line.len() <= 130), "{}", snippet.id);
        }
    }
}
