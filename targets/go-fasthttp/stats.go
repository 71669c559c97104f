package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"

	"github.com/valyala/fasthttp"
)

// stats answers GET /stats.
func (s *server) stats(ctx *fasthttp.RequestCtx) {
	// ReadGCStats does not stop the world; runtime.ReadMemStats does.
	var gc debug.GCStats
	debug.ReadGCStats(&gc)
	body := fmt.Appendf(nil, `{"open_connections":%d,"worker_threads":%d,"gc_count":%d,"gc_pause_total_ns":%d,"resident_bytes":`,
		s.http.GetOpenConnectionsCount(), runtime.GOMAXPROCS(0), gc.NumGC, gc.PauseTotal.Nanoseconds())
	if resident, ok := residentBytes(); ok {
		body = strconv.AppendUint(body, resident, 10)
	} else {
		body = append(body, "null"...)
	}
	replyJSON(ctx, fasthttp.StatusOK, append(body, '}'))
}

// residentBytes returns the process's resident set, where there is a Linux /proc.
func residentBytes() (uint64, bool) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, false
	}
	// proc(5): size and resident come first, in pages.
	fields := bytes.Fields(statm)
	if len(fields) < 2 {
		return 0, false
	}
	pages, err := strconv.ParseUint(string(fields[1]), 10, 64)
	return pages * uint64(os.Getpagesize()), err == nil
}
