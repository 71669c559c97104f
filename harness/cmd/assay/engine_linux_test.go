package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// An engine is a Docker engine of the test's own, with its own data and in a network
// namespace of its own: it can be stopped without harm to anybody's containers, and what
// it makes goes with it.
type engine struct {
	t     *testing.T
	dir   string
	cmd   *exec.Cmd
	log   output
	ended chan struct{}
}

func newEngine(t *testing.T) *engine {
	t.Helper()
	needRoot(t, "start a second Docker engine")
	if _, err := exec.LookPath("dockerd"); err != nil {
		if os.Getenv("ASSAY_REQUIRE_DOCKER") == "1" {
			t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but: %v", err)
		}
		t.Skipf("a second Docker engine cannot be started: %v", err)
	}
	dir, err := os.MkdirTemp("", "dockerd-") // its sockets need a short path
	if err != nil {
		t.Fatal(err)
	}
	e := &engine{t: t, dir: dir}
	t.Cleanup(e.remove)
	e.start()
	return e
}

func (e *engine) socket() string { return filepath.Join(e.dir, "sock") }

// start starts the engine and waits until it answers.
func (e *engine) start() {
	e.t.Helper()
	e.cmd = exec.Command("dockerd", "--data-root", filepath.Join(e.dir, "data"), "--exec-root", filepath.Join(e.dir, "exec"),
		"--pidfile", filepath.Join(e.dir, "pid"), "--host", "unix://"+e.socket(),
		"--iptables=false", "--ip6tables=false", "--ip-forward=false", "--ip-masq=false", "--userland-proxy=false")
	e.cmd.Stdout, e.cmd.Stderr = &e.log, &e.log
	e.cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET, Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := e.cmd.Start(); err != nil {
		e.t.Fatal(err)
	}
	ended := make(chan struct{})
	e.ended = ended
	go func(cmd *exec.Cmd) {
		defer close(ended)
		_ = cmd.Wait() // the log says more
	}(e.cmd)
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		var version struct{ Version string }
		if e.get("/version", &version) == nil && version.Version != "" {
			return
		}
		select {
		case <-ended:
			e.t.Fatalf("the test's own dockerd ended:\n%s", &e.log)
		default:
		}
		if time.Now().After(deadline) {
			e.t.Fatalf("the test's own dockerd does not answer:\n%s", &e.log)
		}
	}
}

// stop ends the engine as a service manager does.
func (e *engine) stop() {
	e.t.Helper()
	select {
	case <-e.ended:
		return
	default:
	}
	if err := e.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		e.t.Error(err)
	}
	select {
	case <-e.ended:
	case <-time.After(patience):
		e.t.Errorf("the test's own dockerd does not end:\n%s", &e.log)
		_ = e.cmd.Process.Kill()
		<-e.ended
	}
}

// remove stops the engine, containers first, and removes its data.
func (e *engine) remove() {
	e.stop()
	mounts, err := os.ReadFile("/proc/self/mounts")
	if err != nil {
		e.t.Error(err)
	}
	for line := range strings.Lines(string(mounts)) {
		if f := strings.Fields(line); len(f) > 1 && strings.HasPrefix(f[1], e.dir+"/") {
			if err := unix.Unmount(f[1], unix.MNT_DETACH); err != nil {
				e.t.Errorf("unmount %s: %v", f[1], err)
			}
		}
	}
	if err := os.RemoveAll(e.dir); err != nil {
		e.t.Error(err)
	}
}

// get asks the engine's API.
func (e *engine) get(path string, answer any) error {
	transport := &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", e.socket())
	}}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://engine"+path, nil)
	if err != nil {
		return err
	}
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", path, response.Status)
	}
	return json.NewDecoder(response.Body).Decode(answer)
}

// containers lists the names of all containers; the engine has none but assay's.
func (e *engine) containers() []string {
	e.t.Helper()
	var list []struct {
		ID     string `json:"Id"`
		State  string
		Labels map[string]string
	}
	if err := e.get("/containers/json?all=1", &list); err != nil {
		e.t.Fatal(err)
	}
	var names []string
	for _, c := range list {
		names = append(names, fmt.Sprintf("%s %.12s %s", c.Labels["dev.assay-bench.role"], c.ID, c.State))
	}
	return names
}

// runDocker starts a run of two trials on this engine.
func (l *lab) runDocker(e *engine) *process {
	l.t.Helper()
	l.env = append(l.env, "DOCKER_HOST=unix://"+e.socket())
	return l.run(1, "--runtime", "docker")
}

// midDockerTrial waits until a trial is recorded and both containers of the next one run.
func (l *lab) midDockerTrial(p *process, e *engine) {
	l.t.Helper()
	l.eventually(p, "a record and a trial under way", func() bool {
		if len(l.dirs()) != 1 || len(l.lines()) < 1 {
			return false
		}
		all := strings.Join(e.containers(), "\n")
		return strings.Contains(all, "agent") && strings.Count(all, " running") == 2
	})
}

func TestDockerAssayKilledInMidTrial(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	l := newLab(t)
	p := l.runDocker(e)
	l.midDockerTrial(p, e)
	p.signal(syscall.SIGKILL)
	p.wait()
	before, left := l.lines(), e.containers()
	if len(left) != 2 {
		t.Errorf("left by the killed one: %q", left)
	}
	again := l.resume()
	for _, c := range left {
		role, rest, _ := strings.Cut(c, " ")
		id, _, _ := strings.Cut(rest, " ")
		// Whether it was a trial of the server or of the null server, the seed has decided.
		if want := fmt.Sprintf("removed what an earlier run left behind: container %s (%s ", id, role); !strings.Contains(again.stderr.String(), want) {
			t.Errorf("want %q in:\n%s", want, &again.stderr)
		}
	}
	l.settled(before)
	if left := e.containers(); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestDockerInterrupted(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	l := newLab(t)
	p := l.runDocker(e)
	l.midDockerTrial(p, e)
	p.signal(syscall.SIGTERM)
	oneLine(t, p.fails(exitTerminated, "interrupted", "assay run --resume"))
	if left := e.containers(); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestDockerEngineStoppedInMidTrial(t *testing.T) {
	t.Parallel()
	e := newEngine(t)
	l := newLab(t)
	p := l.runDocker(e)
	l.midDockerTrial(p, e)
	e.stop()
	oneLine(t, p.fails(exitFailed, "the Docker engine does not answer", "start it again", "assay run --resume"))
	before := l.lines()

	e.start()
	l.resume()
	l.settled(before)
	if left := e.containers(); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}
