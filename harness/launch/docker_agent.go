package launch

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"time"

	"github.com/moby/moby/client"
)

const (
	jobFile    = "job.json"
	resultFile = "result.json"
)

// Agent runs the load agent in a container that shares the target's network namespace.
// When ctx is over, the agent is killed.
func (i *dockerInstance) Agent(ctx context.Context, run AgentRun) (result []byte, err error) {
	select {
	case <-i.done:
		return nil, &ExitError{Who: i.targetID, When: "before the load agent was started", Exit: i.exit}
	default:
	}
	d := i.launcher
	image, err := d.agentImage(ctx)
	if err != nil {
		return nil, err
	}
	id, err := d.create(ctx, agentName, d.agentRequest(image, i.network(), i.targetID, i.placement))
	if err != nil {
		return nil, err
	}
	defer func() {
		if !errors.Is(err, ErrEngine) { // else there is nothing to remove it with; a sweep will
			err = errors.Join(err, d.remove(ctx, id, agentName))
		}
	}()
	if err := d.putJob(ctx, id, run.Job); err != nil {
		return nil, err
	}
	if err := d.runAgent(ctx, id, run); err != nil {
		return nil, err
	}
	return d.fetchResult(ctx, id)
}

// network is the container whose network the agent joins: the target's own, or the one that the target has joined.
func (i *dockerInstance) network() string {
	if db := i.placement.Database; db != nil {
		return db.ContainerID
	}
	return i.id
}

// runAgent starts the agent's container, passes its progress on, and waits for its end.
func (d *Docker) runAgent(ctx context.Context, id string, run AgentRun) error {
	if err := d.start(ctx, id, agentName); err != nil {
		return err
	}
	_, pid, err := d.inspect(ctx, id, agentName)
	if err != nil {
		return err
	}
	if run.Started != nil {
		run.Started(pid, id)
	}
	progress := &lineSplitter{emit: run.Progress}
	status, err := d.follow(ctx, id, progress)
	if err != nil {
		return err
	}
	log := new(tail)
	// Following can miss the end of what an ended container printed: read it all again and
	// pass on what is new.
	if err := d.readLogs(ctx, id, agentName, &skipWriter{to: progress, skip: progress.seen}, log); err != nil {
		return err
	}
	progress.flush()
	if status == 0 {
		return nil
	}
	exit := d.exitOf(ctx, id, agentName, status)
	exit.LogTail = log.String()
	return &ExitError{Who: agentName, When: "before it wrote a result", Exit: exit}
}

// follow passes on what the container prints to stdout until it ends, and returns its
// status.
func (d *Docker) follow(ctx context.Context, id string, stdout io.Writer) (status int64, err error) {
	following, giveUp := context.WithCancel(ctx)
	defer giveUp()
	copied := make(chan struct{})
	go func() {
		defer close(copied)
		// An error here is no loss: the output is read again at the end.
		_, _ = d.stream(following, id, true, stdout, io.Discard)
	}()
	if status, err = d.waitExit(ctx, id, agentName); err != nil {
		giveUp()
	}
	// The stream ends with the container; should it not, it is cut off.
	timer := time.AfterFunc(answerLimit, giveUp)
	defer timer.Stop()
	<-copied
	return status, err
}

// putJob copies the job into the volume of a container that is not started yet.
func (d *Docker) putJob(ctx context.Context, id string, job []byte) error {
	archive, err := tarOf(tarEntry{jobFile, 0o600, job})
	if err != nil {
		return err
	}
	return d.call(ctx, "copy the job to the load agent", func(ctx context.Context) error {
		_, err := d.api.CopyToContainer(ctx, id, client.CopyToContainerOptions{DestinationPath: jobDir, Content: archive})
		return err
	})
}

// fetchResult copies the result out of an ended container's volume.
func (d *Docker) fetchResult(ctx context.Context, id string) (result []byte, err error) {
	err = d.call(ctx, "copy the load agent's result", func(ctx context.Context) error {
		answer, err := d.api.CopyFromContainer(ctx, id, client.CopyFromContainerOptions{SourcePath: path.Join(jobDir, resultFile)})
		if err != nil {
			return err
		}
		defer answer.Content.Close()
		archive := tar.NewReader(answer.Content)
		if _, err := archive.Next(); err != nil {
			return fmt.Errorf("unpack: %w", err)
		}
		result, err = io.ReadAll(archive)
		return err
	})
	return result, err
}
