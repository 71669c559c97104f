package load

import (
	"context"
	"encoding/binary"
	"net"
	"net/netip"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/assay-bench/assay/harness/load/conns"
)

// Both ways of counting see the server's side of exactly the connections that are there, on an IPv4 listener and on a
// dual-stack one, whose sockets are IPv6.
func TestEstablished(t *testing.T) {
	for _, listen := range []struct{ network, address string }{{"tcp4", "127.0.0.1:0"}, {"tcp", ":0"}} {
		l, err := net.Listen(listen.network, listen.address)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		address := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(l.Addr().(*net.TCPAddr).Port))
		var last netip.AddrPort
		for range 150 {
			c, err := net.Dial("tcp4", address.String())
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			last = c.LocalAddr().(*net.TCPAddr).AddrPort()
		}
		for name, count := range map[string]func(a, b netip.AddrPort) (int, error){"sock_diag": countByDiag, "proc": countByProc} {
			if n, err := recounted(count, address, netip.AddrPort{}, 150); n != 150 || err != nil {
				t.Errorf("%s, %s: %d, %v; want 150", listen.network, name, n, err)
			}
			if n, err := recounted(count, address, last, 149); n != 149 || err != nil {
				t.Errorf("%s, %s: %d without the last, %v; want 149", listen.network, name, n, err)
			}
		}
	}
}

// recounted counts as census does: again, while the kernel's list differs from what is known to be there.
func recounted(count func(a, b netip.AddrPort) (int, error), address, except netip.AddrPort, want int) (n int, err error) {
	for range 1 + recounts {
		if n, err = count(address, except); n == want || err != nil {
			break
		}
	}
	return n, err
}

func TestManySourcesDial(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	var took int
	p := newPool(l.Addr().String(), conns.MaxPerSource+1, time.Minute, func(time.Duration) { took++ })
	defer p.close()
	for slot, want := range map[int]string{0: "127.0.0.2", conns.MaxPerSource: "127.0.0.3"} {
		c, err := p.dial(context.Background(), "tcp", p.pseudoHost(slot))
		if err != nil {
			t.Fatal(err)
		}
		if got := c.LocalAddr().(*net.TCPAddr).IP.String(); got != want {
			t.Errorf("slot %d dials from %s, want %s", slot, got, want)
		}
	}
	if took != 2 || p.open.Load() != 2 {
		t.Errorf("%d dial times, %d open", took, p.open.Load())
	}
	p.close()
	if p.open.Load() != 0 {
		t.Errorf("%d open after close", p.open.Load())
	}
	if c, err := p.dial(context.Background(), "tcp", p.pseudoHost(1)); err == nil {
		t.Errorf("a closed pool dialled %v", c.LocalAddr())
	}
}

func FuzzCountDiag(f *testing.F) {
	f.Add(diagRequest(unix.AF_INET, 8080, 0, extensionTCPInfo))
	f.Add(make([]byte, 400))
	address := netip.MustParseAddrPort("127.0.0.1:8080")
	f.Fuzz(func(t *testing.T, b []byte) {
		n := 0
		_, err := readDiag(b, func(m []byte) {
			retransmitsOf(m[diagMessageBytes:])
			if diagMatches(m, address, netip.AddrPort{}) {
				n++
			}
		})
		if err == nil && n > len(b)/diagMessageBytes {
			t.Errorf("%d sockets in %d bytes", n, len(b))
		}
	})
}

func TestRetransmitsAreThoseOfOurConnections(t *testing.T) {
	info := make([]byte, totalRetransmits+8)
	binary.NativeEndian.PutUint32(info[totalRetransmits:], 7)
	attribute := func(kind uint16, payload []byte) []byte {
		b := make([]byte, attributeHead, attributeHead+len(payload)+3)
		binary.NativeEndian.PutUint16(b, uint16(attributeHead+len(payload)))
		binary.NativeEndian.PutUint16(b[2:], kind)
		b = append(b, payload...)
		return append(b, make([]byte, (4-len(b)%4)%4)...)
	}
	behind := append(attribute(8, []byte{1}), attribute(diagInfo, info)...)
	for name, c := range map[string]struct {
		attributes []byte
		want       uint32
	}{
		"alone":     {attribute(diagInfo, info), 7},
		"behind":    {behind, 7},
		"none":      {attribute(8, []byte{1, 2, 3}), 0},
		"too short": {attribute(diagInfo, info[:totalRetransmits]), 0},
		"cut":       {behind[:10], 0},
	} {
		if got := retransmitsOf(c.attributes); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}

// Loopback loses nothing, so a real connection has none; that the kernel tells the counter at all is seen by its
// attribute being there.
func TestRetransmitsOfARealConnection(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	c, err := net.Dial("tcp4", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	address := netip.MustParseAddrPort(l.Addr().String())
	if n, err := retransmits(address); err != nil || n != 0 {
		t.Errorf("%d retransmits, %v", n, err)
	}
	fd, err := diagSocket()
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	told := 0
	err = dump(fd, afterwards(), diagRequest(unix.AF_INET, 0, address.Port(), extensionTCPInfo), func(m []byte) {
		if len(m) >= diagMessageBytes+attributeHead+totalRetransmits+4 {
			told++
		}
	})
	if err != nil || told != 1 {
		t.Errorf("the kernel tells the TCP info of %d connections, want 1; %v", told, err)
	}
}
