package stats

import "testing"

func TestTwoSidedConfidence(t *testing.T) {
	for oneSided, want := range map[float64]float64{0.95: 0.90, 0.975: 0.95, 0.75: 0.5} {
		got, err := TwoSidedConfidence(oneSided)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "confidence", got, want, 1e-15)
	}
}

// The low end of such an interval is the one-sided bound: the test against it has p-value
// 1 - confidence.
func TestTwoSidedConfidenceBounds(t *testing.T) {
	confidence, err := TwoSidedConfidence(0.95)
	if err != nil {
		t.Fatal(err)
	}
	in, err := TInterval(maize, confidence)
	if err != nil {
		t.Fatal(err)
	}
	test, err := TTest(maize, in.Low)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "p-value at the bound", test.Greater, 0.05, 1e-12)
	pearson := mustPearson(t, 4, 20, confidence)
	bound, err := ClopperPearsonLower(4, 20, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "bound of a share", pearson.Low, bound, 1e-12)
}
