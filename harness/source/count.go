package source

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A Count is how much source a server has.
type Count struct {
	Counter string `json:"counter"` // which rule counted: Counter
	Files   int    `json:"files"`   // that count
	Lines   int    `json:"lines"`   // of code in them
	Modules int    `json:"modules"` // that the build is pinned to, its own included
	// LeftOut are the files that a manifest leaves out; Files and Lines are without them.
	LeftOut []LeftOut `json:"left_out,omitempty"`
}

// A LeftOut is a file that is not counted, and how many lines it has.
type LeftOut struct {
	Path  string `json:"path"`
	Lines int    `json:"lines"`
}

// Counter names the rules of this package. It changes when they do.
const Counter = "assay/1"

// A File is one file of a server's source; Path is relative to its folder, with slashes.
type File struct {
	Path string
	Body []byte
}

// Of counts the files of a server but those named in uncounted, whose lines it counts apart. ok is false for a language that has no
// counter. The error names what is to be left out and would not count anyway: the reader would be told of a difference that is none.
func Of(language string, files []File, uncounted []string) (c Count, ok bool, err error) {
	c = Count{Counter: Counter, Modules: 1}
	switch language {
	case "go":
		err = c.add(files, uncounted, isGo, goLines)
		c.Modules += modulesOf(files, "go.mod", goRequires)
	case "rust":
		err = c.add(files, uncounted, isRust, rustLines)
		c.Modules = max(1, modulesOf(files, "Cargo.lock", lockedPackages))
	default:
		return Count{}, false, nil
	}
	return c, true, err
}

func (c *Count) add(files []File, uncounted []string, counts func(string) bool, lines func([]byte) int) error {
	for _, f := range files {
		switch {
		case !counts(f.Path):
		case slices.Contains(uncounted, f.Path):
			c.LeftOut = append(c.LeftOut, LeftOut{Path: f.Path, Lines: lines(f.Body)})
		default:
			c.Files++
			c.Lines += lines(f.Body)
		}
	}
	for _, name := range uncounted {
		if !slices.ContainsFunc(c.LeftOut, func(l LeftOut) bool { return l.Path == name }) {
			return fmt.Errorf("%s is to be left out of the lines, and is none of the files that count; correct [source] of the target.toml", name)
		}
	}
	return nil
}

func isGo(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") && !within(name, "testdata")
}

func isRust(name string) bool {
	return strings.HasSuffix(name, ".rs") && !within(name, "tests", "benches", "examples")
}

// within tells whether the file is in a folder of one of these names.
func within(name string, folders ...string) bool {
	for part := range strings.SplitSeq(path.Dir(name), "/") {
		if slices.Contains(folders, part) {
			return true
		}
	}
	return false
}

func modulesOf(files []File, name string, count func(string) int) int {
	for _, f := range files {
		if f.Path == name {
			return count(string(f.Body))
		}
	}
	return 0
}

// goRequires counts the requirements of a go.mod, those in blocks and those on lines of their own.
func goRequires(mod string) int {
	n, block := 0, false
	for line := range strings.Lines(mod) {
		line, _, _ = strings.Cut(line, "//")
		words := strings.Fields(line)
		switch {
		case len(words) == 0:
		case block:
			if block = words[0] != ")"; block {
				n++
			}
		case words[0] == "require" && len(words) > 1:
			if block = words[1] == "("; !block {
				n++
			}
		}
	}
	return n
}

// lockedPackages counts the packages of a Cargo.lock.
func lockedPackages(lock string) int {
	n := 0
	for line := range strings.Lines(lock) {
		if strings.TrimSpace(line) == "[[package]]" {
			n++
		}
	}
	return n
}

// distinct counts line numbers, each once.
func distinct(lines []int) int {
	slices.Sort(lines)
	return len(slices.Compact(lines))
}
