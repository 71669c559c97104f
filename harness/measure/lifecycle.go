package measure

import (
	"fmt"
	"slices"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/probe"
	"github.com/assay-bench/assay/harness/trial"
)

// IDs of the metrics of claim.Metrics that trials without load yield.
const (
	firstAnswer  = "first_answer_ms"   // mode start: exec to the first 200, median over the trial's starts
	idleMemory   = "idle_memory_bytes" // mode start: resident, of the last start
	binaryBytes  = "binary_bytes"      // mode start
	imageBytes   = "image_bytes"       // mode start, Docker
	sourceLines  = "source_lines"      // mode start, by package source
	modules      = "modules"           // same
	cleanBuild   = "build_s"           // mode build: the build command alone
	rebuild      = "rebuild_s"         // mode build: the build command alone, after one edit
	editToAnswer = "edit_to_answer_s"  // mode build: the edit, the rebuild, and exec to first 200
)

// checkPolls is of mode start: whether the agent asked often enough.
const checkPolls = "poll-gap"

// Starts is what a trial of mode start saw: starts.json.
type Starts struct {
	Asked  int               `json:"asked"` // starts of the trial
	Starts []coldstart.Start `json:"starts"`
	// The last server was idle from its first answer on. In this part of that time its memory was sampled; 0: it was not.
	IdleFromUnixNano int64    `json:"idle_from_unix_ns,omitempty"`
	IdleToUnixNano   int64    `json:"idle_to_unix_ns,omitempty"`
	Artifact         Artifact `json:"artifact"`
	Source           *Source  `json:"source,omitempty"` // nil: the language has no counter
}

// An Artifact is what was started.
type Artifact struct {
	Bytes  int64  `json:"bytes"`                  // of the binary in the process runtime, of the image in Docker
	Binary int64  `json:"binary_bytes,omitempty"` // of the program in the image; 0: not found, and in plain processes Bytes is it
	SHA256 string `json:"sha256"`
}

// Source is how much source a server has; Counter says by which rules.
type Source struct {
	Counter string `json:"counter"`
	Files   int    `json:"files"`
	Lines   int    `json:"lines"`
	Modules int    `json:"modules"`
	// LeftOut are the files that the manifest leaves out of Files and Lines.
	LeftOut []LeftOut `json:"left_out,omitempty"`
}

// A LeftOut is a file of the source that is not counted, and how many lines it has.
type LeftOut struct {
	Path  string `json:"path"`
	Lines int    `json:"lines"`
}

// Builds is what a trial of mode build saw: builds.json.
type Builds struct {
	CleanNano   int64           `json:"clean_ns"` // of the build command
	EditNano    int64           `json:"edit_ns"`  // to change the file
	RebuildNano int64           `json:"rebuild_ns"`
	CPUs        []int           `json:"cpus"`           // that the compiler was given
	CleanSHA256 string          `json:"clean_sha256"`   // of the binary
	AgainSHA256 string          `json:"rebuilt_sha256"` // of the rebuilt one; the edit shows in it
	First       coldstart.Start `json:"first"`          // of the rebuilt one
}

// describeLifecycle fills a record of mode start or build. There are no requests and no connections in it.
func describeLifecycle(rec *trial.Record, o observation) error {
	rec.Metrics = map[string]float64{}
	for _, e := range o.Seen.Unsampled {
		rec.Warnings = append(rec.Warnings, trial.Warning{Code: "probe", Detail: e})
	}
	if steal := o.steal(); steal >= 0 {
		rec.Metrics[trial.StealShare] = steal
	}
	switch {
	case o.cell.Mode == "start" && o.Starts != nil:
		describeStarts(rec, o)
	case o.cell.Mode == "build" && o.Builds != nil:
		describeBuilds(rec, *o.Builds)
	case o.Seen.Failure == "" && o.Seen.Exit == nil:
		return fmt.Errorf("it has neither %s nor %s", RawStarts, RawBuilds)
	}
	return nil
}

