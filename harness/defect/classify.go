package defect

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/mistake"
)

const (
	mostSaid     = 160 // characters kept of a diagnostic
	goPanicExit  = 2
	goRaceExit   = 66 // set by programEnv
	rustPanicked = 101
	linterFound  = 1 // of staticcheck
)

// A diagnostic is one message of a compiler or linter.
type diagnostic struct {
	level string // error or warning
	code  string
	line  int
	text  string
}

// judgeGoBuild classifies what `go build` said.
func judgeGoBuild(e limited.Ended) (mistake.Step, error) {
	if e.Exit == 0 {
		return mistake.Step{Name: mistake.Build, Outcome: mistake.Passed}, nil
	}
	for line := range strings.Lines(e.Stderr) {
		if at := strings.Index(line, "main.go:"); at >= 0 {
			return mistake.Step{Name: mistake.Build, Outcome: mistake.Rejected, Says: said(line[at:])}, nil
		}
	}
	return mistake.Step{}, unclear(e)
}

// judgeVet classifies the output of `go vet -json`, which exits with 0 whatever it finds.
func judgeVet(e limited.Ended) (mistake.Step, error) {
	if e.Exit != 0 {
		return mistake.Step{}, unclear(e)
	}
	var text strings.Builder
	for line := range strings.Lines(e.Stdout + e.Stderr) {
		if !strings.HasPrefix(line, "#") {
			text.WriteString(line)
		}
	}
	var found []diagnostic
	for d := json.NewDecoder(strings.NewReader(text.String())); ; {
		var packages map[string]map[string][]struct{ Posn, Message string }
		if err := d.Decode(&packages); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return mistake.Step{}, fmt.Errorf("go vet -json: %w", err)
		}
		for _, analyzers := range packages {
			for name, messages := range analyzers {
				for _, m := range messages {
					at := m.Posn[max(0, strings.LastIndex(m.Posn, "main.go:")):]
					line := 0
					fmt.Sscanf(at, "main.go:%d", &line) // 0, and first, where it is not said
					found = append(found, diagnostic{code: name, line: line, text: at + ": " + m.Message})
				}
			}
		}
	}
	return linted(mistake.Vet, found), nil
}

// judgeStaticcheck classifies the output of `staticcheck -f json`, one object a line.
func judgeStaticcheck(e limited.Ended) (mistake.Step, error) {
	if e.Exit != 0 && e.Exit != linterFound {
		return mistake.Step{}, unclear(e)
	}
	var found []diagnostic
	for d := json.NewDecoder(strings.NewReader(e.Stdout)); ; {
		var m struct {
			Code, Message string
			Location      struct{ Line, Column int }
		}
		if err := d.Decode(&m); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return mistake.Step{}, fmt.Errorf("staticcheck -f json: %w", err)
		}
		if m.Code == "compile" {
			return mistake.Step{}, unclear(e)
		}
		found = append(found, diagnostic{code: m.Code, line: m.Location.Line, text: fmt.Sprintf("main.go:%d:%d: %s", m.Location.Line, m.Location.Column, m.Message)})
	}
	if len(found) == 0 && e.Exit != 0 {
		return mistake.Step{}, unclear(e)
	}
	return linted(mistake.Staticcheck, found), nil
}

// judgeRustBuild classifies what rustc said with --error-format json.
func judgeRustBuild(e limited.Ended) (mistake.Step, error) {
	all, err := rustDiagnostics(e)
	if err != nil {
		return mistake.Step{}, err
	}
	level, outcome := "warning", mistake.Warned
	if e.Exit != 0 {
		level, outcome = "error", mistake.Rejected
	}
	for _, d := range all {
		if d.level == level {
			return mistake.Step{Name: mistake.Build, Outcome: outcome, Code: d.code, Says: said(d.text)}, nil
		}
	}
	if e.Exit != 0 {
		return mistake.Step{}, unclear(e)
	}
	return mistake.Step{Name: mistake.Build, Outcome: mistake.Passed}, nil
}

// judgeClippy classifies what clippy-driver said. It repeats the compiler's warnings, which are another column's.
func judgeClippy(e limited.Ended) (mistake.Step, error) {
	all, err := rustDiagnostics(e)
	if err != nil {
		return mistake.Step{}, err
	}
	var found []diagnostic
	for _, d := range all {
		if strings.HasPrefix(d.code, "clippy::") {
			found = append(found, d)
		}
	}
	if len(found) == 0 && e.Exit != 0 {
		return mistake.Step{}, unclear(e)
	}
	return linted(mistake.Clippy, found), nil
}

