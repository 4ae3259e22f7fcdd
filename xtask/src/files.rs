//! Widgets as files, and a whole site as one: for whoever keeps them under version control, and for moving house.
//!
//! A file of a widget is `{"format": 1, "widget": {…}}` as JSON or TOML, called after the widget.

use crate::remote::{Body, Remote};
use crate::say;
use anyhow::{Context, Result, bail};
use rapport_core::model::config::Config;
use rapport_core::model::widget::Widget;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// The format of the files that this release writes.
const FORMAT: u64 = 1;
/// Lines of one piece of a whole site: the Worker takes 2,000, and 2 MB.
const LINES: usize = 500;

const USAGE: &str = "\
cargo xtask widgets validate DIR
cargo xtask widgets export|import DIR --site SITE --url URL [--key KEY] [--toml] [--publish]
cargo xtask site export|import FILE --site SITE --url URL [--key KEY]";

/// What the command line says.
#[derive(Default)]
struct Options {
    site: Option<String>,
    url: Option<String>,
    key: Option<String>,
    toml: bool,
    publish: bool,
    rest: Vec<String>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self> {
        let mut options = Self::default();
        let mut words = arguments.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().cloned().with_context(|| format!("{word} needs a value\n{USAGE}"));
            match word.as_str() {
                "--site" => options.site = Some(value()?),
                "--url" => options.url = Some(value()?),
                "--key" => options.key = Some(value()?),
                "--toml" => options.toml = true,
                "--publish" => options.publish = true,
                other if other.starts_with('-') => bail!("there is no {other}\n{USAGE}"),
                other => options.rest.push(other.to_owned()),
            }
        }
        Ok(options)
    }

    fn remote(&self) -> Result<(Remote, String)> {
        let site = self.site.clone().context("say which site: --site …")?;
        Ok((Remote::new(self.url.clone(), self.key.clone())?, format!("sites/{site}")))
    }
}

/// `cargo xtask widgets …`. False: something is wrong with a file.
pub fn widgets(arguments: &[String]) -> Result<bool> {
    let options = Options::read(arguments)?;
    let [what, folder] = options.rest.as_slice() else { bail!("{USAGE}") };
    let folder = Path::new(folder);
    match what.as_str() {
        "validate" => Ok(read_all(folder)?.is_some()),
        "export" => export(&options, folder).map(|()| true),
        "import" => import(&options, folder),
        _ => bail!("{USAGE}"),
    }
}

/// `cargo xtask site …`.
pub fn site(arguments: &[String]) -> Result<()> {
    let options = Options::read(arguments)?;
    let [what, file] = options.rest.as_slice() else { bail!("{USAGE}") };
    let (remote, site) = options.remote()?;
    match what.as_str() {
        "export" => {
            remote.download(&format!("{site}/export"), Path::new(file))?;
            let text = fs::read_to_string(file)?;
            let last = text.lines().next_back().unwrap_or_default();
            if !last.starts_with("{\"end\":") {
                bail!("{file} lacks its end: the download was cut off");
            }
            say::note(&format!("{} lines in {file}", text.lines().count()));
            Ok(())
        }
        "import" => {
            let text = fs::read_to_string(file).with_context(|| format!("could not read {file}"))?;
            let lines: Vec<&str> = text.lines().collect();
            let mut sent = 0;
            for piece in lines.chunks(LINES) {
                remote.done("POST", &format!("{site}/take"), &Body::Lines(&piece.join("\n")))?;
                sent += piece.len();
                say::note(&format!("{sent} of {} lines", lines.len()));
            }
            Ok(())
        }
        _ => bail!("{USAGE}"),
    }
}

fn export(options: &Options, folder: &Path) -> Result<()> {
    let (remote, site) = options.remote()?;
    let config: Config = serde_json::from_str(&remote.done("GET", &site, &Body::Nothing)?)?;
    fs::create_dir_all(folder)?;
    for record in &config.widgets {
        let newest = record.draft.as_ref().or(record.versions.last().map(|version| &version.widget));
        let Some(widget) = newest else { continue };
        let value = json!({ "format": FORMAT, "widget": widget });
        let (text, end) = if options.toml {
            (toml::to_string_pretty(&value)?, "toml")
        } else {
            (serde_json::to_string_pretty(&value)? + "\n", "json")
        };
        let file = folder.join(format!("{}.{end}", widget.name));
        fs::write(&file, text)?;
        say::note(&file.display().to_string());
    }
    Ok(())
}

