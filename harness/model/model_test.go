package model

import (
	"encoding/json"
	"os"
	"testing"
)

// vectors were computed from targets/CONTRACT.md by another program in another language
// (Python's integers, json and hashlib), not by this package.
type vectors struct {
	Items []struct {
		ID     uint64
		Answer string
	}
	Orders []struct {
		Customer string
		Lines    []Line
		Answer   string
	}
	Hashes []struct {
		Rounds uint64
		Answer string
	}
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	if len(v.Items) == 0 || len(v.Orders) == 0 || len(v.Hashes) == 0 {
		t.Fatal("testdata/vectors.json lacks a section")
	}
	return v
}

func TestSplitMix64(t *testing.T) {
	// First output for this seed: Vigna's splitmix64.c, as many libraries test it.
	if got := SplitMix64(1234567); got != 6457827717110365317 {
		t.Errorf("SplitMix64(1234567) = %d", got)
	}
}

func TestItem(t *testing.T) {
	for _, v := range readVectors(t).Items {
		if got := string(Item(v.ID)); got != v.Answer {
			t.Errorf("Item(%d)\n got %s\nwant %s", v.ID, got, v.Answer)
		}
	}
}

func TestAppendItemKeepsPrefixAndDoesNotAllocate(t *testing.T) {
	if got, want := string(AppendItem([]byte("x"), 3)), "x"+string(Item(3)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	buffer := make([]byte, 0, itemCapacity)
	id := uint64(0)
	if n := testing.AllocsPerRun(1000, func() { buffer = AppendItem(buffer[:0], id); id += 1 << 43 }); n != 0 {
		t.Errorf("AppendItem allocates %v times", n)
	}
}

func TestLargestItemFitsItsCapacity(t *testing.T) {
	for i := range uint64(10_000) {
		if n := len(Item(MaxInteger - i)); n > itemCapacity {
			t.Fatalf("item %d has %d bytes", MaxInteger-i, n)
		}
	}
}

func TestHash(t *testing.T) {
	for _, v := range readVectors(t).Hashes {
		if got := string(AppendHash(nil, v.Rounds)); got != v.Answer {
			t.Errorf("AppendHash(%d) = %s, want %s", v.Rounds, got, v.Answer)
		}
	}
}

func TestHold(t *testing.T) {
	if got := string(AppendHold(nil, 250)); got != `{"held_ms":250}` {
		t.Error(got)
	}
}

func TestProblem(t *testing.T) {
	tests := []struct {
		status int
		detail string
		want   string
	}{
		{400, DetailHold, `{"type":"about:blank","title":"Bad Request","status":400,"detail":"ms must be an integer from 0 to 60000"}`},
		{404, DetailPath, `{"type":"about:blank","title":"Not Found","status":404,"detail":"no such path"}`},
		{405, DetailMethod, `{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"method not allowed"}`},
		{413, DetailTooLarge, `{"type":"about:blank","title":"Content Too Large","status":413,"detail":"body exceeds 65536 bytes"}`},
		{415, DetailType, `{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"content type must be application/json"}`},
		{422, DetailItems, `{"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"items must have 1 to 50 entries"}`},
	}
	for _, tt := range tests {
		got := Problem(tt.status, tt.detail)
		if string(got.Body) != tt.want || got.Status != tt.status || got.ContentType != "application/problem+json" {
			t.Errorf("Problem(%d) = %+v %s", tt.status, got, got.Body)
		}
	}
}

func BenchmarkAppendItem(b *testing.B) {
	buffer := make([]byte, 0, itemCapacity)
	id := uint64(0)
	for b.Loop() {
		buffer = AppendItem(buffer[:0], id)
		id++
	}
}
