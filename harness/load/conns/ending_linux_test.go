package conns

import (
	"errors"
	"net/netip"
	"slices"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Why no connection could be had is told as the system says it, whatever its class.
func TestConnectErrorHasItsCause(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address string
		class   string
		errs    []error // one of them
	}{
		{"127.0.0.1:1", Refused, []error{unix.ECONNREFUSED}}, // where nobody listens
		// A broadcast address, to which no socket connects that did not ask for it, with a way there or without.
		{"255.255.255.255:80", Other, []error{unix.EACCES, unix.ENETUNREACH}},
	} {
		e, err := New(Config{
			Address: netip.MustParseAddrPort(c.address), Connections: 3, Loop: Closed, ConnectPerSecond: 1e6, Connecting: 3,
		})
		if err != nil {
			t.Fatal(err)
		}
		err = e.Connect(t.Context(), time.Now().Add(20*time.Second))
		var failed *ConnectError
		if !errors.As(err, &failed) || failed.Class != c.class || !slices.Contains(c.errs, failed.Err) || failed.Open != 0 {
			t.Errorf("%s: %v; want %s, %v", c.address, err, c.class, c.errs)
		}
		e.Close()
	}
}
