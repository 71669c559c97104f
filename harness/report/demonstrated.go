package report

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/trial"
	"github.com/assay-bench/assay/harness/verdict"
)

// Demonstrated is a document of the readings of one claim that a demonstration decides, for `assay demo`. says are their
// sentences, in the readings' order.
func Demonstrated(title string, readings []verdict.Reading, says []string) Document {
	doc := Document{Title: title}
	for i, r := range readings {
		s := section(r.ID, paragraph(join(badge(r.Verdict), raw(" "), plain(sentence(r.Reason)))),
			paragraph(join(strong("Reading:"), raw(" "), plain(sentence(says[i])))), paragraph(join(strong("Rule:"), raw(" "), plain(sentence(r.Rule)))))
		s.Badge = r.Verdict
		if r.Together != nil {
			s.Blocks = append(s.Blocks, together(*r.Together)...)
		}
		if r.AsyncRuntime != nil {
			s.Blocks = append(s.Blocks, asyncRuntime(*r.AsyncRuntime)...)
		}
		doc.Sections = append(doc.Sections, s)
	}
	return doc
}

// together shows what the reading is about: the answers, the times of a call, or the builds.
func together(e verdict.Together) []Block {
	switch e.Part {
	case verdict.PartCall:
		return crossingTimes(e)
	case verdict.PartBuild:
		blocks := []Block{table(buildTimes(e))}
		if e.BytesWith < e.BytesWithout {
			blocks = append(blocks, paragraph(raw("The binary with Rust in it is the smaller one as its linker is another: the C linker puts it together, whose sections for debuggers take less room than those that Go's own "+
				"linker writes. Stripped of them, the one with Rust is the larger (seen with Go 1.26 and Rust 1.95 on x86-64).")))
		}
		return blocks
	}
	return crossingAnswers(e)
}

func crossingAnswers(e verdict.Together) []Block {
	t := Table{Caption: "Answers of Go calling Go, Go calling Rust and Rust calling Rust, compared in each round", Columns: numbers("A call does", "Rounds", "That differ")}
	for _, w := range e.Works {
		t.Rows = append(t.Rows, cells(plain(w.Work), plain(count(e.Rounds)), plain(count(w.Differing))))
	}
	return []Block{table(t), paragraph(rawf("Tools: %s.", oneLine(strings.Join(e.Tools, "; "))))}
}

// crossingTimes shows the times of each function, and what the border adds.
func crossingTimes(e verdict.Together) []Block {
	t := Table{
		Caption: fmt.Sprintf("Time of a call, arithmetic mean of %s, each a process of its own", plural(e.Rounds, "round")),
		Columns: numbers("A call does", "Go calls Go", "Go calls Rust", "Rust calls Rust", "The border adds", "Interval"),
	}
	for _, w := range e.Works {
		t.Rows = append(t.Rows, cells(plain(w.Work), plain(nanos(w.Go)), plain(nanos(w.Border)), plain(nanos(w.Rust)), plain(nanos(w.Adds.Center)), plain(span(w.Adds.Low, w.Adds.High, nanos))))
	}
	return []Block{table(t), paragraph(rawf("“The border adds” is Go calls Rust less Go calls Go in the same round, with its %s interval over the rounds. "+
		"It holds what crossing costs and what the two compilers make of the function: the first decides where a call does little, the second where it does much.",
		confidence(e.BuildAdds.Confidence)))}
}

func buildTimes(e verdict.Together) Table {
	seconds := func(v float64) string { return number(v) + " s" }
	size := func(n int64) string { return count(n) + " bytes" }
	return Table{
		Caption: fmt.Sprintf("Building from clean, arithmetic mean of %s, with the %s interval; the standard libraries of both languages were compiled before",
			plural(e.BuildAdds.Blocks, "pair"), confidence(e.BuildAdds.Confidence)),
		Columns: numbers("", "Without Rust", "With Rust", "Rust adds", "Interval"),
		Rows: []TableRow{
			cells(plain("Build"), plain(seconds(e.BuildWithout)), plain(seconds(e.BuildWith)), plain(seconds(e.BuildAdds.Center)), plain(span(e.BuildAdds.Low, e.BuildAdds.High, seconds))),
			cells(plain("Binary"), plain(size(e.BytesWithout)), plain(size(e.BytesWith)), plain(size(e.BytesWith-e.BytesWithout)), plain(missing)),
		},
	}
}

// nanos writes ns a call, longer times in us.
func nanos(ns float64) string {
	if ns >= 10_000 || ns <= -10_000 {
		return number(ns/1000) + " us"
	}
	return number(ns) + " ns"
}

// asyncRuntime shows what became of the work of each program.
func asyncRuntime(e verdict.AsyncRuntime) []Block {
	t := Table{
		Caption: "What became of the work of each program",
		Columns: left("Program", "Language", "Who runs it", "Its work", "What was said"),
	}
	for _, p := range e.Programs {
		t.Rows = append(t.Rows, cells(plain(p.About), plain(p.Language), plain(executorWords(p.Executor)), plain(outcomeWords(p.Outcome)), code(p.Says)))
	}
	return []Block{table(t), paragraph(rawf("The programs with an executor are controls: were their work not to run, that of the others would show nothing. Tools: %s.",
		oneLine(strings.Join(e.Tools, "; "))))}
}

func executorWords(executor string) string {
	switch executor {
	case trial.NoExecutor:
		return "nobody"
	case trial.OwnExecutor:
		return "the program's own executor"
	case trial.LanguageExecutor:
		return "the language's scheduler"
	}
	return executor
}

func outcomeWords(outcome string) string {
	switch outcome {
	case trial.WorkRan:
		return "runs"
	case trial.WorkIdle:
		return "does not run; the program ends without it"
	case trial.WorkRefused:
		return "the compiler refuses the program"
	}
	return outcome
}
