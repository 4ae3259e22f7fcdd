//! A KV namespace with Cloudflare's limits, which can be told to fail as Cloudflare's may.
//!
//! workerd's binding is plain HTTP to a service, so the Worker above it is the one that is shipped.

mod fault;
mod http;
mod log;
mod store;

pub use fault::{Effect, Fault, Operation, Pace, Quota};
pub use log::Place;
pub use store::{Counts, Entry};

use crate::listen::Server;
use anyhow::Result;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::Store;
use tokio::sync::{Notify, watch};

/// A running namespace. It ends when dropped; what is on disk stays.
pub struct Kv {
    shared: Shared,
    /// One for each place from which it is asked.
    servers: Vec<Server>,
    stalled: watch::Receiver<u64>,
}

impl Kv {
    /// Serves the namespace kept in `place`, on a free port of this machine.
    pub async fn start(place: Place) -> Result<Self> {
        Self::start_at(place, 1).await
    }

    /// The same, asked from several places: each has a cache of its own.
    pub async fn start_at(place: Place, places: usize) -> Result<Self> {
        let (sender, stalled) = watch::channel(0);
        let shared = Shared {
            store: Arc::new(Mutex::new(Store::open(place)?)),
            stalled: Arc::new(sender),
            healed: Arc::default(),
        };
        let mut servers = Vec::new();
        for place in 0..places.max(1) {
            let listener = Server::bind(0).await?;
            servers.push(Server::serve(listener, http::routes(shared.clone(), place))?);
        }
        Ok(Self { shared, servers, stalled })
    }

    /// Where the workerd of each place finds it; of the first one first.
    pub fn addresses(&self) -> Vec<SocketAddr> {
        self.servers.iter().map(|server| SocketAddr::from(([127, 0, 0, 1], server.port()))).collect()
    }

    /// Where workerd finds it.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], self.servers.first().map_or(0, Server::port)))
    }

    /// How many requests were stalled so far, as it changes.
    pub fn stalled(&self) -> watch::Receiver<u64> {
        self.stalled.clone()
    }

    /// The keys that start with `prefix`, in order.
    pub fn keys(&self, prefix: &str) -> Vec<String> {
        self.shared.lock().entries(prefix).map(|(key, _)| key.clone()).collect()
    }

    /// What is stored under `key`, past every injected fault.
    pub fn get(&self, key: &str) -> Option<Entry> {
        self.shared.lock().entry(key).cloned()
    }

    /// Stores an entry past every injected fault and limit.
    pub fn put(&self, key: &str, entry: Entry) -> Result<()> {
        self.shared.lock().insert(None, key, entry)
    }

    /// Removes a key past every injected fault.
    pub fn delete(&self, key: &str) -> Result<()> {
        self.shared.lock().remove(None, key)
    }

    /// The operations that the Worker asked for so far, failed ones included.
    pub fn counts(&self) -> Counts {
        self.shared.lock().counts
    }

    /// Starts counting again.
    pub fn reset_counts(&self) {
        self.shared.lock().counts = Counts::default();
    }

    /// From now on operations that match fail in the given way. Several faults may be active: the
    /// first that matches decides.
    pub fn fail(&self, fault: Fault) {
        self.shared.lock().faults.push(fault);
    }

    /// Ends all faults.
    pub fn heal(&self) {
        self.shared.lock().faults.clear();
        self.shared.healed.notify_waiters();
    }

    /// How slow the namespace is to accept and to show what was written.
    pub fn set_pace(&self, pace: Pace) {
        self.shared.lock().set_pace(pace);
    }
}

/// The store, as the server's handlers and the handle share it.
#[derive(Clone)]
struct Shared {
    store: Arc<Mutex<Store>>,
    stalled: Arc<watch::Sender<u64>>,
    healed: Arc<Notify>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Store> {
        // A handler that panicked leaves the map whole: each change is one call.
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until faults are healed.
    async fn stall(&self) {
        let healed = self.healed.notified();
        self.stalled.send_modify(|stalled| *stalled += 1);
        healed.await;
    }
}
