package conform

import (
	"testing"

	"github.com/assay-bench/assay/harness/model"
)

// TestGoldenAgreesWithModel: the golden exchanges of the contract and the model were written
// apart from each other.
func TestGoldenAgreesWithModel(t *testing.T) {
	golden, err := LoadGolden("../../targets/contract")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range golden {
		want := expect(e.request())
		if want.Status != e.Want.Status || want.ContentType != e.Want.ContentType || !sameMethods(want.Allow, e.Want.Allow) {
			t.Errorf("%s: model %d %s, Allow %q; golden %d %s, Allow %q", e.Name,
				want.Status, want.ContentType, want.Allow, e.Want.Status, e.Want.ContentType, e.Want.Allow)
		}
		if len(e.Want.Keys) == 0 && e.Method != "HEAD" && string(want.Body) != e.Want.Body {
			t.Errorf("%s: model %s, golden %s", e.Name, want.Body, e.Want.Body)
		}
	}
}

func TestParameter(t *testing.T) {
	tests := []struct {
		query string
		want  uint64
		ok    bool
	}{
		{"id=7", 7, true},
		{"id=007", 7, true},
		{"x=1&id=7&id=8", 7, true},
		{"&&id=7", 7, true},
		{"%69d=%37", 7, true},
		{"id=0000000000000007", 7, true},
		{"id=9999999999999999", 9999999999999999, true},
		{"", 0, false},
		{"id", 0, false},
		{"id=", 0, false},
		{"ID=7", 0, false},
		{"id=x&id=7", 0, false},
		{"id=7;x", 0, false},
		{"id=%", 0, false},
		{"id=+7", 0, false},
		{"id=%2B7", 0, false},
		{"id=-7", 0, false},
		{"id=7_0", 0, false},
		{"id=00000000000000007", 0, false},
	}
	for _, tt := range tests {
		if got, ok := parameter(tt.query, "id"); ok != tt.ok || (ok && got != tt.want) {
			t.Errorf("%q: %d, %t; want %d, %t", tt.query, got, ok, tt.want, tt.ok)
		}
	}
}

// TestVariants: each variant makes what it was written for. Its status was written down by
// hand; the model finds its own.
func TestVariants(t *testing.T) {
	random := (&client{seed: 3}).random(1)
	variants := allVariants()
	for _, v := range variants {
		for range 20 {
			req := v.make(random)
			if v.status == 200 && req.target == "/hash?rounds=1000000" {
				continue // slow, and the same each time
			}
			if got := expect(req); got.Status != v.status {
				t.Errorf("%s: status %d, want %d: %s", v.name, got.Status, v.status, req)
			}
		}
	}
	if len(variants) > RandomOnce || len(variants) < RandomOnce-40 {
		t.Errorf("%d variants; RandomOnce is %d", len(variants), RandomOnce)
	}
}

func TestVariantsAreSeeded(t *testing.T) {
	drawn := func(seed uint64) (requests string) {
		random := (&client{seed: seed}).random(1)
		for _, v := range allVariants() {
			requests += v.make(random).String() + "\n"
		}
		return requests
	}
	first, again, other := drawn(1), drawn(1), drawn(2)
	if first != again {
		t.Error("the same seed makes other requests")
	}
	if first == other {
		t.Error("another seed makes the same requests")
	}
}

func TestPaddingIsExact(t *testing.T) {
	for _, fields := range []int{1, 32} {
		req := get("/healthz")
		req.headers = padding(len(req.head("127.0.0.1:8080")), acceptedHead, fields)
		if got := len(req.head("127.0.0.1:8080")); got != acceptedHead || len(req.headers) != fields {
			t.Errorf("%d fields: head of %d bytes in %d fields", fields, got, len(req.headers))
		}
	}
}

func TestSizedOrder(t *testing.T) {
	body := sizedOrder(model.MaxOrderBytes)
	if len(body) != model.MaxOrderBytes || expect(order(body)).Status != 201 {
		t.Errorf("order of %d bytes: %d", len(body), expect(order(body)).Status)
	}
}
