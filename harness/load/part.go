package load

// A Part is one agent's share of a job that several agents drive together: connection n of the job belongs to agent
// n mod Of. All of them have the same schedule, so that what they count adds up to what one agent would have counted.
// The zero Part is the whole job. Only the native engine drives parts.
type Part struct {
	Index int `json:"index"` // from 0
	Of    int `json:"of"`    // 0 and 1: the whole
}

func (p Part) of() int { return max(1, p.Of) }

// share is how many of n connections belong to the part.
func (p Part) share(n int) int { return (n - p.Index + p.of() - 1) / p.of() }

// inWindow is how many requests of the schedule's window are sent on the part's connections.
func (p Part) inWindow(s *Schedule) (n int64) {
	if p.of() == 1 {
		return s.InWindow()
	}
	for k := s.First(); k < s.Total(); k++ {
		if s.Conn(k)%p.of() == p.Index {
			n++
		}
	}
	return n
}