func describeStarts(rec *trial.Record, o observation) {
	if m, ok := medianStart(o.Starts.Starts); ok && o.failedStart() == "" {
		rec.Metrics[firstAnswer] = float64(m.Nanoseconds()) / 1e6
	}
	if o.Starts.IdleToUnixNano > 0 {
		from, to := time.Unix(0, o.Starts.IdleFromUnixNano), time.Unix(0, o.Starts.IdleToUnixNano)
		if m, ok := probe.MedianResident(o.Samples[TargetSource], from, to); ok {
			rec.Metrics[idleMemory] = float64(m)
		} else {
			rec.Warnings = append(rec.Warnings, trial.Warning{Code: "no-memory", Metrics: []string{idleMemory},
				Detail: "no sample of the idle server's memory"})
		}
	}
	if bytes := float64(o.Starts.Artifact.Bytes); o.place.runtime == "docker" {
		rec.Metrics[imageBytes] = bytes
		if b := o.Starts.Artifact.Binary; b > 0 {
			rec.Metrics[binaryBytes] = float64(b)
		} else {
			rec.Warnings = append(rec.Warnings, trial.Warning{Code: "no-binary", Metrics: []string{binaryBytes},
				Detail: "the image's ENTRYPOINT does not name a file of its own, so the program's size is not known"})
		}
	} else {
		rec.Metrics[binaryBytes] = bytes
	}
	if s := o.Starts.Source; s != nil {
		rec.Metrics[sourceLines], rec.Metrics[modules] = float64(s.Lines), float64(s.Modules)
		for _, f := range s.LeftOut {
			rec.Metrics[trial.UncountedLines] += float64(f.Lines)
		}
	}
}

// medianStart is the median from exec to first answer, of those that were answered; of an even number, the mean of the
// middle two.
func medianStart(starts []coldstart.Start) (time.Duration, bool) {
	var took []time.Duration
	for _, s := range starts {
		if s.AnswerNano > 0 {
			took = append(took, s.Took())
		}
	}
	if len(took) == 0 {
		return 0, false
	}
	slices.Sort(took)
	return (took[(len(took)-1)/2] + took[len(took)/2]) / 2, true
}

// failedStart says which start got no answer, "" where all did.
func (o observation) failedStart() string {
	for i, s := range o.Starts.Starts {
		if s.Failure != "" || s.AnswerNano == 0 {
			return fmt.Sprintf("start %d of %d: %s", i+1, o.Starts.Asked, oneLine(s.Failure))
		}
	}
	return ""
}

func describeBuilds(rec *trial.Record, b Builds) {
	rec.Metrics[cleanBuild] = seconds(b.CleanNano)
	rec.Metrics[rebuild] = seconds(b.RebuildNano)
	if b.First.Failure == "" && b.First.AnswerNano > 0 {
		rec.Metrics[editToAnswer] = seconds(b.EditNano + b.RebuildNano + int64(b.First.Took()))
	}
}

func seconds(nano int64) float64 { return float64(nano) / 1e9 }

// judgeLifecycle sets the status of a trial that came to its end.
func judgeLifecycle(rec *trial.Record, o observation) {
	lost := "" // what the server did not do
	switch {
	case o.Starts != nil:
		lost = o.failedStart()
		rec.Checks = append(rec.Checks, polls(o)...)
	case o.Builds.First.Failure != "":
		lost = "after the rebuild: " + oneLine(o.Builds.First.Failure)
	}
	if v, ok := rec.Metrics[trial.StealShare]; ok {
		rec.Checks = append(rec.Checks, atMost(checkSteal, v, o.limits.Steal, "share", "the hypervisor gave CPU time to others; run on a quieter host"))
	}
	rec.Checks = passedSayNothing(rec.Checks)
	why := failed(rec.Checks, trial.WholeTrial)
	switch {
	case why != "": // before the server is blamed
		rec.Status, rec.Failure = trial.Invalid, why
	case lost != "":
		rec.Status, rec.Failure = trial.ServerFailed, lost
	default:
		rec.Status = trial.OK
	}
}

// polls holds the agent to its interval. The median over the starts counts, as it does for what is measured.
func polls(o observation) []trial.Check {
	var gaps []int64
	for _, s := range o.Starts.Starts {
		gaps = append(gaps, s.GapNano)
	}
	if len(gaps) == 0 || o.limits.PollGapUS == 0 {
		return nil
	}
	slices.Sort(gaps)
	gap := float64(gaps[len(gaps)/2]) / 1000
	return []trial.Check{atMost(checkPolls, gap, o.limits.PollGapUS, "us", "the load agent asked too seldom to see the first answer in time")}
}
