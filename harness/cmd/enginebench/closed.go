package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/assay-bench/assay/harness/launch"
)

const (
	// settleTime lets a server close the connections of one measurement before the next.
	settleTime = 100 * time.Millisecond
	// warmTime is how long a fresh server is driven before it counts.
	warmTime = 500 * time.Millisecond
	// spareTime is what a measurement may take beyond its window: connecting and the last answers.
	spareTime = 60 * time.Second
	// stopLimit bounds the end of all servers of a level.
	stopLimit = 15 * time.Second
)

// closedLevel measures every server with every engine at one number of connections. All servers are up at once, so that
// they can take turns; one that is not asked uses no CPU.
func (b *bench) closedLevel(ctx context.Context, connections int) error {
	up := b.upAt(connections)
	if len(up) == 0 || !b.allowed(connections) {
		return nil
	}
	up, stop, err := b.startAll(ctx, up)
	defer stop()
	if err != nil {
		return err
	}
	fmt.Fprintln(b.stdout, closedHeader)
	for round := range b.pairs {
		for _, s := range rotated(up, round) {
			for _, e := range rotated(b.engines(), round) {
				if round >= closedRounds(b.pairs, connections, e) {
					continue
				}
				if err := b.closedOne(ctx, s, connections, e, round); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (b *bench) upAt(connections int) []*server {
	var up []*server
	for _, s := range b.servers {
		if b.wants(s.id, connections) {
			up = append(up, s)
		}
	}
	return up
}

func (b *bench) engines() []engine {
	return slices.DeleteFunc(closedEngines(), func(e engine) bool { return e == wrk && b.wrkPath == "" })
}

// startAll starts servers and drives each for a moment. stop ends them all, whatever else failed.
func (b *bench) startAll(ctx context.Context, servers []*server) (up []*server, stop func(), err error) {
	var running []launch.Instance
	stop = func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
		defer cancel()
		for _, i := range running {
			if _, err := i.Stop(ending); err != nil {
				fmt.Fprintln(b.log, "warning:", oneLine(err))
			}
		}
	}
	for _, s := range servers {
		i, err := s.start(ctx)
		if err == nil {
			running = append(running, i)
			s.pid = i.PID()
			_, err = b.generator.live(ctx, warmTime+spareTime, b.driveArgs(s, someConnections/10, native, warmTime)...)
		}
		if err == nil {
			up = append(up, s)
		} else if err := b.fail(ctx, s.id, err); err != nil {
			return nil, stop, err
		}
	}
	return up, stop, nil
}

// closedOne makes one measurement and shows it.
func (b *bench) closedOne(ctx context.Context, s *server, connections int, e engine, round int) error {
	m, err := b.closedRun(ctx, s, connections, e)
	if err != nil {
		return b.fail(ctx, fmt.Sprintf("%s with %s connections by %s, round %d", s.id, count(connections), e, round+1), err)
	}
	m.Round = round
	b.results.Closed = append(b.results.Closed, m)
	fmt.Fprintln(b.stdout, closedRow(m))
	return pause(ctx, settleTime)
}

func (b *bench) closedRun(ctx context.Context, s *server, connections int, e engine) (measurement, error) {
	args := b.driveArgs(s, connections, e, b.window)
	read := readJSON[driven]
	if e == wrk {
		read = readWrk
	}
	meter := meterOf(s.pid)
	l, err := b.generator.live(ctx, b.window+spareTime, args...)
	serverCPU := meter.stop()
	if err != nil {
		return measurement{}, err
	}
	came, err := read(l.stdout)
	if err != nil {
		return measurement{}, err
	}
	return measurement{
		Server: s.id, Connections: connections, Engine: e, driven: came,
		User: l.user, System: l.system, MaxRSSBytes: l.maxRSSBytes, Sleeps: l.sleeps, ServerCPU: serverCPU,
	}, nil
}

// driveArgs is the command line of a closed loop.
func (b *bench) driveArgs(s *server, connections int, e engine, window time.Duration) []string {
	address := "127.0.0.1:" + strconv.Itoa(s.place.Port)
	if e == wrk {
		return wrkArgs(b.wrkPath, b.wrkScript, address, connections, window)
	}
	args := []string{
		b.generator.self, "drive", "--engine", string(e), "--address", address,
		"--connections", strconv.Itoa(connections), "--window", window.String(),
		"--constant=" + strconv.FormatBool(s.constant),
	}
	if e == awake {
		args[3] = string(native)
		args = append(args, "--awake")
	}
	return args
}

// pause waits; it fails when ctx ends first.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
