package plan

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/claim"
)

// studies are those of every run and those that the profile asks for, where a claim rests on them.
func studies(in Input) ([]string, error) {
	var out []string
	for _, id := range append([]string{claim.Conformance}, in.Profile.Studies...) {
		if !slices.Contains(claim.Studies(), id) {
			return nil, fmt.Errorf("profile %s asks for a study %q, which there is not; use %s", in.Profile.ID, id, strings.Join(claim.Studies(), ", "))
		}
		if restsOnStudy(in.Ledger, id, in.Only) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out, nil
}

// whyStudy says why a study that could be made is not in the plan. That of conformance is in every profile.
func whyStudy(in Input, study string) string {
	if in.Only != "" && (study == claim.Conformance || slices.Contains(in.Profile.Studies, study)) {
		return fmt.Sprintf("--only %s leaves the study of %s out", in.Only, study)
	}
	for _, other := range in.Profiles {
		if slices.Contains(other.Studies, study) {
			return leftTo(in, "the study of "+study, other.ID, Plan{Studies: []string{study}}.StudyTime())
		}
	}
	return fmt.Sprintf("the study of %s is not in the %s profile", study, in.Profile.ID)
}

// restsOnStudy tells whether a reading of a claim that was asked for takes the study; only is "" for all claims. Who asks for a
// scenario or a cell asks for no study; that of conformance is made in any case.
func restsOnStudy(l claim.Ledger, study, only string) bool {
	isClaim := slices.ContainsFunc(l.Claims, func(c claim.Claim) bool { return c.ID == only })
	if only != "" && !isClaim && study != claim.Conformance {
		return false
	}
	return slices.ContainsFunc(l.Claims, func(c claim.Claim) bool {
		return (!isClaim || c.ID == only) && slices.ContainsFunc(c.Readings, func(r claim.Reading) bool {
			return r.NotYet == "" && r.Shape == claim.Studied && r.Study == study
		})
	})
}

// StudyTime is how long the studies should take together: what a machine of 2 CPUs took, with some room. Conformance is a
// part of every start, which no budget counts.
func (p Plan) StudyTime() time.Duration {
	var sum time.Duration
	for _, id := range p.Studies {
		switch id {
		case claim.Defects:
			sum += 3 * time.Minute
		case claim.Together:
			sum += 18 * time.Second
		case claim.AsyncRuntime:
			sum += 2 * time.Second
		}
	}
	return sum
}
