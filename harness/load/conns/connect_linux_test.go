package conns

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Connections beyond what one source address carries leave from the next one, whichever shard they belong to; where one carries all, the
// kernel chooses.
func TestSourceAddresses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		connections, shards, id int
		conn                    int32
		want                    [4]byte
	}{
		{MaxPerSource, 1, 0, 0, [4]byte{}},
		{MaxPerSource + 1, 1, 0, 0, [4]byte{127, 0, 0, 2}},
		{MaxPerSource + 1, 1, 0, MaxPerSource - 1, [4]byte{127, 0, 0, 2}},
		{MaxPerSource + 1, 1, 0, MaxPerSource, [4]byte{127, 0, 0, 3}},
		{2 * MaxPerSource, 2, 1, MaxPerSource/2 - 1, [4]byte{127, 0, 0, 2}},
		{2 * MaxPerSource, 2, 1, MaxPerSource / 2, [4]byte{127, 0, 0, 3}},
	} {
		cfg := Config{Connections: c.connections, Loop: Closed}
		s, err := newShard(&cfg, &shared{}, c.id, c.shards)
		if err != nil {
			t.Fatal(err)
		}
		fd, err := s.socket(c.conn)
		if err != nil {
			t.Fatal(err)
		}
		name, err := unix.Getsockname(fd)
		if err != nil {
			t.Fatal(err)
		}
		at, ok := name.(*unix.SockaddrInet4)
		if !ok || at.Addr != c.want || at.Port != 0 {
			t.Errorf("connection %d of shard %d of %d, %d in all: %+v, want %v and no port yet", c.conn, c.id, c.shards, c.connections, name, c.want)
		}
		_ = unix.Close(fd)
		s.close()
	}
}
