package limited

import (
	"fmt"
	"os/exec"
)

// A Need is a program that has to be in PATH.
type Need struct {
	Name    string
	Install string // what to do where it is not: "install Rust, https://rustup.rs"
}

// GoVersion is the language version of the Go programs that are studied.
const GoVersion = "1.26.0"

// Go is the Go toolchain.
func Go() Need {
	return Need{"go", "install Go " + GoVersion + " or later, https://go.dev/dl"}
}

// C is a C compiler, with which Rust links, and which cgo and Go's race detector take.
func C() Need {
	return Need{"cc", "install a C compiler such as gcc: Rust links with it, and so does Go where it calls C or detects races"}
}

// Rust is the Rust compiler.
func Rust() Need { return Need{"rustc", "install Rust, https://rustup.rs"} }

// Missing says that the program is not there and what to do, "" where it is.
func (n Need) Missing() string {
	if _, err := exec.LookPath(n.Name); err != nil {
		return fmt.Sprintf("%s is not in PATH; %s", n.Name, n.Install)
	}
	return ""
}
