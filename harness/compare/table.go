package compare

import "slices"

// A table has a head and rows of as many cells.
type table struct {
	head    []string
	toRight []int // columns of numbers
	rows    [][]string
}

func newTable(head ...string) *table { return &table{head: head} }

func (t *table) right(columns ...int) *table {
	t.toRight = columns
	return t
}

func (t *table) row(cells ...string) {
	for i := range cells {
		cells[i] = oneLine(cells[i])
	}
	t.rows = append(t.rows, cells)
}

func (t *table) isRight(column int) bool { return slices.Contains(t.toRight, column) }
