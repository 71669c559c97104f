package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// An exchange is a golden request and its answer (../contract/*.json).
type exchange struct {
	Name       string            `json:"name"`
	Method     string            `json:"method"`
	Path       string            `json:"path"`
	Headers    map[string]string `json:"headers"`
	Body       string            `json:"body"`
	BodyRepeat int               `json:"body_repeat"`
	Want       struct {
		Status      int      `json:"status"`
		ContentType string   `json:"content_type"`
		Body        string   `json:"body"`
		Allow       string   `json:"allow"`
		Keys        []string `json:"keys"`
	} `json:"want"`
}

func (e exchange) body() string {
	return strings.Repeat(e.Body, max(1, e.BodyRepeat))
}

// text is the request as it is sent.
func (e exchange) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: target\r\n", e.Method, e.Path)
	for _, name := range slices.Sorted(maps.Keys(e.Headers)) {
		fmt.Fprintf(&b, "%s: %s\r\n", name, e.Headers[name])
	}
	if body := e.body(); body != "" || e.Method == http.MethodPost {
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	} else {
		b.WriteString("\r\n")
	}
	return b.String()
}

// golden returns all exchanges of ../contract, by file.
func golden(t testing.TB) map[string][]exchange {
	t.Helper()
	return goldenOf(t, "../contract")
}

// goldenOf returns the exchanges of a folder. Those of ../contract/database hold against
// the table that startPostgres makes.
func goldenOf(t testing.TB, folder string) map[string][]exchange {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files: %v", err)
	}
	all := make(map[string][]exchange)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var exchanges []exchange
		if err := json.Unmarshal(text, &exchanges); err != nil || len(exchanges) == 0 {
			t.Fatalf("%s: %d exchanges, %v", file, len(exchanges), err)
		}
		all[strings.TrimSuffix(filepath.Base(file), ".json")] = exchanges
	}
	return all
}

func (e exchange) check(t *testing.T, res *http.Response, body string) {
	t.Helper()
	want := e.Want
	if res.StatusCode != want.Status {
		t.Errorf("%s %s: status %d, want %d", e.Method, e.Path, res.StatusCode, want.Status)
	}
	if len(want.Keys) > 0 {
		if got := keys(t, body); !slices.Equal(got, want.Keys) {
			t.Errorf("%s %s: keys %q, want %q", e.Method, e.Path, got, want.Keys)
		}
	} else if body != want.Body {
		t.Errorf("%s %s: body\n%s, want\n%s", e.Method, e.Path, body, want.Body)
	}
	header := http.Header{"Content-Type": {want.ContentType}, "Content-Length": {strconv.Itoa(len(body))}}
	if want.Allow != "" {
		header.Set("Allow", want.Allow)
	}
	if res.Header.Get("Date") == "" {
		t.Errorf("%s %s: no Date", e.Method, e.Path)
	}
	res.Header.Del("Date")
	if !maps.EqualFunc(res.Header, header, slices.Equal) {
		t.Errorf("%s %s: header %v, want %v", e.Method, e.Path, res.Header, header)
	}
}

// keys returns the keys of a flat JSON object, in their order.
func keys(t *testing.T, object string) []string {
	t.Helper()
	var names []string
	dec := json.NewDecoder(strings.NewReader(object))
	for isKey := true; ; isKey = !isKey {
		token, err := dec.Token()
		if err != nil {
			t.Fatalf("%s: %v", object, err)
		}
		switch token {
		case json.Delim('{'):
			isKey = false
		case json.Delim('}'):
			return names
		default:
			if isKey {
				names = append(names, token.(string))
			}
		}
	}
}

func TestGolden(t *testing.T) {
	addr, _ := start(t)
	for file, exchanges := range golden(t) {
		t.Run(file, func(t *testing.T) {
			// One connection for all: none of these answers may close it.
			c := dial(t, addr)
			for _, e := range exchanges {
				t.Run(e.Name, func(t *testing.T) {
					c.send(t, e.text())
					res, body := c.answer(t, e.Method)
					e.check(t, res, body)
				})
			}
		})
	}
}

func TestGoldenPipelined(t *testing.T) {
	addr, _ := start(t)
	exchanges := golden(t)["item"]
	c := dial(t, addr)
	var all strings.Builder
	for _, e := range exchanges {
		all.WriteString(e.text())
	}
	c.send(t, all.String())
	for _, e := range exchanges {
		res, body := c.answer(t, e.Method)
		e.check(t, res, body)
	}
}

func TestGoldenByteByByte(t *testing.T) {
	addr, _ := start(t)
	for _, e := range golden(t)["orders"] {
		c := dial(t, addr)
		for _, b := range []byte(e.text()) {
			c.send(t, string([]byte{b}))
		}
		res, body := c.answer(t, e.Method)
		e.check(t, res, body)
	}
}

func TestHeadAnswersAsGetWithoutTheBody(t *testing.T) {
	addr, _ := start(t)
	c := dial(t, addr)
	for _, path := range []string{"/healthz", "/item?id=42", "/item?id=x", "/hold?ms=0", "/hash?rounds=2", "/nope"} {
		get, body := c.get(t, path)
		c.send(t, "HEAD "+path+" HTTP/1.1\r\nHost: target\r\n\r\n")
		head, none := c.answer(t, http.MethodHead)
		if head.StatusCode != get.StatusCode || none != "" || head.ContentLength != int64(len(body)) {
			t.Errorf("HEAD %s: %d, length %d, body %q", path, head.StatusCode, head.ContentLength, none)
		}
	}
}
