package plan

import (
	"fmt"
	"math"
	"time"

	"github.com/assay-bench/assay/harness/claim"
)

// windowStep is what a window is lengthened in.
const windowStep = 100 * time.Millisecond

// longEnough is the cell's window, lengthened where an open loop at its rate would send too few requests in it for a percentile
// that a reading takes: one that cannot be printed decides nothing. percentile is 0 where the window is the profile's.
func longEnough(in Input, c Cell) (window time.Duration, percentile float64) {
	if c.Mode.Closed() || c.Mode.Lifecycle() || c.RequestsPerSecond <= 0 { // how many there will be is not known, or there are none
		return c.Window, 0
	}
	window = c.Window
	for _, cl := range in.Ledger.Claims {
		for _, r := range cl.Readings {
			if !measured(r) || !restsOn(in.Cost, r, c) {
				continue
			}
			if need := windowFor(percentileOf(r), c.RequestsPerSecond); need > window {
				window, percentile = need, percentileOf(r)
			}
		}
	}
	return window, percentile
}

// windowFor is how long it takes to send as many requests as a percentile needs.
func windowFor(percentile, perSecond float64) time.Duration {
	if percentile == 0 {
		return 0
	}
	const slack = 1e-6 // so that what is a whole number of steps is not one more
	seconds := float64(DefaultLimits().SamplesFor(percentile)) / perSecond
	return time.Duration(math.Ceil(seconds/windowStep.Seconds()-slack)) * windowStep
}

// percentileOf is which percentile of a trial's latencies decides a reading, 0 for none. The objective, without which nothing is
// sustained, is about the p99.
func percentileOf(r claim.Reading) float64 {
	if r.Shape == claim.Threshold {
		return 99
	}
	switch r.Metric {
	case "p50_ms":
		return 50
	case "p99_ms", "sustained_connections":
		return 99
	case "p999_ms":
		return 99.9
	}
	return 0
}

// forSamples says of a cell with a lengthened window what it is for, "" of any other.
func forSamples(in Input, c Cell) string {
	c.Window = profileWindow(in, c.Scenario)
	window, percentile := longEnough(in, c)
	if percentile == 0 {
		return ""
	}
	return fmt.Sprintf(" (its window is %s: at %.4g requests/s a p%g takes that long)", window, c.RequestsPerSecond, percentile)
}
