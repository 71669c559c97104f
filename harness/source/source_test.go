package source

import (
	"reflect"
	"strings"
	"testing"
)

// Each line that counts ends in the comment "yes".
func TestGoLines(t *testing.T) {
	const body = `// Package x is a comment.
package x // yes

/* a block
comment */ import "fmt" // yes

var raw = ` + "`" + `two // yes
lines // yes
` + "`" + ` // yes

// blank above and below

func f() { // yes
	fmt.Println("// no comment") // yes
} // yes
`
	if got := goLines([]byte(body)); got != 8 {
		t.Errorf("%d lines, want 8", got)
	}
}

func TestRustLines(t *testing.T) {
	const body = `//! A comment.
use std::fmt; // yes

/* a /* nested */ block
   comment */ const A: char = '"'; // yes
/// Documentation.
#[derive(Debug)] // yes
struct S<'a>(&'a str); // yes

const QUOTE: char = '\''; const N: u8 = b'x'; // yes
const RAW: &str = r#"a "quoted" // yes
// yes, inside of the string
"#; // yes
const URL: &str = "http://\"x\""; // yes

#[cfg(test)]
use std::io;

fn f() { // yes
    let c = '}'; // yes
} // yes

#[cfg(test)]
#[allow(dead_code)]
mod tests {
    fn g() { let brace = "{"; }

    #[test]
    fn h() {}
}

fn last() {} // yes
`
	if got := rustLines([]byte(body)); got != 13 {
		t.Errorf("%d lines, want 13", got)
	}
}

func TestOf(t *testing.T) {
	code := []byte("package x\n")
	for _, c := range []struct {
		name, language string
		files          []File
		want           Count
	}{
		{"go without dependencies", "go", []File{{"go.mod", []byte("module x\n\ngo 1.26\n")}, {"x.go", code}, {"x_test.go", code}, {"a/testdata/y.go", code}},
			Count{Counter: Counter, Files: 1, Lines: 1, Modules: 1}},
		{"go", "go", []File{{"go.mod", []byte("module x\nrequire a.b/c v1.0.0 // indirect\nrequire (\n\n\t// why\n\td.e/f v1.2.3\n\tg.h/i v0.1.0 // indirect\n)\n")}, {"x.go", code}},
			Count{Counter: Counter, Files: 1, Lines: 1, Modules: 4}},
		{"rust", "rust", []File{{"Cargo.lock", []byte("version = 4\n\n[[package]]\nname = \"x\"\n\n[[package]]\nname = \"y\"\n")}, {"src/main.rs", []byte("fn main() {}\n")},
			{"tests/life.rs", code}}, Count{Counter: Counter, Files: 1, Lines: 1, Modules: 2}},
	} {
		got, ok, err := Of(c.language, c.files, nil)
		if !ok || err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v, %v; want %+v", c.name, got, ok, err, c.want)
		}
	}
	if _, ok, _ := Of("zig", nil, nil); ok {
		t.Error("a language without a counter was counted")
	}
}

// Files that a manifest leaves out are counted apart; one that would not count anyway is an error.
func TestFilesLeftOut(t *testing.T) {
	files := []File{{"Cargo.lock", nil}, {"src/main.rs", []byte("mod more;\nfn main() {}\n")}, {"src/more.rs", []byte("fn a() {}\n\n// b\nfn b() {}\nfn c() {}\n")},
		{"tests/life.rs", []byte("fn d() {}\n")}}
	got, ok, err := Of("rust", files, []string{"src/more.rs"})
	want := Count{Counter: Counter, Files: 1, Lines: 2, Modules: 1, LeftOut: []LeftOut{{"src/more.rs", 3}}}
	if !ok || err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, %v; want %+v", got, ok, err, want)
	}
	for _, name := range []string{"src/none.rs", "tests/life.rs", "Cargo.lock"} {
		if _, _, err := Of("rust", files, []string{name}); err == nil || !strings.Contains(err.Error(), name+" is to be left out of the lines, and is none of the files that count") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzLines: no source makes a counter panic, loop, or count more lines than there are.
func FuzzLines(f *testing.F) {
	for _, seed := range []string{"", "'", `'\`, `r#"`, "/*", "#[cfg(test)]", "}\n}", `b'\''`, "'é'", "\"\n\\", "fn f() {}\n", "package x\n`\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		most := 1
		for _, c := range body {
			if c == '\n' {
				most++
			}
		}
		if n := rustLines(body); n > most {
			t.Errorf("rust: %d of %d lines", n, most)
		}
		goLines(body) // a \r within a raw string is dropped by Go's scanner: no bound to hold it to
	})
}
