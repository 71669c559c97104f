package model

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestAppendOrder(t *testing.T) {
	for _, v := range readVectors(t).Orders {
		got := string(AppendOrder(nil, Order{Customer: v.Customer, Lines: v.Lines}))
		if got != v.Answer {
			t.Errorf("order of %q\n got %s\nwant %s", v.Customer, got, v.Answer)
		}
	}
}

func TestAnswerOrder(t *testing.T) {
	const good = `{"customer":"c-17","items":[{"id":3,"quantity":2}]}`
	tests := []struct {
		name        string
		contentType string
		body        string
		status      int
		detail      string // of a problem
	}{
		{"good", TypeJSON, good, 201, ""},
		{"charset", "application/json; charset=utf-8", good, 201, ""},
		{"media type has no case", "Application/JSON", good, 201, ""},
		{"as large as may be", TypeJSON, good + strings.Repeat(" ", MaxOrderBytes-len(good)), 201, ""},
		{"64 characters of 4 bytes", TypeJSON, strings.Replace(good, "c-17", strings.Repeat("😀", 64), 1), 201, ""},

		{"no type", "", good, 415, DetailType},
		{"longer type", "application/jsonl", good, 415, DetailType},
		{"type comes before size", "text/plain", strings.Repeat("x", MaxOrderBytes+1), 415, DetailType},
		{"size comes before syntax", TypeJSON, strings.Repeat("x", MaxOrderBytes+1), 413, DetailTooLarge},
		{"syntax comes before meaning", TypeJSON, `{"customer":"","items":[{"id":3}]}`, 400, DetailOrder},

		{"no character", TypeJSON, strings.Replace(good, "c-17", "", 1), 422, DetailCustomer},
		{"65 characters", TypeJSON, strings.Replace(good, "c-17", strings.Repeat("ü", 65), 1), 422, DetailCustomer},
		{"no item", TypeJSON, `{"customer":"c","items":[]}`, 422, DetailItems},
		{"51 items", TypeJSON, `{"customer":"c","items":[` + strings.Repeat(`{"id":1,"quantity":0},`, 50) + `{"id":1,"quantity":0}]}`, 422, DetailItems},
		{"quantity 0", TypeJSON, strings.Replace(good, "2}", "0}", 1), 422, DetailQuantity},
		{"quantity 101", TypeJSON, strings.Replace(good, "2}", "101}", 1), 422, DetailQuantity},
		{"customer before items", TypeJSON, `{"customer":"","items":[]}`, 422, DetailCustomer},
	}
	for _, tt := range tests {
		got := AnswerOrder(tt.contentType, []byte(tt.body))
		if got.Status != tt.status {
			t.Errorf("%s: status %d, want %d", tt.name, got.Status, tt.status)
		}
		if tt.detail != "" && string(got.Body) != string(Problem(tt.status, tt.detail).Body) {
			t.Errorf("%s: %s", tt.name, got.Body)
		}
	}
}

func TestParseOrder(t *testing.T) {
	tests := []struct {
		body string
		want *Order // nil: refused
	}{
		{` { "items" : [ { "quantity" : 1 , "id" : 0 } ] , "customer" : "a" } ` + "\r\n\t", &Order{"a", []Line{{0, 1}}}},
		{`{"customer":"\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00","items":[]}`, &Order{"\"\\/\b\f\n\r\tAé😀", nil}},
		{`{"custome\u0072":"a","items":[]}`, &Order{"a", nil}},
		{`{"customer":"a","items":[{"id":9007199254740991,"quantity":9007199254740991}]}`, &Order{"a", []Line{{MaxInteger, MaxInteger}}}},

		{``, nil},
		{`null`, nil},
		{`[]`, nil},
		{`{}`, nil},
		{`{"customer":"a"}`, nil},
		{`{"customer":"a","items":[]`, nil},
		{`{"customer":"a","items":[]}}`, nil},
		{`{"customer":"a","items":[]} x`, nil},
		{`{"customer":"a","items":[],}`, nil},
		{`{"customer":"a","items":[{"id":1,"quantity":1},]}`, nil},
		{`{"customer":"a","items":[],"note":1}`, nil},
		{`{"customer":"a","customer":"a","items":[]}`, nil},
		{`{"Customer":"a","items":[]}`, nil},
		{`{"customer":null,"items":[]}`, nil},
		{`{"customer":1,"items":[]}`, nil},
		{`{"customer":"a","items":null}`, nil},
		{`{"customer":"a","items":{}}`, nil},
		{`{"customer":"a","items":[{"id":1}]}`, nil},
		{`{"customer":"a","items":[{"id":1,"id":1,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":1.0,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":1e2,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":-1,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":-0,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":01,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":"1","quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":9007199254740992,"quantity":1}]}`, nil},
		{`{"customer":"a","items":[{"id":18446744073709551616,"quantity":1}]}`, nil},
		{"{\"customer\":\"\xff\",\"items\":[]}", nil},
		{"\ufeff" + `{"customer":"a","items":[]}`, nil},
		{"{\"customer\":\"a\nb\",\"items\":[]}", nil},
		{`{"customer":"\ud800","items":[]}`, nil},
		{`{"customer":"\ud800\u0041","items":[]}`, nil},
		{`{"customer":"\udc00\ud800","items":[]}`, nil},
		{`{"customer":"\u12","items":[]}`, nil},
		{`{"customer":"\x41","items":[]}`, nil},
		{`{"customer":"a`, nil},
		{`{"customer":"a\`, nil},
	}
	for _, tt := range tests {
		got, err := ParseOrder([]byte(tt.body))
		switch {
		case tt.want == nil && err == nil:
			t.Errorf("%s: taken", tt.body)
		case tt.want != nil && err != nil:
			t.Errorf("%s: %v", tt.body, err)
		case tt.want != nil && !reflect.DeepEqual(got, *tt.want):
			t.Errorf("%s: %+v", tt.body, got)
		}
	}
}

func TestParseOrderSaysWhere(t *testing.T) {
	_, err := ParseOrder([]byte(`{"customer":7,"items":[]}`))
	if err == nil || !strings.HasPrefix(err.Error(), "byte 12: ") {
		t.Errorf("error %v, want one that names byte 12", err)
	}
}

// FuzzParseOrder: what we take, encoding/json must take too, with the same value; it is
// the laxer of the two.
func FuzzParseOrder(f *testing.F) {
	f.Add([]byte(`{"customer":"c-17","items":[{"id":3,"quantity":2}]}`))
	f.Add([]byte(`{"items":[],"customer":"\ud83d\ude00\u0000"}`))
	f.Add([]byte(`{"customer":"\ud800`))
	f.Fuzz(func(t *testing.T, body []byte) {
		ours, err := ParseOrder(body)
		if err != nil {
			return
		}
		var theirs struct {
			Customer string `json:"customer"`
			Items    []Line `json:"items"`
		}
		if err := json.Unmarshal(body, &theirs); err != nil {
			t.Fatalf("taken by ParseOrder alone: %v", err)
		}
		if ours.Customer != theirs.Customer || len(ours.Lines) != len(theirs.Items) {
			t.Fatalf("ours %+v, theirs %+v", ours, theirs)
		}
		for i, line := range ours.Lines {
			if line != theirs.Items[i] {
				t.Fatalf("line %d: ours %+v, theirs %+v", i, line, theirs.Items[i])
			}
		}
		var echoed string
		if err := json.Unmarshal(AppendString(nil, ours.Customer), &echoed); err != nil || echoed != ours.Customer {
			t.Fatalf("customer %q comes back as %q: %v", ours.Customer, echoed, err)
		}
	})
}
