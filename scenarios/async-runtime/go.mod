// A module of its own; the programs are built one by one.
module async-runtime

go 1.26.0
