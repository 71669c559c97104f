package probe

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// A DockerStats is a source over the stream of a container's statistics (GET
// /containers/<id>/stats), for engines whose processes this host cannot see. The engine
// sends one message a second; between two, Sample returns ErrNoNews.
//
// Samples carry the engine's time, which is also the time of a load agent in a container
// of that engine. OOM kills and memory pressure are not in the stream: -1.
type DockerStats struct {
	mu     sync.Mutex
	latest Sample
	fresh  bool
	failed error
	done   chan struct{}
}

// NewDockerStats starts to read the stream. The caller opens it, and ends it by closing
// it; then Close waits until the reading has stopped.
func NewDockerStats(stream io.Reader) *DockerStats {
	d := &DockerStats{done: make(chan struct{})}
	go d.follow(stream)
	return d
}

// Name is "docker stats".
func (d *DockerStats) Name() string { return "docker stats" }

// Sample returns the latest message once. The error is ErrNoNews when it was given
// already, ErrGone when the stream has ended or the container stopped, and what the
// stream failed with otherwise.
func (d *DockerStats) Sample() (Sample, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.fresh:
		d.fresh = false
		return d.latest, nil
	case d.failed != nil:
		return Sample{}, d.failed
	}
	return Sample{}, fmt.Errorf("docker stats: %w", ErrNoNews)
}

// Close waits for the end of the reading. Close the stream before.
func (d *DockerStats) Close() error {
	<-d.done
	return nil
}

func (d *DockerStats) follow(stream io.Reader) {
	defer close(d.done)
	decoder := json.NewDecoder(stream)
	for {
		var message statsMessage
		err := decoder.Decode(&message)
		var s Sample
		if err == nil {
			s, err = message.sample()
		}
		if errors.Is(err, io.EOF) {
			err = ErrGone
		}
		d.mu.Lock()
		if err != nil {
			d.failed = fmt.Errorf("docker stats: %w", err)
			d.mu.Unlock()
			return
		}
		d.latest, d.fresh = s, true
		d.mu.Unlock()
	}
}

// statsMessage is the part of a message that is used here. Source: Docker Engine API
// 1.40 and later, ContainerStats. Times are nanoseconds.
type statsMessage struct {
	Read time.Time `json:"read"`
	CPU  struct {
		Usage struct {
			Total  *int64 `json:"total_usage"`
			User   *int64 `json:"usage_in_usermode"`
			Kernel *int64 `json:"usage_in_kernelmode"`
		} `json:"cpu_usage"`
		Throttling struct {
			Time *int64 `json:"throttled_time"`
		} `json:"throttling_data"`
	} `json:"cpu_stats"`
	Memory struct {
		Usage  *int64           `json:"usage"`
		Detail map[string]int64 `json:"stats"`
	} `json:"memory_stats"`
}

// sample turns a message into a sample. A stopped container's messages have no time and
// no memory: ErrGone.
func (m *statsMessage) sample() (Sample, error) {
	if m.Read.IsZero() || m.Memory.Usage == nil {
		return Sample{}, fmt.Errorf("a message of a container that is not running: %w", ErrGone)
	}
	s := unread(m.Read)
	s.CPU = nanoseconds(m.CPU.Usage.Total)
	s.User, s.System = nanoseconds(m.CPU.Usage.User), nanoseconds(m.CPU.Usage.Kernel)
	s.Throttled = nanoseconds(m.CPU.Throttling.Time)
	s.CgroupBytes = max(-1, *m.Memory.Usage)
	for _, key := range []string{"total_rss", "anon"} { // cgroup v1, v2
		if bytes, found := m.Memory.Detail[key]; found {
			s.ResidentBytes = max(-1, bytes)
		}
	}
	return s, nil
}

func nanoseconds(n *int64) time.Duration {
	if n == nil {
		return -1
	}
	return duration(*n, time.Nanosecond)
}
