package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/target"
)

// A server is one that can be started, any number of times, one at a time.
type server struct {
	id       string
	stack    string
	constant bool // it answers every id as if it were fixedID
	build    launch.Build
	target   target.Target
	place    target.Placement
	launcher launch.Launcher
	pid      int // of the instance that startAll started last; 0 before
}

// start starts a fresh instance and waits until it answers.
func (s *server) start(ctx context.Context) (launch.Instance, error) {
	return s.launcher.Launch(ctx, s.build, s.target, s.place)
}

// A maker makes servers ready: it builds targets, and writes nginx's configuration into dir.
type maker struct {
	launcher launch.Launcher
	root     string
	nginx    []string // places to look for it
	dir      string
	place    target.Placement // of the first server; each takes a port of its own
	log      io.Writer
}

// makeAll makes those servers ready that --only lets through. left says what is missing here.
func (m maker) makeAll(ctx context.Context, o options) (all []*server, left []string, err error) {
	for i, id := range allServers() {
		if !wantsServer(o, id) {
			continue
		}
		place := m.place
		place.Port += i
		var s *server
		if id == nginx {
			s, err = m.makeNginx(ctx, place)
		} else {
			s, err = m.makeTarget(ctx, id, place)
		}
		var missing notHere
		switch {
		case errors.As(err, &missing):
			left = append(left, missing.Error())
		case err != nil:
			return nil, nil, err
		default:
			all = append(all, s)
		}
	}
	if len(all) == 0 {
		return nil, nil, fmt.Errorf("no server to measure: %s", strings.Join(left, "; "))
	}
	return all, left, nil
}

// wantsServer tells whether --only lets a server through at any number of connections.
func wantsServer(o options, id string) bool {
	o.connections = nil
	return o.wants(id, 0)
}

// notHere marks a server that this host does not have.
type notHere struct{ error }

func (m maker) makeTarget(ctx context.Context, id string, place target.Placement) (*server, error) {
	t, err := target.Load(m.root, filepath.Join("targets", id))
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(m.log, "building %s\n", id)
	b, err := m.launcher.Prepare(ctx, t, io.Discard) // a failed build's last lines are in the error
	if err != nil {
		return nil, err
	}
	return &server{id: id, stack: t.Stack, build: b, target: t, place: place, launcher: m.launcher}, nil
}

func (m maker) makeNginx(ctx context.Context, place target.Placement) (*server, error) {
	path, err := findNginx(m.nginx)
	if err != nil {
		return nil, notHere{err}
	}
	program, err := writeNginx(m.dir, path, place.Port, place.OpenFiles)
	if err != nil {
		return nil, err
	}
	return &server{
		id: nginx, stack: nginxVersion(ctx, path) + ", one process, a constant answer", constant: true,
		build: launch.Build{TargetID: nginx, Ref: program}, target: target.Target{ID: nginx},
		place: place, launcher: m.launcher,
	}, nil
}
