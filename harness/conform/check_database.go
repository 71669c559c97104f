package conform

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/assay-bench/assay/harness/model"
)

// databaseRequests is how many requests of each kind the check of a driver set makes.
const databaseRequests = 25

// checkDatabase makes the golden requests of the database and asks for rows, for several rows and for orders, by each of the driver sets.
func checkDatabase(ctx context.Context, c *client, sets []model.DriverSet, golden []Exchange) []Difference {
	random := c.random(3)
	var differences []Difference
	ask := func(req request, want model.Answer) {
		if !c.stopped(ctx) {
			differences = append(differences, c.ask(ctx, req, want)...)
		}
	}
	for _, set := range sets {
		differences = append(differences, checkGolden(ctx, c, below(set, golden))...)
		for i := range uint64(databaseRequests) {
			id := random.Uint64N(model.DatabaseRows)
			switch i { // both ends of the table
			case 0:
				id = 0
			case 1:
				id = model.DatabaseRows - 1
			}
			ask(request{method: http.MethodGet, target: fmt.Sprintf("%s/item?id=%d", set, id)}, found(model.AppendDatabaseItem(nil, id)))
			n, from := 1+random.Uint64N(50), random.Uint64N(model.MaxInteger-50)
			ask(request{method: http.MethodGet, target: fmt.Sprintf("%s/items?n=%d&id=%d", set, n, from)}, found(model.AppendDatabaseItems(nil, n, from)))
			req := order(fmt.Sprintf(`{"customer":"Grace","items":[{"id":%d,"quantity":%d},{"id":%d,"quantity":1}]}`,
				id, 1+random.IntN(model.MaxQuantity), random.Uint64N(model.DatabaseRows)))
			req.target = string(set) + "/orders"
			ask(req, model.AnswerOrder(model.TypeJSON, req.body))
		}
		ask(request{method: http.MethodGet, target: string(set) + "/item?id=x"}, model.Problem(http.StatusBadRequest, model.DetailItem))
	}
	return differences
}

// below moves exchanges from /db to the paths of another driver set.
func below(set model.DriverSet, golden []Exchange) []Exchange {
	moved := slices.Clone(golden)
	for i, e := range moved {
		moved[i].Name = string(set) + ": " + e.Name
		moved[i].Path = string(set) + strings.TrimPrefix(e.Path, string(model.Async))
	}
	return moved
}

func found(body []byte) model.Answer {
	return model.Answer{Status: http.StatusOK, ContentType: model.TypeJSON, Body: body}
}
