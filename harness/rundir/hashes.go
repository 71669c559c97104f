package rundir

// digitsShown is as much of a hash as a person compares.
const digitsShown = 12

// short is the head of a hash.
func short(hash string) string { return hash[:min(digitsShown, len(hash))] }

// apart are as many digits of two hashes as show that they differ: their heads, or what stands around the first difference where the
// heads are alike.
func apart(a, b string) (string, string) {
	same := 0
	for same < min(len(a), len(b)) && a[same] == b[same] {
		same++
	}
	if same < digitsShown {
		return short(a), short(b)
	}
	from := min(same-digitsShown/2, max(len(a), len(b))-digitsShown)
	return around(a, from), around(b, from)
}

// around are the digits of a hash from one on.
func around(hash string, from int) string {
	from = min(from, len(hash))
	to := min(from+digitsShown, len(hash))
	out := "..." + hash[from:to]
	if to < len(hash) {
		out += "..."
	}
	return out
}
