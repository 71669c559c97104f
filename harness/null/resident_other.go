//go:build !linux

package null

// residentBytes is not known here without cgo.
func residentBytes() (int64, bool) { return 0, false }
