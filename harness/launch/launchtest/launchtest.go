package launchtest

import (
	"context"
	"io"
	"sync"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/target"
)

// A Launcher hands out instances whose agent calls Answer.
type Launcher struct {
	// Answer gives the agent's result for one job; called once for each Agent.
	Answer func(ctx context.Context, targetID string, run launch.AgentRun) ([]byte, error)
	// LaunchError, if it returns one, makes Launch fail.
	LaunchError func(targetID string) error
	// Exit, if it returns one, ends the instance before the agent answers.
	Exit func(targetID string) *launch.Exit
	// Stopped, if set, says how an instance ended that was told to.
	Stopped func(targetID string) launch.Exit

	mu      sync.Mutex
	live    int
	started int
}

// Live is how many instances run; Started how many ever did.
func (l *Launcher) Live() int    { l.mu.Lock(); defer l.mu.Unlock(); return l.live }
func (l *Launcher) Started() int { l.mu.Lock(); defer l.mu.Unlock(); return l.started }

// Name implements launch.Launcher.
func (l *Launcher) Name() string { return "process" }

// Describe implements launch.Launcher.
func (l *Launcher) Describe() string { return "starts nothing" }

// Sweep implements launch.Launcher.
func (l *Launcher) Sweep(context.Context) ([]string, error) { return nil, nil }

// Prepare implements launch.Launcher.
func (l *Launcher) Prepare(_ context.Context, t target.Target, _ io.Writer) (launch.Build, error) {
	return launch.Build{TargetID: t.ID, SHA256: "sum of " + t.ID}, nil
}

// FindDatabase implements launch.Launcher.
func (l *Launcher) FindDatabase(context.Context, string) error { return nil }

// StartDatabase implements launch.Launcher: its agent is asked as that of the target "postgres".
func (l *Launcher) StartDatabase(ctx context.Context, _ launch.DatabaseSpec) (launch.Instance, error) {
	return l.Launch(ctx, launch.Build{}, target.Target{ID: "postgres"}, target.Placement{})
}

// Close implements launch.Launcher.
func (l *Launcher) Close() error { return nil }

// Launch implements launch.Launcher.
func (l *Launcher) Launch(_ context.Context, _ launch.Build, t target.Target, _ target.Placement) (launch.Instance, error) {
	if l.LaunchError != nil {
		if err := l.LaunchError(t.ID); err != nil {
			return nil, err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.live++
	l.started++
	return &instance{launcher: l, target: t.ID, exited: make(chan launch.Exit, 1)}, nil
}

type instance struct {
	launcher *Launcher
	target   string
	exited   chan launch.Exit
	once     sync.Once
}

func (i *instance) Address() string            { return "127.0.0.1:1" }
func (i *instance) PID() int                   { return 0 }
func (i *instance) ContainerID() string        { return "" }
func (i *instance) Exited() <-chan launch.Exit { return i.exited }

func (i *instance) Agent(ctx context.Context, run launch.AgentRun) ([]byte, error) {
	if i.launcher.Exit != nil {
		if e := i.launcher.Exit(i.target); e != nil {
			i.exited <- *e
		}
	}
	return i.launcher.Answer(ctx, i.target, run)
}

func (i *instance) Stop(context.Context) (launch.Exit, error) {
	i.once.Do(func() {
		i.launcher.mu.Lock()
		defer i.launcher.mu.Unlock()
		i.launcher.live--
		close(i.exited)
	})
	if i.launcher.Stopped != nil {
		return i.launcher.Stopped(i.target), nil
	}
	return launch.Exit{}, nil
}
