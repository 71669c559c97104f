//go:build unix

package rundir

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Lock keeps other processes from running the same directory until the returned function
// is called or this process ends, however it ends.
func (d *Dir) Lock() (unlock func() error, err error) {
	if is := d.Irregular(planFile); is != "" { // a pipe would be waited for
		return nil, fmt.Errorf("%s %s", filepath.Join(d.path, planFile), is)
	}
	f, err := os.Open(filepath.Join(d.path, planFile)) // locked itself: no file of its own to clear away
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s is being run by another assay; wait for it or stop it", d.path)
	}
	return f.Close, nil
}
