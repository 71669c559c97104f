package load

import (
	"bufio"
	"net/netip"
	"strings"
	"testing"
)

const procTCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
   2: 0100007F:D431 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
   3: 0100007F:1F90 0100007F:D432 06 00000000:00000000 00:00000000 00000000     0        0 0 3 0
   4: 0100007F:1F90 0200007F:D433 01 00000000:00000000 00:00000000 00000000     0        0 4 1 0 20 4 30 10 -1
   5: 0200007F:1F90 0100007F:D434 01 00000000:00000000 00:00000000 00000000     0        0 5 1 0 20 4 30 10 -1
`

const procTCP6 = `  sl  local_address                         remote_address                        st
   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:D435 01 00000000:00000000
`

func TestCountProcNet(t *testing.T) {
	if nativeIsBig() {
		t.Skip("the example is from a little-endian machine")
	}
	server := netip.MustParseAddrPort("127.0.0.1:8080")
	for _, c := range []struct {
		table, except string
		want          int
	}{
		{procTCP, "127.0.0.1:9", 2},
		{procTCP, "127.0.0.1:54321", 1}, // D431
		{procTCP6, "127.0.0.1:9", 1},
		{"heading\n", "127.0.0.1:9", 0},
	} {
		n, err := countProcNet(strings.NewReader(c.table), server, netip.MustParseAddrPort(c.except))
		if err != nil || n != c.want {
			t.Errorf("without %s: %d, %v; want %d", c.except, n, err, c.want)
		}
	}
	for _, line := range []string{"1: 2 3", "1: 0100007F:1F90 x:1 01", "1: 0100007F:1F90 01007F:0001 01", "1: 0100007F:1F900 0100007F:1F90 01"} {
		if _, err := countProcNet(strings.NewReader("heading\n"+line), server, server); err == nil {
			t.Errorf("%q: no error", line)
		}
	}
}

// nativeIsBig tells the host's byte order by what the parser makes of an address.
func nativeIsBig() bool {
	a, err := procAddress("7F000001:0001")
	return err == nil && a.Addr() == netip.MustParseAddr("127.0.0.1")
}

func FuzzCountProcNet(f *testing.F) {
	f.Add(procTCP)
	f.Add(procTCP6)
	server := netip.MustParseAddrPort("127.0.0.1:8080")
	f.Fuzz(func(t *testing.T, table string) {
		n, err := countProcNet(strings.NewReader(table), server, netip.AddrPort{})
		if err == nil && n > strings.Count(table, "\n")+1 {
			t.Errorf("%d connections in %d lines", n, strings.Count(table, "\n"))
		}
	})
}

const procNetstat = `TcpExt: SyncookiesSent ListenOverflows ListenDrops
TcpExt: 0 17 19
IpExt: InNoRoutes InTruncatedPkts
IpExt: 0 1
`

func TestParseNetCounters(t *testing.T) {
	got, err := parseNetCounters(strings.NewReader(procNetstat), "TcpExt")
	if err != nil || got["ListenOverflows"] != 17 || got["ListenDrops"] != 19 || len(got) != 3 {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"", "TcpExt: A B\n", "TcpExt: A B\nTcpExt: 1\n", "TcpExt: A\nTcpExt: x\n"} {
		if got, err := parseNetCounters(strings.NewReader(text), "TcpExt"); err == nil {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func FuzzParseNetCounters(f *testing.F) {
	f.Add(procNetstat)
	f.Fuzz(func(t *testing.T, text string) {
		if got, err := parseNetCounters(strings.NewReader(text), "TcpExt"); err == nil && got == nil {
			t.Error("neither values nor an error")
		}
	})
}

const okAnswer = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 3\r\n\r\nok\n"

func TestReadAnswer(t *testing.T) {
	a, err := readAnswer(bufio.NewReader(strings.NewReader(okAnswer + "HTTP/1.1 ...")))
	if err != nil || a.status != 200 || string(a.body) != "ok\n" || a.head != len(okAnswer)-3 {
		t.Errorf("%+v, %v", a, err)
	}
	for _, text := range []string{
		"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok",
		"HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", 20000),
	} {
		if a, err := readAnswer(bufio.NewReader(strings.NewReader(text))); err == nil {
			t.Errorf("%.60q: %+v", text, a)
		}
	}
}

func FuzzReadAnswer(f *testing.F) {
	f.Add(okAnswer)
	f.Fuzz(func(t *testing.T, text string) {
		a, err := readAnswer(bufio.NewReader(strings.NewReader(text)))
		if err == nil && a.head+len(a.body) > len(text) {
			t.Errorf("an answer of %d bytes in %d", a.head+len(a.body), len(text))
		}
	})
}
