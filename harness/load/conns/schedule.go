package conns

import (
	"math"
	"math/rand/v2"
	"time"
)

// maxID is the largest id of the contract, 2^53-1.
const maxID = 1<<53 - 1

// A Schedule is fixed before the first request: request k (from 0) is meant to leave k/rate after the start, on a
// connection that is the same for k and k+N. Each connection therefore sends with period N/rate, and the phases of the
// N connections are spread evenly, in seeded order. It is not changed after it is made and safe for concurrent use.
type Schedule struct {
	rate    float64 // requests/s over all connections
	seed    uint64
	order   []int32 // connection of request k is order[k mod N]
	total   int64   // requests in all
	first   int64   // first request of the window
	end     time.Duration
	lasting time.Duration // of the window
}

// A Plan is what a schedule is made from.
type Plan struct {
	Connections       int
	RequestsPerSecond float64 // over all connections; 0: a schedule of times alone, without a request, for a closed loop
	Seed              uint64
	WarmUp, Window    time.Duration
}

// NewSchedule lays out a plan's warm-up and window. Same plan, same schedule.
func NewSchedule(p Plan) *Schedule {
	s := &Schedule{rate: p.RequestsPerSecond, seed: p.Seed, end: p.WarmUp + p.Window, lasting: p.Window}
	s.order = make([]int32, p.Connections)
	for i := range s.order {
		s.order[i] = int32(i)
	}
	rng := rand.New(rand.NewPCG(p.Seed, 0x61737361792d6c64))
	rng.Shuffle(len(s.order), func(i, j int) { s.order[i], s.order[j] = s.order[j], s.order[i] })
	s.first = s.firstFrom(p.WarmUp)
	s.total = s.firstFrom(s.end)
	return s
}

// Total is the number of requests of warm-up and window; k runs from 0 to Total-1.
func (s *Schedule) Total() int64 { return s.total }

// InWindow is the number of requests whose intended send lies in the window.
func (s *Schedule) InWindow() int64 { return s.total - s.first }

// First is the first request whose intended send lies in the window.
func (s *Schedule) First() int64 { return s.first }

// End is the end of the window, counted from the start.
func (s *Schedule) End() time.Duration { return s.end }

// WarmUp is the beginning of the window, counted from the start.
func (s *Schedule) WarmUp() time.Duration { return s.end - s.lasting }

// At is the intended send of request k, counted from the start.
func (s *Schedule) At(k int64) time.Duration { return AtRate(k, s.rate) }

// Conn is the connection of request k, from 0 to N-1.
func (s *Schedule) Conn(k int64) int { return int(s.order[k%int64(len(s.order))]) }

// ID is the id that request k asks for, from 0 to 2^53-1. k may lie beyond the end of the schedule.
func (s *Schedule) ID(k int64) uint64 {
	return splitmix64(s.seed^splitmix64(uint64(k))) & maxID
}

// Place gives k's place among the requests of the window, and whether it is one of them.
func (s *Schedule) Place(k int64) (int64, bool) {
	return k - s.first, k >= s.first && k < s.total
}

// firstFrom is the smallest k that is meant at d or later.
func (s *Schedule) firstFrom(d time.Duration) int64 {
	if s.rate == 0 {
		return 0
	}
	k := int64(math.Ceil(d.Seconds() * s.rate))
	for k > 0 && s.At(k-1) >= d { // the division may have rounded either way
		k--
	}
	for s.At(k) < d {
		k++
	}
	return k
}

// AtRate is k/rate as a duration, rounded to the nanosecond.
func AtRate(k int64, rate float64) time.Duration {
	return time.Duration(math.Round(float64(k) * 1e9 / rate))
}

// splitmix64 is one step of Vigna's generator: a bijection of 64-bit numbers that mixes well.
func splitmix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
