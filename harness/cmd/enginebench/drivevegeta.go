package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	lib "github.com/tsenart/vegeta/v12/lib"
)

// vegetaGC is the garbage collector's setting that the load agent starts from; the default of 100 is slower.
const vegetaGC = 400

// driveVegeta drives vegeta's library as fast as it can: no pace, a worker for each connection, a pool that keeps every
// connection, nothing recorded but the status.
func driveVegeta(ctx context.Context, d drive) (driven, error) {
	defer debug.SetGCPercent(debug.SetGCPercent(vegetaGC))
	n := d.connections
	transport := &http.Transport{
		DialContext:         (&net.Dialer{Timeout: connectLimit, KeepAlive: -1}).DialContext,
		MaxConnsPerHost:     n,
		MaxIdleConnsPerHost: n,
		DisableCompression:  true,
	}
	defer transport.CloseIdleConnections()
	client := lib.Client(&http.Client{Transport: transport})
	attacker := lib.NewAttacker(client, lib.Workers(uint64(n)), lib.MaxWorkers(uint64(n)))
	stop := context.AfterFunc(ctx, func() { attacker.Stop() })
	defer stop()
	targeter := lib.NewStaticTargeter(lib.Target{Method: http.MethodGet, URL: "http://" + d.address.String() + itemPath()})
	start := time.Now()
	var answers, failed int64
	var first string
	for r := range attacker.Attack(targeter, lib.ConstantPacer{}, d.window, "") { // frequency 0: no pace
		if r.Code == http.StatusOK && r.Error == "" {
			answers++
			continue
		}
		if failed++; first == "" {
			first = fmt.Sprintf("status %d %s", r.Code, r.Error)
		}
	}
	took := time.Since(start).Seconds()
	switch {
	case ctx.Err() != nil:
		return driven{}, context.Cause(ctx)
	case failed > 0:
		return driven{}, fmt.Errorf("%d requests failed, the first with %s", failed, first)
	case answers == 0:
		return driven{}, errors.New("no answers")
	}
	return driven{Answers: answers, Rate: float64(answers) / took, Seconds: took}, nil
}
