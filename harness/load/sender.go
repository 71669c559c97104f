package load

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// maxBody is the longest body that is read. A longer one is wrong in any case, and giving it up ends the connection.
const maxBody = 64 << 10

// A shot is what one sequence number of an attack stands for.
type shot struct {
	slot   int
	method string // "": GET
	path   string
	query  string
	id     uint64
	body   func(dst []byte, id uint64) []byte // the JSON sent; nil for none
	status int                                // demanded; 0: 200
	want   func(dst []byte, id uint64) []byte // the body demanded
}

// A sender stands between one vegeta attack and the transport that all attacks of a job share. vegeta hands the same
// target to every worker; the sender reads the sequence number of the hit from X-Vegeta-Seq, which is Result.Seq, builds
// the request that the schedule has for it, sends it and checks the answer. Neither that header nor the pseudo-host goes
// over the wire.
//
// An answer that passes comes back as an empty 200, anything else as a failure with its class: so vegeta's own clock
// runs from the worker's start to the checked answer.
type sender struct {
	base    context.Context // its end abandons what is open
	pool    *pool
	rt      http.RoundTripper
	hosts   []string // by slot
	header  http.Header
	posts   http.Header // of requests with a body
	timeout time.Duration
	shot    func(seq int64) shot
	sent    func(seq int64)
	warn    func(format string, args ...any)
	other   sync.Once // the first error that has no class of its own is told
	buffers sync.Pool

	open atomic.Int64 // requests under way
	peak atomic.Int64 // most of them at once
}

// scratch is the memory for checking one answer.
type scratch struct{ got, want []byte }

// sender makes the sender of one attack; shot and sent are still to be set.
func (e *vegetaEngine) sender(base context.Context, timeout time.Duration) *sender {
	return &sender{
		base: base, pool: e.pool, rt: e.transport, hosts: e.hosts, timeout: timeout, warn: e.warn,
		header:  http.Header{"User-Agent": {userAgent}},
		posts:   http.Header{"User-Agent": {userAgent}, "Content-Type": {model.TypeJSON}},
		buffers: sync.Pool{New: func() any { return &scratch{got: make([]byte, 0, 1<<10), want: make([]byte, 0, 1<<10)} }},
	}
}

// RoundTrip sends what the sequence number of req stands for.
func (s *sender) RoundTrip(req *http.Request) (*http.Response, error) {
	seq, err := strconv.ParseInt(req.Header.Get("X-Vegeta-Seq"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("load: vegeta's sequence number: %w", err)
	}
	if s.base.Err() != nil {
		return nil, failure{classAbandoned}
	}
	s.sent(seq)
	s.count()
	defer s.open.Add(-1)
	what := s.shot(seq)
	ctx, cancel := context.WithTimeout(s.base, s.timeout)
	defer cancel()
	if class := s.exchange(ctx, req, what); class != "" {
		return nil, failure{class}
	}
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Body: http.NoBody, Request: req}, nil
}

// count notes one more request under way. A race may miss a peak by one or two; it serves a warning.
func (s *sender) count() {
	if n := s.open.Add(1); n > s.peak.Load() {
		s.peak.Store(n)
	}
}

// exchange sends one request and checks its answer. It returns the class of the failure, "" when there is none.
func (s *sender) exchange(ctx context.Context, req *http.Request, what shot) string {
	out := req.WithContext(ctx)
	out.URL = &url.URL{Scheme: "http", Host: s.hosts[what.slot], Path: what.path, RawQuery: what.query}
	out.Host = s.pool.address
	out.Header = s.header
	if what.body != nil {
		out.Method, out.Header = what.method, s.posts
		body := what.body(nil, what.id)
		out.Body, out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	resp, err := s.rt.RoundTrip(out)
	if err != nil {
		return s.failed(ctx, what, err)
	}
	defer resp.Body.Close()
	buf := s.buffers.Get().(*scratch)
	defer s.buffers.Put(buf)
	if buf.got, err = appendBody(buf.got[:0], resp); err != nil {
		return s.failed(ctx, what, err)
	}
	if resp.StatusCode != cmp.Or(what.status, http.StatusOK) {
		return statusClass(resp.StatusCode)
	}
	buf.want = what.want(buf.want[:0], what.id)
	if !bytes.Equal(buf.got, buf.want) {
		return classWrongBody
	}
	return ""
}

// failed names an error, and tells the pool when it is we who gave the request up.
func (s *sender) failed(ctx context.Context, what shot, err error) string {
	switch {
	case s.base.Err() != nil:
		s.pool.gaveUp(what.slot)
		return classAbandoned
	case ctx.Err() != nil:
		s.pool.gaveUp(what.slot)
		return classTimeout
	}
	class := classify(err)
	if class == classOther {
		s.other.Do(func() { s.warn("a request failed: %v", err) })
	}
	return class
}

// appendBody appends the whole body to dst; one beyond maxBody is a failure.
func appendBody(dst []byte, resp *http.Response) ([]byte, error) {
	for {
		if len(dst) > maxBody {
			return dst, failure{classWrongBody}
		}
		if len(dst) == cap(dst) {
			dst = append(dst, 0)[:len(dst)]
		}
		n, err := resp.Body.Read(dst[len(dst):cap(dst)])
		dst = dst[:len(dst)+n]
		if err == io.EOF {
			return dst, nil
		}
		if err != nil {
			return dst, err
		}
	}
}
