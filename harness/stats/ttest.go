package stats

// TTest tests the mean of d against null: t = (mean(d) - null) / (s / sqrt(n)) with n-1
// degrees of freedom (Student 1908; NIST/SEMATECH e-Handbook 1.3.5.2 gives the interval
// that it inverts). It needs two values.
//
// Greater at null = delta is the test of "better by more than the margin delta"; it is
// below (1 - confidence)/2 exactly where TInterval at that confidence lies above delta.
func TTest(d []float64, null float64) (Test, error) {
	mean, err := meanOf(d)
	if err != nil {
		return Test{}, err
	}
	return mean.test(null)
}

// PairedTTest returns TTest of the differences x[i] - y[i].
func PairedTTest(x, y []float64, null float64) (Test, error) {
	d, err := differences(x, y)
	if err != nil {
		return Test{}, err
	}
	return TTest(d, null)
}
