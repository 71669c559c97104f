//go:build !race

package prove

import (
	"testing"

	"github.com/assay-bench/assay/harness/claim"
	"github.com/assay-bench/assay/harness/verdict"
)

func TestWrongComparisons(t *testing.T) {
	for _, c := range []struct {
		advantage                        float64
		supportedIsWrong, refutedIsWrong bool
	}{
		{0.8, true, false}, {1, true, false}, {1.049, true, false}, {1.05, true, true}, {1.051, false, true}, {1.3, false, true},
	} {
		r := rules()[claim.Better]
		supported, _ := r.wrong(ahead(c.advantage), verdict.Reading{Verdict: verdict.Supported})
		_, refuted := r.wrong(ahead(c.advantage), verdict.Reading{Verdict: verdict.Refuted})
		if supported != c.supportedIsWrong || refuted != c.refutedIsWrong {
			t.Errorf("advantage %g: supported wrong %t, refuted wrong %t; want %t, %t", c.advantage, supported, refuted, c.supportedIsWrong, c.refutedIsWrong)
		}
		if s, f := r.wrong(ahead(c.advantage), verdict.Reading{Verdict: verdict.Inconclusive}); s || f {
			t.Errorf("advantage %g: inconclusive is wrong", c.advantage)
		}
	}
}

// 8 of 8 show a reliability of at least 0.6877, none of 8 one of at most 0.3123.
func TestWrongThresholds(t *testing.T) {
	for _, c := range []struct {
		success float64
		verdict verdict.Verdict
		wrong   bool
	}{
		{1, verdict.Supported, false}, {0.69, verdict.Supported, false}, {0.68, verdict.Supported, true}, {0, verdict.Supported, true},
		{0, verdict.Refuted, false}, {0.31, verdict.Refuted, false}, {0.32, verdict.Refuted, true}, {1, verdict.Refuted, true},
		{0.5, verdict.Inconclusive, false},
	} {
		e := &verdict.Threshold{Trials: 8, Reliability: 0.6876560219, ReliabilityConfidence: 0.95}
		supported, refuted := rules()[claim.Threshold].wrong(Truth{Success: c.success}, verdict.Reading{Verdict: c.verdict, Threshold: e})
		if (supported || refuted) != c.wrong {
			t.Errorf("%s where %g of the trials succeed: wrong %t", c.verdict, c.success, supported || refuted)
		}
	}
}

// Any wrong verdict is a wrong one of either kind, and can be where either can.
func TestAnyWrong(t *testing.T) {
	for _, c := range []struct {
		truths             []Truth
		verdicts           []verdict.Verdict
		happened, possible bool
	}{
		{same(2, ahead(1)), []verdict.Verdict{verdict.Refuted, verdict.Inconclusive}, false, true},
		{same(2, ahead(1)), []verdict.Verdict{verdict.Refuted, verdict.Supported}, true, true},
		{same(2, ahead(1.2)), []verdict.Verdict{verdict.Supported, verdict.Refuted}, true, true},
		{same(2, ahead(margin)), []verdict.Verdict{verdict.Supported, verdict.Refuted}, true, true}, // once, not twice
	} {
		s := sample{scenario: Scenario{Truths: c.truths}, rule: rules()[claim.Better]}
		for _, v := range c.verdicts {
			s.readings = append(s.readings, verdict.Reading{Verdict: v})
		}
		if happened, possible := wrongAny().of(s); happened != c.happened || possible != c.possible {
			t.Errorf("%+v judged %v: %t, possible %t", c.truths[0], c.verdicts, happened, possible)
		}
	}
}

// A bill is wrong by the range of USD that is claimed for it.
func TestWrongBills(t *testing.T) {
	r, err := ruleOf(Scenario{Shape: claim.Range, OneTarget: true})
	if err != nil {
		t.Fatal(err)
	}
	for usd, want := range map[float64][2]bool{7_999: {true, false}, 8_000: {true, true}, 10_000: {false, true}, 12_000: {true, true}, 12_001: {true, false}} {
		supported, refuted := r.mayErr(Truth{Advantage: billUSD / usd, From: 8_000, To: 12_000})
		if supported != want[0] || refuted != want[1] {
			t.Errorf("%g USD: supported may err %t, refuted %t; want %v", usd, supported, refuted, want)
		}
	}
}

// What the shapes claim, just below, on and just above each of its borders.
func TestWrongByShape(t *testing.T) {
	upTo := func(best float64) Truth { return Truth{Advantage: 1, Elsewhere: []float64{best, 0.9}, Percent: 30} }
	between := func(advantage float64) Truth { return Truth{Advantage: advantage, From: 20, To: 40} }
	for _, c := range []struct {
		shape                          claim.Shape
		truth                          Truth
		supportedMayErr, refutedMayErr bool
	}{
		{claim.Tie, ahead(1), false, true}, {claim.Tie, ahead(1.049), false, true}, {claim.Tie, ahead(margin), true, true},
		{claim.Tie, ahead(1.051), true, false}, {claim.Tie, ahead(1 / margin), true, true}, {claim.Tie, ahead(0.95), true, false},
		{claim.Range, between(1 / 0.81), true, false}, {claim.Range, between(less(20)), true, true}, {claim.Range, between(1 / 0.7), false, true},
		{claim.Range, between(less(40)), true, true}, {claim.Range, between(1 / 0.59), true, false}, {claim.Range, between(0.7), true, false},
		{claim.UpTo, upTo(1), true, false}, {claim.UpTo, upTo(1 / 0.751), true, false}, {claim.UpTo, upTo(less(25)), true, true},
		{claim.UpTo, upTo(1 / 0.749), false, true}, {claim.UpTo, upTo(2), false, true},
	} {
		supported, refuted := rules()[c.shape].mayErr(c.truth)
		if supported != c.supportedMayErr || refuted != c.refutedMayErr {
			t.Errorf("%s, %+v: supported may err %t, refuted %t; want %t, %t", c.shape, c.truth, supported, refuted, c.supportedMayErr, c.refutedMayErr)
		}
	}
}
