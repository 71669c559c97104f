package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

const unavailable = `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"database unavailable"}`

// sets are the paths below which the database is.
var sets = []string{"/db", "/db/stock"}

// startOn runs a server on p. A pool has at most size connections.
func startOn(t *testing.T, p *postgres, size string) (addr string) {
	t.Helper()
	config, err := poolConfig(p.url(), size)
	if err != nil {
		t.Fatal(err)
	}
	addr, _ = startWith(t, config)
	return addr
}

func sale(set, items string) string {
	return exchange{Method: http.MethodPost, Path: set + "/orders",
		Headers: map[string]string{"Content-Type": "application/json"},
		Body:    `{"customer":"c","items":[` + items + `]}`}.text()
}

func TestDatabaseGolden(t *testing.T) {
	p := startPostgres(t)
	addr := startOn(t, p, "")
	for _, set := range sets {
		for file, exchanges := range goldenOf(t, "../contract/database") {
			c := dial(t, addr)
			for _, e := range exchanges {
				t.Run(set+"/"+file+"/"+e.Name, func(t *testing.T) {
					e.Path = set + strings.TrimPrefix(e.Path, "/db")
					c.send(t, e.text())
					res, body := c.answer(t, e.Method)
					e.check(t, res, body)
				})
			}
		}
	}
}

func TestOrdersAreSoldAsAWholeOrNot(t *testing.T) {
	p := startPostgres(t)
	c := dial(t, startOn(t, p, "1"))
	for _, set := range sets {
		before, other := p.sold(t, 5), p.sold(t, 6)
		c.send(t, sale(set, `{"id":6,"quantity":3},{"id":5,"quantity":2},{"id":5,"quantity":1}`))
		if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusCreated {
			t.Fatalf("%s: got %d %s", set, res.StatusCode, body)
		}
		c.send(t, sale(set, `{"id":5,"quantity":7},{"id":10000,"quantity":1}`))
		if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusUnprocessableEntity {
			t.Fatalf("%s: got %d %s", set, res.StatusCode, body)
		}
		if got := p.sold(t, 5) - before; got != 3 {
			t.Errorf("%s: %d of item 5 were sold, want 3", set, got)
		}
		if got := p.sold(t, 6) - other; got != 3 {
			t.Errorf("%s: %d of item 6 were sold, want 3", set, got)
		}
	}
}

func TestCrossingOrdersDoNotDeadlock(t *testing.T) {
	p := startPostgres(t)
	addr := startOn(t, p, "8")
	const each = 100
	for _, set := range sets {
		there, back := sale(set, `{"id":1,"quantity":1},{"id":2,"quantity":1}`), sale(set, `{"id":2,"quantity":1},{"id":1,"quantity":1}`)
		var clients []*client
		for i := range 8 {
			c := dial(t, addr)
			c.send(t, strings.Repeat([]string{there, back}[i%2], each)) // pipelined
			clients = append(clients, c)
		}
		for _, c := range clients {
			for range each {
				if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusCreated {
					t.Fatalf("%s: got %d %s", set, res.StatusCode, body)
				}
			}
		}
	}
	if got, want := p.sold(t, 1), 8*each*len(sets); got != want {
		t.Errorf("%d were sold, want %d", got, want)
	}
}

func TestPoolIsBounded(t *testing.T) {
	p := startPostgres(t)
	addr := startOn(t, p, "2")
	locker := p.connect(t)
	for _, set := range sets {
		tx, err := locker.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), "UPDATE item SET sold = sold WHERE id = 1"); err != nil {
			t.Fatal(err)
		}
		var waiting []*client
		for range 2 {
			c := dial(t, addr)
			c.send(t, sale(set, `{"id":1,"quantity":1}`))
			waiting = append(waiting, c)
		}
		// Once both orders wait for the row, nothing is left of the pool.
		for end, blocked := time.Now().Add(patience), 0; blocked < 2; time.Sleep(time.Millisecond) {
			const query = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
			if err := p.connect(t).QueryRow(t.Context(), query).Scan(&blocked); err != nil || time.Now().After(end) {
				t.Fatalf("%d orders wait, %v", blocked, err)
			}
		}
		begun := time.Now()
		if res, body := dial(t, addr).get(t, set+"/item?id=1"); res.StatusCode != http.StatusServiceUnavailable || body != unavailable {
			t.Errorf("%s: got %d %s", set, res.StatusCode, body)
		}
		if waited := time.Since(begun); waited < poolWait {
			t.Errorf("%s: it gave up after %v", set, waited)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, c := range waiting {
			if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusCreated {
				t.Errorf("%s: got %d %s", set, res.StatusCode, body)
			}
		}
	}
}

func TestDatabaseMayComeAndGo(t *testing.T) {
	p := startPostgres(t)
	p.stop(t)
	c := dial(t, startOn(t, p, "4"))
	for range 2 {
		for _, set := range sets {
			if res, body := c.get(t, set+"/item?id=42"); res.StatusCode != http.StatusServiceUnavailable || body != unavailable {
				t.Errorf("%s, stopped: got %d %s", set, res.StatusCode, body)
			}
			c.send(t, sale(set, `{"id":1,"quantity":1}`))
			if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusServiceUnavailable || body != unavailable {
				t.Errorf("%s, stopped: got %d %s", set, res.StatusCode, body)
			}
		}
		p.start(t)
		for _, set := range sets {
			// A broken connection fails at most one request.
			var status, tries int
			for ; status != http.StatusOK && tries < 10; tries++ {
				res, _ := c.get(t, set+"/item?id=42")
				status = res.StatusCode
			}
			if status != http.StatusOK {
				t.Errorf("%s, back again: got %d", set, status)
			}
		}
		p.stop(t)
	}
}

func TestAnotherTableIsAnError(t *testing.T) {
	p := startPostgres(t)
	if _, err := p.connect(t).Exec(t.Context(), "DROP TABLE item"); err != nil {
		t.Fatal(err)
	}
	c := dial(t, startOn(t, p, ""))
	const want = `{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"database error"}`
	for _, set := range sets {
		if res, body := c.get(t, set+"/item?id=42"); res.StatusCode != http.StatusInternalServerError || body != want {
			t.Errorf("%s: got %d %s", set, res.StatusCode, body)
		}
	}
}

func TestWithoutADatabase(t *testing.T) {
	addr, _ := start(t)
	c := dial(t, addr)
	for _, set := range sets {
		for _, path := range []string{"/item?id=1", "/item?id=x", "/items?n=3", "/items"} {
			if res, body := c.get(t, set+path); res.StatusCode != http.StatusServiceUnavailable || body != unavailable {
				t.Errorf("%s%s: got %d %s", set, path, res.StatusCode, body)
			}
		}
		c.send(t, sale(set, ""))
		if res, body := c.answer(t, http.MethodPost); res.StatusCode != http.StatusServiceUnavailable || body != unavailable {
			t.Errorf("%s/orders: got %d %s", set, res.StatusCode, body)
		}
		if res, _ := c.get(t, set+"/orders"); res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("GET %s/orders: got %d", set, res.StatusCode)
		}
	}
	for _, path := range []string{"/db", "/db/", "/db/nope", "/db/blocking/item?id=1", "/db/stock-blocking/item?id=1"} {
		if res, _ := c.get(t, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: got %d", path, res.StatusCode)
		}
	}
}
