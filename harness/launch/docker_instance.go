package launch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/containerd/errdefs"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"

	"github.com/assay-bench/assay/harness/target"
)

// dockerInstance is a target that runs in a container.
type dockerInstance struct {
	launcher  *Docker
	targetID  string
	placement target.Placement
	// startGrace is how long it may take until it listens; 0: StartGrace.
	startGrace time.Duration
	id         string
	pid        int

	done     chan struct{} // closed when the container has ended, or was lost sight of
	exit     Exit          // valid when done is closed
	exited   chan Exit
	stopping atomic.Bool
	stop     func(context.Context) error // once
}

// Launch starts the target in a fresh container. Where its process is within reach, it
// waits until the port listens; elsewhere only the agent can find that out.
func (d *Docker) Launch(ctx context.Context, b Build, t target.Target, place target.Placement) (Instance, error) {
	i, err := d.launch(ctx, b, t, place, func() testcontainers.ContainerRequest { return d.targetRequest(b, t, place) })
	if err != nil {
		return nil, err
	}
	if err := i.waitListening(ctx); err != nil {
		_, stopErr := i.Stop(canceled())
		return nil, errors.Join(err, stopErr)
	}
	return i, nil
}

// LaunchHeld starts the target in a fresh container as far as the gate, where the shim waits for package coldstart's other
// side, the agent, before it becomes the target.
func (d *Docker) LaunchHeld(ctx context.Context, b Build, t target.Target, place target.Placement, gate string) (Instance, error) {
	image, err := d.heldImage(ctx, b)
	if err != nil {
		return nil, err
	}
	if image.Config == nil || len(image.Config.Entrypoint) == 0 {
		return nil, fmt.Errorf("the image of %s has no ENTRYPOINT, so there is nothing that the shim could become; give its Dockerfile one", t.ID)
	}
	entry := slices.Concat(image.Config.Entrypoint, image.Config.Cmd)
	i, err := d.launch(ctx, b, t, place, func() testcontainers.ContainerRequest {
		return held(d.targetRequest(b, t, place), image.ID, entry, gate)
	})
	if err != nil {
		return nil, err
	}
	if _, i.pid, err = d.inspect(ctx, i.id, t.ID); err != nil {
		_, stopErr := i.Stop(canceled())
		return nil, errors.Join(err, stopErr)
	}
	return i, nil
}

// launch starts a container and keeps an eye on it.
func (d *Docker) launch(ctx context.Context, b Build, t target.Target, place target.Placement, request func() testcontainers.ContainerRequest) (*dockerInstance, error) {
	id, err := d.startTarget(ctx, b, t, request)
	if err != nil {
		return nil, err
	}
	i := &dockerInstance{
		launcher: d, targetID: t.ID, placement: place, id: id,
		done: make(chan struct{}), exited: make(chan Exit, 1),
	}
	i.stop = onceFunc(i.end)
	d.watching.Go(i.watch)
	return i, nil
}

// startTarget creates and starts the container; a second time without sysctls when those
// are what the engine refuses.
func (d *Docker) startTarget(ctx context.Context, b Build, t target.Target, request func() testcontainers.ContainerRequest) (id string, err error) {
	if d.living.Err() != nil {
		return "", errors.New("the launcher is closed")
	}
	if err := d.checkImage(ctx, b); err != nil {
		return "", err
	}
	withSysctls := !d.noSysctls.Load()
	if id, err = d.create(ctx, t.ID, request()); err == nil {
		if err = d.start(ctx, id, t.ID); err == nil {
			return id, nil
		}
		err = errors.Join(err, d.remove(ctx, id, t.ID))
	}
	if withSysctls && !errors.Is(err, ErrEngine) && isSysctlRefusal(err) {
		d.noSysctls.Store(true) // Describe says so
		return d.startTarget(ctx, b, t, request)
	}
	return "", err
}

// watch sees the container end.
func (i *dockerInstance) watch() {
	d := i.launcher
	status, err := d.waitExit(d.living, i.id, i.targetID)
	if err != nil {
		i.exit = Exit{Err: err}
	} else {
		i.exit = d.exitOf(d.living, i.id, i.targetID, status)
	}
	close(i.done)
	if !i.stopping.Load() {
		i.exited <- i.exit
	}
	close(i.exited)
}

