package main

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

func appendDigest(b []byte, digest [32]byte) []byte {
	return hex.AppendEncode(b, digest[:])
}

// A reader is a second, slow way to read an order: token by token, each rule spelled out.
type reader struct {
	*json.Decoder
}

var errOrder = errors.New("not an order")

func (r reader) expect(want json.Token) error {
	got, err := r.Token()
	if err == nil && got != want {
		err = errOrder
	}
	return err
}

// object reads an object with just these members, each once, in any order.
func (r reader) object(members map[string]func() error) error {
	if err := r.expect(json.Delim('{')); err != nil {
		return err
	}
	seen := make(map[string]bool)
	for r.More() {
		key, err := r.Token()
		if err != nil {
			return err
		}
		name, _ := key.(string)
		read := members[name]
		if read == nil || seen[name] {
			return errOrder
		}
		seen[name] = true
		if err := read(); err != nil {
			return err
		}
	}
	if len(seen) != len(members) {
		return errOrder
	}
	return r.expect(json.Delim('}'))
}

func (r reader) integer(to *uint64) func() error {
	return func() error {
		token, err := r.Token()
		number, ok := token.(json.Number)
		if err != nil || !ok {
			return errOrder
		}
		*to, err = strconv.ParseUint(string(number), 10, 64)
		if *to > maxInteger {
			return errOrder
		}
		return err
	}
}

func (r reader) order() (o order, err error) {
	o.lines = []line{}
	err = r.object(map[string]func() error{
		"customer": func() error {
			token, err := r.Token()
			customer, ok := token.(string)
			if err != nil || !ok {
				return errOrder
			}
			o.customer = customer
			return nil
		},
		"items": func() error {
			if err := r.expect(json.Delim('[')); err != nil {
				return err
			}
			for r.More() {
				var l line
				if err := r.object(map[string]func() error{"id": r.integer(&l.id), "quantity": r.integer(&l.quantity)}); err != nil {
					return err
				}
				o.lines = append(o.lines, l)
			}
			return r.expect(json.Delim(']'))
		},
	})
	if err != nil {
		return order{}, err
	}
	if _, err := r.Token(); err != io.EOF {
		return order{}, errOrder
	}
	return o, nil
}

// Escapes in order of preference: an escaped backslash, a surrogate pair, half of one.
var surrogates = regexp.MustCompile(`(?i)\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\ud[89a-f][0-9a-f]{2}`)

func hasLoneSurrogate(body []byte) bool {
	for _, match := range surrogates.FindAll(body, -1) {
		if len(match) == len(`\ud800`) {
			return true
		}
	}
	return false
}

// reference is decodeOrder, done the slow way.
func reference(body []byte) (order, bool) {
	if !json.Valid(body) || !utf8.Valid(body) || hasLoneSurrogate(body) {
		return order{}, false
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	o, err := reader{dec}.order()
	return o, err == nil
}

func FuzzDecodeOrder(f *testing.F) {
	for file, exchanges := range golden(f) {
		if strings.HasPrefix(file, "orders") {
			for _, e := range exchanges {
				f.Add([]byte(e.Body))
			}
		}
	}
	f.Add([]byte("{\"customer\":\"\xff\",\"items\":[]}"))
	f.Add([]byte("{\"customer\":\"\xed\xa0\x80\",\"items\":[]}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		got, ok := decodeOrder(body)
		want, wantOK := reference(body)
		if ok != wantOK || !reflect.DeepEqual(got, want) {
			t.Errorf("decodeOrder(%q) = %v, %v, want %v, %v", body, got, ok, want, wantOK)
		}
	})
}

func FuzzAppendString(f *testing.F) {
	f.Add("c-17")
	f.Add("\"\\/\b\f\n\r\t\x00\x1f\x7f<>&\u2028\U0001f980")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		literal := appendString(nil, s)
		var back string
		if err := json.Unmarshal(literal, &back); err != nil || back != s {
			t.Errorf("appendString(%q) = %s, which reads as %q, %v", s, literal, back, err)
		}
	})
}
