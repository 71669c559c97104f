package load

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
)

// countProcNet counts in a table like /proc/net/tcp (proc(5)) the established sockets of address, without the one whose
// peer is except. Addresses are hexadecimal, in 32-bit words of the host's byte order. While connections come and go
// elsewhere the kernel may list one twice: each peer counts once.
func countProcNet(r io.Reader, address, except netip.AddrPort) (int, error) {
	lines := bufio.NewScanner(r)
	peers := map[netip.AddrPort]struct{}{}
	for i := 1; lines.Scan(); i++ {
		if i == 1 { // the heading
			continue
		}
		fields := strings.Fields(lines.Text())
		if len(fields) < 4 {
			return 0, fmt.Errorf("line %d has %d fields", i, len(fields))
		}
		local, err := procAddress(fields[1])
		if err != nil {
			return 0, fmt.Errorf("line %d: %w", i, err)
		}
		peer, err := procAddress(fields[2])
		if err != nil {
			return 0, fmt.Errorf("line %d: %w", i, err)
		}
		if fields[3] == "01" && local == address && peer != except {
			peers[peer] = struct{}{}
		}
	}
	return len(peers), lines.Err()
}

// procAddress reads "0100007F:1F90" (IPv4) or its form with 32 digits (IPv6; mapped IPv4 comes back as IPv4).
func procAddress(text string) (netip.AddrPort, error) {
	host, portText, _ := strings.Cut(text, ":")
	raw, err := hex.DecodeString(host)
	if err != nil || len(raw) != 4 && len(raw) != 16 {
		return netip.AddrPort{}, fmt.Errorf("address %q", text)
	}
	port, err := strconv.ParseUint(portText, 16, 16)
	if err != nil {
		return netip.AddrPort{}, fmt.Errorf("port of %q", text)
	}
	for i := 0; i < len(raw); i += 4 {
		binary.BigEndian.PutUint32(raw[i:], binary.NativeEndian.Uint32(raw[i:]))
	}
	addr, _ := netip.AddrFromSlice(raw)
	return netip.AddrPortFrom(addr.Unmap(), uint16(port)), nil
}
