package null

import (
	"encoding/json"
	"runtime/debug"
)

// gauges are the body of GET /stats, as targets/CONTRACT.md says. Null is not known.
type gauges struct {
	OpenConnections  int64  `json:"open_connections"`
	WorkerThreads    int    `json:"worker_threads"`
	GCCount          int64  `json:"gc_count"`
	GCPauseTotalNano int64  `json:"gc_pause_total_ns"`
	ResidentBytes    *int64 `json:"resident_bytes"`
}

// statsBody reads the gauges of this process.
func statsBody(open int64, threads int) string {
	var gc debug.GCStats
	debug.ReadGCStats(&gc)
	g := gauges{OpenConnections: open, WorkerThreads: threads, GCCount: gc.NumGC, GCPauseTotalNano: int64(gc.PauseTotal)}
	if n, ok := residentBytes(); ok {
		g.ResidentBytes = &n
	}
	body, err := json.Marshal(g)
	if err != nil {
		panic("null: " + err.Error()) // numbers always can be written
	}
	return string(body)
}
