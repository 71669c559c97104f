package digits

// Interval writes the two ends of an interval, each with write, with what stands between them: "1.5 to 2.5". An end that would
// be written like one of the bounds that it is held against, and is not that bound, says on which side of it it lies.
func Interval(low, high float64, between string, write func(float64) string, bounds ...float64) string {
	return Ends(Sided(low, write, bounds...), between, Sided(high, write, bounds...), low == high)
}

// Sided writes a number so that rounding does not hide on which side of a bound it lies: "just above 1.05".
func Sided(v float64, write func(float64) string, bounds ...float64) string {
	text := write(v)
	for _, bound := range bounds {
		switch {
		case v == bound || write(bound) != text:
			continue
		case v > bound:
			return "just above " + text
		case v < bound:
			return "just below " + text
		}
	}
	return text
}

// Ends writes the two ends of an interval or a range with what stands between them: "1.5 to 2.5". Ends that are written alike
// look like an interval without width, so then one stands for both and says whether they are the same or only round to one figure.
func Ends(low, between, high string, same bool) string {
	switch {
	case low != high:
		return low + between + high
	case same:
		return high + ", without width"
	}
	return high + ", to which both ends round"
}
