package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrongTargets breaks a right server on purpose, each time in one way that the agent alone
// cannot see or would not look for, and target verify says what is wrong.
func TestWrongTargets(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		file, old, now string
		says           string
	}{
		"SIGTERM not handled": {"main.go", "syscall.SIGTERM, os.Interrupt", "syscall.SIGHUP, os.Interrupt",
			"drain: SIGTERM: end: want exit status 0 within 10s, got ended by signal: terminated"},
		"SIGTERM ignored": {"main.go", "run(ctx, ln, config)", "run(context.WithoutCancel(ctx), ln, config)",
			"drain: SIGTERM: end: want exit status 0 within 10s, got ended by signal: killed"},
		"open requests cut off": {"server.go", "drainTimeout = 8 * time.Second", "drainTimeout = 100 * time.Millisecond",
			"drain: GET /hold?ms=1000 (open when the server is told to end): connection: want the whole answer"},
		"ends with a failure": {"server.go", "return <-drained", `return errors.Join(<-drained, errors.New("done"))`,
			"drain: SIGTERM: end: want exit status 0 within 10s, got exit status 1"},
		"threads": {"stats.go", "runtime.GOMAXPROCS(0)", "runtime.GOMAXPROCS(0)+7", "threads: GET /stats: worker_threads: want "},
		"collector": {"stats.go", "gc.NumGC", "0*gc.NumGC",
			"collector: GET /stats: gc_count after 2048 orders of 32768 bytes: want more than 0"},
		"resident":  {"stats.go", "return pages * uint64", "return 1024 * pages * uint64", "resident: GET /stats: resident_bytes: want "},
		"hold late": {"hold.go", "time.Duration(ms) *", "50*time.Millisecond + time.Duration(ms) *", "in the best of 5 attempts"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t)
			root := t.TempDir()
			if err := os.CopyFS(root, os.DirFS(l.root)); err != nil {
				t.Fatal(err)
			}
			rewrite(t, filepath.Join(root, "targets", "first", tt.file), tt.old, tt.now)
			p := l.start("target", "verify", "first", "--root", root, "--runtime", "process", "--port", fmt.Sprint(l.port))
			oneLine(t, p.fails(exitFailed, "first differs from targets/CONTRACT.md in "))
			if !strings.Contains(p.stdout.String(), tt.says) {
				t.Errorf("want %q in\n%s", tt.says, &p.stdout)
			}
			l.nothingLeft()
		})
	}
}
