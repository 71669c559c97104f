package main

import (
	"bytes"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// A process is an assay that runs in the lab.
type process struct {
	t              *testing.T
	cmd            *exec.Cmd
	stdout, stderr output
	ended          chan struct{}
}

// output can be read while it is written.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// wait returns the exit status.
func (p *process) wait() int {
	p.t.Helper()
	select {
	case <-p.ended:
		return p.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		p.t.Fatalf("assay hangs:\n%s\n%s", &p.stdout, &p.stderr)
		return -1
	}
}

// fails waits for an exit status other than 0 and returns stderr, in which all parts
// must be.
func (p *process) fails(status int, parts ...string) string {
	p.t.Helper()
	if got := p.wait(); got != status {
		p.t.Errorf("exit status %d, want %d", got, status)
	}
	text := p.stderr.String()
	p.t.Logf("stderr:\n%s", text)
	for _, part := range parts {
		if !strings.Contains(text, part) {
			p.t.Errorf("want %q on stderr:\n%s", part, text)
		}
	}
	if strings.Contains(text, "panic:") || strings.Contains(text, "goroutine ") {
		p.t.Errorf("a crash:\n%s", text)
	}
	return text
}

// finishes waits for a run that does all its trials. On a busy host the validity checks
// may reject each of them; then assay says so and fails.
func (p *process) finishes() {
	p.t.Helper()
	status := p.wait()
	if status == exitOK || status == exitFailed && strings.Contains(p.stderr.String(), errNothingUsable.Error()) {
		return
	}
	p.t.Fatalf("exit status %d:\n%s\n%s", status, &p.stdout, &p.stderr)
}

// lastError is the error: what stderr says from the last line that begins with "assay:".
func lastError(stderr string) string {
	i := strings.LastIndex(stderr, "assay: ")
	if i < 0 {
		return ""
	}
	return strings.TrimSuffix(stderr[i:], "\n")
}

func (p *process) signal(s syscall.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}
