package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
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

// wrkArgs is a closed loop of wrk: one thread, and the same item every time.
func wrkArgs(path, address string, connections int, window time.Duration) []string {
	return []string{
		path, "-t1", "-c" + strconv.Itoa(connections), "-d" + strconv.Itoa(int(window.Seconds())) + "s",
		"--timeout", strconv.Itoa(int(requestTimeout.Seconds())) + "s", "http://" + address + itemPath(),
	}
}

// parseWrk reads wrk's summary. Errors that wrk counted are an error: they took time and are no answers.
func parseWrk(text string) (driven, error) {
	var d driven
	var errs []error
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "Socket errors:"), strings.HasPrefix(line, "Non-2xx or 3xx responses:"):
			errs = append(errs, errors.New(line))
		case strings.HasPrefix(line, "Requests/sec:"):
			rate, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimPrefix(line, "Requests/sec:")), 64)
			if err != nil || !(rate >= 0 && rate < 1e12) {
				return driven{}, fmt.Errorf("wrk: %q has no rate", line)
			}
			d.Rate = rate
		case strings.Contains(line, " requests in "):
			var err error
			if d.Answers, d.Seconds, err = wrkTotal(line); err != nil {
				return driven{}, err
			}
		}
	}
	if len(errs) > 0 {
		return driven{}, fmt.Errorf("wrk: %w", errors.Join(errs...))
	}
	if d.Answers == 0 || d.Rate == 0 || d.Seconds == 0 {
		return driven{}, fmt.Errorf("wrk: no requests in its output %q", strings.TrimSpace(text))
	}
	return d, nil
}

// wrkTotal reads "123456 requests in 2.10s, 45.67MB read".
func wrkTotal(line string) (answers int64, seconds float64, err error) {
	count, rest, _ := strings.Cut(line, " requests in ")
	span, _, _ := strings.Cut(rest, ",")
	answers, err = strconv.ParseInt(count, 10, 64)
	if err != nil || answers < 0 {
		return 0, 0, fmt.Errorf("wrk: %q has no number of requests", line)
	}
	if seconds, err = wrkSeconds(span); err != nil {
		return 0, 0, fmt.Errorf("wrk: %q: %w", line, err)
	}
	return answers, seconds, nil
}

// wrkSeconds reads a time as wrk writes it: a number and us, ms, s, m or h.
func wrkSeconds(text string) (float64, error) {
	for _, unit := range []struct {
		name    string
		seconds float64
	}{{"us", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"m", 60}, {"h", 3600}} {
		number, ok := strings.CutSuffix(text, unit.name)
		if !ok {
			continue
		}
		if n, err := strconv.ParseFloat(number, 64); err == nil && n >= 0 && n < 1e9 {
			return n * unit.seconds, nil
		}
	}
	return 0, fmt.Errorf("%q is not a time", text)
}
