package conns

// A timeoutList keeps the busy connections of a shard in the order in which their requests were written, so that the first
// one is the next to time out: the timeout is the same for all. It is linked through the connections themselves.
type timeoutList struct {
	conns       []conn
	first, last int32
}

func newTimeouts(conns []conn) timeoutList { return timeoutList{conns: conns, first: -1, last: -1} }

func (l *timeoutList) push(i int32) {
	c := &l.conns[i]
	c.before, c.after = l.last, -1
	if l.last >= 0 {
		l.conns[l.last].after = i
	} else {
		l.first = i
	}
	l.last = i
}

func (l *timeoutList) remove(i int32) {
	c := &l.conns[i]
	if c.before >= 0 {
		l.conns[c.before].after = c.after
	} else {
		l.first = c.after
	}
	if c.after >= 0 {
		l.conns[c.after].before = c.before
	} else {
		l.last = c.before
	}
	c.before, c.after = -1, -1
}
