//go:build !linux

package load

import (
	"errors"
	"net/netip"
)

// established can't be had here.
func established(_, _ netip.AddrPort) (n int, warning string, err error) {
	return 0, "", errors.New("only Linux tells the established connections of a port")
}

// retransmits can't be had here.
func retransmits(netip.AddrPort) (int64, error) {
	return 0, errors.New("only Linux tells the retransmits of a connection")
}
