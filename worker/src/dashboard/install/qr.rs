//! A QR code as a picture: black on white whatever the page is, with the quiet zone that readers need around it.

use qrcodegen::{QrCode, QrCodeEcc};

/// Modules left free on each side (ISO/IEC 18004, 9.1).
const QUIET: i32 = 4;

/// The SVG for `text`; nothing where it is too long for a code.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let whole = size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{side}" height="{side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{whole}v{whole}H0z"/><path d="{path}"/></svg>"##,
        side = whole * 8
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_modules_become_runs_inside_a_quiet_zone() {
        let svg = svg("https://rapport.example/f/acme/nps").unwrap();
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"));
        // The finder pattern in the corner begins with seven dark modules, behind four free ones.
        assert!(svg.contains("d=\"M4 4h7v1h-7z"), "{svg}");
        assert!(svg.contains("viewBox=\"0 0 37 37\""), "{svg}");
        assert_eq!(super::svg(&"x".repeat(5_000)), None);
    }
}
