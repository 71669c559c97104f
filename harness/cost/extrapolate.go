package cost

// busier is how many times the rate at which a request's CPU time was measured a machine may get before that is said.
const busier = 2

// Extrapolates reports whether a machine that gets so many requests a second is far beyond the rate, in requests a second too, at which
// the CPU time of one was measured; false where that was no fixed rate (0). A busier server wakes less often and needs less for one.
func Extrapolates(perMachine, measuredAt float64) bool {
	return measuredAt > 0 && perMachine > busier*measuredAt
}
