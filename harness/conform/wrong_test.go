package conform

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// A wrong server breaks the contract in one way.
type wrong struct {
	name  string
	kinds []string // that catch it, in the order of the checks
	says  string   // that the report contains
	ends  bool     // the checks after it are skipped
	rig   rig

	limits func(*limits) // shorter ones, for a server that does not answer
}

// wrongServers returns at least one for each kind of check. Where the wrong thing can be
// seen by more than one kind, it is made narrow, so that one has to see it.
func wrongServers() []wrong {
	list := wrongAnswers()
	list = append(list, wrongHeaders()...)
	list = append(list, wrongTimes()...)
	list = append(list, wrongNumbers()...)
	return append(list, wrongConnections()...)
}

func wrongAnswers() []wrong {
	return []wrong{
		{name: "status", kinds: []string{"golden"}, says: "status: want 200, got 500",
			rig: rig{answer: onTarget("/item?id=42&golden", func(a *model.Answer) { a.Status = 500 })}},
		{name: "content type", kinds: []string{"golden"}, says: "header Content-Type: want application/json, got text/json",
			rig: rig{answer: onTarget("/item?id=42&golden", func(a *model.Answer) { a.ContentType = "text/json" })}},
		{name: "body", kinds: []string{"golden"}, says: "body from byte 9",
			rig: rig{answer: onTarget("/item?id=42&golden", func(a *model.Answer) { a.Body = bytes.Replace(a.Body, []byte(","), []byte(", "), 1) })}},
		{name: "keys in another order", kinds: []string{"golden"}, says: "keys: want open_connections, worker_threads",
			rig: rig{answer: onTarget("/stats?golden", func(a *model.Answer) {
				a.Body = []byte(`{"worker_threads":2,"open_connections":1,"gc_count":7,"gc_pause_total_ns":1,"resident_bytes":null}`)
			})}},
		{name: "allow", kinds: []string{"golden"}, says: "header Allow: want GET, HEAD, got GET",
			rig: rig{answer: func(req request, a *model.Answer) {
				if req.method == "PATCH" {
					a.Allow = "GET"
				}
			}}},
		{name: "total off by one", kinds: []string{"random"}, says: "body from byte",
			rig: rig{answer: func(req request, a *model.Answer) {
				if a.Status == 201 && bytes.Count(a.Body, []byte("quantity")) == 50 {
					a.Body[len(a.Body)-2] ^= 1
				}
			}}},
		{name: "duplicate keys taken", kinds: []string{"random"}, says: "status: want 400, got 201",
			rig: rig{answer: func(req request, a *model.Answer) {
				if bytes.Count(req.body, []byte(`"customer":`)) == 2 {
					*a = model.AnswerOrder(model.TypeJSON, []byte(`{"customer":"c","items":[{"id":1,"quantity":1}]}`))
				}
			}}},
		{name: "half of a surrogate pair taken", kinds: []string{"random"}, says: "lone",
			rig: rig{answer: func(req request, a *model.Answer) {
				if bytes.Contains(req.body, []byte(`"\udc00"`)) {
					*a = model.AnswerOrder(model.TypeJSON, []byte(`{"customer":"lone","items":[{"id":1,"quantity":1}]}`))
				}
			}}},
		{name: "one item for all ids", kinds: []string{"golden", "random", "constant"}, says: "bytes as for id=",
			rig: rig{answer: onItems(func(uint64) uint64 { return 1 })}},
		{name: "cache with too short a key", kinds: []string{"constant"}, says: "bytes as for id=",
			rig: rig{answer: onItems(cachedBy16Bits())}},
	}
}

// onTarget bends the answer to one request.
func onTarget(target string, bend func(*model.Answer)) func(request, *model.Answer) {
	return func(req request, a *model.Answer) {
		if req.target == target {
			bend(a)
		}
	}
}

// onItems answers with the item of another id.
func onItems(other func(uint64) uint64) func(request, *model.Answer) {
	return func(req request, a *model.Answer) {
		path, query, _ := strings.Cut(req.target, "?")
		if id, ok := parameter(query, "id"); path == "/item" && ok && a.Status == 200 {
			a.Body = model.Item(other(id))
		}
	}
}

// cachedBy16Bits gives out the id before if its lowest 16 bits are the same.
func cachedBy16Bits() func(uint64) uint64 {
	var last atomic.Uint64
	return func(id uint64) uint64 {
		if before := last.Load(); before&0xffff == id&0xffff && before != 0 {
			return before
		}
		last.Store(id)
		return id
	}
}

