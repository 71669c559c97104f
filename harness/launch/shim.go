package launch

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/assay-bench/assay/harness/coldstart"
)

// Shim is the body of `assay shim`, which stands between this program and a target or an
// agent: it confines itself, then becomes the program named behind "--".
//
//	--cpus 0,2     CPUs to run on; empty: all
//	--nofile N     soft and hard limit of open files; 0: as they are
//	--parent PID   the process whose end ends this one; 0 for a container's first process, which has none
//	--gate NAME    where to wait, confined, for the moment to begin (package coldstart)
//	--user UID:GID whom to become; empty: who it is
//
// It returns only when something failed; the message belongs on stderr.
func Shim(args []string) error {
	s, err := parseShim(args)
	if err != nil {
		return err
	}
	// Affinity and the parent-death signal belong to a thread, and the thread that
	// execs is the one that survives.
	runtime.LockOSThread()
	if s.openFiles > 0 {
		limit := syscall.Rlimit{Cur: uint64(s.openFiles), Max: uint64(s.openFiles)}
		if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
			return fmt.Errorf("limit open files to %d: %w; ask for no more than `ulimit -Hn`", s.openFiles, err)
		}
	}
	if err := s.as.become(); err != nil { // before confine: a change of the user forgets the parent
		return err
	}
	if err := confine(s.cpus); err != nil {
		return err
	}
	// The parent may have died before the signal was asked for; then none will come.
	if got := os.Getppid(); got != s.parent {
		return fmt.Errorf("parent process %d is gone", s.parent)
	}
	if s.gate != "" {
		if err := coldstart.Pass(s.gate); err != nil {
			return err
		}
	}
	if err := syscall.Exec(s.command[0], s.command, os.Environ()); err != nil {
		return fmt.Errorf("start %s: %w", s.command[0], err)
	}
	return nil // not reached
}

type shimArgs struct {
	cpus      []int
	openFiles int
	parent    int
	gate      string
	as        *credential
	command   []string // path and arguments
}

func parseShim(args []string) (shimArgs, error) {
	var s shimArgs
	var cpus, as string
	flags := flag.NewFlagSet("shim", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // the error says it
	flags.StringVar(&cpus, "cpus", "", "")
	flags.IntVar(&s.openFiles, "nofile", 0, "")
	flags.IntVar(&s.parent, "parent", -1, "")
	flags.StringVar(&s.gate, "gate", "", "")
	flags.StringVar(&as, "user", "", "")
	if err := flags.Parse(args); err != nil {
		return shimArgs{}, err
	}
	var err error
	if s.cpus, err = splitInts(cpus); err != nil {
		return shimArgs{}, fmt.Errorf("--cpus: %w", err)
	}
	if s.as, err = parseCredential(as); err != nil {
		return shimArgs{}, fmt.Errorf("--user: %w", err)
	}
	if s.openFiles < 0 {
		return shimArgs{}, fmt.Errorf("--nofile: %d is negative", s.openFiles)
	}
	if s.parent < 0 {
		return shimArgs{}, errors.New("--parent: a process ID is required")
	}
	if s.command = flags.Args(); len(s.command) == 0 {
		return shimArgs{}, errors.New("no program to start: name it behind --")
	}
	return s, nil
}

// shimCommand is the other end: the arguments behind the path of the assay binary.
func shimCommand(cpus []int, openFiles, parent int, command ...string) []string {
	return append([]string{
		"shim",
		"--cpus", joinInts(cpus),
		"--nofile", strconv.Itoa(openFiles),
		"--parent", strconv.Itoa(parent),
		"--",
	}, command...)
}

// heldCommand is shimCommand with a gate.
func heldCommand(cpus []int, openFiles, parent int, gate string, command ...string) []string {
	args := shimCommand(cpus, openFiles, parent, command...)
	return slices.Insert(args, 1, "--gate", gate)
}

// shimCommandAs is shimCommand for a program that another user is to run; nil: this one.
func shimCommandAs(as *credential, cpus []int, openFiles, parent int, command ...string) []string {
	args := shimCommand(cpus, openFiles, parent, command...)
	if as == nil {
		return args
	}
	return slices.Insert(args, 1, "--user", fmt.Sprintf("%d:%d", as.uid, as.gid))
}

// become changes the user of the process. The groups go first: only root may let them go.
func (c *credential) become() error {
	if c == nil {
		return nil
	}
	for _, step := range []func() error{
		func() error { return syscall.Setgroups([]int{c.gid}) },
		func() error { return syscall.Setgid(c.gid) },
		func() error { return syscall.Setuid(c.uid) },
	} {
		if err := step(); err != nil {
			return fmt.Errorf("become user %d, group %d: %w", c.uid, c.gid, err)
		}
	}
	return nil
}

// parseCredential reads "UID:GID"; root is none that may be become.
func parseCredential(s string) (*credential, error) {
	if s == "" {
		return nil, nil
	}
	uid, gid, _ := strings.Cut(s, ":")
	u, uidErr := strconv.Atoi(uid)
	g, gidErr := strconv.Atoi(gid)
	if uidErr != nil || gidErr != nil || u < 1 || g < 1 {
		return nil, fmt.Errorf("%q is not UID:GID of an ordinary user", s)
	}
	return &credential{u, g}, nil
}

// joinInts writes "0,2", the form that the engine's cpuset takes too.
func joinInts(numbers []int) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
}

const maxCPU = 4096 // far above any host; keeps a wrong number out of a bit set

func splitInts(s string) ([]int, error) {
	if s == "" {
		return nil, nil
	}
	var numbers []int
	for word := range strings.SplitSeq(s, ",") {
		n, err := strconv.Atoi(word)
		if err != nil || n < 0 || n > maxCPU {
			return nil, fmt.Errorf("%q is not a CPU number", word)
		}
		numbers = append(numbers, n)
	}
	return numbers, nil
}
