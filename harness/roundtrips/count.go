package roundtrips

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/postgres"
	"github.com/assay-bench/assay/harness/relay"
)

const (
	warming  = 5  // requests before the count: they open the connection and prepare the statements
	counted  = 20 // requests over which the count is taken
	inItems  = 20 // rows of GET items
	answerIn = 10 * time.Second
)

// A Job asks for a target's paths to be counted. The target has to be told that the database is at the relay's port, with a
// pool of one connection.
type Job struct {
	Address      string            `json:"address"` // of the target
	RelayPort    int               `json:"relay_port"`
	DatabasePort int               `json:"database_port"`
	Sets         []model.DriverSet `json:"sets"`
}

// A Path is what one request by a path costs.
type Path struct {
	Request    string         `json:"request"` // "GET /db/item"
	Set        string         `json:"set"`     // of the driver: "/db"
	Statements float64        `json:"statements"`
	RoundTrips float64        `json:"round_trips"`
	Frontend   map[string]int `json:"frontend"` // messages of all counted requests, by name
	Backend    map[string]int `json:"backend"`
	Requests   int            `json:"requests"` // over which they were counted
}

// Count asks each path of the job's driver sets and counts.
func Count(ctx context.Context, job Job) (paths []Path, err error) {
	loopback := func(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
	r, err := relay.Listen(ctx, loopback(job.RelayPort), loopback(job.DatabasePort))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	admin, err := postgres.Open(ctx, job.DatabasePort)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, admin.Close(context.WithoutCancel(ctx))) }()
	c := &counter{base: "http://" + job.Address, client: &http.Client{Timeout: answerIn}, relay: r, admin: admin}
	for _, set := range job.Sets {
		for _, a := range asks(set) {
			p, err := c.count(ctx, a)
			if err != nil {
				return nil, fmt.Errorf("count what %s sends to the database: %w", a.name, err)
			}
			p.Set = string(set)
			paths = append(paths, p)
		}
	}
	return paths, nil
}

type counter struct {
	base   string
	client *http.Client
	relay  *relay.Relay
	admin  *postgres.Admin
}

// An ask is a kind of request, and what must be answered.
type ask struct {
	name string
	make func(i uint64) (method, target, body string, want model.Answer)
}

func asks(set model.DriverSet) []ask {
	ok := func(body []byte) model.Answer {
		return model.Answer{Status: http.StatusOK, ContentType: model.TypeJSON, Body: body}
	}
	return []ask{
		{"GET " + string(set) + "/item", func(i uint64) (string, string, string, model.Answer) {
			id := model.SplitMix64(i) % model.DatabaseRows
			return http.MethodGet, fmt.Sprintf("%s/item?id=%d", set, id), "", ok(model.AppendDatabaseItem(nil, id))
		}},
		{"GET " + string(set) + "/items", func(i uint64) (string, string, string, model.Answer) {
			return http.MethodGet, fmt.Sprintf("%s/items?n=%d&id=%d", set, inItems, i), "", ok(model.AppendDatabaseItems(nil, inItems, i))
		}},
		{"POST " + string(set) + "/orders", func(i uint64) (string, string, string, model.Answer) {
			body := fmt.Sprintf(`{"customer":"Ada","items":[{"id":%d,"quantity":2},{"id":%d,"quantity":1}]}`, i, i+100)
			return http.MethodPost, string(set) + "/orders", body, model.AnswerOrder(model.TypeJSON, []byte(body))
		}},
	}
}

func (c *counter) count(ctx context.Context, a ask) (Path, error) {
	p := Path{Request: a.name, Requests: counted}
	for i := range warming {
		if err := c.do(ctx, a, uint64(i)); err != nil {
			return p, err
		}
	}
	if _, err := c.relay.Take(); err != nil {
		return p, err
	}
	if err := c.admin.ForgetStatements(ctx); err != nil {
		return p, err
	}
	for i := range counted {
		if err := c.do(ctx, a, uint64(warming+i)); err != nil {
			return p, err
		}
	}
	statements, err := c.admin.Statements(ctx)
	if err != nil {
		return p, err
	}
	seen, err := c.relay.Take()
	if err != nil {
		return p, err
	}
	p.Frontend, p.Backend = seen.Frontend, seen.Backend
	p.Statements, p.RoundTrips = float64(statements)/counted, float64(seen.RoundTrips)/counted
	if statements == 0 || seen.RoundTrips == 0 {
		return p, errors.New("right answers came, but nothing was asked of the database: the target keeps them, or asks another one")
	}
	return p, nil
}

func (c *counter) do(ctx context.Context, a ask, i uint64) error {
	method, target, body, want := a.make(i)
	req, err := http.NewRequestWithContext(ctx, method, c.base+target, strings.NewReader(body))
	if err != nil {
		return err
	}
	if body != "" {
		req.Header.Set("Content-Type", model.TypeJSON)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode != want.Status || !bytes.Equal(got, want.Body) {
		return fmt.Errorf("%s %s: status %d, %q; want %d, %q", method, target, res.StatusCode, got, want.Status, want.Body)
	}
	return nil
}
