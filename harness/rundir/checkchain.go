package rundir

import (
	"errors"
	"fmt"
	"io/fs"
)

// CheckChain lists what is not as it was when each record was appended: plan.json,
// env.json, and the lines of trials.jsonl themselves. A last line that a crash cut off is
// left to [Dir.Repair]. Records of an older version carry no hashes: of these it finds the
// unreadable alone, and those that come twice.
func (d *Dir) CheckChain() ([]Difference, error) {
	whole, _, err := d.readTrials()
	if err != nil {
		return nil, err
	}
	c := newChainCheck(whole)
	for i := range c.lines {
		if what := c.line(i); what != "" {
			c.found = append(c.found, c.at(i, what))
		}
	}
	if len(c.found) == 0 {
		c.sequence()
	}
	for _, name := range []string{planFile, envFile} {
		if err := c.source(d, name); err != nil {
			return nil, err
		}
	}
	return c.found, nil
}

// A chainCheck walks the lines of one trials.jsonl.
type chainCheck struct {
	lines  []Line
	ends   []int // byte offset of the end of each line
	whole  []byte
	byHash map[string]int // index of the first line that says it has this hash
	byID   map[string]int // and of the first record of a trial
	found  []Difference
}

func newChainCheck(whole []byte) *chainCheck {
	c := &chainCheck{lines: parse(whole), whole: whole, byHash: map[string]int{}, byID: map[string]int{}}
	end := 0
	for i, l := range c.lines {
		end += len(l.text) + 1
		c.ends = append(c.ends, end)
		if _, says, ok := unseal(l.text); ok {
			if _, twice := c.byHash[says]; !twice {
				c.byHash[says] = i
			}
		}
		if _, twice := c.byID[l.Record.ID]; !twice && l.Changed == "" {
			c.byID[l.Record.ID] = i
		}
	}
	return c
}

func (c *chainCheck) at(i int, what string) Difference {
	return Difference{File: trialsFile, Line: i + 1, Trial: c.lines[i].Record.ID, What: what}
}

// chained reports whether the line is a record that should carry a hash.
func (c *chainCheck) chained(i int) bool {
	return c.lines[i].Err == nil && c.lines[i].Record.Chained()
}

// line says what is wrong with one line, "" for nothing.
func (c *chainCheck) line(i int) string {
	l := c.lines[i]
	if l.Changed != "" {
		return l.Changed
	}
	if first := c.byID[l.Record.ID]; first != i {
		return fmt.Sprintf("a second record of this trial; the first is line %d", first+1)
	}
	if c.chained(i) {
		return c.place(i)
	}
	if i > 0 && c.chained(i-1) {
		return "it carries no hash, and the line before does: the records of an older version come first"
	}
	return ""
}

// place says whether the line follows what it followed when it was written.
func (c *chainCheck) place(i int) string {
	says, before := c.lines[i].Record.Chain.Previous, ""
	if i > 0 {
		before = linkAfter(c.whole[:c.ends[i-1]])
	}
	if says == before || i > 0 && c.lines[i-1].Changed != "" {
		return ""
	}
	follows, known := c.byHash[says]
	switch {
	case says == "":
		return "it was the first record when it was written: records were put before it, or reordered"
	case known:
		return fmt.Sprintf("it was written after what is now line %d: records were reordered, removed or put between", follows+1)
	}
	return "the record that it was written after is missing or was changed"
}

// source compares plan.json or env.json with what the records say of it. One that no
// record agrees with was changed; else the records that differ are named.
func (c *chainCheck) source(d *Dir, name string) error {
	a, err := d.Hash(name)
	if errors.Is(err, fs.ErrNotExist) {
		c.found = append(c.found, Difference{File: name, What: "is missing"})
		return nil
	}
	if err != nil {
		return err
	}
	agree, differ := 0, []int{}
	for i, l := range c.lines {
		if !c.chained(i) || l.Changed != "" {
			continue
		}
		was := l.Record.Chain.Plan
		if name == envFile {
			was = l.Record.Chain.Env
		}
		if was == a.SHA256 {
			agree++
			continue
		}
		differ = append(differ, i)
	}
	if agree == 0 && len(differ) > 0 {
		c.found = append(c.found, Difference{File: name,
			What: fmt.Sprintf("its SHA-256 is %s, and no record was made under it: it was changed after the run began", short(a.SHA256))})
		return nil
	}
	for _, i := range differ {
		c.found = append(c.found, c.at(i, "it was made under another "+name))
	}
	return nil
}
