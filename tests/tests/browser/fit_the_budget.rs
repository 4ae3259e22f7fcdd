//! The promises about bytes.

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
        assert!(bytes.wasm + bytes.glue <= 16 * 1024, "the module and its glue: {bytes:?}");
        Ok(())
    })
}
