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
	if err := checkFolder(folder, "go.mod"); err != nil {
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
		found := compilerErrors(built.Stderr)
		out.Outcome, out.Says = trial.WorkRefused, w.said(found[0])
		if p.refused == "" || slices.ContainsFunc(found, func(line string) bool { return !strings.HasPrefix(line, "error["+p.refused+"]") }) {
			w.failed = fmt.Sprintf("%s: the compiler refuses it otherwise than programs.toml says: %s", p.id, w.said(strings.Join(found, "; ")))
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

// compilerErrors are the lines with rustc's errors but for the one that only counts them, or all that was said as one.
func compilerErrors(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "error") && !strings.HasPrefix(line, "error: aborting due to") {
			out = append(out, strings.TrimSpace(line))
		}
	}
	if len(out) == 0 {
		return []string{text}
	}
	return out
}

func (w *workshop) compile(p program) (limited.Ended, bool) {
	if p.language() == "go" {
		return w.tool("go", "build", "-o", p.id, p.file)
	}
	return w.tool("rustc", "--edition", rustEdition, "--cap-lints", "allow", "-o", p.id, p.file)
}
