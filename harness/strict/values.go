package strict

import (
	"fmt"
	"time"

	"github.com/pelletier/go-toml/v2"

	"github.com/assay-bench/assay/harness/digits"
)

// Flag returns a boolean, false where the key is missing.
func (t *Table) Flag(key string) bool {
	v, _ := value[bool](t, key, "a boolean", key+" = true")
	return v
}

// IsFlag says whether the key is there and holds a boolean. It reports nothing.
func (t *Table) IsFlag(key string) bool { _, ok := t.values[key].(bool); return ok }

// Integer returns a whole number from low to high.
func (t *Table) Integer(key string, low, high int) int {
	v, ok := value[int64](t, key, "an integer", fmt.Sprintf("%s = %d", key, low))
	if ok && (v < int64(low) || v > int64(high)) {
		t.Bad(key, fmt.Sprintf("is %d", v), fmt.Sprintf("give %d to %d", low, high))
		return 0
	}
	return int(v)
}

// Rising returns an array of 1 to most whole numbers from 1 to high, each larger than
// the one before; nil if one of them is wrong.
func (t *Table) Rising(key string, most, high int) []int {
	list, ok := t.list(key, "an array of integers", key+" = [1000, 2000]", most)
	if !ok {
		return nil
	}
	numbers := make([]int, 0, len(list))
	for i, raw := range list {
		n, ok := raw.(int64)
		switch {
		case !ok:
			t.BadElement(key, i, "an entry is "+kind(raw)+", not an integer", "write whole numbers")
			return nil
		case n < 1 || n > int64(high):
			t.BadElement(key, i, fmt.Sprintf("has the entry %d", n), fmt.Sprintf("give 1 to %d", high))
			return nil
		case i > 0 && int(n) <= numbers[i-1]:
			t.BadElement(key, i, fmt.Sprintf("has %d after %d", n, numbers[i-1]), "let the numbers rise")
			return nil
		}
		numbers = append(numbers, int(n))
	}
	return numbers
}

// Float returns a float, which may be infinite or NaN; ok is false where there is none.
// An integer is refused. example is a number in a message.
func (t *Table) Float(key, example string) (v float64, ok bool) {
	return value[float64](t, key, "a float", key+" = "+example)
}

// Positive returns a float or integer above 0, at most high.
func (t *Table) Positive(key string, high float64) float64 {
	var v float64
	if n, whole := t.values[key].(int64); whole {
		v = float64(n)
	} else {
		var ok bool
		if v, ok = value[float64](t, key, "a number", key+" = 1.0"); !ok {
			return 0
		}
	}
	if !(v > 0 && v <= high) { // also refuses nan
		t.Bad(key, fmt.Sprintf("is %v", v), fmt.Sprintf("give a number above 0, at most %v", high))
		return 0
	}
	return v
}

// Date returns midnight UTC of a local date.
func (t *Table) Date(key string) time.Time {
	v, ok := value[toml.LocalDate](t, key, "a date", key+" = 2026-01-26, without quotes and time")
	if !ok {
		return time.Time{}
	}
	return v.AsTime(time.UTC)
}

// Duration returns a string in the form of time.ParseDuration, from low to high.
func (t *Table) Duration(key string, low, high time.Duration) time.Duration {
	s, ok := value[string](t, key, "a duration in quotes", key+` = "3s"`)
	if !ok {
		return 0
	}
	d, err := time.ParseDuration(s)
	switch {
	case err != nil:
		t.Bad(key, Quote(s)+" is not a duration", `write a number and a unit, such as "100ms", "3s" or "15m"`)
		return 0
	case d < low || d > high:
		t.Bad(key, "is "+shorten(s, MaxID), fmt.Sprintf("give %s to %s", digits.Duration(low), digits.Duration(high)))
		return 0
	}
	return d
}
