package strict

const maxGuess = 64 // bytes of an unknown word up to which a known one is suggested

// Suggest says what to do about an unknown word: take the known one that looks most
// like it, or else what otherwise says.
func Suggest(word string, known []string, otherwise string) string {
	if near := nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	return otherwise
}

// nearest returns the known word with the fewest edits to word (Levenshtein), ""
// when none is near: within two edits, one in words under four bytes.
func nearest(word string, known []string) string {
	if len(word) > maxGuess {
		return ""
	}
	best, found := 3, ""
	if len(word) < 4 {
		best = 2
	}
	for _, k := range known {
		if d := edits(word, k); d < best {
			best, found = d, k
		}
	}
	return found
}

func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
