package conform

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// checkGolden makes the golden exchanges.
func checkGolden(ctx context.Context, c *client, golden []Exchange) []Difference {
	var differences []Difference
	for _, exchange := range golden {
		if c.stopped(ctx) {
			break
		}
		req := exchange.request()
		got, err := c.do(ctx, req)
		if err != nil {
			differences = append(differences, c.failed(req, err))
			continue
		}
		differences = append(differences, compareGolden(req, exchange.Want, got)...)
	}
	return differences
}

// request returns the request of a golden exchange.
func (e Exchange) request() request {
	return request{
		method:  e.Method,
		target:  e.Path,
		headers: e.Headers,
		body:    bytes.Repeat([]byte(e.Body), max(1, e.BodyRepeat)),
		note:    e.Name,
	}
}

// compareGolden compares an answer with a golden one. Keys must come in the order given.
func compareGolden(req request, want Answer, got answer) []Difference {
	exact := model.Answer{
		Status:      want.Status,
		ContentType: want.ContentType,
		Body:        []byte(want.Body),
		Allow:       want.Allow,
	}
	if len(want.Keys) > 0 {
		exact.Body = got.body // the keys are compared instead
	}
	differences := compare(req, exact, got)
	if len(want.Keys) > 0 {
		differences = append(differences, compareKeys(req, want.Keys, got.body)...)
	}
	return differences
}

// compareKeys compares the keys of an object.
func compareKeys(req request, want []string, body []byte) []Difference {
	got, err := keysOf(body)
	if err == nil && slices.Equal(got, want) {
		return nil
	}
	d := Difference{Request: req.String(), What: "keys", Want: strings.Join(want, ", "), Got: strings.Join(got, ", ")}
	if err != nil {
		d.Got = fmt.Sprintf("%s: %v", quoted(body, 0, shownDiff), err)
	}
	return []Difference{d}
}

// keysOf returns the keys of an object in their order, repeated ones too.
func keysOf(body []byte) ([]string, error) {
	if !json.Valid(body) {
		return nil, fmt.Errorf("not JSON")
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return nil, fmt.Errorf("not an object")
	}
	var keys []string
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		keys = append(keys, key.(string)) // in an object, what is not a string is no key
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, err
		}
	}
	return keys, nil
}
