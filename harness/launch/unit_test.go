package launch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestOwnerRoundTrip(t *testing.T) {
	me, err := self()
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseOwner(me.String())
	if err != nil || got != me {
		t.Errorf("%v, %v; want %v", got, err, me)
	}
	if me.goneFor(me) {
		t.Error("this process counts as gone")
	}
}

func FuzzParseOwner(f *testing.F) {
	f.Add("0123456789ab.0123456789ab.12.34")
	f.Add("0123456789ab.0123456789ab.-1.34")
	f.Add("...")
	f.Fuzz(func(t *testing.T, s string) {
		o, err := ParseOwner(s)
		if err != nil {
			return
		}
		if o.PID < 1 {
			t.Errorf("%q: process ID %d", s, o.PID)
		}
		if again, err := ParseOwner(o.String()); err != nil || again != o {
			t.Errorf("%q: %v, %v; want %v", s, again, err, o)
		}
	})
}

func FuzzParseChildren(f *testing.F) {
	f.Add([]byte(`[{"pid":12,"start":34,"what":"target x"}]`))
	f.Add([]byte(`[{"pid":-1}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, err := parseChildren(raw)
		if err != nil {
			return
		}
		for _, c := range list {
			if c.PID < 2 {
				t.Errorf("%q: a sweep would end process %d", raw, c.PID)
			}
		}
	})
}

func FuzzParseShim(f *testing.F) {
	f.Add("--cpus 0,2 --nofile 100 --parent 7 -- /bin/true -x")
	f.Add("--cpus , --parent x")
	f.Fuzz(func(t *testing.T, line string) {
		s, err := parseShim(strings.Fields(line))
		if err != nil {
			return
		}
		command := shimCommand(s.cpus, s.openFiles, s.parent, s.command...)
		if s.gate != "" {
			command = heldCommand(s.cpus, s.openFiles, s.parent, s.gate, s.command...)
		}
		again, err := parseShim(command[1:])
		if err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("%q: %+v, %v; want %+v", line, again, err, s)
		}
	})
}

func TestTailKeepsTheEnd(t *testing.T) {
	var got tail
	for i := range 10_000 {
		fmt.Fprintf(&got, "line %d\n", i)
	}
	lines := strings.Split(got.String(), "\n")
	if len(lines) != tailLines || lines[tailLines-1] != "line 9999" || lines[0] != "line 9980" {
		t.Errorf("%d lines, from %q to %q", len(lines), lines[0], lines[len(lines)-1])
	}
}

func TestLineSplitter(t *testing.T) {
	for _, size := range []int{1, 2, 5, 100} {
		var got []string
		l := &lineSplitter{emit: func(line []byte) { got = append(got, string(line)) }}
		text := []byte("one\ntwo\r\n\nthree\nfour")
		for rest := text; len(rest) > 0; rest = rest[min(size, len(rest)):] {
			_, _ = l.Write(rest[:min(size, len(rest))])
		}
		l.flush()
		if want := []string{"one", "two", "", "three", "four"}; !reflect.DeepEqual(got, want) {
			t.Errorf("pieces of %d: %q, want %q", size, got, want)
		}
		if l.seen != int64(len(text)) {
			t.Errorf("seen %d of %d", l.seen, len(text))
		}
	}
}

func TestSkipWriter(t *testing.T) {
	var out bytes.Buffer
	s := &skipWriter{to: &out, skip: 5}
	for _, part := range []string{"abc", "def", "ghi"} {
		if n, err := s.Write([]byte(part)); n != 3 || err != nil {
			t.Errorf("write: %d, %v", n, err)
		}
	}
	if out.String() != "fghi" {
		t.Errorf("got %q", out.String())
	}
}

func TestPlainWriter(t *testing.T) {
	var out bytes.Buffer
	text := "\x1b[91merror: no such thing\n\x1b[0mStep 2\x1b[1;31m!"
	if n, err := (&plainWriter{to: &out}).Write([]byte(text)); n != len(text) || err != nil {
		t.Errorf("write: %d, %v", n, err)
	}
	if want := "error: no such thing\nStep 2!"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

func TestStaticProblem(t *testing.T) {
	for _, test := range []struct{ path, arch, want string }{
		{standin, "riscv64", "use --runtime process"},
		{"unit_test.go", "x86_64", "no Linux binary"},
	} {
		err := checkAgentBinary(test.path, test.arch)
		wantIn(t, errorText(t, err), test.want)
	}
}

func TestExitOfStatus(t *testing.T) {
	for status, want := range map[int64]Exit{
		0: {}, 3: {Code: 3}, 137: {Code: -1, Signal: "killed"}, 143: {Code: -1, Signal: "terminated"}, 255: {Code: 255},
	} {
		if got := exitOfStatus(status); got != want {
			t.Errorf("status %d: %+v, want %+v", status, got, want)
		}
	}
}

func TestChoose(t *testing.T) {
	opts := Options{AgentBinary: standin, StateDir: t.TempDir()}
	if _, _, err := Choose(testContext(t), "podman", opts); err == nil {
		t.Error("an unknown runtime was chosen")
	}
	l, reason, err := Choose(testContext(t), "process", opts)
	if err != nil {
		t.Fatal(err)
	}
	must(t, l.Close())
	if l.Name() != "process" || !strings.Contains(reason, "--runtime process") {
		t.Errorf("%s: %s", l.Name(), reason)
	}
	wantIn(t, l.Describe(), "memory is watched, not limited")

	ctx, cancel := context.WithCancelCause(context.Background())
	cause := errors.New("Ctrl-C")
	cancel(cause)
	// A cancelled look for an engine must not pass for "there is none".
	if l, _, err := Choose(ctx, "auto", opts); err == nil && l.Name() == "process" {
		t.Error("auto chose processes although it could not look")
	} else if err == nil {
		must(t, l.Close())
	}
}

// An agent that no container can run makes auto take processes, and say why.
func TestChooseAutoSaysWhy(t *testing.T) {
	notStatic := filepath.Join(t.TempDir(), "assay")
	writeFile(t, notStatic, "#!/bin/sh\n", 0o755)
	l, reason, err := Choose(testContext(t), "auto", Options{AgentBinary: notStatic, StateDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	must(t, l.Close())
	if l.Name() != "process" || reason == "" {
		t.Errorf("%s: %q", l.Name(), reason)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
