package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/assay-bench/assay/harness/conform"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// randomRequests is how many randomised requests a target has to answer as the model does.
const randomRequests = 500

// costSamples is over how many samples the probes' own cost is averaged.
const costSamples = 200

// Checked is what was found before the first trial.
type Checked struct {
	Report    conform.Report
	ProbeCost trial.ProbeCost
}

// Golden are the contract's golden requests: of every target, and of those that have a database, whose paths are written
// below /db and asked by each driver set.
type Golden struct{ Contract, Database []conform.Exchange }

// Preflight starts a target once, checks it against the contract from where the load will
// come, its database paths included where db is one, measures what the samplers cost, and ends it under the eyes of both. Differences are in the report; the error is
// about targets that could not be asked.
func Preflight(ctx context.Context, l launch.Launcher, b launch.Build, t target.Target, p target.Placement, golden Golden, seed uint64, db *Database) (checked Checked, err error) {
	var sets []model.DriverSet
	if db != nil {
		sets = DriverSets(t)
		p = db.Beside(p, provingPool)
	}
	inst, err := l.Launch(ctx, b, t, p)
	if err != nil {
		return checked, err
	}
	defer func() {
		stopCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
		defer cancel()
		_, stopErr := inst.Stop(stopCtx)
		err = errors.Join(err, stopErr)
	}()
	checked.Report, err = askAgent(ctx, inst, conform.Job{
		Address: inst.Address(), Golden: golden.Contract, Seed: seed, Random: randomRequests, CPUs: cpusGiven(l, p), Thorough: true,
		Database: sets, DatabaseGolden: golden.Database,
	})
	if err != nil {
		return checked, err
	}
	if checked.ProbeCost, err = probeCost(ctx, inst); err != nil {
		return checked, err
	}
	if len(checked.Report.Skipped) > 0 { // it is gone or hangs: nothing to attend
		checked.Report.Skipped = append(checked.Report.Skipped, conform.ResidentCheck, conform.DrainCheck)
		return checked, nil
	}
	attended, err := attend(ctx, inst)
	checked.Report.Add(attended)
	return checked, err
}

// cpusGiven is how many CPUs the target may use; 0 where they are a number alone, since
// nothing there keeps a process to its CPUs.
func cpusGiven(l launch.Launcher, p target.Placement) int {
	if l.Name() == "process" && runtime.GOOS != "linux" {
		return 0
	}
	return len(p.TargetCPUs)
}

func askAgent(ctx context.Context, inst launch.Instance, job conform.Job) (conform.Report, error) {
	var report conform.Report
	body, err := json.Marshal(Task{Conform: &job})
	if err != nil {
		return report, err
	}
	out, err := inst.Agent(ctx, launch.AgentRun{Job: body})
	if err != nil {
		return report, err
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return report, fmt.Errorf("the agent's report: %w", err)
	}
	return report, nil
}

// probeCost measures one sample of the target; two such sources, target and agent, are
// read in a trial.
func probeCost(ctx context.Context, inst launch.Instance) (trial.ProbeCost, error) {
	source, err := openSource(ctx, inst)
	if err != nil {
		return trial.ProbeCost{}, fmt.Errorf("sample the target: %w", err)
	}
	per, err := probe.MeasureCost(source, costSamples)
	if err = errors.Join(err, probe.Close(source)); err != nil {
		return trial.ProbeCost{}, err
	}
	rate := 2 * float64(time.Second/probe.DefaultInterval)
	return trial.ProbeCost{
		CPUMicrosPerSample: float64(per.Nanoseconds()) / 1000,
		SamplesPerSecond:   rate,
		ShareOfOneCPU:      per.Seconds() * rate,
	}, nil
}
