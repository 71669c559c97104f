package claim

import (
	"fmt"
	"maps"
	"slices"

	"github.com/assay-bench/assay/harness/strict"
)

// checkReadings holds the readings of one claim together: unique ids, one headline.
// A single reading is the headline without saying so.
func checkReadings(tables []*strict.Table, readings []Reading) {
	if len(readings) == 1 {
		if tables[0].IsFlag("headline") && !readings[0].Headline {
			tables[0].Bad("headline", "is false on the only reading", "remove the key")
		}
		readings[0].Headline = true
		return
	}
	seen := map[string]int{}
	headline, unread := 0, false // its line; whether one could not be read, which is reported already
	for i, r := range readings {
		t := tables[i]
		if first, ok := seen[r.ID]; ok && r.ID != "" {
			t.Bad("id", fmt.Sprintf("%q is taken by the reading on line %d", r.ID, first), "choose another")
		}
		seen[r.ID] = t.Line("id")
		unread = unread || t.Has("headline") && !t.IsFlag("headline")
		if r.Headline && headline > 0 {
			t.Bad("headline", fmt.Sprintf("is the claim's second headline, after line %d", headline),
				"keep headline = true on one reading")
		} else if r.Headline {
			headline = t.Line("headline")
		}
	}
	if headline == 0 && !unread && len(tables) > 0 {
		tables[0].Bad("headline", "no reading of this claim has it", "add headline = true to the one that decides")
	}
}

func checkIDs(claims []Claim) {
	seen := map[string]int{}
	for _, c := range claims {
		if first, ok := seen[c.ID]; ok && c.ID != "" {
			c.table.Bad("id", fmt.Sprintf("%q is taken by the claim on line %d", c.ID, first), "choose another")
		}
		seen[c.ID] = c.table.Line("id")
	}
}

// checkLinks holds contradicts and claims against the claims that exist. A combining
// reading may not name a combining claim, so that nobody has to follow a chain.
func checkLinks(claims []Claim) {
	known := map[string]Claim{}
	for _, c := range claims {
		known[c.ID] = c
	}
	for _, c := range claims {
		checkNames(c.table, "contradicts", c.ID, c.Contradicts, known)
		for _, r := range c.Readings {
			checkNames(r.table, "claims", c.ID, r.Claims, known)
			for _, id := range r.Claims {
				other, ok := known[id]
				if ok && id != c.ID && len(other.Readings) > 0 && other.Headline().Shape == Combines {
					r.table.Bad("claims", strict.Quote(id)+" combines others itself", "name the claims that it combines")
				}
			}
		}
	}
}

// checkNames reports the first wrong name of a list of claim ids.
func checkNames(t *strict.Table, key, owner string, names []string, known map[string]Claim) {
	seen := map[string]bool{}
	for _, id := range names {
		_, exists := known[id]
		switch {
		case id == owner:
			t.Bad(key, "names its own claim", "remove "+strict.Quote(id))
			return
		case !exists:
			t.Bad(key, "no claim "+strict.Quote(id)+" in this file",
				strict.Suggest(id, slices.Sorted(maps.Keys(known)), "name a claim of this file"))
			return
		case seen[id]:
			t.Bad(key, "names "+strict.Quote(id)+" twice", "remove one")
			return
		}
		seen[id] = true
	}
}
