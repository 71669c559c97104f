package null

import (
	"context"
	"net/netip"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
	"github.com/assay-bench/assay/harness/model"
)

// BenchmarkSaturated loads the server in a closed loop over 64 connections with the native engine, in this process and
// on the same CPUs.
func BenchmarkSaturated(b *testing.B) {
	address := netip.MustParseAddrPort(startServer(b, Serve, Options{}))
	engine, err := conns.New(conns.Config{
		Address: address, Connections: 64, Loop: conns.Closed, To: time.Second, RequestTimeout: patience,
		Template: conns.Template{
			URI: "/null?id=", WithID: true, Host: address.String(), Agent: "bench",
			Want: func(dst []byte, _ uint64) []byte { return append(dst, model.NullAnswer...) },
		},
		ConnectPerSecond: 8000, Connecting: 64,
	})
	if err != nil {
		b.Fatal(err)
	}
	defer engine.Close()
	if err := engine.Connect(context.Background(), time.Now().Add(patience)); err != nil {
		b.Fatal(err)
	}
	var done int64
	for range b.N {
		began := engine.Answers()
		if _, err := engine.Drive(context.Background(), time.Now()); err != nil {
			b.Fatal(err)
		}
		done += engine.Answers() - began
	}
	b.ReportMetric(float64(done)/float64(b.N), "requests/s")
}

// Answering takes no memory: one request in, one answer out.
func BenchmarkAnswer(b *testing.B) {
	in, p := []byte(get("/null?id=123456789")), newPages(0)
	out := make([]byte, 0, 1<<10)
	b.ReportAllocs()
	for b.Loop() {
		r, _ := parse(in)
		p.stamp(time.Time{})
		out = append(out[:0], p.of(r)...)
	}
}