// waitListening waits until something listens on the port, in the container's namespace,
// which the kernel shows under the process's ID.
func (i *dockerInstance) waitListening(ctx context.Context) error {
	grace := cmp.Or(i.startGrace, StartGrace)
	ctx, cancel := context.WithTimeoutCause(ctx, grace, fmt.Errorf("it did not listen on port %d within %v", i.placement.Port, grace))
	defer cancel()
	state, pid, err := i.launcher.inspect(ctx, i.id, i.targetID)
	if err != nil {
		return err
	}
	if i.pid = pid; pid == 0 && state.Running {
		return i.waitSettled(ctx)
	}
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for len(listeners(fmt.Sprintf("/proc/%d/net", i.pid), i.placement.Port)) == 0 {
		select {
		case <-i.done:
			return i.diedStarting()
		case <-ctx.Done():
			return fmt.Errorf("start %s: %w; its last output:\n%s", i.targetID, context.Cause(ctx), i.output())
		case <-ticker.C:
		}
	}
	return nil
}

// waitSettled is for a process that this host does not see: it is out of reach, or it has
// just died and the engine is about to say so.
func (i *dockerInstance) waitSettled(ctx context.Context) error {
	timer := time.NewTimer(settleGrace)
	defer timer.Stop()
	select {
	case <-i.done:
		return i.diedStarting()
	case <-ctx.Done():
		return fmt.Errorf("start %s: %w", i.targetID, context.Cause(ctx))
	case <-timer.C:
		return nil
	}
}

func (i *dockerInstance) diedStarting() error {
	return &ExitError{Who: i.targetID, When: "while starting", Exit: i.exit}
}

// output is what the target has printed so far, for an error message.
func (i *dockerInstance) output() string {
	var last tail
	if err := i.launcher.readLogs(i.launcher.living, i.id, i.targetID, &last, &last); err != nil {
		return "(" + oneLine(err) + ")"
	}
	return last.String()
}

func (i *dockerInstance) Address() string     { return loopback(i.placement.Port) }
func (i *dockerInstance) PID() int            { return i.pid }
func (i *dockerInstance) ContainerID() string { return i.id }
func (i *dockerInstance) Exited() <-chan Exit { return i.exited }

// Stop ends the target and removes its container.
func (i *dockerInstance) Stop(ctx context.Context) (Exit, error) {
	if err := i.stop(ctx); err != nil {
		return Exit{}, fmt.Errorf("stop %s: %w", i.targetID, err)
	}
	return i.exit, nil
}

func (i *dockerInstance) end(ctx context.Context) error {
	i.stopping.Store(true)
	d := i.launcher
	err := i.ask(ctx)
	if err == nil {
		timer := time.NewTimer(cleanUpLimit)
		defer timer.Stop()
		select {
		case <-i.done: // the exit is known; only now may the container go
		case <-timer.C:
			err = fmt.Errorf("the engine does not tell that the container ended within %v", cleanUpLimit)
		}
	}
	if errors.Is(err, ErrEngine) {
		return err // nothing to remove it with; the next start sweeps it
	}
	return errors.Join(err, d.remove(ctx, i.id, i.targetID))
}

// ask has the engine send SIGTERM and, after the grace, SIGKILL. When ctx ends meanwhile,
// there is no grace any more.
func (i *dockerInstance) ask(ctx context.Context) error {
	grace := int(StopGrace.Seconds())
	if ctx.Err() != nil {
		grace = 0
	}
	err := i.stopWithin(ctx, grace)
	if err != nil && ctx.Err() != nil {
		err = i.stopWithin(ctx, 0)
	}
	return err
}

func (i *dockerInstance) stopWithin(ctx context.Context, seconds int) error {
	if seconds == 0 {
		ctx = context.WithoutCancel(ctx)
	}
	return i.launcher.call(ctx, "stop the container", func(ctx context.Context) error {
		_, err := i.launcher.api.ContainerStop(ctx, i.id, client.ContainerStopOptions{Timeout: &seconds})
		if errdefs.IsNotFound(err) {
			return nil // removed by another hand: ended all the same
		}
		return err
	})
}
