//! The steps of an import. Nothing of it is kept between them: the form carries the file, or the script a piece of it.

use rapport_core::csv::{Reader, Record};
use rapport_core::import::{Column, Head, Mapping, Proposal, Role, Source, propose};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use rapport_core::name::SiteId;
use rapport_core::problem::Problem;
use worker::{Env, Response};

use super::wizard::{self, Counted, Model};
use crate::command::Session;
use crate::dashboard::caller::Caller;
use crate::dashboard::change::problems;
use crate::dashboard::faults;
use crate::dashboard::form::Form;
use crate::owner::data::csv::{self, Into, Piece, Verdict};
use crate::owner::{self};
use crate::problem::Fail;
use crate::reply;

/// Rows of a preview.
const PREVIEW: usize = 8;
/// Pieces of one request: what a small file needs without a script.
const PIECES: usize = 5;

/// One step: `read` and `preview` show the mapping, `import` imports, `report` is a download.
pub async fn step(caller: &Caller, session: &Session, env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    match form.get("do") {
        "import" => import(caller, session, env, site, form).await,
        "report" => report(form),
        _ => map(caller, session, env, site, form, Vec::new()).await,
    }
}

/// The beginning of the file, the known widget that it goes into, and how it would be read.
struct Read<'a> {
    head: Head,
    rows: Vec<Record>,
    known: Option<&'a Widget>,
    proposal: Proposal,
    /// Made of the proposal, where no known widget is asked for.
    made: Option<Widget>,
}

impl<'a> Read<'a> {
    fn of(config: &'a Config, text: &str, form: &Form) -> Result<Self, Fail> {
        if text.contains('\u{fffd}') {
            return Err(Problem::malformed("file", "text in UTF-8").into());
        }
        let (head, rows) = Head::read(text, form.get("last") != "no")?;
        let record = config.record(form.get("widget"));
        let known = record.and_then(|record| record.versions.last()).map(|version| &version.widget);
        let mut proposal = propose(&head, &rows, known);
        for at in 0..head.columns.len() {
            let role = form.find(&format!("c{at}")).and_then(Role::parse);
            if let (Some(role), Some(slot)) = (role, proposal.mapping.roles.get_mut(at)) {
                *slot = role;
            }
        }
        if let Some(dates) = form.find("dates") {
            proposal.mapping.clock.day_first = dates == "day";
        }
        if let Some(hours) = form.find("zone").and_then(|hours| hours.trim().replace(',', ".").parse::<f32>().ok()) {
            proposal.mapping.clock.ahead = (hours.clamp(-14.0, 14.0) * 60.0).round() as i32;
        }
        let made = if known.is_none() { Some(made(config, &head, &proposal, form)?) } else { None };
        Ok(Self { head, rows, known, proposal, made })
    }

    fn widget(&self) -> Option<&Widget> {
        self.known.or(self.made.as_ref())
    }
}

fn made(config: &Config, head: &Head, proposal: &Proposal, form: &Form) -> Result<Widget, Fail> {
    let name = csv::free_name(config, head.source.as_str()).ok_or_else(|| Fail::conflict("no name is left"))?;
    let usual = head.source.brand().unwrap_or("Import");
    let label = form.find("label").map(str::trim).filter(|label| !label.is_empty()).unwrap_or(usual);
    Ok(proposal.widget(&name, label)?)
}

fn text(form: &Form) -> &str {
    form.find("text").filter(|text| !text.is_empty()).unwrap_or_else(|| form.get("file"))
}

/// Shows how the file would be read, and what would become of its first rows.
async fn map(
    caller: &Caller,
    session: &Session,
    env: &Env,
    site: &SiteId,
    form: &Form,
    mut wrong: Vec<Problem>,
) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let frame = caller.frame(Some(&session.csrf));
    let text = text(form);
    let read = match Read::of(&config, text, form) {
        Ok(read) => read,
        Err(fail) => {
            wrong.extend(problems(fail)?);
            return caller.page(wizard::refused(&frame, &config, &wrong), 422);
        }
    };
    let w = &caller.lang.strings().data.wizard;
    let roles = &read.proposal.mapping.roles;
    if form.get("do") != "read" {
        if !roles.iter().any(|role| matches!(role, Role::Moment | Role::Begun)) {
            wrong.push(Problem::conflict("", w.no_moment));
        } else if !roles.iter().any(|role| matches!(role, Role::Answer(..))) {
            wrong.push(Problem::conflict("", w.no_answer));
        }
    }
    let mut verdicts = Vec::new();
    if let Some(widget) = read.widget() {
        let mut piece = piece(&read.head.columns, &read.proposal.mapping, form);
        piece.separator = read.head.separator;
        piece.line = read.head.line;
        // As much of the file as the preview shows, no more: the rest is judged when it is imported.
        let mut rows =
            Reader::new(text.get(read.head.bytes..).unwrap_or_default(), read.head.separator, piece.line, true);
        let shown = rows.by_ref().take(PREVIEW).count();
        piece.text = text.get(read.head.bytes..read.head.bytes + rows.consumed()).unwrap_or_default().to_owned();
        piece.last = true;
        if shown > 0 {
            verdicts = csv::judge(env, &config, Into { widget, version: 1 }, &piece).await?.0;
        }
    }
    let model = Model {
        config: &config,
        head: &read.head,
        rows: read.rows.get(..PREVIEW.min(read.rows.len())).unwrap_or_default(),
        mapping: &read.proposal.mapping,
        widget: read.widget(),
        known: read.known.is_some(),
        text,
        whole: form.get("last") != "no",
        verdicts: &verdicts,
        problems: &wrong,
    };
    caller.page(wizard::map(&frame, &model), if wrong.is_empty() { 200 } else { 422 })
}