// rustDiagnostics are the messages that have a place in the program.
func rustDiagnostics(e limited.Ended) ([]diagnostic, error) {
	var all []diagnostic
	for d := json.NewDecoder(strings.NewReader(e.Stderr)); ; {
		var m struct {
			Level, Message string
			Code           *struct{ Code string }
			Spans          []struct {
				Line    int  `json:"line_start"`
				Column  int  `json:"column_start"`
				Primary bool `json:"is_primary"`
			}
		}
		if err := d.Decode(&m); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, fmt.Errorf("%w in: %s", err, said(firstLine(e.Stderr)))
		}
		for _, s := range m.Spans {
			if !s.Primary {
				continue
			}
			one := diagnostic{level: m.Level, line: s.Line, text: fmt.Sprintf("main.rs:%d:%d: %s", s.Line, s.Column, m.Message)}
			if m.Code != nil {
				one.code = m.Code.Code
			}
			all = append(all, one)
			break
		}
	}
}

// linted is the step of a linter: the first of its findings in the program's order.
func linted(name string, found []diagnostic) mistake.Step {
	if len(found) == 0 {
		return mistake.Step{Name: name, Outcome: mistake.Passed}
	}
	slices.SortFunc(found, func(a, b diagnostic) int {
		if a.line != b.line {
			return a.line - b.line
		}
		return strings.Compare(a.code+a.text, b.code+b.text)
	})
	return mistake.Step{Name: name, Outcome: mistake.Found, Code: found[0].code, Says: said(found[0].text)}
}

// judgeRun classifies a run of a program, of either language, that should have printed want.
func judgeRun(name, want string, e limited.Ended) (mistake.Step, error) {
	s := mistake.Step{Name: name}
	stop := stopped(e)
	switch {
	case e.Over != "":
		s.Outcome, s.Says = mistake.Hung, e.Over
		if e.OverMemory {
			s.Outcome = mistake.Outgrown
		}
	case e.Exit == 0 && strings.TrimSuffix(e.Stdout, "\n") == want:
		s.Outcome = mistake.Right
	case e.Exit == 0:
		s.Outcome, s.Says = mistake.Silent, said(fmt.Sprintf("prints %q", strings.TrimSuffix(e.Stdout, "\n")))
	case stop != "":
		s.Outcome, s.Says = mistake.Stopped, said(stop)
	default:
		return s, unclear(e)
	}
	return s, nil
}

// stopped is what the language's runtime said when it stopped the program; "" where it did not. A program that ends
// with another status has decided so itself, and none of the corpus does.
func stopped(e limited.Ended) string {
	switch {
	case e.Exit == goRaceExit && strings.Contains(e.Stderr, "WARNING: DATA RACE"):
		return "WARNING: DATA RACE"
	case e.Exit == goPanicExit:
		for line := range strings.Lines(e.Stderr) {
			if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
				return line
			}
		}
	case e.Exit == rustPanicked || e.Signal == "aborted":
		if at := panicPlace.FindStringIndex(e.Stderr); at != nil {
			return firstLine(e.Stderr[at[1]:])
		}
		if strings.Contains(e.Stderr, "has overflowed its stack") {
			return "fatal runtime error: stack overflow"
		}
	}
	return ""
}

// panicPlace ends the first line of a Rust panic; what it says stands on the next.
var panicPlace = regexp.MustCompile(`panicked at [^\n]*\n`)

// unclear is an ending that no rule knows: an error, since a guess would count.
func unclear(e limited.Ended) error {
	how := fmt.Sprintf("exit status %d", e.Exit)
	if e.Signal != "" {
		how = "the signal " + strconv.Quote(e.Signal)
	}
	what := "it said nothing"
	if line := said(firstLine(e.Stderr + e.Stdout)); line != "" {
		what = "it said: " + line
	}
	return fmt.Errorf("%s is no known ending; %s", how, what)
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return strings.TrimSpace(line)
}

// said makes one short line of a message.
func said(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > mostSaid {
		return strings.TrimSpace(string(runes[:mostSaid-3])) + "..."
	}
	return string(runes)
}
