// A module of its own, so that ./... of the main module does not need a Rust compiler.
module together

go 1.26.0
