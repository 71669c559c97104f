package null

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

// patience is how long a test waits for what must happen. Passing does not depend on it.
const patience = 30 * time.Second

// eachServer runs a test with this system's server and with the portable one: they answer alike.
func eachServer(t *testing.T, test func(t *testing.T, start func(Options) string)) {
	for name, serve := range map[string]func(context.Context, *net.TCPListener, Options) error{
		"native":   Serve,
		"portable": func(ctx context.Context, l *net.TCPListener, o Options) error { return serveHTTP(ctx, l, o) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, func(o Options) string { return startServer(t, serve, o) })
		})
	}
}

// startServer serves until the test is over, and returns the address.
func startServer(t testing.TB, serve func(context.Context, *net.TCPListener, Options) error, o Options) string {
	t.Helper()
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, l, o) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return address
}

// A client is one connection.
type client struct {
	t *testing.T
	net.Conn
	r *bufio.Reader
}

func dial(t *testing.T, address string) *client {
	t.Helper()
	conn, err := net.Dial("tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(patience))
	return &client{t, conn, bufio.NewReader(conn)}
}

func (c *client) send(text string) {
	c.t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		c.t.Fatal(err)
	}
}

// answer reads one answer.
func (c *client) answer() (*http.Response, string) {
	c.t.Helper()
	resp, err := http.ReadResponse(c.r, nil)
	if err != nil {
		c.t.Fatalf("no answer: %v", err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatalf("no body: %v", err)
	}
	return resp, string(body)
}

// ask sends a GET and reads the body of its answer, which must be 200.
func (c *client) ask(uri string) string {
	c.t.Helper()
	c.send(get(uri))
	resp, body := c.answer()
	if resp.StatusCode != http.StatusOK {
		c.t.Fatalf("GET %s: %s", uri, resp.Status)
	}
	return body
}

// ended reports whether the server closes the connection next.
func (c *client) ended() bool {
	_, err := c.r.ReadByte()
	return err != nil && !errors.Is(err, context.DeadlineExceeded) && !isTimeout(err)
}

func isTimeout(err error) bool {
	var n net.Error
	return errors.As(err, &n) && n.Timeout()
}

func get(uri string) string { return "GET " + uri + " HTTP/1.1\r\nHost: null\r\n\r\n" }

// open asks how many connections are open.
func open(t *testing.T, c *client) int {
	t.Helper()
	var s struct {
		OpenConnections int `json:"open_connections"`
	}
	if err := json.Unmarshal([]byte(c.ask("/stats")), &s); err != nil {
		t.Fatal(err)
	}
	return s.OpenConnections
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		address := start(Options{})
		const host = "Host: null\r\n"
		for _, c := range []struct {
			in          string
			status      int
			contentType string
			body        string
			ends        bool
		}{
			{get("/null?id=7"), 200, jsonType, model.NullAnswer, false},
			{get("/null?id=9007199254740991"), 200, jsonType, model.NullAnswer, false},
			{get("/healthz"), 200, textType, "ok\n", false},
			{get("/nothing"), 404, problemType, notFoundBody, false},
			{get("/null/"), 404, problemType, notFoundBody, false},
			{"DELETE /null HTTP/1.1\r\n" + host + "\r\n", 404, problemType, notFoundBody, false},
			{"GET /null HTTP/1.1\r\n" + host + "content-length: 0\r\n\r\n", 200, jsonType, model.NullAnswer, false},
			{"GET /null HTTP/1.1\r\n" + host + "X: " + strings.Repeat("x", 8000) + "\r\n\r\n", 200, jsonType, model.NullAnswer, false},
			{"GET /null HTTP/1.1\r\n" + host + "connection: foo, Close\r\n\r\n", 200, jsonType, model.NullAnswer, true},
			{"GET /null HTTP/1.0\r\n\r\n", 200, jsonType, model.NullAnswer, true},
			{"POST /null HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc", 411, textType, "", true},
			{"POST /null HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411, textType, "", true},
		} {
			for _, cut := range []int{0, 1, len(c.in) / 2, len(c.in) - 1} { // the request comes in two parts
				client := dial(t, address)
				client.send(c.in[:cut])
				client.send(c.in[cut:])
				resp, body := client.answer()
				h := resp.Header
				if resp.StatusCode != c.status || h.Get("Content-Type") != c.contentType || body != c.body || resp.Close != c.ends {
					t.Errorf("%q: %s, %s, %q, close %t", c.in, resp.Status, h.Get("Content-Type"), body, resp.Close)
				}
				date, err := http.ParseTime(h.Get("Date"))
				if err != nil || time.Since(date) > patience || len(h["Server"]) > 0 || resp.ContentLength != int64(len(c.body)) {
					t.Errorf("%q: head %v", c.in, h)
				}
				if c.ends && !client.ended() {
					t.Errorf("%q: the connection stayed open", c.in)
				}
				if !c.ends && client.ask("/healthz") != "ok\n" {
					t.Errorf("%q: the next request had no answer", c.in)
				}
			}
		}
	})
}

