package stats

// A Position is where an interval lies, seen from a range of values.
type Position int

const (
	Overlaps Position = iota // neither of the others: the data leave both open
	Inside                   // wholly within the range
	Below                    // wholly below the range
	Above                    // wholly above the range
)

func (p Position) String() string {
	switch p {
	case Inside:
		return "inside"
	case Below:
		return "below"
	case Above:
		return "above"
	}
	return "overlaps"
}

// Position says where the interval lies, seen from low to high. All comparisons are
// strict: an interval that touches an end Overlaps, and so does one that holds NaN or is
// compared with a range whose low is not at or below its high. A single value is the range
// from itself to itself, which nothing lies inside.
//
// Inside is the interval rule of equivalence (TOST). Below and Above show that the
// parameter lies outside the range, and on which side.
func (in Interval) Position(low, high float64) Position {
	switch {
	case !(low <= high) || !(in.Low <= in.High):
		return Overlaps
	case low < in.Low && in.High < high:
		return Inside
	case in.High < low:
		return Below
	case in.Low > high:
		return Above
	}
	return Overlaps
}
