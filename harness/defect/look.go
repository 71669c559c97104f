package defect

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/mistake"
)

// A look is one program on its way through its steps. After an error its methods do nothing, so that a language's
// steps read as a list.
type look struct {
	ctx   context.Context
	r     *runner
	dir   string
	want  string
	steps []mistake.Step
	err   error
}

func (r *runner) program(ctx context.Context, dir, want string) *look {
	return &look{ctx: ctx, r: r, dir: dir, want: want}
}

// tool runs a compiler or linter and classifies what it said.
func (l *look) tool(name string, judge func(limited.Ended) (mistake.Step, error), args ...string) {
	if e, ok := l.run(name, args); ok {
		l.add(name, judge, e)
	}
}

// must runs a tool that has no column: it repeats a build that was good.
func (l *look) must(args ...string) {
	if e, ok := l.run(args[0], args); ok && e.Exit != 0 {
		l.err = fmt.Errorf("%v: %w", args, unclear(e))
	}
}

// run runs a tool under the tools' limits; one that meets them is an error.
func (l *look) run(name string, args []string) (limited.Ended, bool) {
	if l.err != nil {
		return limited.Ended{}, false
	}
	c := limited.Command{Dir: l.dir, Args: args, Env: l.r.tools.env, Within: time.Duration(l.r.limits.ToolSeconds) * time.Second, Memory: l.r.limits.ToolMemoryBytes}
	e, err := c.Run(l.ctx)
	if err == nil && e.Over != "" {
		err = fmt.Errorf("%v %s", args, e.Over)
	}
	if err != nil {
		l.err = fmt.Errorf("%s: %w", name, err)
	}
	return e, err == nil
}

// start runs the program itself, in an empty directory. Programs that rest on an order in time pause for a tenth of a
// second or more, which a host with a job on each CPU keeps.
func (l *look) start(name, binary string) {
	if l.err != nil {
		return
	}
	dir := filepath.Join(l.dir, "in-"+name)
	if l.err = os.Mkdir(dir, 0o755); l.err != nil {
		return
	}
	c := limited.Command{
		Dir: dir, Args: []string{filepath.Join(l.dir, binary)}, Env: programEnv(dir),
		Within: time.Duration(l.r.limits.ProgramSeconds) * time.Second, Memory: l.r.limits.ProgramMemoryBytes,
	}
	e, err := c.Run(l.ctx)
	if err != nil {
		l.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	l.add(name, func(e limited.Ended) (mistake.Step, error) { return judgeRun(name, l.want, e) }, e)
}

func (l *look) add(name string, judge func(limited.Ended) (mistake.Step, error), e limited.Ended) {
	s, err := judge(e)
	if err != nil {
		l.err = fmt.Errorf("%s: %w", name, err)
		return
	}
	l.steps = append(l.steps, s)
}

func (l *look) rejected() bool { return len(l.steps) > 0 && l.steps[0].Outcome == mistake.Rejected }

func (l *look) result() (mistake.Program, error) { return mistake.Program{Steps: l.steps}, l.err }

func copyProgram(source, dir string) error {
	text, err := os.ReadFile(source)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, filepath.Base(source)), text, 0o644)
}
