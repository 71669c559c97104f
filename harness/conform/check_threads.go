package conform

import (
	"context"
	"fmt"
)

// checkThreads sees that GET /stats tells as many threads as the server was given CPUs, for
// that is where the contract has their number come from.
func checkThreads(ctx context.Context, c *client, cpus int) []Difference {
	if cpus == 0 {
		c.notChecked = append(c.notChecked, "worker_threads of GET /stats: the number of CPUs that the server may use is not known here")
		return nil
	}
	stats, _, err := c.stats(ctx)
	if err != nil || stats.WorkerThreads == uint64(cpus) {
		return nil // what is wrong with the answer itself, the check of its form has said
	}
	return []Difference{{
		Request: get("/stats").String(), What: "worker_threads",
		Want: fmt.Sprintf("%d, the CPUs given", cpus), Got: fmt.Sprint(stats.WorkerThreads),
	}}
}
