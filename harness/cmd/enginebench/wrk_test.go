package main

import (
	"math"
	"strings"
	"testing"
	"time"
)

const wrkHead = `Running 2s test @ http://127.0.0.1:18080/item?id=123456789
  1 threads and 64 connections
Requests/sec: 136203.45
Transfer/sec:     62.33MB
`

func TestReadWrk(t *testing.T) {
	t.Parallel()
	const none = `"errors":{"connect":0,"read":0,"write":0,"status":0,"timeout":0}`
	for _, c := range []struct {
		name, text string
		want       driven
		err        string
	}{
		{name: "whole", text: wrkHead + `{"answers":286148,"microseconds":2100000,` + none + "}\n",
			want: driven{Answers: 286148, Rate: 286148 / 2.1, Seconds: 2.1}},
		{name: "errors", err: "timeout: 3",
			text: wrkHead + `{"answers":9,"microseconds":2100000,"errors":{"connect":0,"timeout":3}}` + "\n"},
		{name: "no answers", err: "0 answers", text: wrkHead + `{"answers":0,"microseconds":2100000,` + none + "}\n"},
		{name: "no time", err: "in 0 us", text: wrkHead + `{"answers":7,"microseconds":0,` + none + "}\n"},
		{name: "the script did not run", err: "no counts", text: wrkHead},
		{name: "cut short", err: "no counts", text: wrkHead + `{"answers":28`},
		{name: "nothing", err: "no counts"},
	} {
		got, err := readWrk(c.text)
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

func FuzzReadWrk(f *testing.F) {
	f.Add(wrkHead + `{"answers":286148,"microseconds":2100000,"errors":{"read":0}}`)
	f.Add("{\n{}")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := readWrk(text)
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
	got := strings.Join(wrkArgs("/usr/bin/wrk", "report.lua", "127.0.0.1:18080", 1000, 2*time.Second), " ")
	const want = "/usr/bin/wrk -t1 -c1000 -d2s --timeout 30s -s report.lua http://127.0.0.1:18080/item?id=123456789"
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
