//go:build !linux

package load

import "syscall"

// bindAddressNoPort does nothing: only Linux has the option, and elsewhere bind(2) chooses the port.
func bindAddressNoPort(_, _ string, _ syscall.RawConn) error { return nil }
