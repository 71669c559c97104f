package probe

import "time"

// A Source can be asked what a process or container has used so far.
type Source interface {
	Sample() (Sample, error)
	// Name says where the numbers come from: "process", "cgroup v1", "cgroup v2", "docker stats".
	Name() string
}

// A Sample is one reading. CPU counters are cumulative since the process began. Missing is -1, not 0.
type Sample struct {
	At              time.Time     `json:"at"`
	CPU             time.Duration `json:"cpu_ns"` // user + system
	User            time.Duration `json:"user_ns"`
	System          time.Duration `json:"system_ns"`
	ResidentBytes   int64         `json:"resident_bytes"` // RSS of the process(es); for cgroups anonymous memory
	CgroupBytes     int64         `json:"cgroup_bytes"`   // all that the cgroup is charged with, kernel memory included
	Throttled       time.Duration `json:"throttled_ns"`   // cumulative
	OOMKills        int64         `json:"oom_kills"`      // cumulative
	PressureStalled time.Duration `json:"pressure_ns"`    // memory pressure, "some", cumulative
}
