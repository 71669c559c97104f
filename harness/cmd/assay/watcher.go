package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/digits"
	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/run"
	"github.com/assay-bench/assay/harness/trial"
)

// A watcher shows a run as it goes: a live bar on a terminal, one line a trial elsewhere.
type watcher struct {
	w       io.Writer
	live    bool
	total   int
	left    run.Remaining
	attempt int
	started time.Time
}

func newWatcher(w io.Writer, p plan.Plan) *watcher {
	_, live := terminalOf(w)
	live = live && os.Getenv("TERM") != "dumb" // such a one cannot redraw a line
	return &watcher{w: w, live: live, total: len(p.Slots)}
}

func (v *watcher) TrialStarted(s plan.Slot, attempt int, left run.Remaining) {
	v.left, v.attempt, v.started = left, attempt, time.Now()
	v.bar(s, "starting", 0)
}

func (v *watcher) TrialProgress(s plan.Slot, p load.Progress) {
	what := string(p.Phase)
	if p.Phase == load.Connecting {
		what = fmt.Sprintf("connecting %d", p.Open)
	}
	v.bar(s, what, p.Fraction)
}

// bar redraws the live line.
func (v *watcher) bar(s plan.Slot, what string, fraction float64) {
	if !v.live {
		return
	}
	const cells = 24
	done := v.total - v.left.Trials
	full := int((float64(done) + min(1, max(0, fraction))) / float64(v.total) * cells)
	left := v.left.Time - time.Since(v.started)
	line := fmt.Sprintf("%s%s %d/%d  block %d  %s  %s  %s  %s left", strings.Repeat("█", full), strings.Repeat("░", cells-full),
		done+1, v.total, s.Block, s.Cell, arm(s.Target, s.Replica), what, clock(left))
	if v.attempt > 1 {
		line += fmt.Sprintf("  (attempt %d)", v.attempt)
	}
	if columns := width(v.w) - 1; len([]rune(line)) > columns {
		line = string([]rune(line)[:columns])
	}
	fmt.Fprintf(v.w, "\r\x1b[K%s", line)
}

func (v *watcher) TrialEnded(r trial.Record) {
	if v.live {
		fmt.Fprint(v.w, "\r\x1b[K")
		if r.Status == trial.OK {
			return // the bar moves on; only what deserves a look stays on the screen
		}
	}
	fmt.Fprintln(v.w, trialLine(r, v.total))
}

func (v *watcher) done() {
	if v.live {
		fmt.Fprint(v.w, "\r\x1b[K")
	}
}

// trialLine is one trial in one line of a log. One whose latencies were rejected says so, as it may be made again, and that one says that it is.
func trialLine(r trial.Record, total int) string {
	again := ""
	if r.Attempt > 1 {
		again = fmt.Sprintf(", again (attempt %d)", r.Attempt)
	}
	line := fmt.Sprintf("%d/%d block %d %s %s%s: %s", r.Slot+1, total, r.Block, r.Cell, arm(r.Target, r.Replica), again, r.Status)
	if r.Connections.Held {
		line += ", " + digits.Plural(r.Connections.Asked, "connection") + " held"
	}
	if v, ok := r.Metrics["p99_ms"]; ok {
		line += ", p99 " + digits.Number(v) + " ms"
	}
	if v, ok := r.Metrics["cpu_us_per_request"]; ok {
		line += ", " + digits.Number(v) + " us CPU a request"
	}
	for _, m := range []struct{ id, what, unit string }{
		{"first_answer_ms", "first answer after", "ms"}, {"build_s", "built in", "s"}, {"rebuild_s", "rebuilt in", "s"},
	} {
		if v, ok := r.Metrics[m.id]; ok {
			line += ", " + m.what + " " + digits.Number(v) + " " + m.unit
		}
	}
	if r.Failure != "" {
		line += ": " + r.Failure
	}
	if r.Late() {
		line += "; latencies rejected, since requests left late"
	}
	return line
}

func arm(target string, replica int) string {
	if replica > 1 {
		return target + " (A/A)"
	}
	return target
}

// clock writes a time as min:s, or h:min:s.
func clock(d time.Duration) string {
	d = max(0, d).Round(time.Second)
	if d >= time.Hour {
		return fmt.Sprintf("%d:%02d:%02d", int(d.Hours()), int(d.Minutes())%60, int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d:%02d", int(d.Minutes()), int(d.Seconds())%60)
}
