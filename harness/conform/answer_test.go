package conform

import (
	"bufio"
	"errors"
	"strings"
	"testing"
)

func TestReadAnswer(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A:  b \r\n\r\n"
	tests := []struct {
		name   string
		text   string
		method string
		body   string
		closes bool
		err    string // contained in the error
	}{
		{name: "length", text: head + "abcHTTP/1.1", body: "abc"},
		{name: "head", text: head, method: "HEAD"},
		{name: "no reason phrase", text: "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n"},
		{name: "interim answer before it", text: "HTTP/1.1 100 Continue\r\n\r\n" + head + "abc", body: "abc"},
		{name: "closing", text: "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n", closes: true},
		{name: "up to the end", text: "HTTP/1.1 200 OK\r\n\r\nabc", body: "abc", closes: true},
		{name: "chunked", text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\nT: x\r\n\r\nHTTP/1.1", body: "abc"},

		{name: "nothing", text: "", err: errClosedUnanswered.Error()},
		{name: "part of a status line", text: "HTTP/1.1 200", err: errClosedMidway.Error()},
		{name: "part of a head", text: "HTTP/1.1 200 OK\r\nDate: x\r\n", err: errClosedMidway.Error()},
		{name: "part of a body", text: head + "ab", err: errClosedMidway.Error()},
		{name: "part of a chunk", text: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab", err: errClosedMidway.Error()},
		{name: "bare line feed", text: "HTTP/1.1 200 OK\nContent-Length: 0\n\n", err: "CR LF"},
		{name: "other version", text: "HTTP/1.0 200 OK\r\n\r\n", err: "status line"},
		{name: "no status", text: "HTTP/1.1 OK\r\n\r\n", err: "status line"},
		{name: "no space after the status", text: "HTTP/1.1 200\r\n\r\n", err: "status line"},
		{name: "long status", text: "HTTP/1.1 2000 OK\r\n\r\n", err: "status line"},
		{name: "no colon", text: "HTTP/1.1 200 OK\r\nDate\r\n\r\n", err: "header line"},
		{name: "folded line", text: "HTTP/1.1 200 OK\r\nA: b\r\n c: d\r\n\r\n", err: "header line"},
		{name: "space before the colon", text: "HTTP/1.1 200 OK\r\nA : b\r\n\r\n", err: "header line"},
		{name: "negative length", text: "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", err: "content-length"},
		{name: "huge length", text: "HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n", err: "content-length"},
		{name: "endless line", text: "HTTP/1.1 200 OK\r\nA: " + strings.Repeat("a", 2*maxHead), err: "malformed answer: head"},
		{name: "endless fields", text: "HTTP/1.1 200 OK\r\n" + strings.Repeat("A: b\r\n", maxHead), err: "malformed answer: head"},
	}
	for _, tt := range tests {
		got, err := readAnswer(bufio.NewReader(strings.NewReader(tt.text)), tt.method)
		switch {
		case tt.err == "" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
			t.Errorf("%s: error %v, want one with %q", tt.name, err, tt.err)
		case string(got.body) != tt.body || got.closes != tt.closes:
			t.Errorf("%s: body %q, closes %t", tt.name, got.body, got.closes)
		}
	}
}

func TestReadAnswerMeasuresTheHead(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nX-A:  b \r\nx-a: c\r\n\r\n"
	got, err := readAnswer(bufio.NewReader(strings.NewReader(head+"abc")), "GET")
	if err != nil {
		t.Fatal(err)
	}
	if got.status != 200 || got.headBytes != len(head) || strings.Join(got.get("x-a"), ",") != "b,c" {
		t.Errorf("status %d, head of %d bytes, fields %v; want a head of %d", got.status, got.headBytes, got.fields, len(head))
	}
}

// FuzzReadAnswer: whatever a server sends, the reader ends, within its bounds, and what
// it fails with is an error of its own.
func FuzzReadAnswer(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc")
	f.Add("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
	f.Add("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nx")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := readAnswer(bufio.NewReader(strings.NewReader(text)), "GET")
		if err != nil && (errors.Is(err, errClosedUnanswered) != (text == "")) && !strings.Contains(text, "HTTP/1.1 1") {
			t.Errorf("error %v for %q", err, text)
		}
		if err == nil && (got.headBytes+len(got.body) > len(text) || got.status < 200 || got.status > 999) {
			t.Errorf("answer %+v from %d bytes", got, len(text))
		}
	})
}
