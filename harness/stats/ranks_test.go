package stats

import (
	"slices"
	"testing"
)

func TestDoubledRanks(t *testing.T) {
	for _, c := range []struct {
		xs   []float64
		want []int
	}{
		{nil, []int{}},
		{[]float64{5}, []int{2}},
		{[]float64{30, 10, 20}, []int{6, 2, 4}},
		{[]float64{7, 7, 1}, []int{5, 5, 2}},       // ranks 2.5, 2.5, 1
		{[]float64{4, 4, 4, 9}, []int{4, 4, 4, 8}}, // ranks 2, 2, 2, 4
	} {
		if got := doubledRanks(c.xs); !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.xs, got, c.want)
		}
	}
}
