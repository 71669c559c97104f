package digits

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
