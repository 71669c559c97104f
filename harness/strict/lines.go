package strict

import (
	"sort"

	"github.com/pelletier/go-toml/v2/unstable"
)

// A node is the place of a key or an array element in the file. The decoded values
// have no positions; this tree runs beside them.
type node struct {
	line  int // 1-based
	kids  map[string]*node
	elems []*node // of an array or an array of tables
}

// child returns the node of a key below n, made on its first mention.
func (n *node) child(key string, line int) *node {
	if k, ok := n.kids[key]; ok {
		return k
	}
	if n.kids == nil {
		n.kids = map[string]*node{}
	}
	k := &node{line: line}
	n.kids[key] = k
	return k
}

// A lineIndex turns offsets into line numbers.
type lineIndex struct {
	ends []int // offsets of the line feeds
}

func (x lineIndex) line(offset int) int { return sort.SearchInts(x.ends, offset) + 1 }

// indexLines walks a document that has been decoded without an error.
func indexLines(data []byte) *node {
	var x lineIndex
	for i, b := range data {
		if b == '\n' {
			x.ends = append(x.ends, i)
		}
	}
	root := &node{line: 1}
	here := root
	var p unstable.Parser
	p.Reset(data)
	for p.NextExpression() {
		e := p.Expression()
		switch e.Kind {
		case unstable.Table:
			here = x.descend(root, e.Key())
		case unstable.ArrayTable:
			list := x.descend(root, e.Key())
			here = &node{line: x.keyLine(e.Key())}
			list.elems = append(list.elems, here)
		case unstable.KeyValue:
			x.addValue(x.descend(here, e.Key()), e.Value())
		}
	}
	return root
}

// descend follows a dotted key. On its way, not at its end, an array of tables means its last element.
func (x lineIndex) descend(n *node, key unstable.Iterator) *node {
	for key.Next() {
		if len(n.elems) > 0 {
			n = n.elems[len(n.elems)-1]
		}
		k := key.Node()
		line := x.line(int(k.Raw.Offset))
		n = n.child(string(k.Data), line)
		if key.IsLast() {
			n.line = line
		}
	}
	return n
}

func (x lineIndex) keyLine(key unstable.Iterator) int {
	key.Next()
	return x.line(int(key.Node().Raw.Offset))
}

// addValue places what is inside of an array or inline table.
func (x lineIndex) addValue(n *node, value *unstable.Node) {
	it := value.Children()
	switch value.Kind {
	case unstable.InlineTable:
		for it.Next() {
			x.addValue(x.descend(n, it.Node().Key()), it.Node().Value())
		}
	case unstable.Array:
		for it.Next() {
			elem := &node{line: x.elementLine(it.Node(), n.line)}
			n.elems = append(n.elems, elem)
			x.addValue(elem, it.Node())
		}
	}
}

// elementLine is where an array element starts. Arrays and inline tables carry no
// position of their own: their first child does, or else the enclosing key.
func (x lineIndex) elementLine(v *unstable.Node, enclosing int) int {
	if v.Raw.Length > 0 {
		return x.line(int(v.Raw.Offset))
	}
	if c := v.Child(); c.Valid() && c.Raw.Length > 0 {
		return x.line(int(c.Raw.Offset))
	}
	return enclosing
}
