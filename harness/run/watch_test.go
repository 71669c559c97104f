package run

import (
	"errors"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/probe"
)

// The host's counters are of the window: an agent that waits for the last answers goes on telling that it does, and what is
// stolen meanwhile is not the window's.
func TestTheHostIsReadAtBothEndsOfTheWindow(t *testing.T) {
	for name, c := range map[string]struct {
		phases []load.Phase
		want   []int64 // seconds at which the host was read
	}{
		"a long drain":  {[]load.Phase{load.Connecting, load.Measuring, load.Measuring, load.Draining, load.Draining, load.Draining}, []int64{2, 4}},
		"a short one":   {[]load.Phase{load.Measuring, load.Draining}, []int64{1, 2}},
		"no end":        {[]load.Phase{load.Connecting, load.Measuring, load.Measuring}, nil},
		"never reached": {[]load.Phase{load.Connecting}, nil},
	} {
		w := newWatch([]int{0})
		at := int64(0)
		w.readHost = func() (probe.HostSample, error) {
			return probe.HostSample{At: time.Unix(at, 0), CPUs: map[int]probe.CPUTimes{0: {}, 1: {}}}, nil
		}
		for _, p := range c.phases {
			at++
			w.phase(p)
		}
		var got []int64
		for _, h := range w.stop().host {
			if got = append(got, h.At.Unix()); len(h.CPUs) != 1 {
				t.Errorf("%s: CPUs %v are not the placement's", name, h.CPUs)
			}
		}
		if len(got) != len(c.want) || len(got) == 2 && (got[0] != c.want[0] || got[1] != c.want[1]) {
			t.Errorf("%s: read at %v, want %v", name, got, c.want)
		}
	}
	w := newWatch(nil)
	w.readHost = func() (probe.HostSample, error) { return probe.HostSample{}, errors.New("no counters") }
	w.phase(load.Measuring)
	if u := w.stop(); len(u.errs) != 1 || u.host != nil {
		t.Errorf("%+v", u)
	}
}
