package launch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"syscall"
	"time"

	"github.com/moby/moby/api/pkg/stdcopy"
	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/testcontainers/testcontainers-go"
)

// create creates a container without starting it. testcontainers may return a container
// together with an error: that one is removed here.
func (d *Docker) create(ctx context.Context, who string, request testcontainers.ContainerRequest) (id string, err error) {
	err = d.call(ctx, "create the container of "+who, func(ctx context.Context) error {
		c, err := d.provider.CreateContainer(ctx, request)
		if c != nil {
			id = c.GetContainerID()
		}
		return err
	})
	if err != nil && id != "" {
		err = errors.Join(err, d.remove(ctx, id, who))
	}
	return id, err
}

func (d *Docker) start(ctx context.Context, id, who string) error {
	return d.call(ctx, "start the container of "+who, func(ctx context.Context) error {
		_, err := d.api.ContainerStart(ctx, id, client.ContainerStartOptions{})
		return err
	})
}

// list returns all containers that carry a label, those included which do not run.
func (d *Docker) list(ctx context.Context, label string) (found []container.Summary, err error) {
	err = d.call(ctx, "list containers", func(ctx context.Context) error {
		answer, err := d.api.ContainerList(ctx, client.ContainerListOptions{
			All: true, Filters: client.Filters{}.Add("label", label),
		})
		found = answer.Items
		return err
	})
	return found, err
}

func describeContainer(c container.Summary) string {
	return fmt.Sprintf("container %.12s (%s %s)", c.ID, c.Labels[labelRole], c.Labels[labelTarget])
}

// inspect returns a container's state and its first process as this host numbers it, or 0
// where that process is out of reach. The engine may be on another machine, so the number
// alone proves nothing: the process's cgroup has to bear the container's ID.
func (d *Docker) inspect(ctx context.Context, id, who string) (state container.State, pid int, err error) {
	err = d.call(ctx, "inspect the container of "+who, func(ctx context.Context) error {
		answer, err := d.api.ContainerInspect(ctx, id, client.ContainerInspectOptions{})
		if err == nil && answer.Container.State != nil {
			state = *answer.Container.State
		}
		return err
	})
	if err != nil {
		return state, 0, err
	}
	if at, err := url.Parse(d.api.DaemonHost()); err != nil || at.Scheme != "unix" {
		return state, 0, nil
	}
	groups, err := os.ReadFile(fmt.Sprintf("/proc/%d/cgroup", state.Pid))
	if err != nil || !bytes.Contains(groups, []byte(id)) {
		return state, 0, nil
	}
	return state, state.Pid, nil
}

// exitOf gathers how an ended container ended.
func (d *Docker) exitOf(ctx context.Context, id, who string, status int64) Exit {
	exit := exitOfStatus(status)
	state, _, err := d.inspect(ctx, id, who)
	if err != nil {
		return Exit{Err: err}
	}
	exit.OOMKilled = state.OOMKilled
	var last tail
	if err := d.readLogs(ctx, id, who, &last, &last); err != nil {
		exit.LogTail = fmt.Sprintf("(its output cannot be read: %s)", oneLine(err))
		return exit
	}
	exit.LogTail = last.String()
	return exit
}

// exitOfStatus undoes the shell's way of writing a signal: 128 plus its number.
func exitOfStatus(status int64) Exit {
	const shellBase, lastSignal = 128, 64
	if status > shellBase && status <= shellBase+lastSignal {
		return Exit{Code: -1, Signal: syscall.Signal(status - shellBase).String()}
	}
	return Exit{Code: int(status)}
}

// readLogs copies what a container has printed. Read at once after an event, the log can
// be empty: it is read a second time then.
func (d *Docker) readLogs(ctx context.Context, id, who string, stdout, stderr io.Writer) error {
	for range 2 {
		n, err := d.copyLogs(ctx, id, who, stdout, stderr)
		if err != nil || n > 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-time.After(10 * pollEvery):
		}
	}
	return nil
}

// copyLogs copies what a container has printed so far.
func (d *Docker) copyLogs(ctx context.Context, id, who string, stdout, stderr io.Writer) (n int64, err error) {
	err = d.call(ctx, "read the output of "+who, func(ctx context.Context) error {
		n, err = d.stream(ctx, id, false, stdout, stderr)
		return err
	})
	return n, err
}

// stream copies a container's output from its beginning; with follow, until it ends.
func (d *Docker) stream(ctx context.Context, id string, follow bool, stdout, stderr io.Writer) (int64, error) {
	logs, err := d.api.ContainerLogs(ctx, id, client.ContainerLogsOptions{ShowStdout: true, ShowStderr: true, Follow: follow})
	if err != nil {
		return 0, err
	}
	defer logs.Close()
	return stdcopy.StdCopy(stdout, stderr, logs)
}

// isSysctlRefusal recognises a container that does not start because the engine or the
// kernel does not let it set a sysctl.
func isSysctlRefusal(err error) bool {
	s := err.Error()
	return strings.Contains(s, "sysctl") || strings.Contains(s, "/proc/sys/net")
}
