//! What the browser side of the build left for the Worker to name or include.

#![allow(dead_code)] // Not every file is named by the Worker itself.

include!(concat!(env!("OUT_DIR"), "/assets.rs"));
