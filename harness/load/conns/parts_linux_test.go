package conns

import (
	"maps"
	"math/rand/v2"
	"testing"
	"time"
)

// However a job is dealt out to agents, and by each of them to the shards of its CPUs, every request of the schedule is picked up by
// one of them, and their recorders add up to the one of a whole: counts, errors, and histograms to the bit. What becomes
// of each request is drawn.
func TestPartsCountWhatTheWholeCounts(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(11, 4))
	for range 40 {
		schedule := NewSchedule(Plan{
			Connections: 6 + rng.IntN(50), RequestsPerSecond: 50 + 500*rng.Float64(), Seed: rng.Uint64(),
			WarmUp: time.Duration(rng.IntN(300)) * ms, Window: time.Second,
		})
		seed, agents, shards := rng.Uint64(), 1+rng.IntN(3), 1+rng.IntN(2)
		whole, parts := recorded(t, schedule, seed, 0, 1), NewTally()
		for part := range agents * shards {
			parts.Merge(recorded(t, schedule, seed, part, agents*shards))
		}
		if whole.Scheduled != schedule.InWindow() || whole.Sent != whole.Done+whole.Failed+whole.Pending || whole.Done == 0 {
			t.Errorf("of %d in the window: %d scheduled, %d sent, %d done, %d failed, %d pending",
				schedule.InWindow(), whole.Scheduled, whole.Sent, whole.Done, whole.Failed, whole.Pending)
		}
		if parts.Scheduled != whole.Scheduled || parts.Sent != whole.Sent || parts.Done != whole.Done || parts.Failed != whole.Failed ||
			parts.Pending != whole.Pending || parts.HeadBytes != whole.HeadBytes || !maps.Equal(parts.Errors, whole.Errors) {
			t.Errorf("%d agents of %d shards: %+v, want %+v", agents, shards, parts, whole)
		}
		if !parts.Intended.Equals(whole.Intended) || !parts.Service.Equals(whole.Service) || !parts.Lateness.Equals(whole.Lateness) {
			t.Errorf("%d agents of %d shards: a histogram differs", agents, shards)
		}
	}
}

// recorded has one shard of so many walk its requests of the schedule, each of which ends as its id and the seed draw it.
func recorded(t *testing.T, schedule *Schedule, seed uint64, id, of int) *Tally {
	t.Helper()
	cfg := Config{Connections: len(schedule.order), Loop: Open, Schedule: schedule, From: schedule.WarmUp(), To: schedule.End()}
	s, err := newShard(&cfg, &shared{}, id, of)
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	s.cursor = -1
	for s.advance(); s.due != never; s.advance() {
		i, r := s.pick(s.due)
		if int(i)*of+id != schedule.Conn(s.cursor) {
			t.Fatalf("request %d is for connection %d, not %d of shard %d of %d", s.cursor, schedule.Conn(s.cursor), i, id, of)
		}
		fate := rand.New(rand.NewPCG(seed, r.id))
		late, took := time.Duration(fate.IntN(2000))*time.Microsecond, time.Duration(fate.ExpFloat64()*3e6)
		s.rec.taken(r.intended, r.intended+late)
		switch fate.IntN(20) {
		case 0:
			s.rec.failed(r.intended, Reset)
		case 1:
			s.rec.pending(r.intended, cfg.To+time.Second)
		default:
			s.rec.done(r.intended, r.intended+late, r.intended+late+took, 100, 107)
		}
	}
	return s.rec.Tally
}
