package rundir

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// readFile is os.ReadFile of regular files alone: opening a named pipe would wait for whoever writes into it.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is %s, not a regular file", path, kind(info.Mode()))
	}
	return os.ReadFile(path)
}

// Irregular says what stands in the place of a file of the directory that is no regular file, "" where one does, or nothing. A symbolic
// link is none, since what it leads to is no part of the run.
func (d *Dir) Irregular(name string) string {
	return d.insteadOf(name, 0, "a regular file")
}

// insteadOf says what stands there that is not of the type, which is called wanted.
func (d *Dir) insteadOf(name string, wantedType fs.FileMode, wanted string) string {
	info, err := os.Lstat(filepath.Join(d.path, filepath.FromSlash(name)))
	if err != nil || info.Mode().Type() == wantedType {
		return ""
	}
	return fmt.Sprintf("is %s, not %s", kind(info.Mode()), wanted)
}

// kind is a type of file in words.
func kind(mode fs.FileMode) string {
	switch {
	case mode.IsRegular():
		return "a file"
	case mode.IsDir():
		return "a directory"
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	}
	return "a device"
}
