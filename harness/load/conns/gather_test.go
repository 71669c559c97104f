package conns

import "testing"

func TestGathers(t *testing.T) {
	for _, c := range []struct {
		batch, connections int
		want               bool
	}{
		{1, 1, false}, {1, 4, false}, // a pause would leave the server without work
		{1, 5, true}, {15, 64, true}, {249, 1000, true},
		{16, 64, false}, {250, 1000, false}, // behind
		{256, 1000, false}, {256, 10_000, true}, // epoll_wait(2) brings no more than 256 at once
	} {
		if got := gathers(c.batch, c.connections); got != c.want {
			t.Errorf("%d answers on %d connections: pause %v, want %v", c.batch, c.connections, got, c.want)
		}
	}
}