/// Imports the rows of a piece. The first one makes the widget, where a new one is wanted.
async fn import(caller: &Caller, session: &Session, env: &Env, site: &SiteId, form: &Form) -> Result<Response, Fail> {
    let config = owner::config(env, site).await?;
    let text = text(form);
    let mut counted = Counted::read(form);
    let mut piece = if form.get("first") == "yes" {
        let read = Read::of(&config, text, form)?;
        let roles = &read.proposal.mapping.roles;
        let told = roles.iter().any(|role| matches!(role, Role::Moment | Role::Begun));
        if !told || !roles.iter().any(|role| matches!(role, Role::Answer(..))) {
            return map(caller, session, env, site, form, Vec::new()).await;
        }
        let mut piece = piece(&read.head.columns, &read.proposal.mapping, form);
        (piece.separator, piece.line) = (read.head.separator, read.head.line);
        piece.text = text.get(read.head.bytes..).unwrap_or_default().to_owned();
        piece.widget = read.widget().map(|widget| widget.name.to_string()).unwrap_or_default();
        if let Some(made) = read.made {
            csv::receive(env, site, made).await?;
        }
        counted.consumed = text.get(..read.head.bytes).map_or(0, |head| head.encode_utf16().count());
        piece
    } else {
        let (columns, mapping) = carried(form);
        let mut piece = piece(&columns, &mapping, form);
        piece.separator = form.get("separator").chars().next().unwrap_or(',');
        piece.line = form.get("line").parse().unwrap_or(1);
        piece.text = text.to_owned();
        piece.widget = form.get("widget").to_owned();
        counted.consumed = 0;
        piece
    };
    let pieces = if form.get("script") == "yes" { 1 } else { PIECES };
    for _ in 0..pieces {
        let done = csv::import(env, site, &piece).await?;
        let rest = piece.text.split_off(done.consumed.min(piece.text.len()));
        counted.consumed += piece.text.encode_utf16().count();
        counted.add(&done, |refused| {
            refused.fault.as_ref().map_or_else(|| refused.reason.clone(), |fault| faults::words(fault, caller.lang))
        });
        (piece.text, piece.line) = (rest, done.line);
        counted.end = done.end;
        if done.end || done.consumed == 0 {
            break;
        }
    }
    let frame = caller.frame(Some(&session.csrf));
    caller.page(wizard::result(&frame, &config, &piece, &counted), 200)
}

/// What the form says of the columns, on the way through an import.
fn carried(form: &Form) -> (Vec<Column>, Mapping) {
    let mut columns = Vec::new();
    let mut mapping = Mapping { source: Source::parse(form.get("source")).unwrap_or_default(), ..Mapping::default() };
    mapping.clock.day_first = form.get("dates") == "day";
    mapping.clock.ahead = form.get("ahead").parse().unwrap_or(0);
    while let Some(role) = form.find(&format!("c{}", columns.len())) {
        let title = form.get(&format!("t{}", columns.len())).to_owned();
        mapping.roles.push(Role::parse(role).unwrap_or_default());
        columns.push(Column { title, part: None });
    }
    (columns, mapping)
}

fn piece(columns: &[Column], mapping: &Mapping, form: &Form) -> Piece {
    Piece {
        widget: form.get("widget").to_owned(),
        source: mapping.source.as_str().to_owned(),
        roles: mapping.roles.iter().map(Role::to_string).collect(),
        columns: columns.iter().map(Column::full).collect(),
        day_first: mapping.clock.day_first,
        ahead: mapping.clock.ahead,
        last: form.get("last") != "no",
        ..Piece::default()
    }
}

/// The refused rows as a file. What the page carries is read and written anew, so that no cell of it is a formula.
fn report(form: &Form) -> Result<Response, Fail> {
    let mut text = String::from('\u{feff}');
    for record in Reader::new(form.get("report"), ',', 1, true) {
        rapport_core::csv::write(&mut text, record.cells.iter().map(String::as_str));
    }
    let mut response = reply::typed(text, "text/csv; charset=utf-8", "no-store")?;
    response.headers_mut().set("content-disposition", "attachment; filename=\"refused.csv\"")?;
    Ok(response)
}

/// Of the verdicts of a preview: fine, duplicate, refused.
pub fn tally(verdicts: &[Verdict]) -> [u64; 3] {
    let mut tally = [0; 3];
    for verdict in verdicts {
        let [fine, duplicate, refused] = &mut tally;
        *match verdict {
            Verdict::Fine => fine,
            Verdict::Duplicate => duplicate,
            Verdict::Refused(_) => refused,
        } += 1;
    }
    tally
}
