package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// onTerminal runs assay on a pseudo-terminal of 80 columns and returns all that it shows.
func (l *lab) onTerminal(env []string, args ...string) string {
	l.t.Helper()
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		l.t.Fatal(err)
	}
	defer master.Close()
	number, err := unix.IoctlGetInt(int(master.Fd()), unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(master.Fd()), unix.TIOCSPTLCK, 0)
	}
	if err == nil {
		err = unix.IoctlSetWinsize(int(master.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80})
	}
	if err != nil {
		l.t.Fatal(err)
	}
	slave, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		l.t.Fatal(err)
	}
	cmd := exec.Command(l.binary, args...)
	cmd.Env = append(append(os.Environ(), "TMPDIR="+l.tmp, "TERM=xterm"), env...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	err = cmd.Start()
	slave.Close()
	if err != nil {
		l.t.Fatal(err)
	}
	shown, _ := io.ReadAll(master) // ends with an error when the last user of the slave is gone
	if err := cmd.Wait(); err != nil && !strings.Contains(string(shown), errNothingUsable.Error()) {
		l.t.Errorf("%v:\n%s", err, shown)
	}
	return string(shown)
}

func TestLiveBar(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	shown := l.onTerminal(nil, "run", "--root", l.root, "--article", "tiny", "--only", "rate/400", "--runtime", "process",
		"--blocks", "1", "--port", fmt.Sprint(l.port), "--out", l.out)
	frame := regexp.MustCompile(`\r\x1b\[K([█░][^\r\n]*)`)
	frames := frame.FindAllStringSubmatch(shown, -1)
	for _, want := range []string{"1/4  block 1  rate/400  ", "4/4  block 1  rate/400  ", "(A/A)", "null-server", "starting", "measuring", " left"} {
		if !strings.Contains(fmt.Sprint(frames), want) {
			t.Errorf("no frame of the bar shows %q:\n%q", want, frames)
		}
	}
	for _, f := range frames {
		if n := utf8.RuneCountInString(f[1]); n >= 80 {
			t.Errorf("%d columns, which wraps:\n%s", n, f[1])
		}
	}
	after := shown[strings.LastIndex(shown, "░"):]
	if !strings.Contains(after, "\r\x1b[K") || !strings.Contains(after, "report: ") {
		t.Errorf("the bar stays when the report is there:\n%q", after)
	}
}

func TestColoursAreForTerminalsThatWantThem(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	dir := filepath.Join(t.TempDir(), "run")
	if err := os.CopyFS(dir, os.DirFS(recorded)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		env  []string
		want bool
	}{
		{"a terminal", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
		{"NO_COLOR, empty", []string{"NO_COLOR="}, true}, // no-color.org: when not an empty string
		{"a dumb terminal", []string{"TERM=dumb"}, false},
	} {
		for _, args := range [][]string{{"judge", dir}, {"doctor"}} {
			shown := l.onTerminal(c.env, args...)
			if got := strings.Contains(shown, "\x1b["); got != c.want {
				t.Errorf("%s, assay %s: colours %t, want %t:\n%q", c.name, args[0], got, c.want, shown)
			}
			for line := range strings.Lines(shown) {
				plain := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(strings.TrimRight(line, "\r\n"), "")
				if n := utf8.RuneCountInString(plain); args[0] == "judge" && n > 80 {
					t.Errorf("%s: %d columns on a terminal of 80:\n%s", c.name, n, plain)
				}
			}
		}
	}
}
