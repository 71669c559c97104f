package plan

import (
	"github.com/assay-bench/assay/harness/scenario"
	"github.com/assay-bench/assay/harness/target"
)

// NullRequest is what the null server is asked.
const NullRequest = "GET /null?id={id}"

// nullIn tells whether the null server has a trial in this cell and block: in mode saturate in every block, since the
// ceiling it shows is what the targets of that block are held against; with a database, which bounds the targets far below
// that ceiling, in the first, the middle and the last one; else in the first and the last block, at the top of a scenario. A request that waits is nothing that the null server knows, and how it is built and started says nothing of
// a target.
func nullIn(c Cell, cells []Cell, block, blocks int) bool {
	switch {
	case c.CrossCheck != "" || c.Mode == scenario.InFlight || c.Mode.Lifecycle():
		return false
	case c.Mode == scenario.Saturate && c.PoolSize > 0:
		return block == 1 || block == (blocks+1)/2 || block == blocks
	case c.Mode == scenario.Saturate:
		return true
	}
	return (block == 1 || block == blocks) && top(c, cells)
}

// top tells whether no other cell of its scenario asks for more. What the host's limit allows is no mark to go beyond.
func top(c Cell, cells []Cell) bool {
	if c.HostLimit {
		return false
	}
	for _, o := range cells {
		if o.Scenario == c.Scenario && !o.HostLimit && o.CrossCheck == "" &&
			(o.Connections > c.Connections || o.Connections == c.Connections &&
				(o.RequestsPerSecond > c.RequestsPerSecond || o.PercentOfCapacity > c.PercentOfCapacity)) {
			return false
		}
	}
	return true
}

// CellOf is the load of a slot.
func (p Plan) CellOf(s Slot) (Cell, bool) {
	c, ok := p.Cell(s.Cell)
	if own, differs := c.Requests[s.Target]; differs {
		c.Request = own
	}
	if s.Target == target.NullID {
		c = p.NullCell(c)
	}
	return c, ok
}

// NullCell is the load that the null server gets in the cell. In mode hold it has to hold more connections than the
// targets, by the plan's limit: then the host and the load side are not what ended a ladder.
func (p Plan) NullCell(c Cell) Cell {
	c.Request = NullRequest
	if c.Mode == scenario.Hold && !c.HostLimit {
		more := min(int(float64(c.Connections)*p.Limits.NullHold+0.5), p.HostLimit)
		c.RequestsPerSecond *= float64(more) / float64(c.Connections)
		c.Connections = more
	}
	return c
}
