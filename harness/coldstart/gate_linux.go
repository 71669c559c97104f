package coldstart

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// gateWait is how long either side waits for the other. It bounds a fault.
const gateWait = 30 * time.Second

// Monotonic reads the clock that both sides share, in nanoseconds.
func Monotonic() (int64, error) {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		return 0, fmt.Errorf("clock_gettime: %w", err)
	}
	return now.Nano(), nil
}

// Pass waits at the gate until it opens, reads the clock and tells the other side. The caller execs next; the socket closes
// with that. It uses plain blocking calls, so that nothing of the Go runtime's is left to end at the exec.
func Pass(gate string) error {
	fd, err := knock(gate)
	if err != nil {
		return err
	}
	var open [1]byte
	if n, err := unix.Read(fd, open[:]); err != nil || n != 1 {
		return fmt.Errorf("gate %s did not open: %w", gate, errors.Join(err, unix.Close(fd)))
	}
	now, err := Monotonic()
	if err != nil {
		return err
	}
	if _, err := unix.Write(fd, []byte(strconv.FormatInt(now, 10)+"\n")); err != nil {
		return fmt.Errorf("gate %s: %w", gate, err)
	}
	return nil
}

// knock connects to the gate, which the other side may make later.
func knock(gate string) (fd int, err error) {
	fd, err = unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return -1, fmt.Errorf("gate %s: %w", gate, err)
	}
	limit := unix.NsecToTimeval(int64(gateWait))
	if err := unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &limit); err != nil {
		return -1, fmt.Errorf("gate %s: %w", gate, errors.Join(err, unix.Close(fd)))
	}
	for deadline := time.Now().Add(gateWait); ; time.Sleep(2 * time.Millisecond) {
		err := unix.Connect(fd, &unix.SockaddrUnix{Name: "@" + gate})
		if err == nil {
			return fd, nil
		}
		if !errors.Is(err, unix.ECONNREFUSED) || time.Now().After(deadline) {
			return -1, fmt.Errorf("gate %s: %w", gate, errors.Join(err, unix.Close(fd)))
		}
	}
}

// open waits for the shim at the gate, lets it pass, and returns what its clock said.
func open(ctx context.Context, gate string) (execNano int64, err error) {
	var config net.ListenConfig
	l, err := config.Listen(ctx, "unix", "@"+gate)
	if err != nil {
		return 0, fmt.Errorf("gate %s: %w", gate, err)
	}
	defer l.Close()
	if err := l.(*net.UnixListener).SetDeadline(time.Now().Add(gateWait)); err != nil {
		return 0, err
	}
	conn, err := l.Accept()
	if err != nil {
		return 0, fmt.Errorf("gate %s: nobody came: %w", gate, err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(gateWait)); err != nil {
		return 0, err
	}
	if _, err := conn.Write([]byte{1}); err != nil {
		return 0, fmt.Errorf("gate %s: %w", gate, err)
	}
	var line [32]byte
	n, err := conn.Read(line[:]) // one write of the other side
	if err != nil {
		return 0, fmt.Errorf("gate %s: %w", gate, err)
	}
	execNano, err = strconv.ParseInt(strings.TrimSuffix(string(line[:n]), "\n"), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("gate %s: the shim's clock: %w", gate, err)
	}
	return execNano, nil
}
