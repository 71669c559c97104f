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
	f, err := os.OpenFile(filepath.Join(d.path, ".lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s is being run by another assay; wait for it or stop it", d.path)
	}
	return func() error {
		if err := os.Remove(f.Name()); err != nil {
			return err
		}
		return f.Close()
	}, nil
}
