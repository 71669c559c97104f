package null

import "time"

// A queue holds answers that wait for their time. Times never fall from one to the next, so it is a plain ring.
type queue struct {
	ring  []delayed
	first int
	count int
}

type delayed struct {
	due  time.Duration // since the server's start
	conn *conn
	request
}

func (q *queue) push(w delayed) {
	if q.count == len(q.ring) {
		q.grow()
	}
	q.ring[(q.first+q.count)%len(q.ring)] = w
	q.count++
}

// grow doubles the room and puts the first one in front.
func (q *queue) grow() {
	ring := make([]delayed, max(64, 2*len(q.ring)))
	n := copy(ring, q.ring[q.first:])
	copy(ring[n:], q.ring[:q.first])
	q.ring, q.first = ring, 0
}

// pop takes the first one if its time has come.
func (q *queue) pop(now time.Duration) (w delayed, ok bool) {
	if q.count == 0 || q.ring[q.first].due > now {
		return w, false
	}
	w, q.ring[q.first] = q.ring[q.first], w // leaves nothing for the garbage collector to keep
	q.first = (q.first + 1) % len(q.ring)
	q.count--
	return w, true
}

// next is how long it takes until the first one's time; -1 when there is none.
func (q *queue) next(now time.Duration) time.Duration {
	if q.count == 0 {
		return -1
	}
	return max(0, q.ring[q.first].due-now)
}
