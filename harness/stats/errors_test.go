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
		"TTest overflow":             func() error { _, err := TTest([]float64{huge, -huge}, 0); return err },
		"TTest underflow":            func() error { _, err := TTest([]float64{1e-300, 2e-300}, 1); return err },
		"PairedTTest lengths":        func() error { _, err := PairedTTest(good, good[:2], 0); return err },
		"Welch overflow":             func() error { _, err := Welch([]float64{huge, huge}, []float64{-huge, -huge}, 0.9); return err },
		"Welch underflow":            func() error { _, err := WelchTest([]float64{1e-300, 2e-300}, []float64{0, 0}, 0); return err },
		"WelchRatio zero":            func() error { _, err := WelchRatio(good, []float64{1, 0}, 0.9); return err },
		"WelchRatio negative":        func() error { _, err := WelchRatio([]float64{-1, 1}, good, 0.9); return err },
		"WelchRatio overflow":        func() error { _, err := WelchRatio([]float64{1e-300, 1e300}, good, 0.999); return err },
		"TOST margins equal":         func() error { _, err := TOST(good, 1, 1, 0.9); return err },
		"TOST margins exchanged":     func() error { _, err := TOST(good, 1, -1, 0.9); return err },
		"TOST margin NaN":            func() error { _, err := TOST(good, nan, 1, 0.9); return err },
		"TOST lower margin infinite": func() error { _, err := TOST(good, -inf, 1, 0.9); return err },
		"TOST upper margin infinite": func() error { _, err := TOST(good, -1, inf, 0.9); return err },
		"TOST of one":                func() error { _, err := TOST([]float64{1}, -1, 1, 0.9); return err },
		"WelchTOST of one":           func() error { _, err := WelchTOST(good, []float64{1}, -1, 1, 0.9); return err },
		"Logs of 0":                  func() error { _, err := Logs([]float64{1, 0}); return err },
		"Holm empty":                 func() error { _, err := Holm(nil); return err },
		"Holm above 1":               func() error { _, err := Holm([]float64{0.5, 1.1}); return err },
		"Holm below 0":               func() error { _, err := Holm([]float64{-0.1}); return err },
		"Holm NaN":                   func() error { _, err := Holm([]float64{nan}); return err },
		"SignedRankTest size":        func() error { _, err := SignedRankTest(make([]float64, maxSignedRank+1), 0); return err },
		"SignedRankTest overflow":    func() error { _, err := SignedRankTest([]float64{huge, 1}, -huge); return err },
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
		calls["TTest "+name] = func() error { _, err := TTest(xs, 0); return err }
		calls["SignedRankTest "+name] = func() error { _, err := SignedRankTest(xs, 0); return err }
		calls["Welch x "+name] = func() error { _, err := Welch(xs, good, 0.9); return err }
		calls["Welch y "+name] = func() error { _, err := Welch(good, xs, 0.9); return err }
		calls["WelchTest "+name] = func() error { _, err := WelchTest(xs, good, 0); return err }
		calls["TOST "+name] = func() error { _, err := TOST(xs, -1, 1, 0.9); return err }
		calls["WelchTOST "+name] = func() error { _, err := WelchTOST(xs, good, -1, 1, 0.9); return err }
		calls["Logs "+name] = func() error { _, err := Logs(xs); return err }
		calls["Residuals "+name] = func() error { _, _, err := Residuals(xs); return err }
		calls["Slope "+name] = func() error { _, err := slopeInterval(xs, xs, 0.9); return err }
		calls["slopeTest "+name] = func() error { _, err := slopeTest(xs, xs); return err }
	}
	for _, level := range []float64{0, 1, -1, 2, nan, inf} {
		calls["Welch level"] = func() error { _, err := Welch(good, good, level); return err }
		calls["WelchRatio level"] = func() error { _, err := WelchRatio(good, good, level); return err }
		calls["TOST level"] = func() error { _, err := TOST(good, -1, 1, level); return err }
		calls["ClopperPearson level"] = func() error { _, err := ClopperPearson(1, 2, level); return err }
		calls["ClopperPearsonUpper level"] = func() error { _, err := ClopperPearsonUpper(2, 2, level); return err }
		calls["Slope level"] = func() error { _, err := slopeInterval(good, []float64{1, 0, 1}, level); return err }
		refuse(t, calls)
	}
	for _, null := range []float64{nan, inf, -inf} {
		calls["TTest null"] = func() error { _, err := TTest(good, null); return err }
		calls["TTest null without spread"] = func() error { _, err := TTest([]float64{1, 1}, null); return err }
		calls["WelchTest null"] = func() error { _, err := WelchTest(good, good, null); return err }
		calls["SignedRankTest null"] = func() error { _, err := SignedRankTest(good, null); return err }
		calls["BinomialTest null"] = func() error { _, err := BinomialTest(0, 2, null); return err }
		refuse(t, calls)
	}
	for _, kn := range [][2]int{{0, 0}, {-1, 5}, {6, 5}, {1, -1}} {
		calls["ClopperPearsonUpper counts"] = func() error { _, err := ClopperPearsonUpper(kn[0], kn[1], 0.9); return err }
		calls["ClopperPearson counts"] = func() error { _, err := ClopperPearson(kn[0], kn[1], 0.9); return err }
		calls["BinomialTest counts"] = func() error { _, err := BinomialTest(kn[0], kn[1], 0.5); return err }
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
