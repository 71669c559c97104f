package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// findWrk returns wrk's path.
func findWrk() (string, error) {
	path, err := exec.LookPath(string(wrk))
	if err != nil {
		return "", errors.New("wrk is not here; install it (apt install wrk on Debian), or leave it out by --without-wrk")
	}
	return path, nil
}

// wrkVersion is the first line of `wrk -v`, which ends with status 1 all the same.
func wrkVersion(ctx context.Context, path string) string {
	out, _ := exec.CommandContext(ctx, path, "-v").Output()
	line, _, _ := strings.Cut(string(out), "\n")
	line, _, _ = strings.Cut(line, " Copyright")
	return strings.TrimSpace(line)
}

// wrkReport has wrk write its counts for a program to read.
//
//go:embed report.lua
var wrkReport []byte

// writeWrkReport puts the script where wrk finds it, and returns its path.
func writeWrkReport(dir string) (string, error) {
	path := filepath.Join(dir, "report.lua")
	return path, os.WriteFile(path, wrkReport, 0o644)
}

// wrkArgs is a closed loop of wrk: one thread, and the same item every time.
func wrkArgs(path, script, address string, connections int, window time.Duration) []string {
	return []string{
		path, "-t1", "-c" + strconv.Itoa(connections), "-d" + strconv.Itoa(int(window.Seconds())) + "s",
		"--timeout", strconv.Itoa(int(requestTimeout.Seconds())) + "s", "-s", script, "http://" + address + itemPath(),
	}
}

// wrkCounts is the line that report.lua writes.
type wrkCounts struct {
	Answers      int64            `json:"answers"`
	Microseconds int64            `json:"microseconds"`
	Errors       map[string]int64 `json:"errors"`
}

// readWrk reads what wrk counted. Errors that it counted are an error: they took time and are no answers.
func readWrk(text string) (driven, error) {
	at := strings.LastIndex(text, "\n{")
	var c wrkCounts
	if err := json.Unmarshal([]byte(text[at+1:]), &c); err != nil {
		return driven{}, fmt.Errorf("wrk: no counts in its output %q", strings.TrimSpace(text))
	}
	for kind, n := range c.Errors {
		if n != 0 {
			return driven{}, fmt.Errorf("wrk: errors were counted (%s: %d)", kind, n)
		}
	}
	if c.Answers < 1 || c.Microseconds < 1 {
		return driven{}, fmt.Errorf("wrk: %d answers in %d us", c.Answers, c.Microseconds)
	}
	seconds := float64(c.Microseconds) / 1e6
	return driven{Answers: c.Answers, Rate: float64(c.Answers) / seconds, Seconds: seconds}, nil
}
