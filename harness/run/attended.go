package run

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/assay-bench/assay/harness/conform"
	"github.com/assay-bench/assay/harness/launch"
)

// refuseWithin is how long after Stop was called a target may still accept connections. The
// way of the signal is in it, which takes an engine some tenths of a second.
const refuseWithin = 3 * time.Second

// An attendant is our half of the attended checks: it reads the process's memory when the
// agent has asked the target for it, and ends the target while a request is open.
type attendant struct {
	inst     launch.Instance
	resident *residence
	stopAt   time.Time     // when Stop was called; zero: never
	took     time.Duration // from then to the first refused connection; 0: none was refused
	ended    chan ending
}

// An ending is what Stop returned.
type ending struct {
	exit launch.Exit
	took time.Duration
	err  error
}

// attend makes the attended checks. The instance is stopped by them.
func attend(ctx context.Context, inst launch.Instance) (conform.Report, error) {
	var report conform.Report
	a := &attendant{inst: inst, resident: openResidence(inst), ended: make(chan ending, 1)}
	defer a.resident.close()
	body, err := json.Marshal(Task{Attended: &conform.AttendedJob{Address: inst.Address()}})
	if err != nil {
		return report, err
	}
	out, err := inst.Agent(ctx, launch.AgentRun{Job: body, Progress: func(line []byte) { a.hear(ctx, line) }})
	// No more lines come: the fields are this goroutine's from here on.
	if a.stopAt.IsZero() {
		a.stop(ctx)
	}
	end := <-a.ended
	if err != nil {
		return report, err
	}
	if end.err != nil {
		return report, end.err
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return report, fmt.Errorf("the agent's report: %w", err)
	}
	report.Add(a.resident.report())
	report.Add(conform.Report{Checked: 1, Differences: a.drainDifferences(end)})
	return report, nil
}

// hear acts on one line of the agent.
func (a *attendant) hear(ctx context.Context, line []byte) {
	var event conform.Event
	if json.Unmarshal(line, &event) != nil {
		return // not ours
	}
	switch event.What {
	case conform.Resident:
		a.resident.compare(event.ResidentBytes)
	case conform.Holding:
		if a.stopAt.IsZero() {
			a.stop(ctx)
		}
	case conform.Refused:
		if !a.stopAt.IsZero() {
			a.took = time.Since(a.stopAt)
		}
	}
}

// stop asks the target to end, and does not wait for it: the agent has more to tell.
func (a *attendant) stop(ctx context.Context) {
	a.stopAt = time.Now()
	go func() {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		exit, err := a.inst.Stop(stopCtx)
		if err == nil {
			err = exit.Err
		}
		a.ended <- ending{exit: exit, took: time.Since(a.stopAt), err: err}
	}()
}

// drainDifferences says how the target's end differs from the contract. Launchers kill what
// is still there after launch.StopGrace, which is the contract's time: then a signal shows.
func (a *attendant) drainDifferences(end ending) []conform.Difference {
	var list []conform.Difference
	add := func(what, want, got string) {
		list = append(list, conform.Difference{Check: conform.DrainCheck, Request: "SIGTERM", What: what, Want: want, Got: got})
	}
	if a.took > refuseWithin {
		add("new connections", fmt.Sprintf("refused within %v", refuseWithin), "refused after "+a.took.Round(time.Millisecond).String())
	}
	took := end.took.Round(time.Millisecond)
	want := fmt.Sprintf("exit status 0 within %v", launch.StopGrace)
	switch exit := end.exit; {
	case exit.Signal != "":
		add("end", want, fmt.Sprintf("ended by signal: %s, after %v", exit.Signal, took))
	case exit.Code != 0:
		add("end", want, fmt.Sprintf("exit status %d after %v", exit.Code, took))
	}
	return list
}
