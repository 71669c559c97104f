package load

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
	"github.com/assay-bench/assay/harness/scenario"
)

// A nativeEngine drives a job with package conns.
type nativeEngine struct {
	*conns.Engine
	job checkedJob
	rec *Recorder
}

var _ Engine = (*nativeEngine)(nil)

func newNativeEngine(job checkedJob, rec *Recorder) (*nativeEngine, error) {
	t := job.template
	cpus, err := shardCPUs(job.CPUs, job.Part)
	if err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	engine, err := conns.New(conns.Config{
		Address: job.address, Connections: job.Connections, CPUs: cpus, Part: job.Part.Index, Parts: job.Part.of(),
		Template:       conns.Template{URI: t.URIBeforeID(), WithID: t.WithID, Below: t.Below, Body: t.Body, Status: t.Status, Want: t.Want, Host: job.Address, Agent: userAgent},
		Loop:           loopOf(job.Mode),
		Schedule:       rec.Schedule(),
		Seed:           job.Seed,
		Spread:         job.Spread,
		From:           job.WarmUp,
		To:             job.WarmUp + job.Window,
		Drain:          job.Drain,
		Awake:          job.Awake,
		RequestTimeout: job.RequestTimeout, ConnectPerSecond: job.ConnectPerSecond, Connecting: conns.ConnectingAtOnce,
	})
	if err != nil {
		return nil, fmt.Errorf("native: %w", err)
	}
	return &nativeEngine{Engine: engine, job: job, rec: rec}, nil
}

// shardCPUs are the CPUs that the shards are bound to, one each: as many of those that this process may use as the job
// has, the parts of a job one behind the other. A single shard of a whole job needs no binding beyond the process's own.
func shardCPUs(n int, part Part) ([]int, error) {
	if n == 1 && part.of() == 1 {
		return nil, nil
	}
	mine, err := affinity()
	if err != nil {
		return nil, err
	}
	if len(mine) < n {
		return nil, fmt.Errorf("a job for %d CPUs, and this process may use %d", n, len(mine))
	}
	cpus := make([]int, n)
	for i := range cpus {
		cpus[i] = mine[(part.Index*n+i)%len(mine)]
	}
	return cpus, nil
}

func loopOf(m scenario.Mode) conns.Loop {
	if m.Closed() {
		return conns.Closed
	}
	return conns.Open
}

// Drive sends the recorder's schedule from its start.
func (e *nativeEngine) Drive(ctx context.Context, rec *Recorder) error {
	tally, err := e.Engine.Drive(ctx, rec.Start())
	rec.adopt(tally)
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("native: %w", err)
	}
	return nil
}

// connectAll opens every connection.
func (e *nativeEngine) connectAll(ctx context.Context, deadline time.Time, count func() Sample) *setback {
	err := e.Connect(ctx, deadline)
	e.rec.adoptConnects(e.Tally())
	if err == nil || ctx.Err() != nil {
		return nil // the barrier says what is missing
	}
	var failed *conns.ConnectError
	if !errors.As(err, &failed) {
		return &setback{text: fmt.Sprintf("native: %v", err), side: sideLoad}
	}
	s := count()
	if failed.Class == conns.Timeout {
		return &setback{fmt.Sprintf("%d connections could not be opened within %v (%s)", e.job.Connections, e.job.ConnectTimeout, s), slower(s), true}
	}
	why := explain(failed.Class)
	if failed.Class == conns.Other && failed.Err != nil {
		why = failed.Err.Error()
	}
	return &setback{fmt.Sprintf("connection %d of %d: %s (%s)", failed.Open+1, e.job.Connections, why, s), sideOf(failed.Class), false}
}

func (e *nativeEngine) open() int            { return e.Open() }
func (e *nativeEngine) answers() int64       { return e.Answers() }
func (e *nativeEngine) arm()                 { e.Arm() }
func (e *nativeEngine) disarm()              { e.Disarm() }
func (e *nativeEngine) lost() int64          { return e.Closed() }
func (e *nativeEngine) reopened() int64      { return e.Reopened() }
func (e *nativeEngine) idled() time.Duration { return e.Idled() }
func (e *nativeEngine) close()               { e.Close() }
