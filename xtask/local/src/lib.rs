//! Cloudflare on this machine.
