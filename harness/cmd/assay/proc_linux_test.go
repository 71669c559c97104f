package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// A found is a process of the lab, as /proc shows it.
type found struct {
	pid  int
	exe  string
	args []string
	env  string
}

// processes lists all that this lab's assay is or has started: each has the lab's port or
// temporary directory in its environment. Zombies, whose environment is empty, are gone.
func (l *lab) processes() []found {
	dirs, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		l.t.Fatal(err)
	}
	var all []found
	for _, dir := range dirs {
		env, err := os.ReadFile(filepath.Join(dir, "environ"))
		if err != nil {
			continue // ended meanwhile, or not ours to see
		}
		text := "\x00" + string(env)
		if !strings.Contains(text, fmt.Sprintf("\x00PORT=%d\x00", l.port)) && !strings.Contains(text, "\x00TMPDIR="+l.tmp+"\x00") {
			continue
		}
		p := found{env: text}
		p.pid, _ = strconv.Atoi(filepath.Base(dir)) // the pattern lets nothing but numbers pass
		if p.exe, err = os.Readlink(filepath.Join(dir, "exe")); err != nil {
			continue
		}
		args, _ := os.ReadFile(filepath.Join(dir, "cmdline"))
		p.args = strings.Split(strings.TrimSuffix(string(args), "\x00"), "\x00")
		all = append(all, p)
	}
	return all
}

// target is the process ID of the server under test, 0 when there is none.
func (l *lab) target() int {
	for _, p := range l.processes() {
		if p.exe != l.binary && strings.HasPrefix(p.exe, l.root) {
			return p.pid
		}
	}
	return 0
}

// agent is the process ID of the load agent, 0 when there is none.
func (l *lab) agent() int {
	for _, p := range l.processes() {
		if p.exe == l.binary && len(p.args) > 1 && p.args[1] == "agent" {
			return p.pid
		}
	}
	return 0
}

func (l *lab) kill(pid int) {
	l.t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		l.t.Fatal(err)
	}
}

// nothingLeft waits until no process of the lab is there any more.
func (l *lab) nothingLeft() {
	l.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		left := l.processes()
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			l.t.Fatalf("left behind: %+v", left)
		}
	}
}

// killLeftovers ends what a failed test has left.
func (l *lab) killLeftovers() {
	for _, p := range l.processes() {
		l.t.Logf("ending process %d (%s), which the test left", p.pid, strings.Join(p.args, " "))
		_ = syscall.Kill(p.pid, syscall.SIGKILL)
	}
}
