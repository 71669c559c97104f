package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write golden files anew")

// TestMain lets the test binary be its own generator: measurements start themselves as shim, drive and rate.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && !strings.HasPrefix(os.Args[1], "-") {
		main()
	}
	os.Exit(m.Run())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("differs from %s, which -args -update would write anew:\n%s", name, got)
	}
}

func TestMisuse(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"extra":              `unexpected argument "extra"`,
		"--no-such":          "unknown flag: --no-such",
		"--pairs 0":          "--pairs 0: from 1 to 100",
		"--window 1500ms":    "whole seconds",
		"--window 0s":        "whole seconds",
		"--port 65535":       "the ports up to 65537 are used too",
		"--only apache":      "--only apache: the servers are",
		"--only 65,--pairs=": `--only 65: there are`,
		"drive --engine native --address 10.0.0.1:80 --connections 1 --window 1s":    "127.0.0.0/8 only",
		"drive --engine wrk --address 127.0.0.1:80 --connections 1 --window 1s":      "are built in",
		"drive --engine native --address 127.0.0.1:80 --connections 0 --window 1s":   "must be above 0",
		"rate --engine native --address 10.0.0.1:80 --connections 1 --rate 1":        "127.0.0.0/8 only",
		"rate --engine nosuch --address 127.0.0.1:80 --connections 1 --window 100ms": `engine "nosuch"`,
	} {
		var stdout, stderr bytes.Buffer
		code := run(context.Background(), strings.Fields(args), &stdout, &stderr)
		if code != exitMisuse || stdout.Len() > 0 || !strings.Contains(stderr.String(), want) {
			t.Errorf("%s: status %d, %q and %q; want %q", args, code, &stdout, &stderr, want)
		}
		if n := strings.Count(stderr.String(), "\n"); n != 1 {
			t.Errorf("%s: %d lines, want one", args, n)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	if code := run(context.Background(), []string{"--help"}, &stdout, &stderr); code != exitOK || stderr.Len() > 0 {
		t.Fatalf("status %d, %s", code, &stderr)
	}
	for _, want := range []string{"--quick", "--only", "--without-wrk", "Exit status"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %s in the help", want)
		}
	}
}

// What make does for engine-bench, and what `make help` says of it.
func TestMakeTarget(t *testing.T) {
	t.Parallel()
	for target, want := range map[string]string{"engine-bench": "bin/enginebench", "help": "make engine-bench"} {
		cmd := exec.Command("make", "--no-print-directory", "-s", target)
		if target != "help" {
			cmd.Args = append(cmd.Args, "-n")
		}
		cmd.Dir = filepath.Join("..", "..", "..")
		if out, err := cmd.Output(); err != nil || !strings.Contains(string(out), want) {
			t.Errorf("make %s: %v, %q; want %q", target, err, out, want)
		}
	}
}
