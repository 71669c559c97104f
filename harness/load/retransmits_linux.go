package load

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/unix"
)

// From linux/inet_diag.h and linux/tcp.h.
const (
	diagInfo         = 2 // INET_DIAG_INFO: a struct tcp_info follows as attribute
	totalRetransmits = int(unsafe.Offsetof(unix.TCPInfo{}.Total_retrans))
	attributeHead    = 4 // struct rtattr
	extensionTCPInfo = 1 << (diagInfo - 1)
)

// retransmits adds up the segments that the connections to address sent again since they were opened, SYNs included, on
// both sides. Other traffic of the host is not in it, as it would be in the namespace's counter. The connections must
// still be open.
func retransmits(address netip.AddrPort) (int64, error) {
	fd, err := diagSocket()
	if err != nil {
		return 0, err
	}
	defer unix.Close(fd)
	var sum int64
	add := func(m []byte) { sum += int64(retransmitsOf(m[diagMessageBytes:])) }
	for _, request := range [][]byte{
		diagRequest(unix.AF_INET, address.Port(), 0, extensionTCPInfo),
		diagRequest(unix.AF_INET, 0, address.Port(), extensionTCPInfo),
	} {
		if err := dump(fd, afterwards(), request, add); err != nil {
			return 0, fmt.Errorf("sock_diag: %w", err)
		}
	}
	return sum, nil
}

// retransmitsOf finds tcpi_total_retrans among the attributes of one socket; 0 when the kernel doesn't tell.
func retransmitsOf(attributes []byte) uint32 {
	native := binary.NativeEndian
	for len(attributes) >= attributeHead {
		size := int(native.Uint16(attributes))
		if size < attributeHead || size > len(attributes) {
			return 0
		}
		info := attributes[attributeHead:size]
		if native.Uint16(attributes[2:]) == diagInfo && len(info) >= totalRetransmits+4 {
			return native.Uint32(info[totalRetransmits:])
		}
		attributes = attributes[min(len(attributes), (size+3)&^3):]
	}
	return 0
}
