package defect

import (
	"testing"

	"github.com/assay-bench/assay/harness/limited"
	"github.com/assay-bench/assay/harness/mistake"
)

func TestClassify(t *testing.T) {
	run := func(e limited.Ended) (mistake.Step, error) { return judgeRun(mistake.Run, "right", e) }
	rust := func(level, code string) string {
		return `{"$message_type":"diagnostic","message":"words","code":` + code + `,"level":"` + level + `","spans":[{"line_start":2,"column_start":9,"is_primary":true}]}` + "\n"
	}
	const summary = `{"message":"aborting due to 1 previous error","code":null,"level":"error","spans":[]}` + "\n"
	for _, c := range []struct {
		name  string
		judge func(limited.Ended) (mistake.Step, error)
		ended limited.Ended
		want  mistake.Step // Name left out
		fails bool
	}{
		{name: "go builds", judge: judgeGoBuild, want: mistake.Step{Outcome: mistake.Passed}},
		{name: "go rejects", judge: judgeGoBuild, ended: limited.Ended{Exit: 1, Stderr: "# defect\n./main.go:5:2: declared and not used: x\n"},
			want: mistake.Step{Outcome: mistake.Rejected, Says: "main.go:5:2: declared and not used: x"}},
		{name: "go is broken", judge: judgeGoBuild, ended: limited.Ended{Exit: 1, Stderr: "go: cannot find GOROOT\n"}, fails: true},

		{name: "vet passes", judge: judgeVet, ended: limited.Ended{Stdout: "{}\n"}, want: mistake.Step{Outcome: mistake.Passed}},
		{name: "vet finds, in the program's order", judge: judgeVet,
			ended: limited.Ended{Stderr: "# defect\n{\"defect\": {\"printf\": [{\"posn\": \"/tmp/x/main.go:9:2\", \"message\": \"later\"}], \"assign\": [{\"posn\": \"/tmp/x/main.go:7:2\", \"message\": \"self-assignment\"}]}}\n"},
			want:  mistake.Step{Outcome: mistake.Found, Code: "assign", Says: "main.go:7:2: self-assignment"}},
		{name: "vet fails", judge: judgeVet, ended: limited.Ended{Exit: 1, Stderr: "vet: no"}, fails: true},
		{name: "vet says what is not JSON", judge: judgeVet, ended: limited.Ended{Stdout: "hello"}, fails: true},

		{name: "staticcheck passes", judge: judgeStaticcheck, want: mistake.Step{Outcome: mistake.Passed}},
		{name: "staticcheck finds", judge: judgeStaticcheck, ended: limited.Ended{Exit: 1, Stdout: `{"code":"SA4006","location":{"line":3,"column":2},"message":"never used"}` + "\n"},
			want: mistake.Step{Outcome: mistake.Found, Code: "SA4006", Says: "main.go:3:2: never used"}},
		{name: "staticcheck cannot compile", judge: judgeStaticcheck, ended: limited.Ended{Exit: 1, Stdout: `{"code":"compile","message":"no"}` + "\n"}, fails: true},
		{name: "staticcheck fails", judge: judgeStaticcheck, ended: limited.Ended{Exit: 2}, fails: true},
		{name: "staticcheck fails and says nothing", judge: judgeStaticcheck, ended: limited.Ended{Exit: 1}, fails: true},

		{name: "rustc builds", judge: judgeRustBuild, want: mistake.Step{Outcome: mistake.Passed}},
		{name: "rustc warns", judge: judgeRustBuild, ended: limited.Ended{Stderr: rust("warning", `{"code":"unused_variables"}`)},
			want: mistake.Step{Outcome: mistake.Warned, Code: "unused_variables", Says: "main.rs:2:9: words"}},
		{name: "rustc rejects", judge: judgeRustBuild, ended: limited.Ended{Exit: 1, Stderr: rust("warning", `{"code":"dead_code"}`) + rust("error", `{"code":"E0382"}`) + summary},
			want: mistake.Step{Outcome: mistake.Rejected, Code: "E0382", Says: "main.rs:2:9: words"}},
		{name: "rustc rejects without a code", judge: judgeRustBuild, ended: limited.Ended{Exit: 1, Stderr: rust("error", "null") + summary}, want: mistake.Step{Outcome: mistake.Rejected, Says: "main.rs:2:9: words"}},
		{name: "the linker fails", judge: judgeRustBuild, ended: limited.Ended{Exit: 1, Stderr: `{"message":"linking failed","code":null,"level":"error","spans":[]}` + "\n"}, fails: true},
		{name: "rustc is broken", judge: judgeRustBuild, ended: limited.Ended{Exit: 1, Stderr: "error: no toolchain"}, fails: true},

		{name: "clippy repeats the compiler", judge: judgeClippy, ended: limited.Ended{Stderr: rust("warning", `{"code":"dead_code"}`)}, want: mistake.Step{Outcome: mistake.Passed}},
		{name: "clippy warns", judge: judgeClippy, ended: limited.Ended{Stderr: rust("warning", `{"code":"clippy::eq_op"}`)},
			want: mistake.Step{Outcome: mistake.Found, Code: "clippy::eq_op", Says: "main.rs:2:9: words"}},
		{name: "clippy denies", judge: judgeClippy, ended: limited.Ended{Exit: 1, Stderr: rust("error", `{"code":"clippy::eq_op"}`) + summary},
			want: mistake.Step{Outcome: mistake.Found, Code: "clippy::eq_op", Says: "main.rs:2:9: words"}},
		{name: "clippy fails", judge: judgeClippy, ended: limited.Ended{Exit: 101}, fails: true},

		{name: "right", judge: run, ended: limited.Ended{Stdout: "right\n"}, want: mistake.Step{Outcome: mistake.Right}},
		{name: "silent", judge: run, ended: limited.Ended{Stdout: "wrong\n"}, want: mistake.Step{Outcome: mistake.Silent, Says: `prints "wrong"`}},
		{name: "silent with nothing", judge: run, want: mistake.Step{Outcome: mistake.Silent, Says: `prints ""`}},
		{name: "silent beside a thread's panic", judge: run, ended: limited.Ended{Stdout: "wrong\n", Stderr: "thread panicked at main.rs:1:1:\nx\n"}, want: mistake.Step{Outcome: mistake.Silent, Says: `prints "wrong"`}},
		{name: "go panics", judge: run, ended: limited.Ended{Exit: 2, Stderr: "panic: runtime error: index out of range [7] with length 3\n\ngoroutine 1\n"},
			want: mistake.Step{Outcome: mistake.Stopped, Says: "panic: runtime error: index out of range [7] with length 3"}},
		{name: "go's stack is full", judge: run, ended: limited.Ended{Exit: 2, Stderr: "runtime: goroutine stack exceeds\nfatal error: stack overflow\n"},
			want: mistake.Step{Outcome: mistake.Stopped, Says: "fatal error: stack overflow"}},
		{name: "a race", judge: run, ended: limited.Ended{Exit: 66, Stderr: "====\nWARNING: DATA RACE\n"}, want: mistake.Step{Outcome: mistake.Stopped, Says: "WARNING: DATA RACE"}},
		{name: "rust panics", judge: run, ended: limited.Ended{Exit: 101, Stderr: "\nthread 'main' (7) panicked at main.rs:9:20:\nattempt to add with overflow\nnote: run with\n"},
			want: mistake.Step{Outcome: mistake.Stopped, Says: "attempt to add with overflow"}},
		{name: "rust's stack is full", judge: run, ended: limited.Ended{Exit: -1, Signal: "aborted", Stderr: "\nthread 'main' has overflowed its stack\n"},
			want: mistake.Step{Outcome: mistake.Stopped, Says: "fatal runtime error: stack overflow"}},
		{name: "no end", judge: run, ended: limited.Ended{Exit: -1, Signal: "killed", Over: "did not end within 10s"}, want: mistake.Step{Outcome: mistake.Hung, Says: "did not end within 10s"}},
		{name: "no memory left", judge: run, ended: limited.Ended{Exit: -1, Signal: "killed", Over: "used more than 512 MiB", OverMemory: true}, want: mistake.Step{Outcome: mistake.Outgrown, Says: "used more than 512 MiB"}},
		{name: "a status of its own", judge: run, ended: limited.Ended{Exit: 3}, fails: true},
		{name: "a panic's status without a panic", judge: run, ended: limited.Ended{Exit: 2, Stderr: "usage"}, fails: true},
		{name: "killed by others", judge: run, ended: limited.Ended{Exit: -1, Signal: "killed"}, fails: true},
	} {
		got, err := c.judge(c.ended)
		if got.Name = ""; c.fails != (err != nil) || !c.fails && got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

// An ending that no rule knows is told in one sentence without gaps.
func TestUnclearIsASentence(t *testing.T) {
	for want, e := range map[string]limited.Ended{
		"exit status 42 is no known ending; it said nothing":               {Exit: 42},
		"exit status 42 is no known ending; it said: usage":                {Exit: 42, Stderr: "usage\n"},
		`the signal "killed" is no known ending; it said: out of patience`: {Exit: -1, Signal: "killed", Stdout: "out of patience"},
	} {
		if got := unclear(e).Error(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
