package load

import "github.com/assay-bench/assay/harness/load/conns"

// A Schedule says when each request is meant to leave and on which connection.
type Schedule = conns.Schedule

// NewSchedule lays out a job's warm-up and window. Same job, same schedule.
func NewSchedule(job Job) *Schedule {
	return conns.NewSchedule(conns.Plan{
		Connections: job.Connections, RequestsPerSecond: job.RequestsPerSecond, Seed: job.Seed, WarmUp: job.WarmUp, Window: job.Window,
	})
}
