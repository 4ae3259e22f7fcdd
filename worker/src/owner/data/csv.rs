//! Responses out of other programs' files, a piece of the file at a time: [`rapport_core::import`] reads, the site's object
//! keeps.

use rapport_core::csv::Reader;
use rapport_core::import::{self, Clock, Column, Mapping, RECORD_BYTES, Role, Row, Source};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use rapport_core::name::{Name, SiteId};
use rapport_core::problem::{Fault, Problem};
use rapport_core::response::Response as Stored;
use serde::{Deserialize, Serialize};
use worker::Env;

use crate::clock::now;
use crate::command::data::{self, Known};
use crate::command::{Command, Edit, Imported};
use crate::link;
use crate::problem::Fail;

/// Rows of one piece: what fits into the time that a request has.
const ROWS: usize = 200;

/// A piece of a file, and how it is read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Piece {
    /// Into which widget; it has to be published.
    pub widget: String,
    /// The program that wrote the file: with the site, the widget and the row it makes the response's id.
    #[serde(default)]
    pub source: String,
    /// What each column becomes: `skip`, `moment`, `begun`, `key`, `status`, `visitor`, `page`, `country`, `locale`, `device`,
    /// `trait:NAME`, `answer:QUESTION` or `answer:QUESTION.PART`.
    pub roles: Vec<String>,
    /// The headings, for the report.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Whether `3/4/2026` is the third of April.
    #[serde(default)]
    pub day_first: bool,
    /// Minutes by which the file's clock is ahead of UTC.
    #[serde(default)]
    pub ahead: i32,
    /// `,`, `;` or a tab.
    pub separator: char,
    /// The line of the file on which the piece begins.
    pub line: u32,
    pub text: String,
    /// Whether the file ends with this piece.
    #[serde(default)]
    pub last: bool,
    /// Only tell what would become of the rows.
    #[serde(default, rename = "try")]
    pub only_try: bool,
}

/// What became of a piece.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Done {
    /// Bytes of whole rows: the next piece begins behind them.
    pub consumed: usize,
    /// The line on which it begins.
    pub line: u32,
    /// Whether the end of the file is reached.
    pub end: bool,
    pub accepted: u64,
    pub duplicate: u64,
    /// Erased here before, or older than is kept.
    pub erased: u64,
    pub refused: Vec<Refused>,
}

/// A row that is no response, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Refused {
    pub line: u32,
    pub column: String,
    /// A stable word for programs.
    pub code: String,
    pub reason: String,
    #[serde(skip)]
    pub fault: Option<Fault>,
}

/// What would become of one row.
pub enum Verdict {
    Fine,
    /// It is here already, or stands in the file twice.
    Duplicate,
    Refused(Refused),
}

impl From<import::Refusal> for Refused {
    fn from(refusal: import::Refusal) -> Self {
        let problem = Problem::new(refusal.column.clone(), refusal.fault);
        Self {
            line: refusal.line,
            column: refusal.column,
            code: problem.fault.code().to_owned(),
            reason: problem.to_string(),
            fault: Some(problem.fault),
        }
    }
}

impl Piece {
    fn mapping(&self) -> Result<Mapping, Problem> {
        let role = |(index, text): (usize, &String)| {
            Role::parse(text).ok_or_else(|| Problem::malformed(format!("roles[{index}]"), "a role of a column"))
        };
        if self.roles.len() > import::COLUMNS {
            return Err(Problem::new("roles", Fault::TooMany { max: import::COLUMNS as u32 }));
        }
        Ok(Mapping {
            source: Source::parse(&self.source).unwrap_or_default(),
            clock: Clock { day_first: self.day_first, ahead: self.ahead.clamp(-14 * 60, 14 * 60) },
            roles: self.roles.iter().enumerate().map(role).collect::<Result<_, _>>()?,
        })
    }
}

/// The version of a widget that rows are read for. It need not be there yet.
#[derive(Clone, Copy)]
pub struct Into<'a> {
    pub widget: &'a Widget,
    pub version: u32,
}

