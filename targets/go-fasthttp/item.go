package main

import (
	"encoding/binary"
	"encoding/hex"
	"strconv"
)

// words has 32 entries: five bits choose one.
var words = [32]string{
	"amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven",
	"inlet", "jetty", "knoll", "larch", "maple", "north", "ocean", "pearl",
	"quartz", "ridge", "slate", "terra", "umber", "vivid", "waltz", "xenon",
	"yacht", "zephyr", "aspen", "basil", "coral", "dune", "elm", "frost",
}

// sites has 8 entries: three bits choose one.
var sites = [8]string{"berlin", "dublin", "lisbon", "madrid", "oslo", "paris", "vienna", "zurich"}

// splitmix64 is the generator's step from Steele, Lea and Flood, "Fast splittable
// pseudorandom number generators", OOPSLA 2014.
func splitmix64(x uint64) uint64 {
	z := x + 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// priceCents returns the price of item id, 100 to 99,999 cents.
func priceCents(id uint64) uint64 {
	return priceOf(splitmix64(splitmix64(id)))
}

func priceOf(h1 uint64) uint64 {
	return 100 + (h1>>10)%99900
}

// appendItem appends the item's JSON object.
func appendItem(b []byte, id uint64) []byte {
	h0 := splitmix64(id)
	h1 := splitmix64(h0)
	h2 := splitmix64(h1)
	h3 := splitmix64(h2)

	b = append(b, `{"id":`...)
	b = strconv.AppendUint(b, id, 10)
	b = append(b, `,"sku":"`...)
	b = appendHex(b, h0)
	b = append(b, `","name":"`...)
	b = appendWords(b, h1, 2, " ")
	b = append(b, `","price_cents":`...)
	b = strconv.AppendUint(b, priceOf(h1), 10)
	b = append(b, `,"stock":`...)
	b = strconv.AppendUint(b, (h1>>40)%1000, 10)
	b = append(b, `,"warehouse":"`...)
	b = append(b, sites[h1>>61]...)
	b = append(b, `","tags":["`...)
	b = appendWords(b, h2, 3, `","`)
	b = append(b, `"],"weight_grams":`...)
	b = strconv.AppendUint(b, 1+(h2>>20)%20000, 10)
	b = append(b, `,"description":"`...)
	b = appendWords(b, h3, 10, " ")
	b = append(b, `","revision":"`...)
	b = appendHex(b, h3)
	return append(b, `"}`...)
}

// appendWords appends n words with sep between them. Each takes five bits of h, the
// lowest first.
func appendWords(b []byte, h uint64, n int, sep string) []byte {
	for i := range n {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, words[h>>(5*i)&31]...)
	}
	return b
}

// appendHex appends h as 16 lower-case hexadecimal digits.
func appendHex(b []byte, h uint64) []byte {
	var bytes [8]byte
	binary.BigEndian.PutUint64(bytes[:], h)
	return hex.AppendEncode(b, bytes[:])
}
