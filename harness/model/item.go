package model

import "strconv"

// MaxInteger is the largest integer of the contract, 2^53-1: the largest that every JSON
// reader keeps exactly.
const MaxInteger = 1<<53 - 1

// itemCapacity holds any item without growing; the largest has under 400 bytes.
const itemCapacity = 400

// words and sites are the contract's tables. Nothing writes to them.
var (
	words = [32]string{
		"amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "haven",
		"inlet", "jetty", "knoll", "larch", "maple", "north", "ocean", "pearl",
		"quartz", "ridge", "slate", "terra", "umber", "vivid", "waltz", "xenon",
		"yacht", "zephyr", "aspen", "basil", "coral", "dune", "elm", "frost",
	}
	spaced = separated(" ")
	quoted = separated(`","`)
	sites  = [8]string{"berlin", "dublin", "lisbon", "madrid", "oslo", "paris", "vienna", "zurich"}
)

// SplitMix64 is the mixing function from which items are made: Steele, Lea, Flood,
// "Fast splittable pseudorandom number generators", OOPSLA 2014, in Vigna's form.
func SplitMix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// PriceCents is the price of an item, 100 to 99999 cents.
func PriceCents(id uint64) uint64 {
	return priceCents(SplitMix64(SplitMix64(id)))
}

func priceCents(h1 uint64) uint64 { return 100 + (h1>>10)%99900 }

// Item returns the body of GET /item?id=.
func Item(id uint64) []byte {
	return AppendItem(make([]byte, 0, itemCapacity), id)
}

// AppendItem appends the body of GET /item?id= to dst.
func AppendItem(dst []byte, id uint64) []byte {
	h0 := SplitMix64(id)
	h1 := SplitMix64(h0)
	h2 := SplitMix64(h1)
	h3 := SplitMix64(h2)

	dst = append(dst, `{"id":`...)
	dst = strconv.AppendUint(dst, id, 10)
	dst = append(dst, `,"sku":"`...)
	dst = appendHex(dst, h0)
	dst = append(dst, `","name":"`...)
	dst = appendWords(dst, h1, 2, spaced)
	dst = append(dst, `","price_cents":`...)
	dst = strconv.AppendUint(dst, priceCents(h1), 10)
	dst = append(dst, `,"stock":`...)
	dst = strconv.AppendUint(dst, (h1>>40)%1000, 10)
	dst = append(dst, `,"warehouse":"`...)
	dst = append(dst, sites[h1>>61]...)
	dst = append(dst, `","tags":["`...)
	dst = appendWords(dst, h2, 3, quoted)
	dst = append(dst, `"],"weight_grams":`...)
	dst = strconv.AppendUint(dst, 1+(h2>>20)%20000, 10)
	dst = append(dst, `,"description":"`...)
	dst = appendWords(dst, h3, 10, spaced)
	dst = append(dst, `","revision":"`...)
	dst = appendHex(dst, h3)
	return append(dst, `"}`...)
}

// appendWords appends n words, chosen by five bits of h each from the lowest up; after is the table of what a further word
// looks like, its separator included.
func appendWords(dst []byte, h uint64, n int, after *[32]string) []byte {
	dst = append(dst, words[h&31]...)
	for range n - 1 {
		h >>= 5
		dst = append(dst, after[h&31]...)
	}
	return dst
}

// separated are the words with a separator before each.
func separated(by string) *[32]string {
	var out [32]string
	for i, w := range words {
		out[i] = by + w
	}
	return &out
}

// appendHex appends x as 16 lower-case hexadecimal digits.
func appendHex(dst []byte, x uint64) []byte {
	var digits [16]byte
	for i := range digits {
		digits[i] = hexDigits[x>>60]
		x <<= 4
	}
	return append(dst, digits[:]...)
}

const hexDigits = "0123456789abcdef"