fn import(options: &Options, folder: &Path) -> Result<bool> {
    let (remote, site) = options.remote()?;
    let Some(widgets) = read_all(folder)? else { return Ok(false) };
    for (file, widget) in widgets {
        let path = format!("{site}/widgets/{}", widget.name);
        let text = serde_json::to_string(&widget)?;
        remote.done("PUT", &path, &Body::Json(&text)).with_context(|| file.display().to_string())?;
        if options.publish {
            remote
                .done("POST", &format!("{path}/publish"), &Body::Nothing)
                .with_context(|| file.display().to_string())?;
        }
        say::note(&format!("{} {}", widget.name, if options.publish { "published" } else { "saved as a draft" }));
    }
    Ok(true)
}

/// Every widget of a folder; none if anything is wrong with any, all of which is told by file and field.
fn read_all(folder: &Path) -> Result<Option<Vec<(PathBuf, Widget)>>> {
    let entries = fs::read_dir(folder).with_context(|| format!("could not read {}", folder.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<PathBuf>>>()?;
    files.retain(|file| matches!(file.extension().and_then(|end| end.to_str()), Some("json" | "toml")));
    files.sort();
    if files.is_empty() {
        bail!("{} has neither .json nor .toml files", folder.display());
    }
    let (mut widgets, mut wrong) = (Vec::new(), 0);
    for file in files {
        match read(&file) {
            Ok(widget) => widgets.push((file, widget)),
            Err(problems) => {
                wrong += problems.len();
                problems.iter().for_each(|problem| eprintln!("{}: {problem}", file.display()));
            }
        }
    }
    say::note(&format!("{} widgets are fine, {wrong} mistakes", widgets.len()));
    Ok((wrong == 0).then_some(widgets))
}

/// One file; what is wrong with it by field.
pub fn read(file: &Path) -> Result<Widget, Vec<String>> {
    let one = |error: &dyn std::fmt::Display| vec![error.to_string()];
    let text = fs::read_to_string(file).map_err(|error| one(&error))?;
    let is_toml = file.extension().is_some_and(|end| end == "toml");
    let value: Value = if is_toml {
        toml::from_str(&text).map_err(|error| one(&error.to_string().trim()))?
    } else {
        serde_json::from_str(&text).map_err(|error| one(&error))?
    };
    // A bare definition is what the dashboard shows, so that is fine, too.
    let widget = match value.get("format") {
        None => &value,
        Some(format) if format.as_u64() == Some(FORMAT) => {
            value.get("widget").ok_or_else(|| vec!["`widget` is required".to_owned()])?
        }
        Some(format) => return Err(vec![format!("`format` is {format}; this release reads {FORMAT}")]),
    };
    let widget = Widget::parse(&widget.to_string())
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let stem = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if stem != widget.name.as_str() {
        return Err(vec![format!("`name` is {}, and the file is called after another", widget.name)]);
    }
    Ok(widget)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, text: &str) -> Result<Widget, Vec<String>> {
        let folder = std::env::temp_dir().join(format!("rapport-files-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join(name);
        fs::write(&file, text).unwrap();
        read(&file)
    }

    #[test]
    fn json_and_toml_say_the_same_and_mistakes_are_told_by_field() {
        let json = r#"{"format":1,"widget":{"name":"mood","kind":"survey","label":"Mood","questions":[
            {"name":"mood","title":"How are you?","input":{"type":"scale","min":1,"max":5}}]}}"#;
        let toml = "format = 1\n[widget]\nname = \"mood\"\nkind = \"survey\"\nlabel = \"Mood\"\n[[widget.questions]]\nname = \"mood\"\n\
                    title = \"How are you?\"\ninput = { type = \"scale\", min = 1, max = 5 }\n";
        assert_eq!(of("mood.json", json), of("mood.toml", toml));
        assert!(of("mood.json", json).is_ok());
        for (name, text, told) in [
            ("mood.toml", toml.replace("max = 5", "max = 50"), "questions[0].input"),
            ("mood.toml", toml.replace("format = 1", "format = 9"), "this release reads 1"),
            ("other.toml", toml.to_owned(), "called after another"),
            ("mood.json", "{".to_owned(), "EOF"),
            ("mood.json", "{\"format\":1}".to_owned(), "`widget` is required"),
        ] {
            let found = of(name, &text).unwrap_err();
            assert!(found.iter().any(|found| found.contains(told)), "{found:?} does not tell {told}");
        }
    }

    #[test]
    fn every_widget_of_the_demo_is_a_file() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www/demo/config/widgets");
        assert!(read_all(&folder).unwrap().is_some());
    }
}
