package stats

// A Test is what a sample says against a null hypothesis about one parameter. Its
// p-values are the probabilities, if the parameter were Null, of a sample at least as far
// from it: on either side, below, above. A margin is tested by making it the Null.
type Test struct {
	Null      float64 // the value of the parameter that is tested
	Statistic float64 // what is compared with its distribution; 0 for a t that has no spread to divide by
	Freedom   float64 // degrees of freedom of a t statistic; 0 for other statistics
	N         int     // values that the statistic uses

	TwoSided float64 // against "equal to Null": twice the smaller of the next two, at most 1
	Less     float64 // against "at or above Null": small where the parameter is below it
	Greater  float64 // against "at or below Null": small where the parameter is above it

	// Degenerate says that the sample has no spread. The p-values of a t test are then 0 or
	// 1, as its interval is a point, and say as little about how sure one may be.
	Degenerate bool
}

// twoSided doubles the smaller tail. For a symmetric statistic this is P(|S| >= |s|); for
// others it is the test that agrees with an interval cut equally at both ends.
func twoSided(less, greater float64) float64 { return min(1, 2*min(less, greater)) }

// flatTest is the limit of a t test as the spread goes to 0.
func flatTest(value, null float64, n int) Test {
	t := Test{Null: null, N: n, Degenerate: true, Less: 1, Greater: 1}
	switch {
	case value < null:
		t.Less = 0
	case value > null:
		t.Greater = 0
	}
	t.TwoSided = twoSided(t.Less, t.Greater)
	return t
}
