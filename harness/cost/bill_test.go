package cost

import (
	"errors"
	"math"
	"os"
	"testing"
)

func model(t testing.TB) *Model {
	t.Helper()
	data, err := os.ReadFile("testdata/cost.toml")
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse("cost.toml", data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// The machines of testdata/cost.toml have 2 x 0.5 = 1, 1 and 4 CPU seconds a second, and room for a server of
// 2 x 0.75 - 0.5 = 1, 8 x 0.75 - 0.5 = 5.5 and 16 x 0.75 - 0.5 = 11.5 GiB. They cost 70, 105 and 350 USD in a month of 700 h.
func TestBillByHand(t *testing.T) {
	const mib, gib = 1 << 20, 1 << 30
	for _, c := range []struct {
		name     string
		usage    Usage
		load     Load
		provider string // "" for all
		machine  string
		count    int
		usd      float64
		bound    Bound
	}{
		{"next to nothing: the replicas", Usage{40, 10 * mib, 10_000}, Load{1000, 250}, "", "small", 2, 140, ByReplicas},
		{"100,000/s x 40 us = 4 CPU: 4 small for 280", Usage{40, 10 * mib, 10_000}, Load{1000, 100_000}, "", "small", 4, 280, ByCPU},
		{"just beyond: 5", Usage{40.01, 10 * mib, 10_000}, Load{1000, 100_000}, "", "small", 5, 350, ByCPU},
		{"at the dear one 1 would do, 2 are wanted", Usage{40, 10 * mib, 10_000}, Load{1000, 100_000}, "Dear", "large", 2, 700, ByReplicas},
		{"at the dear one 9 CPU: 3", Usage{90, 10 * mib, 10_000}, Load{1000, 100_000}, "Dear", "large", 3, 1050, ByCPU},
		// 64 KiB each beside 512 MiB: a small one holds 512 MiB / 64 KiB = 8,192, a roomy one 5 GiB / 64 KiB = 81,920.
		{"20,000 connections: 3 small for 210, 2 roomy for 210: the first", Usage{40, gib / 2, 65_536}, Load{20_000, 250}, "", "small", 3, 210, ByMemory},
		{"24,577: 4 small for 280, 2 roomy", Usage{40, gib / 2, 65_536}, Load{24_577, 250}, "", "roomy", 2, 210, ByReplicas},
		{"16,384: 2 small", Usage{40, gib / 2, 65_536}, Load{16_384, 250}, "", "small", 2, 140, ByReplicas},
		{"the base is all of a small one's room", Usage{40, gib, 1}, Load{1, 250}, "", "roomy", 2, 210, ByReplicas},
		{"the same without connections", Usage{40, gib, 1}, Load{0, 250}, "", "small", 2, 140, ByReplicas},
		{"a line that ends below zero", Usage{40, -gib, 65_536}, Load{32_768, 250}, "", "small", 2, 140, ByReplicas},
		{"nothing to carry", Usage{40, 10 * mib, 10_000}, Load{}, "", "small", 2, 140, ByReplicas},
	} {
		m := model(t)
		b, err := m.Bill(c.usage, c.load)
		if c.provider != "" {
			b, err = m.BillAt(c.provider, c.usage, c.load)
		}
		if err != nil || b.Machine.Name != c.machine || b.Count != c.count || math.Abs(b.USDPerMonth-c.usd) > 1e-9 || b.BoundBy != c.bound {
			t.Errorf("%s: %d %s for %v by %s (%v); want %d %s for %v by %s", c.name, b.Count, b.Machine.Name, b.USDPerMonth, b.BoundBy, err, c.count, c.machine, c.usd, c.bound)
		}
	}
}

func TestBillShare(t *testing.T) {
	b, err := model(t).Bill(Usage{40, 0, 0}, Load{0, 100_000})
	if err != nil || math.Abs(b.CPUShare-0.5) > 1e-12 { // 4 of 8 vCPUs
		t.Errorf("a share of %v (%v), want 0.5", b.CPUShare, err)
	}
}

func TestBillRefuses(t *testing.T) {
	good, some := Usage{40, 1e7, 1e4}, Load{1000, 250}
	for _, c := range []struct {
		name  string
		usage Usage
		load  Load
		is    error
	}{
		{"no CPU time", Usage{0, 1e7, 1e4}, some, ErrUsage},
		{"CPU time that is no number", Usage{math.NaN(), 1e7, 1e4}, some, ErrUsage},
		{"endless CPU time", Usage{math.Inf(1), 1e7, 1e4}, some, ErrUsage},
		{"memory that falls", Usage{40, 1e7, -1}, some, ErrUsage},
		{"a base that is no number", Usage{40, math.NaN(), 1e4}, some, ErrUsage},
		{"a base larger than any machine", Usage{40, 1e12, 1e4}, some, ErrTooLarge},
		{"a connection larger than any machine", Usage{40, 1e7, 1e12}, some, ErrTooLarge},
		{"more machines than anybody has", Usage{1e12, 1e7, 1e4}, some, ErrTooLarge},
		{"fewer connections than none", good, Load{-1, 250}, nil},
		{"a rate that is no number", good, Load{1000, math.NaN()}, nil},
		{"a rate below none", good, Load{1000, -1}, nil},
	} {
		if b, err := model(t).Bill(c.usage, c.load); err == nil || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%s: %+v, error %v; want %v", c.name, b, err, c.is)
		}
	}
	if _, err := model(t).BillAt("Nobody", good, some); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a provider without machines: %v", err)
	}
	for _, a := range []Assumptions{
		{0, 2, 730, 0.2, 0}, {1.01, 2, 730, 0.2, 0}, {math.NaN(), 2, 730, 0.2, 0}, {0.5, 0, 730, 0.2, 0}, {0.5, 2, 0, 0.2, 0}, {0.5, 2, 730, 1, 0}, {0.5, 2, math.Inf(1), 0, 0},
	} {
		m := *model(t)
		m.Assumptions = a
		if b, err := m.Bill(good, some); err == nil {
			t.Errorf("%+v: %+v", a, b)
		}
	}
}

