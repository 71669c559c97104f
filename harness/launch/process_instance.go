package launch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// processInstance is a target that runs as a child process.
type processInstance struct {
	launcher  *Process
	targetID  string
	placement target.Placement
	child     *running
	output    *tail

	exited   chan Exit
	stopping atomic.Bool
	stop     func(context.Context) error // once
}

// Launch starts the target and waits until GET /healthz answers 200.
func (p *Process) Launch(ctx context.Context, b Build, t target.Target, place target.Placement) (Instance, error) {
	command := append([]string{b.Ref}, b.Args...)
	i, err := p.launch(ctx, t, place, shimCommand(place.TargetCPUs, place.OpenFiles, os.Getpid(), command...))
	if err != nil {
		return nil, err
	}
	if err := i.waitReady(ctx); err != nil {
		_, _ = i.Stop(canceled()) // it has told what there is to tell
		return nil, err
	}
	go i.watch() // ends with the child, which Stop and Close end
	return i, nil
}

// LaunchHeld starts the target as far as the gate, where the shim waits for package coldstart's other side, the agent,
// before it becomes the target.
func (p *Process) LaunchHeld(ctx context.Context, b Build, t target.Target, place target.Placement, gate string) (Instance, error) {
	command := append([]string{b.Ref}, b.Args...)
	i, err := p.launch(ctx, t, place, heldCommand(place.TargetCPUs, place.OpenFiles, os.Getpid(), gate, command...))
	if err != nil {
		return nil, err
	}
	go i.watch()
	return i, nil
}

// launch starts the shim with these arguments.
func (p *Process) launch(ctx context.Context, t target.Target, place target.Placement, shim []string) (*processInstance, error) {
	if err := CheckPort(ctx, place.Port); err != nil {
		return nil, err
	}
	output := new(tail)
	cmd := exec.Command(p.agent, shim...)
	cmd.Dir = "/" // as in a container; a server must not depend on where it is started
	for key, value := range targetEnv(t, place) {
		cmd.Env = append(cmd.Env, key+"="+value)
	}
	cmd.Stdout, cmd.Stderr = output, output
	child, err := p.children.start(cmd, "target "+t.ID)
	if err != nil {
		return nil, fmt.Errorf("start %s: %w", t.ID, err)
	}
	i := &processInstance{
		launcher: p, targetID: t.ID, placement: place, child: child, output: output,
		exited: make(chan Exit, 1),
	}
	i.stop = onceFunc(i.end)
	return i, nil
}

// waitReady polls the port until the target answers, ends, or takes too long.
func (i *processInstance) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, StartGrace, fmt.Errorf("GET /healthz on port %d was not answered with 200 within %v", i.placement.Port, StartGrace))
	defer cancel()
	// A connection kept alive would count among the target's open ones for ever.
	transport := &http.Transport{DisableKeepAlives: true}
	client := &http.Client{Transport: transport, Timeout: time.Second}
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		healthy := isHealthy(ctx, client, "http://"+i.Address()+"/healthz")
		select {
		case <-i.child.done:
			return &ExitError{Who: i.targetID, When: "while starting", Exit: i.finalExit()}
		case <-ctx.Done():
			return fmt.Errorf("start %s: %w; its last output:\n%s", i.targetID, context.Cause(ctx), i.output)
		case <-ticker.C:
		}
		if healthy { // and still alive one tick later: it was the target that answered
			return nil
		}
	}
}

func isHealthy(ctx context.Context, client *http.Client, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err == nil && response.StatusCode == http.StatusOK
}

func (i *processInstance) watch() {
	<-i.child.done
	if !i.stopping.Load() {
		i.exited <- i.finalExit()
	}
	close(i.exited)
}

// finalExit is valid once the child is done.
func (i *processInstance) finalExit() Exit {
	exit := i.child.exit
	exit.LogTail = i.output.String()
	return exit
}

func (i *processInstance) Address() string     { return loopback(i.placement.Port) }
func (i *processInstance) PID() int            { return i.child.pid }
func (i *processInstance) ContainerID() string { return "" }
func (i *processInstance) Exited() <-chan Exit { return i.exited }

// Stop ends the target.
func (i *processInstance) Stop(ctx context.Context) (Exit, error) {
	if err := i.stop(ctx); err != nil {
		return Exit{}, fmt.Errorf("stop %s: %w", i.targetID, err)
	}
	return i.finalExit(), nil
}

func (i *processInstance) end(ctx context.Context) error {
	i.stopping.Store(true)
	return i.child.stop(ctx, StopGrace)
}

// loopback is the address at which an agent finds a target on the same network.
func loopback(port int) string { return "127.0.0.1:" + strconv.Itoa(port) }

// onceFunc makes f run once; every call returns what that one returned.
func onceFunc(f func(context.Context) error) func(context.Context) error {
	var once sync.Once
	var err error
	return func(ctx context.Context) error {
		once.Do(func() { err = f(ctx) })
		return err
	}
}

// canceled returns a context that is over: for a Stop that shall not wait.
func canceled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
