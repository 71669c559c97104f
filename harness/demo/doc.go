// Package demo builds and runs the demonstrations: small programs that show what a sentence of the article says, or do not.
// It takes a folder, works on a copy of it in a temporary directory that is gone afterwards, holds each process to limits
// of time and memory (package limited), and needs no network.
//
//	together.go      scenarios/together: a Go program with a part in Rust; lines.go reads what it prints
//	asyncruntime.go  scenarios/async-runtime: does asynchronous work run without a runtime; programs.go reads its list
//	workshop.go      the copy of a folder, and its tools
//
// A tool that is not there and a program that does not build or run are results, which say so, and no errors: a run goes on
// without the demonstration. What the results decide is left to package verdict.
package demo
