package null

import (
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/assay-bench/assay/harness/model"
)

func TestHits(t *testing.T) {
	for _, c := range []struct {
		every        int
		seed         uint64
		first, count int64
		want         int64
	}{
		{0, 0, 1, 1000, 0}, {1, 5, 1, 7, 7}, {10, 0, 1, 9, 0}, {10, 0, 1, 10, 1}, {10, 0, 10, 1, 1}, {10, 0, 11, 9, 0},
		{10, 3, 1, 7, 1}, {10, 3, 7, 1, 1}, {10, 13, 8, 9, 0}, {1000, 0, 9, 20_000, 20}, {1000, 999, 1, 1, 1},
	} {
		if got := (Options{WrongEvery: c.every, Seed: c.seed}).Wrong(c.first, c.count); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
		f := newFaults(Options{CloseEvery: c.every, Seed: c.seed})
		var each int64
		for n := c.first; n < c.first+c.count; n++ {
			if f.doomed(n) {
				each++
			}
		}
		if got := f.Closed(c.first, c.count); got != c.want || each != c.want {
			t.Errorf("%+v: %d in sum, %d one by one", c, got, each)
		}
	}
}

// Every answer leaves after its delay, those of the stall at its end, and none before an earlier one.
func TestDue(t *testing.T) {
	f := newFaults(Options{Delay: 2, StallAt: 10, StallFor: 5})
	if got := f.due(100); got != 102 {
		t.Errorf("before the first request: %d", got)
	}
	f.asked(20)
	f.asked(21)
	var got []time.Duration
	for now := time.Duration(26); now < 36; now++ {
		got = append(got, f.due(now))
	}
	if want := []time.Duration{28, 29, 35, 35, 35, 35, 35, 35, 36, 37}; !slices.Equal(got, want) {
		t.Errorf("due %v, want %v", got, want)
	}
}

func TestArgs(t *testing.T) {
	o := Options{Delay: time.Second, StallAt: 2 * time.Second, StallFor: 3 * time.Second, MaxConnections: 4, WrongEvery: 5,
		StatusEvery: 8, Guests: 9, CloseEvery: 6, Seed: 7}
	want := []string{"--delay=1s", "--stall-at=2s", "--stall-for=3s", "--max-connections=4", "--wrong-every=5",
		"--status-every=8", "--guests=9", "--close-every=6", "--seed=7"}
	if got := o.Args(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := (Options{}).Args(); len(got) != 0 {
		t.Errorf("no faults: %q", got)
	}
}

func TestCheck(t *testing.T) {
	for _, o := range []Options{
		{Delay: -1}, {StallAt: -1}, {StallFor: -1}, {MaxConnections: -1}, {WrongEvery: -1}, {StatusEvery: -1}, {Guests: -1}, {CloseEvery: -1},
	} {
		if err := o.Check(); err == nil {
			t.Errorf("a number below 0 was accepted: %+v", o)
		}
	}
	eachServer(t, func(t *testing.T, _ func(Options) string) {
		l, err := Listen(t.Context(), "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if err := Serve(t.Context(), l, Options{Delay: -1}); err == nil {
			t.Error("a negative delay was served")
		}
	})
}

func TestDelay(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		const delay = 30 * time.Millisecond
		c := dial(t, start(Options{Delay: delay}))
		for range 3 {
			sent := time.Now()
			c.send(get("/null") + get("/healthz"))
			if _, body := c.answer(); body != model.NullAnswer {
				t.Errorf("%q", body)
			}
			if _, body := c.answer(); body != "ok\n" {
				t.Errorf("%q", body)
			}
			if took := time.Since(sent); took < delay {
				t.Errorf("answers after %v", took)
			}
		}
	})
}

func TestStall(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		const stall = 300 * time.Millisecond
		address := start(Options{StallFor: stall})
		c, d := dial(t, address), dial(t, address)
		d.ask("/healthz") // nothing stalls before the first request for /null
		began := time.Now()
		c.ask("/null?id=1")
		d.ask("/healthz")
		if took := time.Since(began); took < stall {
			t.Errorf("answered after %v of a stall of %v", took, stall)
		}
		c.ask("/null?id=2")
	})
}

