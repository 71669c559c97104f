package main

import (
	"math"
	"testing"
	"time"
)

func TestRatioOf(t *testing.T) {
	t.Parallel()
	r, err := ratioOf([]float64{2, 8, 4}, []float64{1, 2, 2})
	if err != nil {
		t.Fatal(err)
	}
	// Of 2, 4 and 2 the logarithms are ln 2, 2 ln 2, ln 2: mean 4/3 ln 2, s = ln 2/sqrt 3, t(0.975; 2) = 4.302653.
	half := 4.302653 * math.Ln2 / 3
	for name, pair := range map[string][2]float64{
		"mean": {r.Mean, math.Pow(2, 4.0/3)}, "median": {r.Median, 2}, "min": {r.Min, 2}, "max": {r.Max, 4},
		"low": {r.Low, math.Exp(4.0/3*math.Ln2 - half)}, "high": {r.High, math.Exp(4.0/3*math.Ln2 + half)},
	} {
		if math.Abs(pair[0]/pair[1]-1) > 1e-6 {
			t.Errorf("%s %g, want %g", name, pair[0], pair[1])
		}
	}
	one, err := ratioOf([]float64{3}, []float64{2})
	if err != nil || math.Abs(one.Mean-1.5) > 1e-9 || !math.IsNaN(one.Low) || one.String() != "1.50 (one pair)" {
		t.Errorf("one pair: %v, %v", one, err)
	}
	for _, bad := range [][2][]float64{{{1}, {0}}, {{1, 2}, {1}}, {nil, nil}, {{-1}, {1}}} {
		if r, err := ratioOf(bad[0], bad[1]); err == nil {
			t.Errorf("%v over %v is %v", bad[0], bad[1], r)
		}
	}
}

// Pairs are those of one round: what was measured in another round is no partner.
func TestRatiosPairByRound(t *testing.T) {
	t.Parallel()
	of := func(e engine, round int, answers int64, rate float64, server string) measurement {
		return measurement{
			Server: server, Connections: 64, Engine: e, Round: round, User: time.Second, System: time.Second,
			driven: driven{Answers: answers, Rate: rate, Seconds: 2},
		}
	}
	r := &results{Closed: []measurement{
		of(native, 0, 300, 100, goServer), of(wrk, 0, 200, 100, goServer),
		of(wrk, 1, 1, 100, goServer), // native's failed
		of(native, 2, 600, 100, goServer), of(wrk, 2, 400, 100, goServer),
		of(native, 2, 600, 250, rustServer), of(wrk, 2, 400, 200, rustServer),
	}}
	// Of what is awake with nothing to do, the work alone counts.
	r.Closed = append(r.Closed, of(awake, 0, 300, 100, goServer))
	r.Closed[len(r.Closed)-1].Idle = 0.5
	if q, err := costRatio(r, goServer, 64, awake, native); err != nil || q.N != 1 || math.Abs(q.Mean-2/1.5) > 1e-9 {
		t.Errorf("%v, %v; want 2 s of CPU time over 1.5", q, err)
	}
	q, err := costRatio(r, goServer, 64, native, wrk)
	if err != nil || q.N != 2 || math.Abs(q.Mean-1.5) > 1e-9 {
		t.Errorf("%v, %v; want 1.5 of two pairs", q, err)
	}
	if a, err := agreement(r, 64, native); err != nil || a.N != 1 || math.Abs(a.Mean-1.25) > 1e-9 {
		t.Errorf("agreement %v, %v; want 2.5 over 2", a, err)
	}
	if _, err := costRatio(r, nginx, 64, native, wrk); err == nil {
		t.Error("a ratio of nothing")
	}
}

func TestMet(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		q    ratio
		want string
	}{
		{ratio{Mean: 1.2, Low: 1.16, High: 1.3}, met},
		{ratio{Mean: 1.2, Low: 1.1, High: 1.3}, meanMet},
		{ratio{Mean: 1.1, Low: 1.0, High: 1.3}, missed},
		{ratio{Mean: 1.2, Low: math.NaN(), High: math.NaN()}, met},
	} {
		if got := atLeast(c.q, 1.15); got != c.want {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
	for _, c := range []struct {
		s    spread
		want string
	}{
		{spread{Median: 100, Max: 150}, met},
		{spread{Median: 100, Max: 151}, medianMet},
		{spread{Median: 151, Max: 200}, missed},
	} {
		if got := atMost(c.s, 150); got != c.want {
			t.Errorf("%+v: %s, want %s", c.s, got, c.want)
		}
	}
}
