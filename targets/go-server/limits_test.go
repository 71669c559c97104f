package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"runtime/pprof"
	"strings"
	"testing"
)

func TestHeadOf8KiBIsAccepted(t *testing.T) {
	addr, _ := start(t)
	c := dial(t, addr)
	for range 2 {
		c.send(t, "GET /healthz HTTP/1.1\r\nHost: target\r\nX-Fill: "+strings.Repeat("x", 8192)+"\r\n\r\n")
		if res, _ := c.answer(t, http.MethodGet); res.StatusCode != http.StatusOK {
			t.Errorf("got %d", res.StatusCode)
		}
	}
}

// refused tells what came back, and that the connection was closed after it.
func (c *client) refused(t *testing.T) string {
	t.Helper()
	answer, err := io.ReadAll(c.in)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Fatalf("still open after %v, having answered %q", patience, answer)
	}
	if err != nil && len(answer) == 0 {
		return "" // reset
	}
	line, _, _ := strings.Cut(string(answer), "\r\n")
	return line
}

func TestHeadOf64KiBIsRefused(t *testing.T) {
	addr, _ := start(t)
	for _, end := range []string{"\r\n\r\n", ""} {
		c := dial(t, addr)
		// The server may close before all is written.
		_, _ = io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: target\r\nX-Fill: "+strings.Repeat("x", 64<<10)+end)
		if got := c.refused(t); got != "" && !strings.HasPrefix(got, "HTTP/1.1 431 ") {
			t.Errorf("end %q: got %q", end, got)
		}
	}
}

func TestWhatIsNotHTTPIsRefused(t *testing.T) {
	addr, _ := start(t)
	for _, text := range []string{
		"\x00\x01\x02\x03\r\n\r\n",
		"hello\r\n\r\n",
		"GET /healthz\r\n\r\n",
		"GET /healthz FTP/1.1\r\nHost: target\r\n\r\n",
		"GET /healthz HTTP/1.1\r\nno colon\r\n\r\n",
		"POST /orders HTTP/1.1\r\nHost: target\r\nContent-Length: -1\r\n\r\n",
	} {
		c := dial(t, addr)
		c.send(t, text)
		if got := c.refused(t); got != "" && !strings.HasPrefix(got, "HTTP/1.1 400 ") {
			t.Errorf("%q: got %q", text, got)
		}
	}
}

func TestInvalidUTF8IsRefused(t *testing.T) {
	addr, _ := start(t)
	c := dial(t, addr)
	for _, customer := range []string{"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\x80b"} {
		e := exchange{Method: http.MethodPost, Path: "/orders",
			Headers: map[string]string{"Content-Type": "application/json"},
			Body:    `{"customer":"` + customer + `","items":[{"id":1,"quantity":1}]}`}
		c.send(t, e.text())
		if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusBadRequest {
			t.Errorf("%q: got %d %s", customer, res.StatusCode, body)
		}
	}
}

func TestHoldHoldsNoThread(t *testing.T) {
	addr, _ := start(t)
	const holding = 300
	var clients []*client
	for range holding {
		c := dial(t, addr)
		c.send(t, "GET /hold?ms=100 HTTP/1.1\r\nHost: target\r\n\r\n")
		clients = append(clients, c)
	}
	for _, c := range clients {
		if res, body := c.answer(t, http.MethodGet); body != `{"held_ms":100}` {
			t.Fatalf("got %d %s", res.StatusCode, body)
		}
	}
	if threads := pprof.Lookup("threadcreate").Count(); threads >= holding/2 {
		t.Errorf("%d threads for %d requests", threads, holding)
	}
}

func TestMoreChainsThanPlacesAllFinish(t *testing.T) {
	addr, _ := start(t)
	want := chain(20_000)
	var clients []*client
	for range 40 {
		c := dial(t, addr)
		c.send(t, "GET /hash?rounds=20000 HTTP/1.1\r\nHost: target\r\n\r\n")
		clients = append(clients, c)
	}
	clients[0].Close() // a client that leaves must not keep its place
	for _, c := range clients[1:] {
		_, body := c.answer(t, http.MethodGet)
		if !bytes.Contains([]byte(body), appendDigest(nil, want)) {
			t.Fatalf("got %s", body)
		}
	}
}
