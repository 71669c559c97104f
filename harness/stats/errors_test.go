package stats

import (
	"errors"
	"math"
	"testing"
)

// Tests, like intervals, answer bad input with an error that wraps ErrInput, and never panic.
func TestBadInputOfTests(t *testing.T) {
	nan, inf, huge := math.NaN(), math.Inf(1), math.MaxFloat64
	good := []float64{1, 2, 4}
	calls := map[string]func() error{
		"StudentTail t":              func() error { _, err := StudentTail(nan, 3); return err },
		"StudentTail freedom":        func() error { _, err := StudentTail(1, 0); return err },
		"tTest overflow":             func() error { _, err := tTest([]float64{huge, -huge}, 0); return err },
		"tTest underflow":            func() error { _, err := tTest([]float64{1e-300, 2e-300}, 1); return err },
		"Welch overflow":             func() error { _, err := Welch([]float64{huge, huge}, []float64{-huge, -huge}, 0.9); return err },
		"Welch underflow":            func() error { _, err := welchTest([]float64{1e-300, 2e-300}, []float64{0, 0}, 0); return err },
		"TOST margins equal":         func() error { _, err := TOST(good, 1, 1, 0.9); return err },
		"TOST margins exchanged":     func() error { _, err := TOST(good, 1, -1, 0.9); return err },
		"TOST margin NaN":            func() error { _, err := TOST(good, nan, 1, 0.9); return err },
		"TOST lower margin infinite": func() error { _, err := TOST(good, -inf, 1, 0.9); return err },
		"TOST upper margin infinite": func() error { _, err := TOST(good, -1, inf, 0.9); return err },
		"TOST of one":                func() error { _, err := TOST([]float64{1}, -1, 1, 0.9); return err },
		"Logs of 0":                  func() error { _, err := Logs([]float64{1, 0}); return err },
		"Holm empty":                 func() error { _, err := Holm(nil); return err },
		"Holm above 1":               func() error { _, err := Holm([]float64{0.5, 1.1}); return err },
		"Holm below 0":               func() error { _, err := Holm([]float64{-0.1}); return err },
		"Holm NaN":                   func() error { _, err := Holm([]float64{nan}); return err },
		"SignedRank size":            func() error { _, err := SignedRank(make([]float64, maxSignedRank+1), 0.9); return err },
		"Residuals labels":           func() error { _, _, err := Residuals(good, []int{1, 2}); return err },
		"Residuals overflow":         func() error { _, _, err := Residuals([]float64{huge, huge, -huge}); return err },
		"Slope of two":               func() error { _, err := slopeInterval(good[:2], good[:2], 0.9); return err },
		"Slope of one x":             func() error { _, err := slopeInterval([]float64{3, 3, 3}, good, 0.9); return err },
		"Slope of a determined x":    func() error { _, err := slopeInterval(count(4), count(4), 0.9, []int{1, 2, 3, 4}); return err },
		"Slope without freedom":      func() error { _, err := slopeInterval(good, good, 0.9, []int{1, 1, 2}); return err },
		"Slope labels":               func() error { _, err := slopeInterval(good, good, 0.9, nil); return err },
		"slopeTest underflow":        func() error { _, err := slopeTest(affine(good, 1e-300, 0), good); return err },
		"slopeTest overflow":         func() error { _, err := slopeTest(good, []float64{huge, -huge, huge}); return err },
	}
	for name, xs := range map[string][]float64{"nil": nil, "NaN": {1, nan, 2}, "infinite": {1, 2, inf}} {
		calls["tTest "+name] = func() error { _, err := tTest(xs, 0); return err }
		calls["Welch x "+name] = func() error { _, err := Welch(xs, good, 0.9); return err }
		calls["Welch y "+name] = func() error { _, err := Welch(good, xs, 0.9); return err }
		calls["welchTest "+name] = func() error { _, err := welchTest(xs, good, 0); return err }
		calls["TOST "+name] = func() error { _, err := TOST(xs, -1, 1, 0.9); return err }
		calls["Logs "+name] = func() error { _, err := Logs(xs); return err }
		calls["Residuals "+name] = func() error { _, _, err := Residuals(xs); return err }
		calls["Slope "+name] = func() error { _, err := slopeInterval(xs, xs, 0.9); return err }
		calls["slopeTest "+name] = func() error { _, err := slopeTest(xs, xs); return err }
	}
	for _, level := range []float64{0, 1, -1, 2, nan, inf} {
		calls["Welch level"] = func() error { _, err := Welch(good, good, level); return err }
		calls["TOST level"] = func() error { _, err := TOST(good, -1, 1, level); return err }
		calls["ClopperPearson level"] = func() error { _, err := ClopperPearson(1, 2, level); return err }
		calls["ClopperPearsonUpper level"] = func() error { _, err := ClopperPearsonUpper(2, 2, level); return err }
		calls["Slope level"] = func() error { _, err := slopeInterval(good, []float64{1, 0, 1}, level); return err }
		refuse(t, calls)
	}
	for _, null := range []float64{nan, inf, -inf} {
		calls["tTest null"] = func() error { _, err := tTest(good, null); return err }
		calls["tTest null without spread"] = func() error { _, err := tTest([]float64{1, 1}, null); return err }
		calls["welchTest null"] = func() error { _, err := welchTest(good, good, null); return err }
		refuse(t, calls)
	}
	for _, kn := range [][2]int{{0, 0}, {-1, 5}, {6, 5}, {1, -1}} {
		calls["ClopperPearsonUpper counts"] = func() error { _, err := ClopperPearsonUpper(kn[0], kn[1], 0.9); return err }
		calls["ClopperPearson counts"] = func() error { _, err := ClopperPearson(kn[0], kn[1], 0.9); return err }
		refuse(t, calls)
	}
}

func refuse(t *testing.T, calls map[string]func() error) {
	t.Helper()
	for name, call := range calls {
		if err := call(); !errors.Is(err, ErrInput) {
			t.Errorf("%s: error %v, want one that wraps ErrInput", name, err)
		}
	}
}
