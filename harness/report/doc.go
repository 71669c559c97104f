// Package report turns verdicts into what people read: report.md, report.html, the
// plots, and the table on the terminal; and the trials into bench.txt, which benchstat reads.
//
// [Build] takes the plan, the records and the judgement of a run and resolves them into
// a [Document]: sections, tables and plots that hold nothing but text. [Markdown],
// [HTML] and [Terminal] are renderers of that document; [Plots] draws its figures as
// SVG and PNG. [Bench] works from the input itself, since it writes numbers and not texts.
// Everything here is pure: no file is read, no clock is asked, and the same input gives
// the same bytes.
//
// How a number is written is decided in package digits, and what of it is a report's alone in format.go. A number that was
// not measured is shown as "-", never as 0.
//
// The package decides no verdict; that is package verdict's work. Reading the run
// directory and writing the files is left to the command.
package report
