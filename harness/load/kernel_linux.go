package load

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// From linux/inet_diag.h, linux/netlink.h and net/tcp_states.h.
const (
	diagRequestBytes = 56 // struct inet_diag_req_v2
	diagMessageBytes = 72 // struct inet_diag_msg
	stateEstablished = 1
)

// A haste is how a dump of sockets goes about it.
type haste struct {
	buffer int           // bytes
	pause  time.Duration // after each buffer
}

// beside is for a dump beside the load: ten thousand connections take the kernel over ten milliseconds of this CPU, which
// the load must not feel. So a buffer is small (some 40 connections, 0.05 ms; the kernel fills no smaller ones), and after
// each the counting sleeps: a mere Gosched would be taken up again before the runtime looks for what else has become
// ready.
func beside() haste { return haste{4 << 10, 100 * time.Microsecond} }

// afterwards is for a dump when the load is over.
func afterwards() haste { return haste{256 << 10, 0} }

// established counts the established sockets of address's owner (the server's side), without the one whose peer is
// except. When sock_diag can't be had it reads /proc/net/tcp, and says so in warning.
func established(address, except netip.AddrPort) (n int, warning string, err error) {
	n, diag := countByDiag(address, except)
	if diag == nil {
		return n, "", nil
	}
	if n, err = countByProc(address, except); err != nil {
		return 0, "", errors.Join(diag, err)
	}
	return n, fmt.Sprintf("connections were counted from /proc/net/tcp, which is slower: %v", diag), nil
}

// countByProc reads the tables of this process's network namespace.
func countByProc(address, except netip.AddrPort) (int, error) {
	total := 0
	for _, name := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		f, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) && name == "/proc/net/tcp6" { // a kernel without IPv6
			continue
		}
		if err != nil {
			return 0, err
		}
		n, err := countProcNet(f, address, except)
		f.Close()
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		total += n
	}
	return total, nil
}

// countByDiag asks sock_diag(7). If there is none in IPv4, IPv6 is asked: a dual-stack server's sockets are all there,
// with mapped addresses.
func countByDiag(address, except netip.AddrPort) (int, error) {
	fd, err := diagSocket()
	if err != nil {
		return 0, err
	}
	defer unix.Close(fd)
	for _, family := range []uint8{unix.AF_INET, unix.AF_INET6} {
		n := 0
		err := dump(fd, beside(), diagRequest(family, address.Port(), 0, 0), func(m []byte) {
			if diagMatches(m, address, except) {
				n++
			}
		})
		if err != nil {
			return 0, fmt.Errorf("sock_diag: %w", err)
		}
		if n > 0 {
			return n, nil
		}
	}
	return 0, nil
}

func diagSocket() (int, error) {
	fd, err := unix.Socket(unix.AF_NETLINK, unix.SOCK_RAW|unix.SOCK_CLOEXEC, unix.NETLINK_SOCK_DIAG)
	if err != nil {
		return -1, fmt.Errorf("sock_diag: %w", err)
	}
	if err := unix.SetsockoptTimeval(fd, unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: 1}); err != nil {
		unix.Close(fd)
		return -1, fmt.Errorf("sock_diag: %w", err)
	}
	return fd, nil
}

// dump sends a request and hands each struct inet_diag_msg of the answer, with the attributes behind it, to each.
func dump(fd int, h haste, request []byte, each func(m []byte)) error {
	if err := unix.Sendto(fd, request, 0, &unix.SockaddrNetlink{Family: unix.AF_NETLINK}); err != nil {
		return err
	}
	buf := make([]byte, h.buffer)
	for {
		n, _, err := unix.Recvfrom(fd, buf, 0)
		if errors.Is(err, unix.EINTR) {
			continue
		}
		if err != nil {
			return err
		}
		if done, err := readDiag(buf[:n], each); done || err != nil {
			return err
		}
		time.Sleep(h.pause)
	}
}

// diagRequest is a netlink message with a struct inet_diag_req_v2; the kernel filters by state and, where they are not
// 0, by source and destination port. extensions is a set of 1 << (INET_DIAG_x - 1).
func diagRequest(family uint8, source, destination uint16, extensions uint8) []byte {
	b := make([]byte, unix.SizeofNlMsghdr+diagRequestBytes)
	native := binary.NativeEndian
	native.PutUint32(b[0:], uint32(len(b)))
	native.PutUint16(b[4:], unix.SOCK_DIAG_BY_FAMILY)
	native.PutUint16(b[6:], unix.NLM_F_REQUEST|unix.NLM_F_DUMP)
	req := b[unix.SizeofNlMsghdr:]
	req[0], req[1], req[2] = family, unix.IPPROTO_TCP, extensions
	native.PutUint32(req[4:], 1<<stateEstablished)
	binary.BigEndian.PutUint16(req[8:], source)
	binary.BigEndian.PutUint16(req[10:], destination)
	return b
}

// readDiag goes through one buffer of netlink messages. done: the dump is complete.
func readDiag(b []byte, each func(m []byte)) (done bool, err error) {
	native := binary.NativeEndian
	for len(b) >= unix.SizeofNlMsghdr {
		size := int(native.Uint32(b))
		if size < unix.SizeofNlMsghdr || size > len(b) {
			return true, fmt.Errorf("a netlink message of %d bytes in a buffer of %d", size, len(b))
		}
		payload := b[unix.SizeofNlMsghdr:size]
		switch native.Uint16(b[4:]) {
		case unix.NLMSG_DONE:
			return true, nil
		case unix.NLMSG_ERROR:
			if len(payload) < 4 {
				return true, errors.New("a netlink error without a number")
			}
			return true, unix.Errno(-int32(native.Uint32(payload)))
		case unix.SOCK_DIAG_BY_FAMILY:
			if len(payload) < diagMessageBytes {
				return true, fmt.Errorf("an inet_diag message of %d bytes", len(payload))
			}
			each(payload)
		}
		b = b[min(len(b), (size+3)&^3):]
	}
	return false, nil
}

// diagMatches tells whether a struct inet_diag_msg is an established socket of address with another peer than except.
func diagMatches(m []byte, address, except netip.AddrPort) bool {
	addr := func(b []byte) netip.Addr {
		if m[0] == unix.AF_INET {
			return netip.AddrFrom4([4]byte(b[:4]))
		}
		return netip.AddrFrom16([16]byte(b[:16])).Unmap()
	}
	local := netip.AddrPortFrom(addr(m[8:]), binary.BigEndian.Uint16(m[4:]))
	peer := netip.AddrPortFrom(addr(m[24:]), binary.BigEndian.Uint16(m[6:]))
	return m[1] == stateEstablished && local == address && peer != except
}
