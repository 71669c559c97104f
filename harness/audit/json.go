package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// sameNumber is how far two numbers may lie apart, as a share of the larger, and still be
// the same: processors with a fused multiply-add round some sums once where others do twice.
const sameNumber = 1e-12

// compareJSON lists where two JSON texts differ: the path to a value, the recorded one and
// the recomputed one.
func compareJSON(recorded, recomputed []byte) []string {
	a, err := decode(recorded)
	if err != nil {
		return []string{"cannot be read: " + err.Error()}
	}
	b, err := decode(recomputed)
	if err != nil {
		return []string{"what was recomputed cannot be read: " + err.Error()}
	}
	return compare(nil, "", a, b)
}

func decode(body []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var v any
	err := dec.Decode(&v)
	return v, err
}

func compare(found []string, at string, a, b any) []string {
	if x, y, ok := both[map[string]any](a, b); ok {
		return compareFields(found, at, x, y)
	}
	if x, y, ok := both[[]any](a, b); ok {
		return compareFields(found, at, keyed(x), keyed(y))
	}
	if x, y, ok := both[json.Number](a, b); ok && equal(x, y) || a == nil && b == nil {
		return found
	}
	if x, ok := a.(string); ok && x == b {
		return found
	}
	if x, ok := a.(bool); ok && x == b {
		return found
	}
	return append(found, fmt.Sprintf("%s: recorded %s, recomputed %s", strings.TrimPrefix(at, "."), text(a), text(b)))
}

func both[T any](a, b any) (x, y T, ok bool) {
	x, okA := a.(T)
	y, okB := b.(T)
	return x, y, okA && okB
}

// nothing stands for a value that one side does not have.
type nothing struct{}

func compareFields(found []string, at string, a, b map[string]any) []string {
	keys := slices.AppendSeq(slices.Collect(maps.Keys(a)), maps.Keys(b))
	slices.SortFunc(keys, naturally)
	for _, key := range slices.Compact(keys) {
		x, okA := a[key]
		y, okB := b[key]
		if !okA {
			x = nothing{}
		}
		if !okB {
			y = nothing{}
		}
		step := "." + key
		if strings.HasPrefix(key, "[") {
			step = key
		}
		found = compare(found, at+step, x, y)
	}
	return found
}

// naturally puts [2] before [10].
func naturally(a, b string) int {
	if d := len(a) - len(b); d != 0 && strings.HasPrefix(a, "[") && strings.HasPrefix(b, "[") {
		return d
	}
	return strings.Compare(a, b)
}

// keyed names the elements of a list by their IDs, where each has one of its own, else by
// their number: one that is missing does not make all that follow differ.
func keyed(list []any) map[string]any {
	byID, byNumber := map[string]any{}, map[string]any{}
	for i, v := range list {
		byNumber["["+strconv.Itoa(i)+"]"] = v
		if fields, ok := v.(map[string]any); ok {
			if id, ok := fields["id"].(string); ok {
				byID["["+id+"]"] = v
			}
		}
	}
	if len(byID) == len(list) {
		return byID
	}
	return byNumber
}

func equal(a, b json.Number) bool {
	if a == b {
		return true
	}
	x, errX := a.Float64()
	y, errY := b.Float64()
	return errX == nil && errY == nil && math.Abs(x-y) <= sameNumber*max(math.Abs(x), math.Abs(y))
}

// text is a value on one line, and not all of a long one.
func text(v any) string {
	if _, ok := v.(nothing); ok {
		return "nothing"
	}
	body, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return excerpt(string(body))
}

// excerptLength is how much of a value or line is quoted.
const excerptLength = 120

func excerpt(s string) string {
	if runes := []rune(s); len(runes) > excerptLength {
		return string(runes[:excerptLength]) + "..."
	}
	return s
}
