package main

import (
	"math"
	"strings"
	"testing"
	"time"
)

const wrkHead = `Running 2s test @ http://127.0.0.1:18080/item?id=123456789
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   612.31us    1.04ms  27.71ms   93.93%
    Req/Sec   137.02k    10.95k  152.40k    80.95%
`

func TestParseWrk(t *testing.T) {
	t.Parallel()
	const tail = "Requests/sec: 136203.45\nTransfer/sec:     62.33MB\n"
	for _, c := range []struct {
		name, text string
		want       driven
		err        string
	}{
		{name: "whole", text: wrkHead + "  286148 requests in 2.10s, 130.95MB read\n" + tail,
			want: driven{Answers: 286148, Rate: 136203.45, Seconds: 2.1}},
		{name: "minutes", text: "  1000 requests in 1.50m, 1.00MB read\nRequests/sec:     11.11\n",
			want: driven{Answers: 1000, Rate: 11.11, Seconds: 90}},
		{name: "milliseconds", text: "  7 requests in 500.00ms, 1.00KB read\nRequests/sec:     14.00\n",
			want: driven{Answers: 7, Rate: 14, Seconds: 0.5}},
		{name: "socket errors", err: "Socket errors: connect 0, read 12, write 0, timeout 3",
			text: wrkHead + "  9 requests in 2.10s, 1MB read\n  Socket errors: connect 0, read 12, write 0, timeout 3\n" + tail},
		{name: "wrong status", err: "Non-2xx or 3xx responses: 286148",
			text: wrkHead + "  286148 requests in 2.10s, 1MB read\n  Non-2xx or 3xx responses: 286148\n" + tail},
		{name: "no requests", err: "no requests",
			text: wrkHead + "  0 requests in 2.10s, 0.00B read\nRequests/sec:      0.00\n"},
		{name: "nothing", err: "no requests"},
		{name: "no number", text: "many requests in 2.10s, x\n", err: "no number of requests"},
		{name: "no time", text: "7 requests in a while, x\n", err: "is not a time"},
		{name: "no rate", text: "7 requests in 2s, x\nRequests/sec: fast\n", err: "has no rate"},
	} {
		got, err := parseWrk(c.text)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: error %v, want %q", c.name, err, c.err)
			}
			continue
		}
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v; want %+v", c.name, got, err, c.want)
		}
	}
}

func FuzzParseWrk(f *testing.F) {
	f.Add(wrkHead + "  286148 requests in 2.10s, 130.95MB read\nRequests/sec: 136203.45\n")
	f.Add("7 requests in 2.10us,\nSocket errors: connect 1, read 0, write 0, timeout 0")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := parseWrk(text)
		if err != nil {
			return
		}
		if d.Answers < 1 || !(d.Rate > 0) || !(d.Seconds > 0) || math.IsInf(d.Rate, 0) || math.IsInf(d.Seconds, 0) {
			t.Errorf("%q passes as %+v", text, d)
		}
	})
}

func TestWrkArgs(t *testing.T) {
	t.Parallel()
	got := strings.Join(wrkArgs("/usr/bin/wrk", "127.0.0.1:18080", 1000, 2*time.Second), " ")
	const want = "/usr/bin/wrk -t1 -c1000 -d2s --timeout 30s http://127.0.0.1:18080/item?id=123456789"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestWithoutWrk(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := findWrk(); err == nil || !strings.Contains(err.Error(), "--without-wrk") {
		t.Errorf("%v does not say the way out", err)
	}
}

func TestPeakOf(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]int64{
		"Name:\twrk\nVmPeak:\t   9000 kB\nVmHWM:\t    4988 kB\nVmRSS:\t 4900 kB\n": 4988 << 10,
		"Name:\twrk\nState:\tZ (zombie)\n":                                         -1,
		"VmHWM:\t 12 MB\n":                                                         -1,
		"VmHWM:\t -5 kB\n":                                                         -1,
		"":                                                                         -1,
	} {
		if got := peakOf(status); got != want {
			t.Errorf("%q: %d, want %d", status, got, want)
		}
	}
}

func FuzzPeakOf(f *testing.F) {
	f.Add("VmHWM:\t    4988 kB\n")
	f.Fuzz(func(t *testing.T, status string) {
		if n := peakOf(status); n < -1 {
			t.Errorf("%q: %d", status, n)
		}
	})
}
