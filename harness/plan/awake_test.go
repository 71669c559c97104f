package plan

import (
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/target"
)

// On a CPU that the server has too, an agent that is awake would take the server's time.
func TestOnlyAnAgentWithCPUsOfItsOwnStaysAwake(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		targets, load []int
		want          time.Duration
	}{{[]int{0}, []int{1}, AwakeBefore}, {[]int{0}, []int{0}, 0}, {[]int{0, 1}, []int{1, 2}, 0}, {[]int{0}, nil, 0}} {
		if got := awake(target.Placement{TargetCPUs: c.targets, LoadCPUs: c.load}); got != c.want {
			t.Errorf("server on %v, load on %v: %v, want %v", c.targets, c.load, got, c.want)
		}
	}
}
