//go:build !linux

package main

import (
	"io"

	"github.com/assay-bench/assay/harness/target"
)

// pinToLoadCPUs does nothing where processes cannot be bound to CPUs; the process
// launcher's description says so in the first lines of the output.
func pinToLoadCPUs(target.Placement, io.Writer) (restore func()) { return func() {} }
