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

// Judge says, one line each, where equalised paths with the same work differ in statements or exchanges: of one target or
// of several. An exchange ends when the server is ready for the next one; unlike a change of direction, its number does
// not depend on how fast the two sides are. Nothing is compared with the libraries as they come.
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
			if p.Statements != f.p.Statements || p.exchanges() != f.p.exchanges() {
				unequal = append(unequal, fmt.Sprintf("%s takes %g statements in %g exchanges, %s %g in %g",
					f.who, f.p.Statements, f.p.exchanges(), who, p.Statements, p.exchanges()))
			}
		}
	}
	return unequal
}

// exchanges is how often the server said that it was ready for more, in one request.
func (p Path) exchanges() float64 { return float64(p.Backend["ReadyForQuery"]) / float64(p.Requests) }