/// Reads the rows of `piece`, up to the most of one request.
fn rows(config: &Config, into: Into<'_>, piece: &Piece) -> Result<(Vec<Result<Stored, Refused>>, Done), Fail> {
    let Into { widget, version } = into;
    let mapping = piece.mapping()?;
    let number = |at: usize| (at + 1).to_string();
    let title = |at: usize| piece.columns.get(at).map_or_else(|| number(at), |title| title.chars().take(200).collect());
    let columns: Vec<Column> = (0..piece.roles.len()).map(|at| Column { title: title(at), part: None }).collect();
    let oldest =
        config.site.retention_days.map(|days| now().day().plus(-i32::try_from(days).unwrap_or(i32::MAX)).start());
    let row = Row { site: &config.site.id, widget, version, mapping: &mapping, columns: &columns, now: now(), oldest };
    let mut reader = Reader::new(&piece.text, piece.separator, piece.line, piece.last);
    let read: Vec<_> =
        reader.by_ref().take(ROWS).map(|record| import::read(&row, &record).map_err(Refused::from)).collect();
    if reader.consumed() == 0 && piece.text.len() > RECORD_BYTES {
        return Err(Problem::malformed("text", "rows that have ends: a quotation mark is never closed").into());
    }
    let end = piece.last && reader.consumed() == piece.text.len();
    Ok((read, Done { consumed: reader.consumed(), line: reader.line(), end, ..Done::default() }))
}

/// Imports a piece, or with `try` only says what would become of it.
///
/// # Errors
/// 404 without the site, 422 where the piece or its mapping is ill-formed. A row that is wrong is no error: it is reported.
pub async fn import(env: &Env, site: &SiteId, piece: &Piece) -> Result<Done, Fail> {
    let config = super::super::config(env, site).await?;
    if piece.only_try {
        let (verdicts, mut done) = judge(env, &config, published(&config, &piece.widget)?, piece).await?;
        for verdict in verdicts {
            match verdict {
                Verdict::Fine => done.accepted += 1,
                Verdict::Duplicate => done.duplicate += 1,
                Verdict::Refused(refused) => done.refused.push(refused),
            }
        }
        return Ok(done);
    }
    let (read, mut done) = rows(&config, published(&config, &piece.widget)?, piece)?;
    let mut responses = Vec::with_capacity(read.len());
    for row in read {
        match row {
            Ok(response) => responses.push(response),
            Err(refused) => done.refused.push(refused),
        }
    }
    if !responses.is_empty() {
        let imported: Imported = link::site(env, site, &Command::Import { responses, views: Vec::new() }).await?;
        (done.accepted, done.duplicate, done.erased) = (imported.accepted, imported.duplicate, imported.erased);
    }
    Ok(done)
}

/// What would become of each row of a piece.
///
/// # Errors
/// As [`import`].
pub async fn judge(env: &Env, config: &Config, into: Into<'_>, piece: &Piece) -> Result<(Vec<Verdict>, Done), Fail> {
    let (read, done) = rows(config, into, piece)?;
    let ids: Vec<String> = read.iter().flatten().map(|response| response.id.clone()).collect();
    let known: Known = link::site(env, &config.site.id, &Command::Data(data::Command::Known { ids })).await?;
    let mut seen = known.ids;
    let verdict = |row: Result<Stored, Refused>| match row {
        Err(refused) => Verdict::Refused(refused),
        Ok(response) if seen.contains(&response.id) => Verdict::Duplicate,
        Ok(response) => {
            seen.push(response.id);
            Verdict::Fine
        }
    };
    Ok((read.into_iter().map(verdict).collect(), done))
}

/// Makes a widget for the questions of a file: published, so that responses can belong to it, and ended at once, so that
/// nobody is asked.
///
/// # Errors
/// 409 where the name is taken, 422 where there is nothing to ask.
pub async fn receive(env: &Env, site: &SiteId, widget: Widget) -> Result<Config, Fail> {
    let name = widget.name.clone();
    super::super::edit(env, site, Edit::Draft { widget, based_on: Some(String::new()) }).await?;
    super::super::edit(env, site, Edit::Publish { widget: name.clone(), based_on: None }).await?;
    super::super::edit(env, site, Edit::End { widget: name }).await
}

/// The newest version of a widget that was ever published.
fn published<'a>(config: &'a Config, name: &str) -> Result<Into<'a>, Fail> {
    let newest = config.record(name).and_then(|record| record.versions.last());
    let unknown = || Fail::from(Problem::new("widget", Fault::Unknown));
    newest.map(|version| Into { widget: &version.widget, version: version.number }).ok_or_else(unknown)
}

/// A name that no widget of the site has.
pub fn free_name(config: &Config, wanted: &str) -> Option<Name> {
    let names = std::iter::once(wanted.to_owned()).chain((2..100).map(|number| format!("{wanted}_{number}")));
    names.filter(|name| config.record(name).is_none()).find_map(|name| Name::of(&name))
}
