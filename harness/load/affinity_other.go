//go:build !linux

package load

import "errors"

func affinity() ([]int, error) { return nil, errors.New("only Linux binds threads to CPUs") }
