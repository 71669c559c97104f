// Package source counts a server's source: lines of code and modules, by a counter of assay's own, so that two servers are
// counted by one rule.
//
// A line counts when it holds a piece of code: not blank, and not all comment. Documentation comments are comments. Tests do
// not count: Go's *_test.go and testdata, Rust's folders tests, benches and examples, and items under #[cfg(test)]. Only
// files of the language count, whatever else the build reads.
//
// Modules are what the build is pinned to, the server's own included, so that a server without dependencies has one: in Go
// the modules that go.mod requires, indirect ones too; in Rust the packages of Cargo.lock. That is not what is compiled: a
// Cargo.lock also names what other systems or features take, some 20 of the 125 of rust-server, and a go.mod what tests
// take. What comes with the language, as Go's HTTP server does, is no module: that is the difference between the two, not an
// error of the count.
//
// A manifest may leave files out of the lines that serve what the other servers do not have. They are counted apart, and the
// report names them.
//
// Counts are of Go and Rust; other languages have none. Files are read elsewhere: nothing here touches a disk.
package source
