package load

import (
	"net"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// A slowListener takes its time for every connection, with a short queue before it.
type slowListener struct{ net.Listener }

func (l slowListener) Accept() (net.Conn, error) {
	time.Sleep(2 * time.Millisecond)
	return l.Listener.Accept()
}

// Connections that the kernel dropped before the server could accept them are no result against the server, and the count of them
// outlives the job that failed of it.
func TestOverflowsAreNotTheServers(t *testing.T) { perEngine(t, testOverflowsAreNotTheServers) }

func testOverflowsAreNotTheServers(t *testing.T, engine string) {
	short := func(l net.Listener) net.Listener {
		raw, err := l.(*net.TCPListener).SyscallConn()
		if err != nil {
			t.Fatal(err)
		}
		err = raw.Control(func(fd uintptr) { err = unix.Listen(int(fd), 5) }) // listen(2) again sets the backlog anew
		if err != nil {
			t.Fatal(err)
		}
		return slowListener{l}
	}
	job := engineJob(newFakeTarget(t, nil, short), engine)
	job.Connections, job.ConnectPerSecond, job.ConnectTimeout = 500, 10_000, 3*time.Second
	res := drive(t, job)
	if res.Failure == "" || res.FailureSide != sideLoad || res.ListenOverflows <= 0 || res.ListenDrops < res.ListenOverflows ||
		!strings.Contains(res.Failure, "could not be opened within 3s") || !strings.Contains(res.Failure, "listen overflows") {
		t.Errorf("%q, side %q, %d overflows, %d drops", res.Failure, res.FailureSide, res.ListenOverflows, res.ListenDrops)
	}
}
