// Package defect puts a corpus of small programs before the compilers and tools of Go and Rust. Each defect is a pair of
// programs that make the same mistake; the package finds out who notices it first: the compiler, a linter, the running
// program, or nobody.
//
// # How the parts fit
//
//	corpus.go    the corpus: scenarios/defects/corpus.toml and the folders it lists; check.go holds its form
//	sources.go   the hash of a defect's programs, which ties a kept study to them
//	tools.go     finds the tools and their versions
//	limits.go    how much time and memory each process may take; package limited holds it to them
//	look.go      one program on its way through its steps
//	golang.go    the steps of a Go program: build, vet, staticcheck, run, race
//	rust.go      the steps of a Rust program: build, clippy, debug, release
//	classify.go  exit codes and diagnostics to outcomes, purely
//	run.go       the whole corpus, several defects at a time
//	markdown.go  the tables of docs/defects.md; readme.go those of each defect
//
// # What counts
//
// A diagnostic counts whatever its text, since the programs are otherwise clean: without the mistake, no tool says
// anything. The linters run with the checks that they have by default: go vet and staticcheck all of those, clippy
// those that warn or deny. go vet and clippy come with the languages' own distributions, staticcheck does not; it has a column of
// its own and does not count towards the verdict.
//
// A silent mistake is seen and not assumed: the program ended well and printed something else than it should.
//
// # What it leaves to others
//
// Package mistake holds the result and judges it. The package knows no run directory and no report.
package defect
