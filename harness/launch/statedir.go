package launch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

const childrenFile = "children.json"

// A child is a process that a launcher started, as its note says.
type child struct {
	PID   int    `json:"pid"`
	Start uint64 `json:"start"`
	What  string `json:"what"` // "target go-server", "load agent", "build of go-server"
}

// A notebook is one launcher's directory below the state directory. Its name begins with
// the owner; inside are the note of its living children and their temporary files.
type notebook struct {
	dir string

	mu       sync.Mutex
	children map[int]child
}

// openStateDir makes sure that the state directory exists, is ours and nobody else's:
// what stands in it decides which processes a sweep ends.
func openStateDir(path string) (string, error) {
	if path == "" {
		path = filepath.Join(os.TempDir(), fmt.Sprintf("assay-%d", os.Getuid()))
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return "", fmt.Errorf("make the state directory: %w", err)
	}
	info, err := os.Lstat(path)
	if err != nil {
		return "", fmt.Errorf("look at the state directory: %w", err)
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(stat.Uid) != os.Getuid() || info.Mode().Perm()&0o022 != 0 {
		return "", fmt.Errorf("state directory %s must be a directory that only you can write; remove it, or set TMPDIR", path)
	}
	return path, nil
}

func newNotebook(stateDir string, me Owner) (*notebook, error) {
	dir, err := os.MkdirTemp(stateDir, me.String()+"-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for notes on processes: %w", err)
	}
	return &notebook{dir: dir, children: map[int]child{}}, nil
}

// add notes a child that was just started.
func (n *notebook) add(pid int, what string) error {
	start, alive, err := startTime(pid)
	if err != nil {
		return fmt.Errorf("find out when %s (process %d) was started: %w", what, pid, err)
	}
	if !alive {
		return nil // ended already: nothing to end later
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.children[pid] = child{PID: pid, Start: start, What: what}
	return n.write()
}

// remove strikes out a child that was waited for. A note that stays is harmless: the
// start time no longer matches. So an error is not the caller's concern.
func (n *notebook) remove(pid int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.children, pid)
	_ = n.write()
}

// write replaces the note as a whole: a reader sees the old or the new one.
func (n *notebook) write() error {
	list := make([]child, 0, len(n.children))
	for _, c := range n.children {
		list = append(list, c)
	}
	raw, err := json.Marshal(list)
	if err != nil {
		return err
	}
	path := filepath.Join(n.dir, childrenFile)
	if err := os.WriteFile(path+".new", raw, 0o600); err != nil {
		return fmt.Errorf("note a started process: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("note a started process: %w", err)
	}
	return nil
}

func (n *notebook) close() error { return os.RemoveAll(n.dir) }

// sweepStateDir ends what gone owners left running, removes their directories, and names
// both. It does not stop at the first error.
func sweepStateDir(ctx context.Context, stateDir string, me Owner) (removed []string, err error) {
	entries, err := os.ReadDir(stateDir)
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	var errs []error
	for _, entry := range entries {
		if ctx.Err() != nil {
			errs = append(errs, ctx.Err())
			break
		}
		name, _, _ := strings.Cut(entry.Name(), "-")
		owner, err := ParseOwner(name)
		if err != nil || !entry.IsDir() || !owner.goneFor(me) {
			continue // not ours to judge, or its owner lives
		}
		dir := filepath.Join(stateDir, entry.Name())
		if owner.Boot == me.Boot { // another boot's process IDs mean nothing now
			ended, err := endChildren(dir)
			removed = append(removed, ended...)
			if err != nil {
				errs = append(errs, err)
				continue
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			errs = append(errs, fmt.Errorf("sweep: %w", err))
			continue
		}
		removed = append(removed, fmt.Sprintf("notes of process %d, which is gone", owner.PID))
	}
	return removed, errors.Join(errs...)
}

// endChildren kills those children of a gone owner that still run. A process ID that now
// belongs to something else has another start time and is left alone.
func endChildren(dir string) (ended []string, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, childrenFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("sweep: %w", err)
	}
	list, err := parseChildren(raw)
	if err != nil {
		return nil, fmt.Errorf("sweep: %s: %w; end its processes yourself and remove the directory", filepath.Join(dir, childrenFile), err)
	}
	var errs []error
	for _, c := range list {
		start, alive, err := startTime(c.PID)
		if err != nil {
			errs = append(errs, fmt.Errorf("sweep %s (process %d): %w", c.What, c.PID, err))
			continue
		}
		if !alive || start != c.Start {
			continue
		}
		if err := killGroup(c.PID); err != nil {
			errs = append(errs, fmt.Errorf("sweep %s (process %d): %w", c.What, c.PID, err))
			continue
		}
		ended = append(ended, fmt.Sprintf("%s (process %d)", c.What, c.PID))
	}
	return ended, errors.Join(errs...)
}

func parseChildren(raw []byte) ([]child, error) {
	var list []child
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, err
	}
	for _, c := range list {
		if c.PID < 2 { // 0, 1 and negative ones would hit a group, init or everybody
			return nil, fmt.Errorf("%d is not the process ID of a child", c.PID)
		}
	}
	return list, nil
}

// killGroup kills the process pid with its process group, which it leads: every child is
// started as the leader of its own.
func killGroup(pid int) error {
	if group, err := syscall.Getpgid(pid); err == nil && group == pid {
		return syscall.Kill(-pid, syscall.SIGKILL)
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}
