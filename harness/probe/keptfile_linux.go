package probe

import (
	"errors"
	"fmt"
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// largestFile bounds the buffer of a kept file, in bytes.
const largestFile = 16 << 20

// A keptFile is a file of /proc or a cgroup that stays open and is read again from its
// start with one system call, which is several times cheaper than opening it each time.
// It also stays with the process that it was opened for when the kernel gives the number
// to another. Not for use by several goroutines at once.
type keptFile struct {
	file   *os.File
	buffer []byte
}

func keep(path string) (*keptFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	return &keptFile{file: file, buffer: make([]byte, 4096)}, nil
}

// read returns the whole content, valid until the next read. The files kept here are
// written by the kernel as one record, so a read that doesn't fill the buffer has it all.
// The error is ErrGone when what the file told of has ended.
func (k *keptFile) read() ([]byte, error) {
	for {
		n, err := unix.Pread(int(k.file.Fd()), k.buffer, 0)
		runtime.KeepAlive(k.file)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case errors.Is(err, unix.ESRCH), errors.Is(err, unix.ENODEV):
			return nil, fmt.Errorf("read %s: %w", k.file.Name(), ErrGone)
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", k.file.Name(), err)
		case n < len(k.buffer):
			return k.buffer[:n], nil
		case len(k.buffer) >= largestFile:
			return nil, fmt.Errorf("read %s: larger than %d bytes", k.file.Name(), largestFile)
		}
		k.buffer = make([]byte, 4*len(k.buffer))
	}
}

func (k *keptFile) close() error { return k.file.Close() }
