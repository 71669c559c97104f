package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"github.com/assay-bench/assay/harness/model"
)

// fixedID is the item that wrk and vegeta ask for every time, and that nginx answers whatever it is asked.
const fixedID = 123456789

// A drive is a closed loop: each connection sends its next request as soon as its answer is in.
type drive struct {
	engine      engine
	address     netip.AddrPort
	connections int
	window      time.Duration
	constant    bool // the server answers every id as if it were fixedID
	awake       bool // the native engine does not sleep between answers
}

const (
	// connectLimit bounds the opening of all connections of a measurement.
	connectLimit = 30 * time.Second
	// requestTimeout fails a request; 10,000 connections on one CPU wait for fractions of a second.
	requestTimeout = 30 * time.Second
)

// driveCommand is the generator process of a closed loop. A person can start it too, under a profiler say.
func driveCommand(stdout io.Writer) *cobra.Command {
	var d drive
	var name, address string
	cmd := &cobra.Command{
		Use:    "drive --engine native|vegeta --address HOST:PORT --connections N --window D",
		Short:  "Drive one closed loop and print what came of it",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			var err error
			d.engine = engine(name)
			if d.address, err = loopback(address); err != nil {
				return misuse{err}
			}
			if d.connections < 1 || d.window <= 0 {
				return misuse{fmt.Errorf("%d connections for %v: both must be above 0", d.connections, d.window)}
			}
			var came driven
			switch d.engine {
			case native:
				came, err = driveNative(cmd.Context(), d)
			case vegeta:
				came, err = driveVegeta(cmd.Context(), d)
			default:
				return misuse{fmt.Errorf("--engine %s: %s and %s are built in", name, native, vegeta)}
			}
			if err != nil {
				return err
			}
			return json.NewEncoder(stdout).Encode(came)
		},
	}
	f := cmd.Flags()
	f.StringVar(&name, "engine", "", "native or vegeta")
	f.StringVar(&address, "address", "", "of the server, in 127.0.0.0/8")
	f.IntVar(&d.connections, "connections", 0, "how many")
	f.DurationVar(&d.window, "window", 0, "how long")
	f.BoolVar(&d.awake, "awake", false, "the native engine does not sleep between answers; its time with nothing to do is printed")
	f.BoolVar(&d.constant, "constant", false, fmt.Sprintf("the server answers item %d whatever is asked", fixedID))
	return cmd
}

// loopback reads an address and refuses those of other hosts.
func loopback(text string) (netip.AddrPort, error) {
	a, err := netip.ParseAddrPort(text)
	if err != nil {
		return a, fmt.Errorf("--address: %w", err)
	}
	if !a.Addr().Is4() || !a.Addr().IsLoopback() || a.Port() == 0 {
		return a, fmt.Errorf("--address %s: load goes to a port in 127.0.0.0/8 only", text)
	}
	return a, nil
}

// itemPath is what an engine asks for that asks for the same item every time.
func itemPath() string { return fmt.Sprintf("/item?id=%d", fixedID) }

// fixedItem is the answer to it.
func fixedItem() []byte { return model.AppendItem(nil, fixedID) }