func TestRefuses(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		address := start(Options{})
		for in, status := range map[string]int{
			"GET /null HTTP/1.1\r\nHost: null\r\nX: " + strings.Repeat("x", 16<<10) + "\r\n\r\n": 431,
			"SSH-2.0-x\r\n\r\n": 400,
			"GET /null HTTP/1.1\r\nHost: null\r\nno colon\r\n\r\n": 400,
		} {
			client := dial(t, address)
			client.send(in)
			resp, err := http.ReadResponse(client.r, nil)
			if err == nil && (resp.StatusCode != status || !resp.Close) {
				t.Errorf("%.60q: %s, close %t", in, resp.Status, resp.Close)
			}
			// What was sent beyond what the server read may have the answer reset; closed it is in any case.
			if _, err := io.Copy(io.Discard, client.r); isTimeout(err) {
				t.Errorf("%.60q: the connection stayed open", in)
			}
		}
	})
}

// Requests that come at once are answered in order, however many they are; so are those of a client that reads late.
func TestPipelined(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		client := dial(t, start(Options{}))
		const n = 20_000
		go func() { _, _ = io.WriteString(client, strings.Repeat(get("/null?id=1")+get("/healthz")+get("/no"), n)) }()
		for i := range n {
			for _, want := range []string{model.NullAnswer, "ok\n", notFoundBody} {
				if _, body := client.answer(); body != want {
					t.Fatalf("answer %d: %q", i, body)
				}
			}
		}
	})
}

func TestOpenConnections(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		address := start(Options{})
		asking := dial(t, address)
		var others []*client
		for i := range 20 {
			others = append(others, dial(t, address))
			if others[i].ask("/healthz"); open(t, asking) != i+2 {
				t.Fatalf("%d open; %d are", open(t, asking), i+2)
			}
		}
		for _, c := range others {
			c.Close()
		}
		eventually(t, "one is open", func() bool { return open(t, asking) == 1 })
	})
}

func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it never came to pass that %s", what)
		}
	}
}

func TestStats(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		text := dial(t, start(Options{})).ask("/stats")
		var keys []string
		dec := json.NewDecoder(strings.NewReader(text))
		for dec.More() {
			token, err := dec.Token()
			if err != nil {
				t.Fatal(err)
			}
			if key, ok := token.(string); ok {
				keys = append(keys, key)
			}
		}
		want := "[open_connections worker_threads gc_count gc_pause_total_ns resident_bytes]"
		if fmt.Sprint(keys) != want || strings.ContainsAny(text, " \n") {
			t.Errorf("%s: keys %v", text, keys)
		}
	})
}

// A server that ends gives what it owes, and only then closes.
func TestEnds(t *testing.T) {
	t.Parallel()
	for name, serve := range map[string]func(context.Context, *net.TCPListener, Options) error{
		"native":   Serve,
		"portable": func(ctx context.Context, l *net.TCPListener, o Options) error { return serveHTTP(ctx, l, o) },
	} {
		l, err := Listen(t.Context(), "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- serve(ctx, l, Options{Delay: 200 * time.Millisecond}) }()
		c, idle := dial(t, l.Addr().String()), dial(t, l.Addr().String())
		idle.ask("/healthz")
		c.send(get("/null"))
		other := dial(t, l.Addr().String())
		other.send(get("/healthz"))
		eventually(t, "the request is in", func() bool { return open(t, idle) == 3 })
		c.send(get("/null"))
		if _, body := c.answer(); body != model.NullAnswer {
			t.Errorf("%s: %q", name, body)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !idle.ended() {
			t.Errorf("%s: an idle connection stayed open", name)
		}
		if _, err := net.Dial("tcp4", l.Addr().String()); err == nil {
			t.Errorf("%s: it still listens", name)
		}
	}
}
