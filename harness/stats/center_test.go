package stats

import (
	"errors"
	"math"
	"strings"
	"testing"
)

// near fails unless got lies within tolerance of want.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.10g, want %.10g +- %g", what, got, want, tolerance)
	}
}

func TestGeometricMean(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		want float64
	}{
		{[]float64{7}, 7},
		{[]float64{2, 8}, 4},             // sqrt(16)
		{[]float64{4, 1, 1.0 / 32}, 0.5}, // (1/8)^(1/3)
		{[]float64{1e300, 1e300}, 1e300}, // the product would overflow
		{[]float64{1e-300, 1e-300}, 1e-300},
	} {
		got, err := GeometricMean(c.xs)
		if err != nil {
			t.Fatalf("%v: %v", c.xs, err)
		}
		near(t, "geometric mean", got/c.want, 1, 1e-12)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		want float64
	}{
		{[]float64{3}, 3},
		{[]float64{9, 1, 5}, 5},
		{[]float64{4, 1, 3, 2}, 2.5},
		{[]float64{math.MaxFloat64, math.MaxFloat64}, math.MaxFloat64},
	} {
		got, err := Median(c.xs)
		if err != nil {
			t.Fatalf("%v: %v", c.xs, err)
		}
		near(t, "median", got, c.want, 0)
	}
	xs := []float64{3, 1, 2}
	if _, err := Median(xs); err != nil || xs[0] != 3 {
		t.Errorf("Median changed its argument to %v (%v)", xs, err)
	}
}

func TestLogRatios(t *testing.T) {
	d, err := LogRatios([]float64{2, 1e300}, []float64{1, 1e-300})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "ln(2/1)", d[0], math.Ln2, 1e-15)
	near(t, "ln(1e300/1e-300)", d[1], 600*math.Ln10, 1e-9)
}

// Every function answers bad input with an error that wraps ErrInput, and never panics.
func TestBadInput(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	call := func(name string, err error) {
		t.Helper()
		if !errors.Is(err, ErrInput) {
			t.Errorf("%s: error %v, want one that wraps ErrInput", name, err)
		}
	}
	bad := map[string][]float64{"nil": nil, "NaN": {1, nan, 2}, "infinite": {1, 2, inf}}
	for name, xs := range bad {
		_, err := GeometricMean(xs)
		call("GeometricMean "+name, err)
		_, err = Median(xs)
		call("Median "+name, err)
		_, err = TInterval(xs, 0.95)
		call("TInterval "+name, err)
		_, err = SignedRank(xs, 0.95)
		call("SignedRank "+name, err)
		_, err = FitLine(xs, xs)
		call("FitLine "+name, err)
	}
	good := []float64{1, 2, 4}
	for _, level := range []float64{0, 1, -1, 2, nan, inf} {
		_, err := TInterval(good, level)
		call("TInterval level", err)
		_, err = SignedRank(good, level)
		call("SignedRank level", err)
		_, err = ClopperPearsonLower(1, 2, level)
		call("ClopperPearsonLower level", err)
		_, err = StudentQuantile(level, 3)
		call("StudentQuantile probability", err)
	}
	for _, nu := range []float64{0, -1, nan, inf} {
		_, err := StudentQuantile(0.9, nu)
		call("StudentQuantile freedom", err)
	}
	for _, kn := range [][2]int{{0, 0}, {-1, 5}, {6, 5}, {1, -1}} {
		_, err := ClopperPearsonLower(kn[0], kn[1], 0.95)
		call("ClopperPearsonLower counts", err)
		_, err = BinomialTail(kn[0], kn[1], 0.5)
		call("BinomialTail counts", err)
	}
	for _, p := range []float64{-0.1, 1.1, nan} {
		_, err := BinomialTail(1, 2, p)
		call("BinomialTail probability", err)
	}
	_, err := GeometricMean([]float64{1, 0})
	call("GeometricMean of 0", err)
	_, err = LogRatios([]float64{1}, []float64{1, 2})
	call("LogRatios lengths", err)
	for _, v := range []float64{0, -1, nan, inf} {
		_, err = LogRatios([]float64{v}, []float64{1})
		call("LogRatios x", err)
		_, err = LogRatios([]float64{1}, []float64{v})
		call("LogRatios y", err)
	}
	_, err = PairedT(good, good[:2], 0.95)
	call("PairedT lengths", err)
	_, err = PairedT([]float64{1, inf}, []float64{1, inf}, 0.95)
	call("PairedT infinite", err)
	_, err = TInterval([]float64{1}, 0.95)
	call("TInterval of one", err)
	_, err = TInterval([]float64{math.MaxFloat64, -math.MaxFloat64}, 0.95)
	call("TInterval overflow", err)
	_, err = SignedRank(make([]float64, maxSignedRank+1), 0.95)
	call("SignedRank size", err)
	_, err = FitLine([]float64{3, 3}, []float64{1, 2})
	call("FitLine of one x", err)
	if err != nil && !strings.Contains(err.Error(), "every x is 3, so no slope") {
		t.Errorf("FitLine of one x: %v, want the reason", err)
	}
	_, err = FitLine([]float64{3, 4}, []float64{1})
	call("FitLine lengths", err)
}
