package histogram

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestHistogramIsExactToThreeDigits(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 3))
	h, all := New(), New()
	for range 200 {
		want := time.Duration(rng.Float64() * rng.Float64() * rng.Float64() * 60e9)
		h.Reset()
		Add(h, want)
		Add(all, want)
		if got := time.Duration(h.Max()) * time.Microsecond; (got - want).Abs() > max(time.Microsecond, want/1000) {
			t.Errorf("%v came back as %v", want, got)
		}
	}
	encoded, err := Encode(all)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := Decode(encoded); err != nil || !back.Equals(all) {
		t.Errorf("the encoding loses something: %v", err)
	}
	h.Reset()
	for _, d := range []time.Duration{-time.Second, 0, 300 * time.Nanosecond, time.Hour} {
		Add(h, d)
	}
	if h.Min() != 1 || h.ValueAtQuantile(75) != 1 || h.Max() < highestMicros || h.TotalCount() != 4 {
		t.Errorf("out of range: %d values from %d to %d us", h.TotalCount(), h.Min(), h.Max())
	}
}

func TestDecodeRefuses(t *testing.T) {
	h := New()
	Add(h, time.Second)
	good, err := Encode(h)
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"nothing": nil, "text": []byte("HISTFAAAA"), "cut": good[:len(good)-3]} {
		if _, err := Decode(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzDecode(f *testing.F) {
	h := New()
	for d := time.Microsecond; d < time.Minute; d *= 3 {
		Add(h, d)
	}
	good, err := Encode(h)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:20])
	f.Fuzz(func(t *testing.T, b []byte) {
		h, err := Decode(b)
		if err != nil {
			return
		}
		again, err := Encode(h)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := Decode(again); err != nil || !back.Equals(h) {
			t.Errorf("does not survive a round: %v", err)
		}
	})
}
