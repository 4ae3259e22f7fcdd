//! The runtime with the built Worker in it. Needs `cargo xtask build`.

use rapport_local::{Kv, Place, Settings, Workerd};
use std::path::Path;

#[tokio::test]
async fn what_is_committed_survives_a_kill_and_what_failed_does_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = tempfile::tempdir().unwrap();
    let kv = Kv::start(Place::Memory).await.unwrap();
    let settings = Settings::new(&root, folder.path(), kv.address());
    let mut workerd = Workerd::start(settings).await.unwrap();

    assert!(
        get(&workerd, "/hello")
            .await
            .ends_with("Some([Integer(1)])")
    );
    assert!(
        get(&workerd, "/hello?fail")
            .await
            .ends_with("Some([Integer(1)])")
    );
    assert!(
        get(&workerd, "/hello?panic")
            .await
            .ends_with("Some([Integer(1)])")
    );
    assert_eq!(kv.keys(""), ["hello"]);
    assert_eq!(kv.counts().writes, 3);

    workerd.kill().await.unwrap();
    assert!(workerd.url().is_err());
    workerd.launch().await.unwrap();
    assert!(
        get(&workerd, "/hello")
            .await
            .ends_with("Some([Integer(2)])")
    );
}

async fn get(workerd: &Workerd, path: &str) -> String {
    let url = format!("{}{path}", workerd.url().unwrap());
    reqwest::get(url).await.unwrap().text().await.unwrap()
}
