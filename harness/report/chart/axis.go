package chart

import (
	"fmt"
	"math"

	"gonum.org/v1/plot"
)

// Scale says how values are spread over an axis.
type Scale int

// The scales.
const (
	Linear Scale = iota
	Log          // decades are equally wide
	Nines        // percentiles: 90, 99, 99.9 are equally far apart
)

// An Axis of a chart.
type Axis struct {
	Label string // with its unit: "p99 latency (ms)"
	Scale Scale
	// Min and Max are the ends; where both are 0 they come from the data.
	Min, Max float64
	// FromZero makes the data's range begin at 0.
	FromZero bool
	// Ticks are the labelled values; none: chosen from the range.
	Ticks []float64
	// Format writes a tick's value.
	Format func(float64) string
}

// transform maps a value to where it lies on the axis, in arbitrary units.
func (s Scale) transform(v float64) float64 {
	switch s {
	case Log:
		return math.Log10(v)
	case Nines:
		return -math.Log10(1 - v/100)
	default:
		return v
	}
}

func (s Scale) inverse(t float64) float64 {
	switch s {
	case Log:
		return math.Pow(10, t)
	case Nines:
		return 100 * (1 - math.Pow(10, -t))
	default:
		return t
	}
}

// Normalize makes a Scale a plot.Normalizer.
func (s Scale) Normalize(lo, hi, v float64) float64 {
	a, b := s.transform(lo), s.transform(hi)
	return (s.transform(v) - a) / (b - a)
}

// accepts reports whether the value has a place on the axis.
func (s Scale) accepts(v float64) bool {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return false
	}
	switch s {
	case Log:
		return v > 0
	case Nines:
		return v >= 0 && v < 100
	default:
		return true
	}
}

// resolve returns the axis with its ends fixed: those asked for, else the data's with
// a little room on both sides.
func (a Axis) resolve(values []float64) (Axis, error) {
	for _, v := range values {
		if !a.Scale.accepts(v) {
			return a, fmt.Errorf("axis %q: %v cannot be drawn on it", a.Label, v)
		}
	}
	if a.Min != 0 || a.Max != 0 {
		return a, nil
	}
	if len(values) == 0 {
		return a, fmt.Errorf("axis %q: no data", a.Label)
	}
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		t := a.Scale.transform(v)
		lo, hi = math.Min(lo, t), math.Max(hi, t)
	}
	room := 0.05 * (hi - lo)
	if room == 0 {
		room = 0.1 * math.Max(1, math.Abs(hi))
	}
	a.Min, a.Max = a.Scale.inverse(lo-room), a.Scale.inverse(hi+room)
	if a.FromZero && a.Scale == Linear {
		a.Min = 0
	}
	return a, nil
}

// apply sets the gonum axis up, all but its label: gonum places that at the linear middle
// of the range, which on a logarithmic axis is near its end. thin drops tick labels that
// would run into each other.
func (a Axis) apply(to *plot.Axis, thin func([]plot.Tick) []plot.Tick) {
	to.Min, to.Max = a.Min, a.Max
	to.Scale = a.Scale
	to.Padding = 0
	to.LineStyle = stroke(grey(), 0.6)
	to.Tick.LineStyle = stroke(grey(), 0.6)
	to.Tick.Length = 4
	to.Tick.Label.Font = plain(tickSize, black()).Font
	to.Tick.Label.Color = black()
	to.Tick.Marker = plot.ConstantTicks(thin(a.ticks()))
}

func (a Axis) ticks() []plot.Tick {
	values := a.Ticks
	if len(values) == 0 {
		values = niceTicks(a.Scale, a.Min, a.Max)
	}
	var ticks []plot.Tick
	for _, v := range values {
		if v >= a.Min && v <= a.Max {
			ticks = append(ticks, plot.Tick{Value: v, Label: a.Format(v)})
		}
	}
	return ticks
}

// niceTicks chooses values to label: 1, 2, 5 in each decade of a logarithmic axis
// (powers of ten alone over more than four decades), else steps of 1, 2 or 5, and where
// these leave less than three on a logarithmic axis, more values of each decade.
func niceTicks(s Scale, lo, hi float64) []float64 {
	const enough = 3
	linear := linearTicks(lo, hi)
	if s != Log {
		return linear
	}
	fine := logTicks(lo, hi, 1, 1.5, 2, 3, 5, 7)
	for _, ticks := range [][]float64{logTicks(lo, hi, 1, 2, 5), linear, fine} {
		if len(ticks) >= enough {
			return ticks
		}
	}
	return linear
}

func logTicks(lo, hi float64, digits ...float64) []float64 {
	if math.Log10(hi/lo) > 4 {
		digits = digits[:1]
	}
	var out []float64
	for e := math.Floor(math.Log10(lo)); e <= math.Log10(hi); e++ {
		for _, d := range digits {
			// Dividing keeps 0.2 the number nearest to 0.2.
			v := d * math.Pow(10, e)
			if e < 0 {
				v = d / math.Pow(10, -e)
			}
			if v >= lo && v <= hi {
				out = append(out, v)
			}
		}
	}
	return out
}

func linearTicks(lo, hi float64) []float64 {
	const wanted = 6
	rough := (hi - lo) / wanted
	if !(rough > 0) {
		return []float64{lo}
	}
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	step := 10 * unit
	for _, m := range []float64{1, 2, 5} {
		if m*unit >= rough {
			step = m * unit
			break
		}
	}
	var out []float64
	for i := math.Ceil(lo / step); i*step <= hi; i++ {
		out = append(out, math.Round(i*step/unit)*unit+0) // + 0 turns -0 into 0
	}
	return out
}
