//go:build !linux

package load

// availableMemory is not known here.
func availableMemory() int64 { return -1 }
