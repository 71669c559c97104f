package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// lateness measures how late requests leave at a fixed rate, on a fresh server each time as in a trial.
func (b *bench) lateness(ctx context.Context) error {
	nativeRounds, window := nativeLateRounds, lateWindow
	if b.quick {
		nativeRounds, window = quickScheduled, quickLateWindow
	}
	rounds := map[engine]int{native: nativeRounds, vegeta: vegetaLateRounds}
	servers := b.contractServersAt(lateConnections)
	if len(servers) == 0 || !b.allowed(lateConnections) {
		return nil
	}
	fmt.Fprintln(b.stdout, lateHeader)
	for round := range nativeRounds {
		for _, s := range rotated(servers, round) {
			for _, e := range []engine{native, vegeta} {
				if round >= rounds[e] {
					continue
				}
				came, err := b.scheduledRun(ctx, s, e, round, job{lateConnections, lateRate, lateWarmUp, window})
				if err != nil {
					return err
				}
				b.results.Late = append(b.results.Late, came...)
				printAll(b.stdout, came, lateRow)
			}
		}
	}
	return nil
}

// connecting measures how long it takes to open and verify connections on a fresh server.
func (b *bench) connecting(ctx context.Context) error {
	rounds := connectRounds
	if b.quick {
		rounds = quickScheduled
	}
	shown := false
	for round := range rounds {
		for _, connections := range connectLevels() {
			servers := b.contractServersAt(connections)
			if len(servers) == 0 || !b.allowed(connections) {
				continue
			}
			if !shown {
				fmt.Fprintln(b.stdout, connectHeader)
				shown = true
			}
			for _, s := range rotated(servers, round) {
				// What is sent then does not matter; a job has to send something.
				came, err := b.scheduledRun(ctx, s, native, round, job{connections, lateRate, 0, connectWindow})
				if err != nil {
					return err
				}
				b.results.Connects = append(b.results.Connects, came...)
				printAll(b.stdout, came, connectRow)
			}
		}
	}
	return nil
}

// contractServersAt are those servers that count their own connections.
func (b *bench) contractServersAt(connections int) []*server {
	var found []*server
	for _, s := range b.upAt(connections) {
		if !s.constant {
			found = append(found, s)
		}
	}
	return found
}

// A job is what a scheduled measurement asks for.
type job struct {
	connections    int
	rate           float64 // requests/s over all connections
	warmUp, window time.Duration
}

// scheduledRun starts a server, drives one job and stops it. When the job could not be measured it notes that and
// returns nothing; an error means that ctx is over.
func (b *bench) scheduledRun(ctx context.Context, s *server, e engine, round int, j job) ([]scheduled, error) {
	came, err := b.scheduledOne(ctx, s, e, round, j)
	if err != nil {
		what := fmt.Sprintf("%s with %s connections at a rate by %s, round %d", s.id, count(j.connections), e, round+1)
		return nil, b.fail(ctx, what, err)
	}
	return []scheduled{{Server: s.id, Connections: j.connections, Engine: e, Round: round, rated: came}}, nil
}

func (b *bench) scheduledOne(ctx context.Context, s *server, e engine, round int, j job) (rated, error) {
	instance, err := s.start(ctx)
	if err != nil {
		return rated{}, err
	}
	defer func() {
		ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopLimit)
		defer cancel()
		if _, err := instance.Stop(ending); err != nil {
			fmt.Fprintln(b.log, "warning:", oneLine(err))
		}
	}()
	l, err := b.generator.live(ctx, j.warmUp+j.window+spareTime,
		b.generator.self, "rate", "--engine", string(e), "--address", instance.Address(),
		"--connections", strconv.Itoa(j.connections), "--rate", strconv.FormatFloat(j.rate, 'g', -1, 64),
		"--seed", strconv.Itoa(round+1), "--warm-up", j.warmUp.String(), "--window", j.window.String())
	if err != nil {
		return rated{}, err
	}
	return readJSON[rated](l.stdout)
}

// readJSON reads what a generator of ours printed.
func readJSON[T any](text string) (T, error) {
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return v, fmt.Errorf("the generator printed %q: %w", text, err)
	}
	return v, nil
}
