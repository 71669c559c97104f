package demo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/trial"
)

// ranLine is what the work of each program prints.
const ranLine = "ran"

// AsyncRuntime builds and runs the programs of a folder like scenarios/async-runtime. The error is the harness's, or that of
// the folder's list; what is wrong with tools or programs stands in the result.
func AsyncRuntime(ctx context.Context, folder string) (_ trial.AsyncRuntime, err error) {
	programs, err := loadPrograms(folder)
	if err != nil {
		return trial.AsyncRuntime{}, err
	}
	if why := missing(limited.Go(), limited.Rust(), limited.C()); why != "" {
		return trial.AsyncRuntime{Missing: why}, nil
	}
	w, closeShop, err := openWorkshop(ctx, folder)
	if err != nil {
		return trial.AsyncRuntime{}, err
	}
	defer func() { err = errors.Join(err, closeShop()) }()
	out := trial.AsyncRuntime{Tools: w.versions([]string{"go", "version"}, []string{"rustc", "--version"})}
	for _, p := range programs {
		out.Programs = append(out.Programs, w.outcome(p))
	}
	if w.failed != "" {
		return trial.AsyncRuntime{Failed: w.failed, Tools: out.Tools}, nil
	}
	return out, w.err
}

// outcome builds a program and runs it, where its compiler takes it.
func (w *workshop) outcome(p program) trial.AsyncProgram {
	out := trial.AsyncProgram{ID: p.id, About: p.about, Language: p.language(), Executor: p.executor}
	built, ok := w.compile(p)
	if !ok {
		return out
	}
	if built.Exit != 0 {
		out.Outcome, out.Says = trial.WorkRefused, w.said(firstError(built.Stderr))
		if p.refused == "" || !strings.Contains(built.Stderr, "error["+p.refused+"]") {
			w.failed = fmt.Sprintf("%s: the compiler refuses it otherwise than programs.toml says: %s", p.id, out.Says)
		}
		return out
	}
	ran, ok := w.start(p.id)
	if !ok {
		return out
	}
	lines := strings.Split(strings.TrimSpace(ran.Stdout), "\n")
	out.Outcome, out.Says = trial.WorkIdle, w.said(lines[0])
	if slices.Contains(lines, ranLine) {
		out.Outcome = trial.WorkRan
	}
	return out
}

// firstError is the first line of a compiler that speaks of an error, or all that it said.
func firstError(text string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "error") {
			return line
		}
	}
	return text
}

func (w *workshop) compile(p program) (limited.Ended, bool) {
	if p.language() == "go" {
		return w.tool("go", "build", "-o", p.id, p.file)
	}
	return w.tool("rustc", "--edition", rustEdition, "--cap-lints", "allow", "-o", p.id, p.file)
}
