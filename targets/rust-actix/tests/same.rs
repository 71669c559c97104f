//! The work behind an answer is written as in `rust-server`, so that the two differ by their
//! stack alone. What is shared is copied: a target is a folder that builds by itself.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

#[test]
fn the_work_is_that_of_rust_server() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, from) in [
        ("src/item.rs", "//!"),
        ("src/order.rs", "//!"),
        ("src/query.rs", "/// 2^53-1"),
        ("src/handlers/hash.rs", "/// The last of"),
    ] {
        let ours = fs::read_to_string(here.join(file)).unwrap();
        let theirs = here.join("../rust-server").join(file);
        let theirs = fs::read_to_string(theirs).unwrap();
        let (ours, theirs) = (
            ours.find(from).map(|i| &ours[i..]),
            theirs.find(from).map(|i| &theirs[i..]),
        );
        assert!(ours.is_some(), "{file} has no {from:?}");
        assert!(
            ours == theirs,
            "{file} differs from rust-server's below {from:?}; change both"
        );
    }
}