func TestMaxConnections(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		address := start(Options{MaxConnections: 3})
		var held []*client
		for range 3 {
			held = append(held, dial(t, address))
			held[len(held)-1].ask("/healthz")
		}
		for range 3 {
			if c := dial(t, address); !c.ended() {
				t.Error("a fourth connection stayed open")
			}
		}
		if n := open(t, held[0]); n != 3 {
			t.Errorf("%d open", n)
		}
		held[1].Close()
		eventually(t, "there is room for another", func() bool {
			c, err := net.Dial("tcp4", address)
			if err != nil {
				t.Fatal(err)
			}
			defer c.Close()
			_ = c.SetDeadline(time.Now().Add(patience))
			_, err = c.Write([]byte(get("/healthz")))
			n, readErr := c.Read(make([]byte, 1))
			return err == nil && readErr == nil && n == 1
		})
	})
}

func TestWrongAnswers(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		o := Options{WrongEvery: 7, Seed: 3}
		address := start(o)
		clients := []*client{dial(t, address), dial(t, address), dial(t, address)}
		var wrong int64
		for i := range 100 {
			body := clients[i%3].ask("/null")
			if clients[i%3].ask("/healthz"); body == model.NullAnswer { // which does not count
				continue
			}
			if wrong++; len(body) != len(model.NullAnswer) {
				t.Errorf("a wrong answer of %d bytes", len(body))
			}
		}
		if want := o.Wrong(1, 100); wrong != want {
			t.Errorf("%d wrong answers, not %d", wrong, want)
		}
	})
}

// Status and body go wrong apart from each other where the one number is a multiple of the other, and as often as
// arithmetic says.
func TestStatusEvery(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		for _, seed := range []uint64{0, 3} {
			o := Options{WrongEvery: 8, StatusEvery: 4, Seed: seed}
			address := start(o)
			clients := []*client{dial(t, address), dial(t, address), dial(t, address)}
			var wrong, failing int64
			for i := range 101 {
				c := clients[i%3]
				c.send(get("/null"))
				resp, body := c.answer()
				switch {
				case resp.StatusCode == http.StatusInternalServerError && body == model.NullAnswer:
					failing++
				case resp.StatusCode == http.StatusOK && body != model.NullAnswer:
					wrong++
				case resp.StatusCode != http.StatusOK:
					t.Errorf("status %d, %q", resp.StatusCode, body)
				}
				c.ask("/healthz") // which does not count
			}
			if wrong != o.Wrong(1, 101) || failing != o.Failing(1, 101) {
				t.Errorf("seed %d: %d wrong answers and %d with status 500, not %d and %d",
					seed, wrong, failing, o.Wrong(1, 101), o.Failing(1, 101))
			}
		}
	})
}

func TestFailing(t *testing.T) {
	for _, c := range []struct {
		every        int
		seed         uint64
		first, count int64
		want         int64
	}{
		{0, 0, 1, 1000, 0}, {1, 0, 1, 7, 7}, {10, 0, 1, 4, 0}, {10, 0, 5, 1, 1}, {10, 0, 6, 9, 0}, {10, 0, 1, 15, 2},
		{10, 2, 3, 1, 1}, {500, 0, 9, 15_000, 30},
	} {
		if got := (Options{StatusEvery: c.every, Seed: c.seed}).Failing(c.first, c.count); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

// Guests come with the first answer to /null, not before, and once.
func TestGuests(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		c := dial(t, start(Options{Guests: 3}))
		c.ask("/healthz")
		if n := open(t, c); n != 1 {
			t.Errorf("%d open before the first answer to /null", n)
		}
		c.ask("/null")
		eventually(t, "the guests are there", func() bool { return open(t, c) == 4 })
		c.ask("/null")
		other := dial(t, c.RemoteAddr().String())
		other.ask("/null")
		if n := open(t, c); n != 5 {
			t.Errorf("%d open, of them 3 guests and 2 of the client", n)
		}
	})
}

// Guests that cannot come are an error of the server, when it ends.
func TestGuestsRefused(t *testing.T) {
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	f := newFaults(Options{Guests: 1})
	f.next()
	if err := f.stay(t.Context(), l.Addr().String()); err == nil {
		t.Error("a guest of a server that does not listen")
	}
}

func TestCloseEvery(t *testing.T) {
	t.Parallel()
	eachServer(t, func(t *testing.T, start func(Options) string) {
		address := start(Options{CloseEvery: 3})
		for n := 1; n <= 7; n++ {
			c := dial(t, address)
			c.ask("/healthz")
			for range CloseAfter {
				if body := c.ask("/null"); body != model.NullAnswer {
					t.Errorf("%q", body)
				}
			}
			if n%3 == 0 && !c.ended() {
				t.Errorf("connection %d stayed open", n)
			}
			if n%3 != 0 && c.ask("/healthz") != "ok\n" {
				t.Errorf("connection %d was closed", n)
			}
		}
	})
}
