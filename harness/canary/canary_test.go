package canary

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

func TestPredictions(t *testing.T) {
	for _, c := range []struct {
		p    Prediction
		want bool
	}{
		{within("x", 20, 21, "ms", 0.05), true},
		{within("x", 20, 19, "ms", 0.05), true},
		{within("x", 20, 21.01, "ms", 0.05), false},
		{within("x", 20, 18.99, "ms", 0.05), false},
		{within("x", 20, -1, "ms", 0.05), false},
		{within("x", 20, math.NaN(), "ms", 0.05), false},
		{exactly("x", 3, 3), true},
		{exactly("x", 3, 2), false},
		{exactly("x", "refuted", "inconclusive"), false},
	} {
		if c.p.OK != c.want {
			t.Errorf("%+v: want %t", c.p, c.want)
		}
	}
	if p := within("x", 20, 20.5, "ms", 0.05); p.Predicted != "20 ms" || p.Measured != "20.5 ms" || p.Limit != "5 %" {
		t.Errorf("%+v", p)
	}
}

// A canary is tried again until it holds, and not for ever; one that says nothing has not held.
func TestProve(t *testing.T) {
	good, bad := exactly("x", 1, 1), exactly("x", 1, 2)
	most := plan.DefaultLimits().Attempts
	for _, c := range []struct {
		name     string
		holdsAt  int // attempt
		holds    []Prediction
		fails    []Prediction
		err      error
		attempts int
		ok       bool
	}{
		{"at once", 1, []Prediction{good, good}, nil, nil, 1, true},
		{"the second time", 2, []Prediction{good}, []Prediction{good, bad}, nil, 2, true},
		{"never", 99, nil, []Prediction{bad, good}, nil, most, false},
		{"nothing to tell", 1, nil, nil, nil, most, false},
		{"not measured", 99, nil, []Prediction{good}, errors.New("no server"), most, false},
	} {
		tries := 0
		observe := func(context.Context, Bench, null.Options) ([]Prediction, error) {
			if tries++; tries == c.holdsAt {
				return c.holds, nil
			}
			return c.fails, c.err
		}
		o := Prove(t.Context(), Bench{}, Canary{observe: observe})
		records := o.Records()
		failed := slices.ContainsFunc(records, func(r trial.Canary) bool { return !r.OK })
		if len(records) > 0 && failed == c.ok {
			t.Errorf("%s: recorded as %+v", c.name, records)
		}
		if o.OK() != c.ok || o.Attempts != c.attempts || tries != c.attempts {
			t.Errorf("%s: %t after %d attempts", c.name, o.OK(), o.Attempts)
		}
	}
}
