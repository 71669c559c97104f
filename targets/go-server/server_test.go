package main

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
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// patience bounds every wait of a test, so that a fault ends it. No test passes by it.
const patience = 30 * time.Second

// start runs a server on a free port, without a database. stop drains it and waits until
// run has returned.
func start(t *testing.T) (addr string, stop func()) {
	t.Helper()
	return startWith(t, nil)
}

func startWith(t *testing.T, config *pgxpool.Config) (addr string, stop func()) {
	t.Helper()
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- run(ctx, ln, config) }()
	stopped := false
	stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := <-done; err != nil {
			t.Errorf("run: %v", err)
		}
	}
	t.Cleanup(stop)
	return ln.Addr().String(), stop
}

// A client is one connection that sends bytes as they are.
type client struct {
	net.Conn
	in *bufio.Reader
}

func dial(t *testing.T, addr string) *client {
	t.Helper()
	conn, err := net.Dial("tcp4", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return &client{conn, bufio.NewReader(conn)}
}

func (c *client) send(t *testing.T, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
}

// answer reads an answer to method, with its body.
func (c *client) answer(t *testing.T, method string) (*http.Response, string) {
	t.Helper()
	res, err := http.ReadResponse(c.in, &http.Request{Method: method})
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(body)
}

func (c *client) get(t *testing.T, path string) (*http.Response, string) {
	t.Helper()
	c.send(t, "GET "+path+" HTTP/1.1\r\nHost: target\r\n\r\n")
	return c.answer(t, http.MethodGet)
}

// openConnections asks the server for its gauge.
func (c *client) openConnections(t *testing.T) int {
	t.Helper()
	_, body := c.get(t, "/stats")
	var stats struct {
		Open int `json:"open_connections"`
	}
	if err := json.Unmarshal([]byte(body), &stats); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	return stats.Open
}

func TestGaugeCountsOpenConnections(t *testing.T) {
	addr, _ := start(t)
	asking := dial(t, addr)
	await := func(want int) {
		t.Helper()
		var got int
		for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(time.Millisecond) {
			if got = asking.openConnections(t); got == want {
				return
			}
		}
		t.Fatalf("open_connections = %d, want %d", got, want)
	}
	await(1)
	var silent, used []*client
	for range 20 {
		silent = append(silent, dial(t, addr)) // never sends a request
		c := dial(t, addr)
		c.get(t, "/healthz")
		used = append(used, c)
	}
	await(41)
	for _, c := range append(silent[:10], used[:5]...) {
		c.Close()
	}
	await(26)
	closing := used[5]
	closing.send(t, "GET /healthz HTTP/1.1\r\nHost: target\r\nConnection: close\r\n\r\n")
	closing.answer(t, http.MethodGet)
	await(25)
}

func TestDrainFinishesRequestsInFlight(t *testing.T) {
	addr, stop := start(t)
	idle, busy := dial(t, addr), dial(t, addr)
	idle.get(t, "/healthz")
	const body = `{"customer":"c-17","items":[{"id":3,"quantity":2}]}`
	busy.send(t, "POST /orders HTTP/1.1\r\nHost: target\r\nContent-Type: application/json\r\n"+
		"Content-Length: 51\r\nExpect: 100-continue\r\n\r\n")
	// The interim answer shows that the handler waits for the body.
	if line, err := busy.in.ReadString('\n'); err != nil || line != "HTTP/1.1 100 Continue\r\n" {
		t.Fatalf("got %q, %v", line, err)
	}
	if _, err := busy.in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}

	stopped := make(chan struct{})
	go func() { defer close(stopped); stop() }()
	if _, err := idle.in.ReadByte(); err != io.EOF {
		t.Errorf("idle connection: got %v, want io.EOF", err)
	}
	if _, err := net.Dial("tcp4", addr); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("new connection: got %v, want refused", err)
	}
	busy.send(t, body)
	if res, got := busy.answer(t, http.MethodPost); res.StatusCode != http.StatusCreated {
		t.Errorf("order in flight: got %d %s", res.StatusCode, got)
	}
	<-stopped
}

func TestDrainCutsOffWhatTakesTooLong(t *testing.T) {
	ln, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan struct{})
	srv := &http.Server{Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	})}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	c := dial(t, ln.Addr().String())
	c.send(t, "GET / HTTP/1.1\r\nHost: target\r\n\r\n")
	<-entered
	if err := drain(srv, time.Millisecond); err != nil {
		t.Errorf("drain: %v", err)
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		t.Errorf("serve: %v", err)
	}
	if _, err := c.in.ReadByte(); err == nil {
		t.Error("the connection is still open")
	}
}

// environment stands in for os.Getenv.
func environment(vars map[string]string) func(string) string {
	return func(name string) string { return vars[name] }
}

func TestServeRefusesABadSetting(t *testing.T) {
	for _, c := range []struct{ name, value string }{
		{"PORT", "x"}, {"PORT", "-1"}, {"PORT", "65536"}, {"PORT", "80 80"},
		{"POOL_SIZE", "x"}, {"POOL_SIZE", "0"}, {"POOL_SIZE", "1001"}, {"POOL_SIZE", "+1"},
	} {
		err := serve(t.Context(), environment(map[string]string{c.name: c.value}))
		if want := fmt.Sprintf("%s=%q: want", c.name, c.value); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s=%q: got %v", c.name, c.value, err)
		}
	}
}

func TestServeRefusesABadDatabaseURL(t *testing.T) {
	for _, url := range []string{"somewhere", "mysql://u:secret@localhost/d", "postgres://u:secret@localhost:port/d"} {
		err := serve(t.Context(), environment(map[string]string{"DATABASE_URL": url}))
		if err == nil || !strings.HasPrefix(err.Error(), "DATABASE_URL: want postgres://") || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: got %v", url, err)
		}
	}
}

func TestServeReportsABusyPort(t *testing.T) {
	ln, err := net.Listen("tcp4", "0.0.0.0:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	_, port, _ := net.SplitHostPort(ln.Addr().String())
	if err := serve(t.Context(), environment(map[string]string{"PORT": port})); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("got %v, want address in use", err)
	}
}