// More of anything never costs less: that is what carries an interval of usage over to one of the bill.
func TestBillRises(t *testing.T) {
	m := model(t)
	usd := func(u Usage, l Load) float64 {
		b, err := m.Bill(u, l)
		if err != nil {
			t.Fatal(err)
		}
		return b.USDPerMonth
	}
	last := [5]float64{}
	for i := range 400 {
		by := 1 + float64(i)/20
		for k, now := range []float64{
			usd(Usage{40 * by, 1e7, 1e4}, Load{20_000, 30_000}),
			usd(Usage{40, 5e7 * by, 2e4}, Load{20_000, 30_000}),
			usd(Usage{40, 1e7, 1e4 * by}, Load{20_000, 30_000}),
			usd(Usage{40, 1e7, 3e4}, Load{int(20_000 * by), 30_000}),
			usd(Usage{40, 1e7, 1e4}, Load{20_000, 30_000 * by}),
		} {
			if now < last[k]*(1-rounding) {
				t.Fatalf("number %d times %v costs %v, less than %v", k, by, now, last[k])
			}
			last[k] = now
		}
	}
}

func TestOptionsChangeOneAtATime(t *testing.T) {
	m := model(t)
	options := m.Options()
	if len(options) != 5 || options[0] != (Option{0.5, 2}) {
		t.Errorf("options %+v", options)
	}
	for _, o := range options[1:] {
		if (o.Utilisation == 0.5) == (o.Replicas == 2) {
			t.Errorf("%+v changes none or both", o)
		}
	}
	b, err := m.With(Option{0.25, 1}).Bill(Usage{40, 1e7, 1e4}, Load{1000, 250})
	if err != nil || b.Count != 1 || m.Assumptions.Replicas != 2 {
		t.Errorf("%d machines (%v), the model's replicas now %d", b.Count, err, m.Assumptions.Replicas)
	}
}
