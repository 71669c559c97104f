package claim

import (
	"slices"

	"github.com/assay-bench/assay/harness/strict"
)

// A Contradiction is two claims of one article that cannot both be true as they stand.
type Contradiction struct {
	A, B string // IDs, A the earlier one in the ledger
	How  string // what each of the two says; "" where the ledger leaves it to the reader, as those of older plans do
}

// Contradictions are the pairs of the ledger, each once, whichever of its claims declares it, in the order of the ledger.
// Names of no claim, and of the claim itself, are passed over. Of a pair that both explain, the earlier claim's words count.
func (l Ledger) Contradictions() []Contradiction {
	at := func(id string) int { return slices.IndexFunc(l.Claims, func(c Claim) bool { return c.ID == id }) }
	var pairs []Contradiction
	for i, c := range l.Claims {
		for k, id := range c.Contradicts {
			other := at(id)
			if other < 0 || other == i {
				continue
			}
			pair := Contradiction{A: l.Claims[min(i, other)].ID, B: l.Claims[max(i, other)].ID}
			if k < len(c.ContradictsHow) {
				pair.How = c.ContradictsHow[k]
			}
			known := slices.IndexFunc(pairs, func(p Contradiction) bool { return p.A == pair.A && p.B == pair.B })
			switch {
			case known < 0:
				pairs = append(pairs, pair)
			case pairs[known].How == "":
				pairs[known].How = pair.How
			}
		}
	}
	return pairs
}

// Other is the claim that a claim of the pair contradicts; ok is false for a claim that is not of the pair.
func (p Contradiction) Other(id string) (other string, ok bool) {
	switch id {
	case p.A:
		return p.B, true
	case p.B:
		return p.A, true
	}
	return "", false
}

// parseContradictions reads contradicts and the sentences that explain it, as many, in the same order.
func parseContradictions(t *strict.Table) (ids, how []string) {
	if t.Has("contradicts") {
		ids = t.Texts("contradicts", maxClaims, strict.MaxID)
	}
	if !t.Has("contradicts_how") {
		return ids, nil
	}
	how = t.Texts("contradicts_how", maxClaims, maxSentence)
	switch {
	case !t.Has("contradicts"):
		t.Bad("contradicts_how", "explains no contradiction", "name the other claims in contradicts, or remove the key")
	case ids != nil && how != nil && len(how) != len(ids):
		t.Bad("contradicts_how", "has another number of entries than contradicts", "write one sentence for each claim that is named there")
	}
	return ids, how
}
