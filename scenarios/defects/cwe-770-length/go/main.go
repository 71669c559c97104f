package main

import (
	"encoding/binary"
	"fmt"
)

func main() {
	size := binary.BigEndian.Uint32([]byte{0x04, 0, 0, 0})
	buffer := make([]byte, size)
	fmt.Println("accepted", len(buffer))
}
