// Command standin is what the tests of package launch start: a target, a load agent, the
// shim, and a launching process that is meant to be killed. One static binary, as the real
// one is.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/assay-bench/assay/harness/coldstart"
	"github.com/assay-bench/assay/harness/launch"
	"github.com/assay-bench/assay/harness/target"
)

func main() {
	if err := run(os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) == 1 {
		return serve(filepath.Base(args[0]))
	}
	switch args[1] {
	case "shim":
		return launch.Shim(args[2:])
	case "agent":
		return agent(args[2:])
	case "parent":
		return parent(args[2:])
	}
	return fmt.Errorf("unknown mode %q", args[1])
}

// serve is the target. Its name decides how it behaves, for PORT is all that it is given.
func serve(name string) error {
	switch name {
	case "dies":
		fmt.Fprintln(os.Stderr, "cannot open the ledger: no such thing")
		os.Exit(3)
	case "deaf":
		signal.Ignore(syscall.SIGTERM)
	}
	l, err := net.Listen("tcp4", "0.0.0.0:"+os.Getenv("PORT"))
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, "listening on", l.Addr())
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /facts", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(facts())
	})
	mux.HandleFunc("GET /eat", func(w http.ResponseWriter, r *http.Request) {
		mb, _ := strconv.Atoi(r.FormValue("mb"))
		eaten := make([]byte, mb<<20)
		for i := range eaten {
			eaten[i] = byte(i)
		}
		fmt.Fprintln(w, eaten[len(eaten)/2])
	})
	server := &http.Server{Handler: mux}
	if name == "deaf" {
		return server.Serve(l)
	}
	go func() { _ = server.Serve(l) }()
	terminated := make(chan os.Signal, 1)
	signal.Notify(terminated, syscall.SIGTERM)
	<-terminated
	err = server.Shutdown(context.Background())
	fmt.Fprintln(os.Stderr, "drained")
	return err
}

// facts are the limits of this process as the kernel tells them.
func facts() map[string]string {
	got := map[string]string{"env": strings.Join(os.Environ(), " "), "pgid": strconv.Itoa(syscall.Getpgrp()), "pid": strconv.Itoa(os.Getpid())}
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		key, value, _ := strings.Cut(line, ":")
		switch key {
		case "CapEff", "CapBnd", "NoNewPrivs", "Cpus_allowed_list":
			got[key] = strings.TrimSpace(value)
		}
	}
	limits, _ := os.ReadFile("/proc/self/limits")
	for line := range strings.Lines(string(limits)) {
		if rest, ok := strings.CutPrefix(line, "Max open files"); ok {
			got["nofile"] = strings.Join(strings.Fields(rest)[:2], " ")
		}
	}
	for _, path := range []string{
		"/proc/sys/net/core/somaxconn", "/proc/sys/net/ipv4/ip_local_port_range", "/proc/sys/net/ipv4/tcp_tw_reuse",
	} {
		value, _ := os.ReadFile(path)
		got[filepath.Base(path)] = strings.Join(strings.Fields(string(value)), " ")
	}
	for _, path := range []string{"/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory.max"} {
		if value, err := os.ReadFile(path); err == nil {
			got["memory"] = strings.TrimSpace(string(value))
		}
	}
	got["write"] = "ok"
	if err := os.WriteFile("/standin-was-here", nil, 0o600); err != nil {
		got["write"] = err.Error()
	} else {
		_ = os.Remove("/standin-was-here")
	}
	var names []string
	interfaces, _ := net.Interfaces()
	for _, i := range interfaces {
		names = append(names, i.Name)
	}
	got["interfaces"] = strings.Join(names, " ")
	return got
}

// agent does what its job says; the job is a word and a URL.
func agent(args []string) error {
	flags := flag.NewFlagSet("agent", flag.ContinueOnError)
	jobFile, resultFile := flags.String("job", "", ""), flags.String("result", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	job, err := os.ReadFile(*jobFile)
	if err != nil {
		return err
	}
	do, url, _ := strings.Cut(string(job), " ")
	fmt.Println(`{"phase":"connecting"}`)
	fmt.Fprintln(os.Stderr, "agent does", do)
	switch do {
	case "hang":
		time.Sleep(time.Hour)
	case "fail":
		fmt.Fprintln(os.Stderr, "no connection could be opened")
		os.Exit(3)
	case "forget":
		return nil
	case "start": // url is a coldstart.Job
		return start(url, *resultFile)
	}
	body, err := get(url)
	if err != nil {
		return err
	}
	fmt.Print(`{"phase":"finished"}`) // without a line feed: must arrive all the same
	result, err := json.Marshal(map[string]any{"agent": facts(), "target": json.RawMessage(body)})
	if err != nil {
		return err
	}
	return os.WriteFile(*resultFile, result, 0o600)
}

// start is the agent's side of a gate.
func start(job, resultFile string) error {
	var j coldstart.Job
	if err := json.Unmarshal([]byte(job), &j); err != nil {
		return err
	}
	first, err := coldstart.Probe(context.Background(), j)
	if err != nil {
		return err
	}
	result, err := json.Marshal(first)
	if err != nil {
		return err
	}
	return os.WriteFile(resultFile, result, 0o600)
}

func get(url string) ([]byte, error) {
	response, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	return io.ReadAll(response.Body)
}

// parent launches a target with a hanging agent, says what it started, and waits for its
// own end: parent RUNTIME ROOT STATEDIR PREBUILT PORT.
func parent(args []string) error {
	ctx := context.Background()
	port, err := strconv.Atoi(args[4])
	if err != nil {
		return err
	}
	l, _, err := launch.Choose(ctx, args[0], launch.Options{Root: args[1], StateDir: args[2], RunID: "orphans"})
	if err != nil {
		return err
	}
	t := target.Target{ID: "launch-test", Dir: ".", Build: target.Build{
		Command: []string{"sh", "-c", "mkdir -p bin && cp " + args[3] + " bin/server"}, Binary: "bin/server",
	}}
	b, err := l.Prepare(ctx, t, os.Stderr)
	if err != nil {
		return err
	}
	i, err := l.Launch(ctx, b, t, target.Placement{Port: port})
	if err != nil {
		return err
	}
	_, err = i.Agent(ctx, launch.AgentRun{
		Job: []byte("hang"),
		Started: func(pid int, id string) {
			fmt.Println(i.PID(), pid, i.ContainerID(), id)
		},
	})
	time.Sleep(time.Minute) // an agent that failed must not look like a parent that ended
	return err
}
