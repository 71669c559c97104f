package defect

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func shell(script string) command {
	return command{args: []string{"sh", "-c", script}, env: os.Environ(), within: time.Minute, memory: 1 << 30}
}

func TestCommandEnds(t *testing.T) {
	e, err := shell("echo out; echo err >&2; exit 3").run(t.Context())
	if want := (ended{exit: 3, stdout: "out\n", stderr: "err\n"}); err != nil || e != want {
		t.Errorf("%+v, %v", e, err)
	}
	if e, err := shell("kill -ABRT $$").run(t.Context()); err != nil || e.signal != "aborted" || e.exit != -1 {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := (command{args: []string{"/nonexistent"}, within: time.Minute}).run(t.Context()); err == nil {
		t.Error("a program that is not there has run")
	}
}

func TestCommandMeetsItsTime(t *testing.T) {
	c := shell("sleep 600 & sleep 600") // the one in the background holds the pipes open
	c.within = 50 * time.Millisecond
	if e, err := c.run(t.Context()); err != nil || e.over != "did not end within 50ms" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestCommandMeetsItsMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is watched on Linux alone")
	}
	c := shell("sleep 600")
	c.memory = 1
	if e, err := c.run(t.Context()); err != nil || e.over != "used more than 0 MiB" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestCommandIsInterrupted(t *testing.T) {
	cause := errors.New("caught")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	if _, err := shell("sleep 600").run(ctx); !errors.Is(err, cause) && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestBoundedKeepsTheBeginning(t *testing.T) {
	var b bounded
	for range 3 {
		if n, err := b.Write([]byte(strings.Repeat("x", mostOutput/2))); n != mostOutput/2 || err != nil {
			t.Fatal(n, err)
		}
	}
	if b.Len() != mostOutput {
		t.Error(b.Len())
	}
}
