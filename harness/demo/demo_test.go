package demo

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/assay-bench/assay/harness/trial"
)

// folder is a copy of a demonstration with one text in a file replaced, as somebody makes his own.
func folder(t *testing.T, name, file, from, to string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "mine")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "scenarios", name))); err != nil {
		t.Fatal(err)
	}
	if file == "" {
		return dir
	}
	text, err := os.ReadFile(filepath.Join(dir, file))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), from) {
		t.Fatalf("%s does not hold %q", file, from)
	}
	if err := os.WriteFile(filepath.Join(dir, file), []byte(strings.ReplaceAll(string(text), from, to)), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// leavesNothing makes a temporary directory of the test's own, which has to be empty afterwards.
func leavesNothing(t *testing.T) {
	t.Helper()
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Cleanup(func() {
		if left, err := filepath.Glob(filepath.Join(temp, "assay-demo-*")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

// The real programs agree, and every figure is there.
func TestTogether(t *testing.T) {
	leavesNothing(t)
	dir := folder(t, "together", "", "", "")
	before, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Together(t.Context(), dir)
	if err != nil || got.Missing != "" || got.Failed != "" {
		t.Fatalf("%v; %s %s", err, got.Missing, got.Failed)
	}
	if len(got.Builds) != builds || len(got.Calls) != rounds*4*3 || len(got.Tools) != 3 || got.BytesWith <= 0 || got.BytesWithout <= 0 {
		t.Errorf("%d builds, %d timed calls, tools %q, %d and %d bytes", len(got.Builds), len(got.Calls), got.Tools, got.BytesWithout, got.BytesWith)
	}
	for _, b := range got.Builds {
		if b.WithSeconds <= 0 || b.WithoutSeconds <= 0 {
			t.Errorf("%+v", b)
		}
	}
	answers := map[string]string{}
	for _, c := range got.Calls {
		if first, ok := answers[c.Work]; ok && c.Answer != first || c.Nanos <= 0 {
			t.Errorf("%+v, first %s", c, first)
		}
		answers[c.Work] = c.Answer
	}
	if after, err := os.ReadDir(dir); err != nil || len(after) != len(before) {
		t.Errorf("the folder held %d files and holds %d (%v)", len(before), len(after), err)
	}
}

// A function that computes something else in Rust is seen in the answers.
func TestTogetherSeesAWrongAnswer(t *testing.T) {
	got, err := Together(t.Context(), folder(t, "together", "rust/lib.rs", "(x >> 27)", "(x >> 26)"))
	if err != nil || got.Failed != "" {
		t.Fatal(err, got.Failed)
	}
	answers := map[string]map[string]string{}
	for _, c := range got.Calls {
		if answers[c.Work] == nil {
			answers[c.Work] = map[string]string{}
		}
		answers[c.Work][c.Side] = c.Answer
	}
	for work, of := range answers {
		if differ := of[trial.GoCallsGo] != of[trial.GoCallsRust]; differ != strings.HasPrefix(work, "splitmix64") {
			t.Errorf("%s: %v", work, of)
		}
	}
}

// What is wrong with a program is said in the result; no run ends for it.
func TestTogetherThatFails(t *testing.T) {
	leavesNothing(t)
	for name, c := range map[string]struct{ file, from, to, want string }{
		"Rust that is none":      {"rust/lib.rs", "a.wrapping_add(b)", "a.wrapping_add(c)", "`rustc --edition 2024 --crate-type staticlib -C opt-level=3 -o libtogether.a rust/lib.rs` failed: error[E0425]"},
		"a function not there":   {"rust/lib.rs", "fn together_add", "fn together_sum", "undefined reference to `together_add'"},
		"a panic":                {"work.go", "return a + b", `panic("no sum")`, "with-5 ended with exit status 2 : panic: no sum"},
		"other numbers of calls": {"rust/main.rs", "20_000", "10_000", `"FNV-1a of 1 KiB": 10000 calls on side "rust", 20000 on side "`},
		"a work on one side":     {"rust/main.rs", `"FNV-1a of 1 KiB"`, `"FNV"`, `0 lines of "FNV-1a of 1 KiB" on side "rust"`},
	} {
		got, err := Together(t.Context(), folder(t, "together", c.file, c.from, c.to))
		if err != nil || !strings.Contains(got.Failed, c.want) || len(got.Calls)+len(got.Builds) != 0 {
			t.Errorf("%s: %q, %v", name, got.Failed, err)
		}
		if strings.Contains(got.Failed, os.TempDir()) {
			t.Errorf("%s: names a temporary directory: %s", name, got.Failed)
		}
	}
}

// A missing compiler is said, with what to do, and nothing is built.
func TestMissingToolsAreSaid(t *testing.T) {
	bin := t.TempDir()
	for _, name := range []string{"go", "cc"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\nexit 1\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	const want = "rustc is not in PATH; install Rust, https://rustup.rs"
	if got, err := Together(t.Context(), folder(t, "together", "", "", "")); err != nil || got.Missing != want || got.Failed != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := AsyncRuntime(t.Context(), folder(t, "async-runtime", "", "", "")); err != nil || got.Missing != want || len(got.Programs) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	t.Setenv("PATH", t.TempDir())
	got, err := Together(t.Context(), folder(t, "together", "", "", ""))
	for _, name := range []string{"go is not in PATH; install Go", "rustc is not", "cc is not in PATH; install a C compiler"} {
		if err != nil || !strings.Contains(got.Missing, name) {
			t.Errorf("%q lacks %q (%v)", got.Missing, name, err)
		}
	}
}

func TestAsyncRuntime(t *testing.T) {
	leavesNothing(t)
	got, err := AsyncRuntime(t.Context(), folder(t, "async-runtime", "", "", ""))
	if err != nil || got.Failed != "" || len(got.Programs) != 4 || len(got.Tools) != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []trial.AsyncProgram{
		{ID: "async-main", Language: "rust", Executor: trial.NoExecutor, Outcome: trial.WorkRefused, Says: "error[E0752]"},
		{ID: "future", Language: "rust", Executor: trial.NoExecutor, Outcome: trial.WorkIdle, Says: "made a future of"},
		{ID: "own-executor", Language: "rust", Executor: trial.OwnExecutor, Outcome: trial.WorkRan, Says: "ran"},
		{ID: "goroutine", Language: "go", Executor: trial.LanguageExecutor, Outcome: trial.WorkRan, Says: "ran"},
	} {
		p := got.Programs[i]
		if p.ID != want.ID || p.Language != want.Language || p.Executor != want.Executor || p.Outcome != want.Outcome || !strings.HasPrefix(p.Says, want.Says) || p.About == "" {
			t.Errorf("%+v, want %+v", p, want)
		}
	}
}

// A program of somebody's own counts by what it does, and one that breaks says so.
func TestAsyncRuntimeOfAnotherFolder(t *testing.T) {
	for name, c := range map[string]struct{ file, from, to, failed, outcome string }{
		"one that runs its work":         {"rust/future/main.rs", "let future = work();", "println!(\"ran\"); let future = work();", "", trial.WorkRan},
		"refused for another reason":     {"rust/future/main.rs", "work();", "wrk();", "future: the compiler refuses it otherwise than programs.toml says: error[E0425]", ""},
		"refused with another code":      {"rust/async-main/main.rs", "println!", "prinln!", "async-main: the compiler refuses it otherwise", ""},
		"a panic":                        {"rust/future/main.rs", "let future = work();", "panic!(\"no future\"); #[allow(unreachable_code)] let future = work();", "future ended with exit status 101", ""},
		"an error status after the work": {"go/main.go", "<-done", "<-done; panic(1)", "goroutine ended with exit status 2", ""},
	} {
		got, err := AsyncRuntime(t.Context(), folder(t, "async-runtime", c.file, c.from, c.to))
		if err != nil || !strings.HasPrefix(got.Failed, c.failed) || (c.failed == "") != (got.Failed == "") {
			t.Errorf("%s: %q, %v", name, got.Failed, err)
		}
		if c.outcome != "" && (len(got.Programs) < 2 || got.Programs[1].Outcome != c.outcome) {
			t.Errorf("%s: %+v", name, got.Programs)
		}
	}
}

func TestInterrupted(t *testing.T) {
	leavesNothing(t)
	cause := errors.New("caught")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	if _, err := Together(ctx, folder(t, "together", "", "", "")); !errors.Is(err, cause) && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := AsyncRuntime(ctx, folder(t, "async-runtime", "", "", "")); !errors.Is(err, cause) && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
