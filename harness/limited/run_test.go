package limited

import (
	"context"
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

func shell(script string) Command {
	return Command{Args: []string{"sh", "-c", script}, Env: os.Environ(), Within: time.Minute, Memory: 1 << 30}
}

func TestCommandEnds(t *testing.T) {
	e, err := shell("echo out; echo err >&2; exit 3").Run(t.Context())
	if want := (Ended{Exit: 3, Stdout: "out\n", Stderr: "err\n", Took: e.Took}); err != nil || e != want || e.Took <= 0 {
		t.Errorf("%+v, %v", e, err)
	}
	if e, err := shell("kill -ABRT $$").Run(t.Context()); err != nil || e.Signal != "aborted" || e.Exit != -1 {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := (Command{Args: []string{"/nonexistent"}, Within: time.Minute}).Run(t.Context()); err == nil {
		t.Error("a program that is not there has run")
	}
}

func TestCommandMeetsItsTime(t *testing.T) {
	c := shell("sleep 600 & sleep 600") // the one in the background holds the pipes open
	c.Within = 50 * time.Millisecond
	if e, err := c.Run(t.Context()); err != nil || e.Over != "did not end within 50ms" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestCommandMeetsItsMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("memory is watched on Linux alone")
	}
	c := shell("sleep 600")
	c.Memory = 1
	if e, err := c.Run(t.Context()); err != nil || e.Over != "used more than 0 MiB" {
		t.Errorf("%+v, %v", e, err)
	}
}

func TestCommandIsInterrupted(t *testing.T) {
	cause := errors.New("caught")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	if _, err := shell("sleep 600").Run(ctx); !errors.Is(err, cause) && !errors.Is(err, context.Canceled) {
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
