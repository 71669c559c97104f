package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// slowBuild returns a checkout whose first server takes for ever to build.
func slowBuild(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(built.checkout)); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(root, "targets", "first", "target.toml"), `command = ["go", "build", "-trimpath", "-buildvcs=false", "-o", "bin/server", "."]`, `command = ["sleep", "600"]`)
	return root
}

// edit replaces the one place where a file says old.
func edit(t *testing.T, name, old, now string) {
	t.Helper()
	body, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(body), old) != 1 {
		t.Fatalf("%s does not say %q once", name, old)
	}
	if err := os.WriteFile(name, []byte(strings.Replace(string(body), old, now, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// oneLine checks that an error is one line, and a command to type at most below it.
func oneLine(t *testing.T, text string) {
	t.Helper()
	if first, rest, more := strings.Cut(lastError(text), "\n"); more && (!strings.HasPrefix(rest, "  ") || !strings.Contains(rest, "assay run --resume ") || strings.Contains(rest, "\n")) {
		t.Errorf("not one line: %s\nbut also: %s", first, rest)
	}
}

func TestBusyPort(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	busy, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", l.port))
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	p := l.run(1)
	oneLine(t, p.fails(exitFailed, fmt.Sprintf("port %d is in use by", l.port), fmt.Sprintf("(process %d)", os.Getpid()), "choose another by --port"))
	if dirs := l.dirs(); len(dirs) > 0 {
		t.Errorf("a run directory of nothing: %q", dirs)
	}
	if strings.Contains(p.stderr.String(), "building") {
		t.Errorf("built before it looked at the port:\n%s", &p.stderr)
	}
}

// A port that got busy between a run and its resumption has the same way out.
func TestBusyPortAtResume(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(1)
	l.midTrial(p, 0)
	p.signal(syscall.SIGINT)
	p.fails(exitInterrupted)
	busy, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", l.port))
	if err != nil {
		t.Fatal(err)
	}
	defer busy.Close()
	again := l.start("run", "--resume", l.dir(), "--root", l.root)
	oneLine(t, again.fails(exitFailed, "choose another by --port", "assay run --resume"))
	if strings.Contains(again.stderr.String(), "building") {
		t.Errorf("built before it looked at the port:\n%s", &again.stderr)
	}
	before := l.lines()
	l.port = nextPort(t)
	l.resume("--port", fmt.Sprint(l.port))
	l.settled(before)
}

func TestHundredOpenFiles(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.startCommand(exec.Command("sh", "-c", `ulimit -n 100; exec "$0" run --root "$1" --article tiny --runtime process --out "$2"`, l.binary, l.root, l.out))
	oneLine(t, p.fails(exitMisuse, "this host allows 0 connections to one server (open files: 100 a process", "raise the hard limit of open files"))
	doctor := l.startCommand(exec.Command("sh", "-c", `ulimit -n 100; exec "$0" doctor`, l.binary))
	if status := doctor.wait(); status != exitOK || !strings.Contains(doctor.stdout.String(), "100 soft, 100 hard") {
		t.Errorf("doctor: exit status %d:\n%s%s", status, &doctor.stdout, &doctor.stderr)
	}
}

func TestTwoAssaysOnOneRun(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(1)
	l.midTrial(p, 0)
	second := l.start("run", "--resume", l.dir(), "--root", l.root)
	oneLine(t, second.fails(exitFailed, l.dir()+" is being run by another assay"))
	if text := second.stderr.String(); strings.Contains(text, "building") {
		t.Errorf("the second one built servers beside the first one's trials:\n%s", text)
	}
	p.finishes()
	l.settled(nil)
}

func TestARecordCutShortIsRepairedAtResume(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	p := l.run(1)
	p.finishes()
	lines := l.lines()
	last := len(lines) - 1
	file := filepath.Join(l.dir(), "trials.jsonl")
	cut := strings.Join(lines[:last], "") + lines[last][:40]
	if err := os.WriteFile(file, []byte(cut), 0o644); err != nil {
		t.Fatal(err)
	}
	again := l.resume()
	if !strings.Contains(again.stderr.String(), "removed 40 bytes of a record that a crash cut short") {
		t.Errorf("stderr:\n%s", &again.stderr)
	}
	l.settled(lines[:last])
	if done := l.resume(); !strings.Contains(done.stdout.String(), "0 of 2 trials are left") {
		t.Errorf("a finished run resumed:\n%s", &done.stdout)
	}
}

// A run whose servers changed since cannot go on: its trials would be of two versions.
func TestAChangedServerIsRefusedAtResume(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(l.root)); err != nil {
		t.Fatal(err)
	}
	l.root = root
	l.run(1).finishes()
	another := filepath.Join(root, "targets", "first", "another.go")
	if err := os.WriteFile(another, []byte("package main\n\nimport \"os\"\n\nvar _ = os.Getenv(\"ANOTHER_VERSION\")\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	oneLine(t, l.start("run", "--resume", l.dir(), "--root", l.root).fails(exitFailed, "first was rebuilt since this run began"))
}

func TestABuildThatFails(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	root := t.TempDir()
	if err := os.CopyFS(root, os.DirFS(l.root)); err != nil {
		t.Fatal(err)
	}
	l.root = root
	broken := filepath.Join(root, "targets", "first", "broken.go")
	if err := os.WriteFile(broken, []byte("package main\n\nvar broken = nothing\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	text := l.run(1).fails(exitFailed, "build of first (go build ", "ended: exit status 1; the output above says why")
	oneLine(t, text)
	if strings.Count(text, "./broken.go:3:14: undefined: nothing") != 1 {
		t.Errorf("the compiler's words, once, are not in:\n%s", text)
	}
}
