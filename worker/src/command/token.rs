//! What the registry is asked about tokens: keys with less than all power, for programs.

use rapport_core::name::SiteId;
use rapport_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Making, listing, using and revoking tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Reply: [`Made`].
    Make(New),
    /// Reply: `Vec<Token>`.
    List,
    /// Reply: `Option<Token>`, the one that is gone.
    Revoke { id: String },
    /// The token of this hash, unless it has expired. `source` tells apart who tries. Reply: `Option<Token>`.
    Use { hash: String, source: String },
}

/// What a token may do. Each stands for itself, but for [`Scope::Admin`], which is all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Settings, widgets, figures and status; nothing that a visitor wrote.
    Read,
    /// What visitors answered: reading it and dealing with it.
    Responses,
    /// Members of the loyalty programme: reading them, and telling what they bought and did.
    Members,
    /// Changing sites, widgets and connections.
    Configure,
    /// All data at once, out and in, and erasing.
    Export,
    /// Tokens, keys, sessions and repairs, and all of the above.
    Admin,
}

impl Scope {
    /// All of them, the mildest first.
    pub const ALL: [Self; 6] = [Self::Read, Self::Responses, Self::Members, Self::Configure, Self::Export, Self::Admin];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Responses => "responses",
            Self::Members => "members",
            Self::Configure => "configure",
            Self::Export => "export",
            Self::Admin => "admin",
        }
    }

    /// Reads its word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == word)
    }
}

/// A token that is wanted.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct New {
    /// What it is for, 1 to 60 characters.
    pub name: String,
    /// At least one.
    pub scopes: Vec<Scope>,
    /// Only these sites; all, where there is none.
    #[serde(default)]
    pub sites: Vec<SiteId>,
    /// It ends after this many days, 1 to 3,650; never, where that is left out.
    #[serde(default)]
    pub days: Option<u32>,
}

/// A token as far as it can be told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Token {
    /// For revoking it; the secret cannot be told from it.
    pub id: String,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub sites: Vec<SiteId>,
    pub created: Timestamp,
    pub expires: Option<Timestamp>,
    /// To within ten minutes; nothing before the first use.
    pub used: Option<Timestamp>,
}

impl Token {
    /// Whether it has this power.
    pub fn has(&self, scope: Scope) -> bool {
        self.scopes.contains(&Scope::Admin) || self.scopes.contains(&scope)
    }

    /// Whether it is good for `site`.
    pub fn knows(&self, site: &SiteId) -> bool {
        self.sites.is_empty() || self.sites.contains(site)
    }
}

/// A new token. Its secret is told this once: the registry keeps a hash of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Made {
    pub secret: String,
    pub token: Token,
}