func wrongHeaders() []wrong {
	header := func(bend func(http.Header)) rig {
		return rig{wrap: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				bend(w.Header())
				next.ServeHTTP(w, r)
			})
		}}
	}
	return []wrong{
		{name: "no date", kinds: []string{"rules"}, says: "header Date: want a date",
			rig: header(func(h http.Header) { h["Date"] = nil })},
		{name: "date of another form", kinds: []string{"rules"}, says: "header Date: want a date",
			rig: header(func(h http.Header) { h.Set("Date", "2026-01-02T15:04:05Z") })},
		{name: "server named", kinds: []string{"rules"}, says: `header Server: want none, got ["x"]`,
			rig: header(func(h http.Header) { h.Set("Server", "x") })},
		{name: "compression named", kinds: []string{"rules"}, says: "header Content-Encoding: want none",
			rig: header(func(h http.Header) { h.Set("Content-Encoding", "identity") })},
		{name: "compresses when asked", kinds: []string{"random", "rules"}, says: `header Content-Encoding: want none, got ["gzip"]`,
			rig: rig{wrap: func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
						next.ServeHTTP(w, r)
						return
					}
					w.Header().Set("Content-Type", model.TypeJSON)
					w.Header().Set("Content-Encoding", "gzip")
					w.Header().Set("Content-Length", "2")
					w.Write([]byte{0x1f, 0x8b})
				})
			}}},
		{name: "chunked", kinds: []string{"rules"}, says: "header Transfer-Encoding: want none",
			rig: rig{wrap: chunked}},
		{name: "connection closed after each request", kinds: []string{"keep-alive"}, says: "closed by the server",
			rig: header(func(h http.Header) { h.Set("Connection", "close") })},
		{name: "connection closed after 50 requests", kinds: []string{"keep-alive"}, says: "51 of 100 on one connection",
			rig: rig{wrap: func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if *served(r) == 50 {
						panic(http.ErrAbortHandler)
					}
					next.ServeHTTP(w, r)
				})
			}}},
	}
}

// chunked sends the answers to GET without their length.
func chunked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != "HEAD" {
			w = lengthless{w}
		}
		next.ServeHTTP(w, r)
		w.(http.Flusher).Flush()
	})
}

type lengthless struct{ http.ResponseWriter }

func (l lengthless) WriteHeader(status int) {
	l.Header().Del("Content-Length")
	l.ResponseWriter.WriteHeader(status)
	l.Flush()
}

func (l lengthless) Flush() { l.ResponseWriter.(http.Flusher).Flush() }

func wrongTimes() []wrong {
	shortly := func(l *limits) { l.settle = 300 * time.Millisecond }
	return []wrong{
		{name: "hold answers at once", kinds: []string{"hold"}, says: "time: want not before",
			rig: rig{early: func(millis uint64) time.Duration { return time.Duration(millis) * time.Millisecond }}},
		{name: "hold answers late", kinds: []string{"hold"}, says: "in the best of 5 attempts",
			rig: rig{early: func(uint64) time.Duration { return -50 * time.Millisecond }}},
		{name: "hold holds a thread", kinds: []string{"hold"}, says: "64 at once",
			limits: func(l *limits) { l.exchange = 2 * time.Second },
			rig:    rig{wrap: twoThreads}},
		{name: "hangs", kinds: []string{"random"}, says: "no complete answer by then", ends: true,
			limits: func(l *limits) { l.exchange, l.unanswered = time.Second, 1 },
			rig: rig{wrap: func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Method == "DELETE" {
						<-r.Context().Done()
						return
					}
					next.ServeHTTP(w, r)
				})
			}}},
		{name: "gauge stuck", kinds: []string{"stats"}, says: "open_connections after opening 1",
			limits: shortly, rig: rig{gauge: func(_, _ int64) int64 { return 1 }}},
		{name: "gauge never falls", kinds: []string{"stats"}, says: "open_connections after closing 1",
			limits: shortly, rig: rig{gauge: func(_, accepted int64) int64 { return accepted }}},
		{name: "gauge is a fraction", kinds: []string{"stats"}, says: "whole numbers",
			rig: rig{answer: onTarget("/stats", func(a *model.Answer) { a.Body = bytes.Replace(a.Body, []byte("null"), []byte("1.5"), 1) })}},
	}
}

func wrongNumbers() []wrong {
	// stats replaces a part of the answer.
	stats := func(part, by string) rig {
		old := regexp.MustCompile(part)
		return rig{answer: onTarget("/stats", func(a *model.Answer) { a.Body = old.ReplaceAll(a.Body, []byte(by)) })}
	}
	return []wrong{
		{name: "seven threads too many", kinds: []string{"threads"}, says: "worker_threads: want 2, the CPUs given, got 9",
			rig: stats(`"worker_threads":2`, `"worker_threads":9`)},
		{name: "collections not counted", kinds: []string{"collector"}, says: "want more than 0, as before them, got 0",
			rig: stats(`"gc_count":\d+`, `"gc_count":0`)},
		{name: "collections of an hour ago", kinds: []string{"collector"}, says: "want more than 17, as before them, got 17",
			rig: stats(`"gc_count":\d+`, `"gc_count":17`)},
	}
}

// twoThreads lets two requests to GET /hold wait at a time.
func twoThreads(next http.Handler) http.Handler {
	threads := make(chan struct{}, 2)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hold" {
			select {
			case threads <- struct{}{}:
				defer func() { <-threads }()
			case <-r.Context().Done():
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// cancelAfter ends a context when so many requests were answered.
func cancelAfter(cancel context.CancelFunc, requests int64) func(request, *model.Answer) {
	var seen atomic.Int64
	return func(request, *model.Answer) {
		if seen.Add(1) == requests {
			cancel()
		}
	}
}
