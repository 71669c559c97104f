package conns

import (
	"fmt"
	"testing"
)

func TestTimeoutsKeepTheirOrder(t *testing.T) {
	conns := make([]conn, 5)
	l := newTimeouts(conns)
	order := func() (got []int32) {
		for i := l.first; i >= 0; i = conns[i].after {
			got = append(got, i)
		}
		return got
	}
	for _, i := range []int32{3, 0, 4, 1} {
		l.push(i)
	}
	for _, step := range []struct {
		remove int32
		want   string
	}{{0, "[3 4 1]"}, {1, "[3 4]"}, {3, "[4]"}, {4, "[]"}} {
		l.remove(step.remove)
		if got := order(); fmt.Sprint(got) != step.want {
			t.Errorf("without %d: %v, want %s", step.remove, got, step.want)
		}
	}
	if l.push(2); l.first != 2 || l.last != 2 {
		t.Errorf("from %d to %d", l.first, l.last)
	}
}
