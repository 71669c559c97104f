package load

import (
	"fmt"
	"syscall"

	"golang.org/x/sys/unix"
)

// bindAddressNoPort lets connect(2), not bind(2), choose the source port: then one port can serve connections to
// several targets, and the search does not end in "address already in use" (ip(7), IP_BIND_ADDRESS_NO_PORT).
func bindAddressNoPort(_, _ string, raw syscall.RawConn) error {
	var set error
	err := raw.Control(func(fd uintptr) {
		set = unix.SetsockoptInt(int(fd), unix.IPPROTO_IP, unix.IP_BIND_ADDRESS_NO_PORT, 1)
	})
	if err == nil {
		err = set
	}
	if err != nil {
		return fmt.Errorf("set IP_BIND_ADDRESS_NO_PORT: %w", err)
	}
	return nil
}
