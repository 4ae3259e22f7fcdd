//! The promises about bytes until a question can be answered. What arrives meanwhile is for `cargo xtask size`.

use anyhow::Result;
use rapport_tests::measure::bytes;
use rapport_tests::stage::run;
use rapport_tests::{Product, widgets};

#[test]
fn of_bytes() -> Result<()> {
    run(async {
        let site = Product::shared().await?.site(&[widgets::nps()]).await?;
        let bytes = bytes(&site).await?;
        assert!(bytes.script <= 5 * 1024, "the script with one live NPS widget: {bytes:?}");
        assert!(bytes.loader <= 2 * 1024, "the loader: {bytes:?}");
        Ok(())
    })
}
