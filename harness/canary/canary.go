package canary

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/assay-bench/assay/harness/load"
	"github.com/assay-bench/assay/harness/null"
	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// A Canary is one fault that the harness must find, and measure right.
type Canary struct {
	ID       string
	Injected string // the fault, for people
	Means    string // what it means when a prediction fails
	Fault    null.Options

	closedLoop bool // its load is one

	// observe measures a server with this fault; what is predicted does not depend on it.
	observe func(context.Context, Bench, null.Options) ([]Prediction, error)
}

// All are the canaries, the quick ones first.
func All() []Canary {
	return []Canary{
		delayed(), inFlight(), waiting(), saturatedBodies(), saturatedStatuses(),
		stalled(), wrongAnswers(), guests(), closedConnections(), capped(),
	}
}

// For are those that an engine can be held to: only load.Native drives closed loops.
func For(engine string) []Canary {
	return slices.DeleteFunc(All(), func(c Canary) bool { return c.closedLoop && engine != load.Native })
}

// A Prediction is one number, or word, that must come back.
type Prediction struct {
	What      string
	Predicted string
	Measured  string
	Limit     string // how far they may be apart
	OK        bool
}

// within predicts a number to a share of itself.
func within(what string, predicted, measured float64, unit string, share float64) Prediction {
	return Prediction{
		What:      what,
		Predicted: fmt.Sprintf("%.4g %s", predicted, unit), Measured: fmt.Sprintf("%.4g %s", measured, unit),
		Limit: fmt.Sprintf("%.3g %%", share*100), OK: math.Abs(measured-predicted) <= share*predicted,
	}
}

// atLeast predicts that a number does not lie below another.
func atLeast(what string, floor, measured float64, unit string) Prediction {
	return Prediction{
		What:      what,
		Predicted: fmt.Sprintf("%.4g %s", floor, unit), Measured: fmt.Sprintf("%.4g %s", measured, unit),
		Limit: "or more", OK: measured >= floor,
	}
}

// exactly predicts a count or a word.
func exactly[T comparable](what string, predicted, measured T) Prediction {
	return Prediction{
		What: what, Predicted: fmt.Sprint(predicted), Measured: fmt.Sprint(measured), Limit: "equal",
		OK: measured == predicted,
	}
}

// An Outcome is what became of one canary.
type Outcome struct {
	Canary      Canary
	Predictions []Prediction // of the last attempt
	Attempts    int
	Err         error // it could not be measured
}

// OK reports whether everything predicted came back.
func (o Outcome) OK() bool {
	for _, p := range o.Predictions {
		if !p.OK {
			return false
		}
	}
	return o.Err == nil && len(o.Predictions) > 0
}

// Records are the outcome as env.json keeps it, one for each prediction.
func (o Outcome) Records() []trial.Canary {
	if o.Err != nil {
		why := "not measured: " + o.Err.Error()
		return []trial.Canary{{Name: o.Canary.ID, Injected: o.Canary.Injected, Measured: why, Attempts: o.Attempts}}
	}
	var all []trial.Canary
	for _, p := range o.Predictions {
		all = append(all, trial.Canary{
			Name: o.Canary.ID + ", " + p.What, Injected: o.Canary.Injected,
			Predicted: p.Predicted, Measured: p.Measured, Limit: p.Limit, OK: p.OK, Attempts: o.Attempts,
		})
	}
	return all
}

// Prove runs one canary until it holds, plan.Limits.Attempts times at most.
func Prove(ctx context.Context, b Bench, c Canary) Outcome {
	o := Outcome{Canary: c}
	for o.Attempts < plan.DefaultLimits().Attempts {
		o.Attempts++
		if o.Predictions, o.Err = c.observe(ctx, b, c.Fault); ctx.Err() != nil {
			o.Err = context.Cause(ctx)
			return o
		}
		if o.OK() {
			return o
		}
	}
	return o
}
