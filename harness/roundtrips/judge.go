package roundtrips

import (
	"fmt"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// Of is the paths of one target.
type Of struct {
	Target string `json:"target"`
	Paths  []Path `json:"paths"`
}

// Judge says, one line each, where equalised paths with the same work differ in statements or round trips: of one target or
// of several. Nothing is compared with the libraries as they come.
func Judge(all []Of) []string {
	type seen struct {
		who string
		p   Path
	}
	first := map[string]seen{}
	var unequal []string
	for _, of := range all {
		for _, p := range of.Paths {
			if set := model.DriverSet(p.Set); set != model.Async && set != model.Blocking {
				continue
			}
			work := strings.Replace(p.Request, p.Set+"/", "/", 1)
			who := of.Target + "'s " + p.Request
			f, ok := first[work]
			if !ok {
				first[work] = seen{who, p}
				continue
			}
			if p.Statements != f.p.Statements || p.RoundTrips != f.p.RoundTrips {
				unequal = append(unequal, fmt.Sprintf("%s takes %g statements in %g round trips, %s %g in %g",
					f.who, f.p.Statements, f.p.RoundTrips, who, p.Statements, p.RoundTrips))
			}
		}
	}
	return unequal
}
