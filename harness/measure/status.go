package measure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/target"
	"github.com/assay-bench/assay/harness/trial"
)

// decide sets the record's status. A failure of the server is a result; only the load
// side, the host or the harness invalidate a trial.
func decide(rec *trial.Record, o observation) {
	rec.OutOfMemory = o.outOfMemory()
	switch {
	case o.Seen.DiedAtStart:
		rec.Status, rec.Failure = trial.ServerFailed, oneLine(o.Seen.Failure)
	case o.Seen.Failure != "": // before the exit: an engine that goes down takes its containers with it
		rec.Status, rec.Failure = trial.Broken, oneLine(o.Seen.Failure)
	case o.Seen.Exit != nil:
		rec.Status, rec.Failure = trial.ServerFailed, ended(rec.Target, *o.Seen.Exit)
	case o.Result.Failure != "" && o.Result.FailureSide == "server":
		rec.Status, rec.Failure = trial.ServerFailed, oneLine(o.Result.Failure)
	case o.Result.Failure != "":
		rec.Status, rec.Failure = trial.Broken, oneLine(o.Result.Failure)
	case o.cell.Mode.Lifecycle():
		judgeLifecycle(rec, o)
	default:
		judgeMeasured(rec, o)
	}
	if rec.Target == target.NullID && rec.Status == trial.ServerFailed {
		rec.Status, rec.Failure = trial.Invalid, "the null server, a part of the harness, failed: "+rec.Failure
	}
}

func judgeMeasured(rec *trial.Record, o observation) {
	rec.Checks = checks(*rec, o)
	if o.overran() {
		rec.Status = trial.ServerFailed
		rec.Failure = fmt.Sprintf("the target used %d MiB, more than the %d MiB that its placement allows", o.peakMemory()>>20, o.place.memoryBytes>>20)
		return
	}
	if why := failed(starved(rec.Checks, o.engine), trial.WholeTrial); why != "" {
		// Before the server is blamed: with too little CPU or memory on the load side, or
		// on the host, or while the load side is held up, requests fail that the server would have answered.
		rec.Status, rec.Failure = trial.Invalid, why
		return
	}
	if why := serverFailure(o.Result); why != "" {
		rec.Status, rec.Failure = trial.ServerFailed, why
		return
	}
	if why := failed(rec.Checks, trial.WholeTrial); why != "" {
		rec.Status, rec.Failure = trial.Invalid, why
		return
	}
	rec.Status = trial.OK
	if why := failed(rec.Checks, trial.Throughput); why != "" {
		reject(rec, "throughput-rejected", "the rate and the latencies are rejected, "+why, perSecond, p50, p99, p999, trial.ServiceP99MS)
	}
	if why := failed(rec.Checks, trial.Latency); why != "" {
		if rec.Metrics[p99] > float64(o.cell.SLOP99.Microseconds())/1000 {
			// Whether the server kept its objective cannot be told from such a trial.
			rec.Status, rec.Failure = trial.Invalid, why
			return
		}
		reject(rec, "latency-rejected", "latencies are rejected, "+why, p50, p99, p999, trial.ServiceP99MS)
	}
}

// starved keeps the checks of what the load side and the host had to work with. The native engine takes a request up whatever
// the server does, so what it has not sent is its own fault; vegeta's workers may all be waiting for the server.
func starved(list []trial.Check, engine string) []trial.Check {
	return slices.DeleteFunc(slices.Clone(list), func(c trial.Check) bool {
		if c.ID == checkSent {
			return engine != load.Native
		}
		return !slices.Contains([]string{checkAgentCPU, checkThrottled, checkSteal, checkPressure}, c.ID)
	})
}

// reject sets some metrics of a trial apart. docs/decisions/0005 says why the rest of it stands.
func reject(rec *trial.Record, code, why string, metrics ...string) {
	if rec.Rejected == nil {
		rec.Rejected = map[string]float64{}
	}
	var moved []string
	for _, id := range metrics {
		if v, ok := rec.Metrics[id]; ok {
			rec.Rejected[id] = v
			delete(rec.Metrics, id)
			moved = append(moved, id)
		}
	}
	slices.Sort(moved)
	rec.Warnings = append(rec.Warnings, trial.Warning{Code: code, Detail: why, Metrics: moved})
}

// serverFailure names requests and connections that the server lost. A wrong body is not
// among them: such a server does other work than the contract's, and its trial is invalid.
func serverFailure(r load.Result) string {
	var parts []string
	lost := map[string]int64{}
	for class, n := range r.Errors {
		if class != "wrong body" {
			lost[class] = n
		}
	}
	if n := r.Failed - r.Errors["wrong body"]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d requests failed (%s)", n, kinds(lost)))
	}
	if r.Closed > 0 {
		parts = append(parts, fmt.Sprintf("%d connections were closed", r.Closed))
	}
	return strings.Join(parts, ", ")
}

func ended(target string, e Exit) string {
	how := fmt.Sprintf("with code %d", e.Code)
	if e.Signal != "" {
		how = "by signal: " + e.Signal
	}
	if e.OOMKilled {
		how += " (out of memory)"
	}
	line := fmt.Sprintf("%s ended during the trial, %s", target, how)
	if e.LogTail != "" {
		line += "; its last words: " + oneLine(e.LogTail)
	}
	return line
}

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), " | ")
}

// kinds lists error kinds with their counts, most frequent first.
func kinds(errors map[string]int64) string {
	names := make([]string, 0, len(errors))
	for k := range errors {
		names = append(names, k)
	}
	slices.SortFunc(names, func(a, b string) int {
		if d := errors[b] - errors[a]; d != 0 {
			return int(max(-1, min(1, d)))
		}
		return strings.Compare(a, b)
	})
	for i, k := range names {
		names[i] = fmt.Sprintf("%s: %d", k, errors[k])
	}
	return strings.Join(names, ", ")
}
