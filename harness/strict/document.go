package strict

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// MaxFileBytes bounds a file; Parse refuses a larger one unread.
const MaxFileBytes = 1 << 20

const maxProblems = 50 // shown of one file

// A Document collects what is wrong with one file.
type Document struct {
	file     string
	problems []*Problem
	reported map[string]bool // line and key: one problem each, so that one mistake gives one line
}

// A Problem is one mistake in a file. Its Error is one line.
type Problem struct {
	File string
	Line int    // 1-based
	Key  string // dotted, "claim.reading.id"; "file" or "syntax" where no key is at fault
	What string // what is wrong
	Fix  string // what to do about it
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s; %s", p.File, p.Line, p.Key, p.What, p.Fix)
}

// ReadFile reads a file for Parse, but no more of it than Parse needs to refuse a larger
// one. Its errors name the path and say what to check.
func ReadFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%w; check the path", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%w; check that it is a readable file", err)
	}
	return data, nil
}

// byteOrderMark is what some editors put before UTF-8 text; it says nothing, and TOML has no place for it.
var byteOrderMark = []byte("\uFEFF")

// Parse decodes the file that data holds, without the byte order mark that some editors put first; file is its name in
// errors. The table is nil when data isn't TOML or is too large; Err then says so.
func Parse(file string, data []byte) (*Document, *Table) {
	d := &Document{file: oneLine(file), reported: map[string]bool{}}
	if len(data) > MaxFileBytes {
		d.Bad(fmt.Sprintf("is larger than %d bytes", MaxFileBytes), "shorten it")
		return d, nil
	}
	if inUTF16(data) {
		d.Bad("is in UTF-16, not in UTF-8", "save it as UTF-8")
		return d, nil
	}
	data = bytes.TrimPrefix(data, byteOrderMark)
	values := map[string]any{}
	if err := toml.Unmarshal(data, &values); err != nil {
		d.addSyntax(err)
		return d, nil
	}
	return d, &Table{doc: d, at: indexLines(data), values: values}
}

// inUTF16 tells by its byte order mark a text whose every character takes two bytes or more.
func inUTF16(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff})
}

// Bad reports that the file as a whole is wrong, on its first line.
func (d *Document) Bad(what, fix string) { d.add(&Problem{d.file, 1, "file", what, fix}) }

func (d *Document) add(p *Problem) {
	at := strconv.Itoa(p.Line) + " " + p.Key
	if d.reported[at] {
		return
	}
	d.reported[at] = true
	d.problems = append(d.problems, p)
}

func (d *Document) addSyntax(err error) {
	line, key := 1, "syntax"
	var de *toml.DecodeError
	if errors.As(err, &de) {
		line, _ = de.Position()
		if k := de.Key(); len(k) > 0 {
			key = ""
			for _, part := range k {
				key = joinKey(key, part)
			}
		}
	}
	what := shorten(oneLine(strings.TrimPrefix(err.Error(), "toml: ")), 200)
	d.add(&Problem{d.file, max(line, 1), key, what, "correct the TOML on this line"})
}

// Err returns the problems in the order of their lines, joined, each a *Problem; nil if
// there are none. The first of a line and key stands for all, and after the first fifty
// the rest is only counted.
func (d *Document) Err() error {
	slices.SortStableFunc(d.problems, func(a, b *Problem) int { return cmp.Compare(a.Line, b.Line) })
	var errs []error
	for i, p := range d.problems {
		if i == maxProblems {
			errs = append(errs, &Problem{d.file, p.Line, "file",
				fmt.Sprintf("has %d more problems from here on", len(d.problems)-i), "correct those above first"})
			break
		}
		errs = append(errs, p)
	}
	return errors.Join(errs...)
}
