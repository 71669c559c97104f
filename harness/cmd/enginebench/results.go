package main

import "time"

// A measurement is one closed-loop run of one engine in a process of its own.
type measurement struct {
	Server      string
	Connections int
	Engine      engine
	Round       int // from 0
	driven
	User, System time.Duration // of the process, from its start to its end
	MaxRSSBytes  int64         // -1 not known
	Sleeps       int64         // times that the process waited for something
	ServerCPU    time.Duration // user and system, of the server meanwhile; 0 not known
}

// driven is what a generator tells of a closed loop.
type driven struct {
	Answers int64   `json:"answers"` // right ones, over the life of the process
	Rate    float64 `json:"rate"`    // requests/s while it drove
	Seconds float64 `json:"seconds"` // for which it drove
	Idle    float64 `json:"idle_s"`  // CPU time awake with nothing to do; 0 of a generator that sleeps
}

// work is the CPU time that the generator had something to do for, in seconds: all that it used, without Idle.
func (m measurement) work() float64 { return (m.User + m.System).Seconds() - m.Idle }

// perCPUSecond is answers for each second of CPU time that the generator worked.
func (m measurement) perCPUSecond() float64 { return float64(m.Answers) / m.work() }

// userMicros and systemMicros are CPU time for each answer, in microseconds.
func (m measurement) userMicros() float64 { return micros(m.User) / float64(m.Answers) }
func (m measurement) systemMicros() float64 {
	return micros(m.System) / float64(m.Answers)
}

// idleMicros is the part of them for which the generator was awake with nothing to do.
func (m measurement) idleMicros() float64 { return 1e6 * m.Idle / float64(m.Answers) }

// serverMicros is the server's CPU time for each answer, in microseconds. It includes what the kernel does for the server's
// packets, waking the generator among it.
func (m measurement) serverMicros() float64 { return micros(m.ServerCPU) / float64(m.Answers) }

// sleepsPerThousand is how often the generator fell asleep for a thousand answers.
func (m measurement) sleepsPerThousand() float64 {
	return 1000 * float64(m.Sleeps) / float64(m.Answers)
}

// busy is the share of its CPU that the generator worked for while it drove; a little over 1 is its start and end.
func (m measurement) busy() float64 { return m.work() / m.Seconds }

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// A scheduled is one job of package load at a fixed rate.
type scheduled struct {
	Server      string
	Connections int
	Engine      engine
	Round       int
	rated
}

// rated is what a generator tells of such a job.
type rated struct {
	ConnectSeconds float64 `json:"connect_s"` // first dial to client = kernel = server
	Scheduled      int64   `json:"scheduled"`
	Done           int64   `json:"done"`
	LateP50Micros  float64 `json:"late_p50_us"` // intended send to send
	LateP99Micros  float64 `json:"late_p99_us"`
}

// results are all that a run measured.
type results struct {
	Closed      []measurement
	Late        []scheduled
	Connects    []scheduled
	Left        []string // what was left out, and why
	Failed      []string // what could not be measured, and why
	Environment []fact
}

// A fact is one line about what it ran on.
type fact struct{ Name, Value string }

// closed picks the measurements of one cell and engine, in the order of their rounds.
func (r *results) closed(server string, connections int, e engine) []measurement {
	var found []measurement
	for _, m := range r.Closed {
		if m.Server == server && m.Connections == connections && m.Engine == e {
			found = append(found, m)
		}
	}
	return found
}

// pick selects scheduled jobs.
func pick(all []scheduled, server string, connections int, e engine) []scheduled {
	var found []scheduled
	for _, s := range all {
		if s.Server == server && s.Connections == connections && s.Engine == e {
			found = append(found, s)
		}
	}
	return found
}
