package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/limited"
)

// Limits of one process: many times what each takes.
const (
	toolTime      = 3 * time.Minute
	toolMemory    = 4 << 30
	programTime   = 30 * time.Second
	programMemory = 1 << 30
)

// rustEdition is that of all programs.
const rustEdition = "2024"

const mostSaid = 200 // characters kept of the beginning of what a tool or program said, and of its end

// A workshop is a copy of a demonstration's folder. After a failure its methods do nothing, so that a demonstration reads
// as a list.
type workshop struct {
	ctx    context.Context
	dir    string
	failed string // what went wrong with a tool or program, a sentence
	err    error  // the harness's own: ctx ended, the disk is full
}

// openWorkshop copies the folder. close removes the copy.
func openWorkshop(ctx context.Context, folder string) (w *workshop, close func() error, err error) {
	dir, err := os.MkdirTemp("", "assay-demo-")
	if err != nil {
		return nil, nil, err
	}
	close = func() error { return os.RemoveAll(dir) }
	if err := os.CopyFS(filepath.Join(dir, "src"), os.DirFS(folder)); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("copy %s: %w", folder, err), close())
	}
	if err := os.Mkdir(filepath.Join(dir, "run"), 0o755); err != nil {
		return nil, nil, errors.Join(err, close())
	}
	return &workshop{ctx: ctx, dir: dir}, close, nil
}

func (w *workshop) stopped() bool { return w.failed != "" || w.err != nil }

// src is the copy, run an empty directory for programs.
func (w *workshop) src() string { return filepath.Join(w.dir, "src") }
func (w *workshop) run() string { return filepath.Join(w.dir, "run") }

// tool runs a compiler in the copy, which may fail: the caller looks at how it ended.
func (w *workshop) tool(args ...string) (limited.Ended, bool) {
	return w.command(limited.Command{Dir: w.src(), Args: args, Env: limited.ToolEnv(), Within: toolTime, Memory: toolMemory})
}

// must runs a compiler that has to succeed.
func (w *workshop) must(args ...string) limited.Ended {
	e, ok := w.tool(args...)
	if ok && e.Exit != 0 {
		w.failed = fmt.Sprintf("`%s` failed: %s", strings.Join(args, " "), w.said(e.Stderr+e.Stdout))
	}
	return e
}

// start runs a program that was built in the copy, in a directory of its own.
func (w *workshop) start(binary string, args ...string) (limited.Ended, bool) {
	c := limited.Command{Dir: w.run(), Args: append([]string{filepath.Join(w.src(), binary)}, args...), Env: limited.ProgramEnv(w.run()), Within: programTime, Memory: programMemory}
	e, ok := w.command(c)
	if ok && e.Exit != 0 {
		w.failed = fmt.Sprintf("%s ended with exit status %d %s: %s", binary, e.Exit, e.Signal, w.said(e.Stderr+e.Stdout))
	}
	return e, !w.stopped()
}

func (w *workshop) command(c limited.Command) (limited.Ended, bool) {
	if w.stopped() {
		return limited.Ended{}, false
	}
	var e limited.Ended
	if e, w.err = c.Run(w.ctx); w.err != nil {
		w.err = fmt.Errorf("%s: %w", filepath.Base(c.Args[0]), w.err)
		return e, false
	}
	if e.Over != "" {
		w.failed = filepath.Base(c.Args[0]) + " " + e.Over
	}
	return e, !w.stopped()
}

// said is what a tool said on one short line, without the place of the copy. Go's heading of a package says nothing.
func (w *workshop) said(text string) string {
	var lines []string
	for line := range strings.Lines(strings.ReplaceAll(text, w.src()+string(filepath.Separator), "")) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
			lines = append(lines, line)
		}
	}
	runes := []rune(strings.Join(strings.Fields(strings.Join(lines, " ")), " "))
	if len(runes) > 2*mostSaid { // a compiler begins with its error, a linker ends with it
		return string(runes[:mostSaid]) + " ... " + string(runes[len(runes)-mostSaid:])
	}
	if len(runes) == 0 {
		return "it said nothing"
	}
	return string(runes)
}

// versions asks the tools for theirs.
func (w *workshop) versions(asks ...[]string) []string {
	var out []string
	for _, args := range asks {
		line, _, _ := strings.Cut(strings.TrimSpace(w.must(args...).Stdout), "\n")
		out = append(out, line)
	}
	return out
}

// missing names every tool that is not there, "" for none.
func missing(needs ...limited.Need) string {
	var out []string
	for _, n := range needs {
		if why := n.Missing(); why != "" {
			out = append(out, why)
		}
	}
	return strings.Join(out, "; ")
}
