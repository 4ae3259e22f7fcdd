//! Views of a crowd. Each by itself would be a call of the site's object, and a transaction. So while one is on its way from this
//! isolate those that follow it wait here, and go together in the next call: the slower the object, the more of them. They are best
//! effort, and are answered, with 202, before they are counted; what an isolate holds when it ends is lost.

use std::cell::RefCell;

use rapport_core::delivery::View;
use rapport_core::name::SiteId;

use crate::clock::now;

/// Views that wait for one call; with more, somebody else makes another one.
const MOST: usize = 1_000;
/// Whoever makes the call may be gone with its request. Later ones wait no longer than that.
const LONGEST_MS: i64 = 5_000;

struct Crowd {
    site: SiteId,
    /// Until when there is a call under way.
    until: i64,
    waiting: Vec<View>,
}

thread_local! {
    static CROWDS: RefCell<Vec<Crowd>> = const { RefCell::new(Vec::new()) };
}

/// Whether `views` wait for the next call. If not they are to be sent now, and then [`next`] is to be asked; they may have become more.
pub fn waits(site: &SiteId, views: &mut Vec<View>) -> bool {
    CROWDS.with_borrow_mut(|crowds| {
        let now = now().0;
        let Some(crowd) = crowds.iter_mut().find(|crowd| crowd.site == *site) else {
            crowds.push(Crowd { site: site.clone(), until: now + LONGEST_MS, waiting: Vec::new() });
            return false;
        };
        let waits = crowd.until > now && crowd.waiting.len() < MOST;
        if waits {
            crowd.waiting.append(views);
        } else {
            crowd.until = now + LONGEST_MS;
            views.append(&mut crowd.waiting);
        }
        waits
    })
}

/// What is to be sent next, after a call. Where the caller has no more calls to make, it is left to the next view.
pub fn next(site: &SiteId, more: bool) -> Vec<View> {
    CROWDS.with_borrow_mut(|crowds| {
        crowds.retain(|crowd| crowd.site != *site || !crowd.waiting.is_empty());
        let Some(crowd) = crowds.iter_mut().find(|crowd| crowd.site == *site) else { return Vec::new() };
        if more {
            crowd.until = now().0 + LONGEST_MS;
            std::mem::take(&mut crowd.waiting)
        } else {
            crowd.until = 0;
            Vec::new()
        }
    })
}
