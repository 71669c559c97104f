package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/assay-bench/assay/harness/load/conns"
	"github.com/assay-bench/assay/harness/model"
	"github.com/assay-bench/assay/harness/plan"
)

const (
	// nativeProcs is what the load agent has on one CPU: the shard keeps one of Go's processors while it waits in the
	// kernel.
	nativeProcs = 2
	// drain is how long the last answers may take.
	drain = 10 * time.Second
)

// driveNative drives the native engine as the load agent has it: ids that differ, every body checked to the byte, every
// latency in its histograms.
func driveNative(ctx context.Context, d drive) (driven, error) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(nativeProcs))
	config := conns.Config{
		Address: d.address, Connections: d.connections, Template: itemTemplate(d), Loop: conns.Closed,
		To: d.window, Drain: drain, RequestTimeout: requestTimeout,
		ConnectPerSecond: connectsPerSecond, Connecting: conns.ConnectingAtOnce,
	}
	if d.awake {
		config.Awake = plan.AwakeBefore
	}
	e, err := conns.New(config)
	if err != nil {
		return driven{}, err
	}
	defer e.Close()
	if err := e.Connect(ctx, time.Now().Add(connectLimit)); err != nil {
		return driven{}, fmt.Errorf("connect: %w", err)
	}
	e.Arm()
	start := time.Now()
	tally, err := e.Drive(ctx, start)
	took := time.Since(start).Seconds()
	if err != nil {
		return driven{}, err
	}
	if tally.Failed > 0 || tally.Pending > 0 || e.Closed() > 0 {
		return driven{}, fmt.Errorf("%d requests failed %v, %d are without an answer, the server closed %d connections",
			tally.Failed, tally.Errors, tally.Pending, e.Closed())
	}
	if tally.Done == 0 {
		return driven{}, errors.New("no answers")
	}
	// Connections are greeted with a request each, whose answers took CPU time like all others.
	return driven{Answers: tally.Done + int64(d.connections), Rate: float64(tally.Done) / took, Seconds: took, Idle: e.Idled().Seconds()}, nil
}

func itemTemplate(d drive) conns.Template {
	t := conns.Template{URI: "/item?id=", WithID: true, Want: model.AppendItem, Host: d.address.String(), Agent: "assay"}
	if d.constant {
		body := fixedItem()
		t.Want = func(dst []byte, _ uint64) []byte { return append(dst, body...) }
	}
	return t
}
