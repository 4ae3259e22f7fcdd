//! `cargo xtask dev`: everything on this machine, with history in it, rebuilt as files change.

mod options;
mod stop;
mod watch;

use crate::build::{self, Profile};
use crate::project::Project;
use crate::setup::{self, Tools};
use crate::{key, run, say, seed};
use anyhow::{Context, Result};
use options::Options;
use rapport_local::{Cloud, Demo, Plan, Reload};
use std::fs;
use std::net::TcpListener;
use std::sync::Arc;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;
use watch::{Change, Watch};

/// Runs until Ctrl-C.
pub fn run(project: Project, arguments: &[String]) -> Result<()> {
    let options = Options::parse(arguments)?;
    // Before minutes of building, and not after.
    for port in [options.port, options.demo_port()] {
        free(port)?;
    }
    let tools = setup::tools(&project)?;
    build::all(&project, &tools, Profile::Dev)?;
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let outcome = runtime.block_on(serve(Arc::new((project, tools)), options));
    // A build may be going on; what it runs has been told to end.
    run::end_children();
    runtime.shutdown_background();
    outcome
}

async fn serve(shared: Arc<(Project, Tools)>, options: Options) -> Result<()> {
    let project = &shared.0;
    let local = project.path(".rapport");
    let state = local.join("state");
    if options.fresh && state.exists() {
        fs::remove_dir_all(&state).context("could not remove the old data")?;
    }
    let owner_key = key::kept(&local.join("owner-key"))?;
    let reload = Reload::new();
    let mut cloud = Plan {
        root: project.root().to_owned(),
        folder: Some(state.clone()),
        owner_key: owner_key.clone(),
        port: options.port,
        echo: true,
        reload: Some(reload.clone()),
        places: 1,
    }
    .start()
    .await?;
    let pages = project.path("www/demo");
    let demo = Demo::start(&pages, options.demo_port(), &cloud.url(), Some(reload.clone())).await?;
    let mut watch = Watch::start(project)?;

    let stopped = stop::asked();
    tokio::pin!(stopped);
    let marker = state.join("seeded");
    let (worker, shop) = (cloud.url(), demo.url());
    let config = pages.join("config");
    let target = seed::Target { config: &config, worker: &worker, demo: &shop, owner_key: &owner_key };
    let filled = async {
        seed::configure(&target).await.context("could not create the demo site")?;
        let secret = seed::points::signer(&target, &state.join("signer")).await?;
        if !options.empty && !marker.exists() {
            let step = say::step("demo history");
            seed::load(&target, &secret).await.context("could not load the demo history")?;
            fs::write(&marker, "")?;
            step.done();
        }
        demo.sign_in(move || seed::points::token(&secret));
        let shop = seed::points::Shop::new(&target);
        demo.orders(move |order| Box::pin(shop.clone().sold(order.order, order.amount)));
        anyhow::Ok(())
    };
    tokio::select! {
        filled = filled => filled?,
        () = &mut stopped => return cloud.workerd.stop().await,
    }
    welcome(&cloud, &demo, &owner_key);
    loop {
        let change = tokio::select! {
            change = watch.next() => change,
            () = &mut stopped => break,
        };
        if change == Change::Code {
            let for_build = Arc::clone(&shared);
            let built = spawn_blocking(move || build::all(&for_build.0, &for_build.1, Profile::Dev));
            let built = tokio::select! {
                built = built => built?,
                () = &mut stopped => break,
            };
            let restarted = match built {
                Ok(()) => cloud.workerd.restart().await,
                Err(error) => Err(error),
            };
            if let Err(error) = restarted {
                say::failure(&error);
                say::note("what ran before goes on; the next change tries again");
                continue;
            }
        }
        // Changes that came together are told as the greatest of them, so code may bring configuration with it.
        if change >= Change::Config
            && let Err(error) = seed::configure(&target).await
        {
            say::failure(&error);
            say::note("what was live before stays; the next change tries again");
            continue;
        }
        reload.reload();
        say::note("reloaded");
    }
    say::note("stopping");
    cloud.workerd.stop().await
}

fn welcome(cloud: &Cloud, demo: &Demo, owner_key: &str) {
    let (worker, demo) = (cloud.url(), demo.url());
    println!();
    println!("  Demo shop    {demo}/");
    println!("  Journal      {demo}/journal/");
    println!("  Studio (SPA) {demo}/studio/");
    println!("  Hostile host {demo}/hostile/");
    println!("  Survey       {worker}/f/{}/customers", seed::SITE);
    println!("  Dashboard    {worker}/dashboard/#{owner_key}");
    println!();
    println!("  Changes rebuild and reload. Ctrl-C ends everything.");
}

fn free(port: u16) -> Result<()> {
    TcpListener::bind(("127.0.0.1", port))
        .map(drop)
        .with_context(|| format!("port {port} is taken: stop the program that uses it, or choose another with --port"))
}
