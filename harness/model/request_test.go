package model

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestRequest(t *testing.T) {
	for _, c := range []struct{ request, uri, body string }{
		{"GET /healthz", "/healthz", "ok\n"},
		{"GET /hold?ms=10", "/hold?ms=10", `{"held_ms":10}`},
		{"GET /hold?ms=0", "/hold?ms=0", `{"held_ms":0}`},
		// SHA-256 of "assay" by sha256sum
		{"GET /hash?rounds=1", "/hash?rounds=1",
			`{"rounds":1,"digest":"9b2153df65c7cba8a514938e2d3254a32cc0e75f6d032572e45f2b6bb124c970"}`},
	} {
		p := parsed(t, c.request)
		if got := p.URI(17); got != c.uri {
			t.Errorf("%s: asks for %s", c.request, got)
		}
		if got := string(p.Want(nil, 17)); got != c.body {
			t.Errorf("%s: wants %s", c.request, got)
		}
	}
	null := parsed(t, "GET /null?id={id}")
	if got := null.URI(17); got != "/null?id=17" {
		t.Errorf("asks for %s", got)
	}
	for _, id := range []uint64{0, 17} {
		if got := string(null.Want(nil, id)); got != NullAnswer || len(got) != 300 || !json.Valid([]byte(got)) {
			t.Errorf("/null?id=%d: wants %s", id, got)
		}
	}
	item := parsed(t, "GET /item?id={id}")
	if got := item.URI(17); got != "/item?id=17" {
		t.Errorf("asks for %s", got)
	}
	if got := string(item.Want(nil, 17)); !strings.HasPrefix(got, `{"id":17,"sku":"`) {
		t.Errorf("wants %s", got)
	}
}

// Several rows are those of the contract's ids, in its order, whatever the driver set.
func TestRequestForRows(t *testing.T) {
	for _, set := range DriverSets() {
		p := parsed(t, "GET "+string(set)+"/items?n=2&id={id}")
		if got := p.URI(MaxInteger); got != string(set)+"/items?n=2&id=9007199254740991" {
			t.Errorf("asks for %s", got)
		}
		// splitmix64(7) % 10000 and splitmix64(8) % 10000 are the ids of the golden answer.
		first, second := DatabaseRow(SplitMix64(7)%DatabaseRows), DatabaseRow(SplitMix64(8)%DatabaseRows)
		var got struct {
			Items []struct {
				ID         uint64 `json:"id"`
				SKU        string `json:"sku"`
				Name       string `json:"name"`
				PriceCents uint64 `json:"price_cents"`
			} `json:"items"`
		}
		if err := json.Unmarshal(p.Want(nil, 7), &got); err != nil || len(got.Items) != 2 || Row(got.Items[0]) != first || Row(got.Items[1]) != second {
			t.Errorf("%v: wants %+v, not %+v and %+v", err, got.Items, first, second)
		}
	}
}

var badRequests = []string{
	"GET /db/items", "GET /db/items?n=20", "GET /db/items?id={id}", "GET /db/items?n=0&id={id}", "GET /db/items?n=101&id={id}", "GET /db/items?id={id}&n=20",
	"GET /db/items?n=020&id={id}", "GET /db/items?n=20&id=1", "GET /db/stock/item?n=20&id={id}", "GET /db/orders",
	"", "GET", "POST", "POST /", "POST /item?id={id}", "POST /orders?id={id}", "POST /db/orders?n=1", "PUT /orders", "GET /orders", "GET /", "GET /item", "GET /item?id=1", "GET /item?id={id}&x=1", "GET /items?id={id}",
	"GET /hold", "GET /hold?ms=", "GET /hold?ms=-1", "GET /hold?ms=+1", "GET /hold?ms=60001", "GET /hold?ms=01", "GET /hash?rounds=0",
	"GET /hash?rounds=1000001", "GET /hash?ms=1", "GET /null", "GET /null?id=1", "GET /healthz?x=1", "GET /healthz?", "GET  /healthz", "get /healthz",
}

func TestRequestRefusesWhatItCannotCheck(t *testing.T) {
	for _, request := range badRequests {
		if _, err := ParseRequest(request); err == nil {
			t.Errorf("%q was accepted", request)
		}
	}
}

func FuzzParseRequest(f *testing.F) {
	for _, request := range append(badRequests, "GET /item?id={id}", "GET /hold?ms=7", "GET /hash?rounds=2", "GET /healthz", "GET /null?id={id}", "GET /db/items?n=20&id={id}", "POST /orders", "POST /db/blocking/orders") {
		f.Add(request)
	}
	f.Fuzz(func(t *testing.T, request string) {
		p, err := ParseRequest(request)
		if err != nil {
			return
		}
		if got := p.Method + " " + strings.Replace(p.URI(7), "id=7", "id={id}", 1); got != request {
			t.Errorf("%q asks for %q", request, got)
		}
		if len(p.Want(nil, 7)) == 0 {
			t.Errorf("%q wants no body", request)
		}
	})
}

// What is posted is an order without fault, of rows that there are, and the answer is the contract's to it.
func TestRequestForOrders(t *testing.T) {
	for _, path := range []string{"/orders", "/db/orders", "/db/stock-blocking/orders"} {
		p := parsed(t, "POST "+path)
		if p.Method != "POST" || p.Status != 201 || p.URI(7) != path {
			t.Errorf("%+v", p)
		}
		for _, id := range []uint64{0, 7, MaxInteger} {
			body := p.Body(nil, id)
			want := AnswerOrder(TypeJSON, body)
			if want.Status != 201 || string(p.Want(nil, id)) != string(want.Body) {
				t.Errorf("%s: wants %s, the contract %+v", body, p.Want(nil, id), want)
			}
			order, err := ParseOrder(body)
			if err != nil || len(order.Lines) != OrderLines {
				t.Fatalf("%s: %v", body, err)
			}
			for _, line := range order.Lines {
				if line.ID >= DatabaseRows {
					t.Errorf("%s: there is no row %d", body, line.ID)
				}
			}
		}
		if string(p.Body(nil, 1)) == string(p.Body(nil, 2)) {
			t.Error("two ids make one order")
		}
	}
}

func parsed(t *testing.T, request string) Request {
	t.Helper()
	p, err := ParseRequest(request)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
