//go:build !linux

package coldstart

import (
	"context"
	"errors"
)

// Monotonic fails: this system has no clock that processes share in a way that assay knows.
func Monotonic() (int64, error) { return 0, errUnsupported() }

// Pass fails on this system.
func Pass(string) error { return errUnsupported() }

// Probe fails on this system.
func Probe(context.Context, Job) (Start, error) { return Start{}, errUnsupported() }

func errUnsupported() error { return errors.New("cold starts are measured on Linux alone") }
