//! Where a hook may send to: names on the public internet, by `https` on its own port. On Cloudflare a Worker's `fetch` does
//! not reach private networks anyway; these rules hold wherever the Worker runs, and tell the owner what is wrong.

use super::Service;
use crate::problem::{Fault, Problem};

/// Characters of an address.
const MOST: usize = 2_000;
/// Endings of names that are of this machine or network, or of none.
const LOCAL: &[&str] = &[
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "private",
    "arpa",
    "onion",
    "invalid",
];
/// Public names that stand for whichever address one writes in front of them, or for one's own machine.
const MIRRORS: &[&str] = &[
    "nip.io",
    "sslip.io",
    "xip.io",
    "traefik.me",
    "localtest.me",
    "lvh.me",
    "vcap.me",
    "lacolhost.com",
    "local.gd",
    "1u.ms",
    "rbndr.us",
];

/// Checks an address.
///
/// # Errors
/// What is wrong with it, for its field.
pub fn check(address: &str) -> Result<(), Problem> {
    if address.is_empty() {
        return Err(Problem::new("", Fault::Required));
    }
    if address.chars().count() > MOST {
        return Err(Problem::new("", Fault::TooLong { max: MOST as u32 }));
    }
    if !address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'"' | b'<' | b'>')) {
        return Err(Problem::malformed("", "an address without spaces or special characters"));
    }
    let Some(rest) = scheme(address) else {
        return Err(Problem::malformed("", "an address that begins with https://"));
    };
    if authority(rest).contains('@') {
        return Err(Problem::conflict("", "an address must not carry a name or password before an @"));
    }
    let (host, port) = match authority(rest).split_once(':') {
        Some((host, port)) => (host, port),
        None => (authority(rest), "443"),
    };
    let host = host.to_ascii_lowercase();
    if authority(rest).starts_with('[') || is_numeric(&host) {
        return Err(Problem::conflict("", "an address needs a name, not the number of a machine"));
    }
    if port != "443" {
        return Err(Problem::conflict("", "only the usual port of https, 443, is allowed"));
    }
    let labels: Vec<&str> = host.split('.').collect();
    let fine = |label: &&str| {
        let inside = label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        inside && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    if !labels.iter().all(fine) || host.len() > 253 {
        return Err(Problem::malformed("", "the name of a machine on the internet, such as hooks.example.com"));
    }
    if labels.len() < 2 || ends(&host, LOCAL) || ends(&host, MIRRORS) || has_number(&labels) {
        return Err(Problem::conflict("", "this name is not on the public internet"));
    }
    Ok(())
}

/// The service that an address is of, by its host and path.
pub fn recognise(address: &str) -> Service {
    let Some(rest) = scheme(address) else { return Service::Webhook };
    let host = authority(rest).split(':').next().unwrap_or_default().to_ascii_lowercase();
    let path = rest.get(authority(rest).len()..).unwrap_or_default();
    match host.as_str() {
        "hooks.slack.com" | "hooks.slack-gov.com" => Service::Slack,
        "discord.com" | "discordapp.com" | "ptb.discord.com" | "canary.discord.com"
            if path.starts_with("/api/") && path.contains("/webhooks/") || path.starts_with("/api/webhooks/") =>
        {
            Service::Discord
        }
        "open.feishu.cn" | "open.larksuite.com" => Service::Feishu,
        "qyapi.weixin.qq.com" => Service::Wecom,
        host if ends(host, &["logic.azure.com", "powerplatform.com", "webhook.office.com"]) => Service::Teams,
        _ => Service::Webhook,
    }
}

/// An address as it may be shown: those of chats are as good as a password, and so may be what stands behind a question mark.
pub fn masked(address: &str, service: Service) -> String {
    let rest = scheme(address).unwrap_or(address);
    let host = authority(rest);
    let path = rest.get(host.len()..).unwrap_or_default();
    match (service, path.split_once('?')) {
        (Service::Webhook, None) => address.to_owned(),
        (Service::Webhook, Some((path, _))) => format!("https://{host}{path}?…"),
        _ => {
            let end: String = address.chars().skip(address.chars().count().saturating_sub(4)).collect();
            format!("https://{host}/…{end}")
        }
    }
}

fn scheme(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_at_checked(8)?;
    scheme.eq_ignore_ascii_case("https://").then_some(rest)
}

fn authority(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Whether browsers would read the host as an IPv4 address (WHATWG URL, 3.5): its last part is a number, in whichever form.
fn is_numeric(host: &str) -> bool {
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    last.bytes().next().is_some_and(|byte| byte.is_ascii_digit())
}

/// Whether an IPv4 address is written into the name: `10.0.0.1.example.com`, `10-0-0-1.example.com`.
fn has_number(labels: &[&str]) -> bool {
    let number = |part: &str| part.len() <= 3 && part.parse::<u16>().is_ok_and(|part| part < 256);
    let dotted = labels.windows(4).any(|four| four.iter().all(|part| number(part)));
    let dashed = labels.iter().any(|label| {
        let parts: Vec<&str> = label.split('-').collect();
        parts.windows(4).any(|four| four.iter().all(|part| number(part)))
    });
    dotted || dashed
}

fn ends(host: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| host.strip_suffix(ending).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}
