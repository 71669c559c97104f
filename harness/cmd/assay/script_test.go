package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Directories of real runs, without what derives from them.
const (
	recorded = "testdata/recorded" // by an older version: records of schema 1
	chained  = "testdata/chained"  // by this version
)

// TestScripts runs testdata/script with the real binary. Each script starts in a checkout
// of its own, with tiny scenarios and without the servers' source, that holds two runs:
// reports/20261123T231303Z-recorded, of an older version, and reports/20261123T000000Z-chained.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", filepath.Dir(built.binary)+string(filepath.ListSeparator)+env.Getenv("PATH"))
			for from, to := range map[string]string{
				filepath.Join("testdata", "checkout"): "",
				recorded:                              "reports/20261123T231303Z-recorded",
				chained:                               "reports/20261123T000000Z-chained", // not the latest
			} {
				if err := os.CopyFS(filepath.Join(env.WorkDir, to), os.DirFS(from)); err != nil {
					return err
				}
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"replace": replaceText,
			"hashes":  writeHashes,
			"lines":   countLines,
			"status":  exitStatus,
		},
	})
}

// replaceText is the command `replace FILE OLD NEW`: OLD stands in FILE at least once, and
// its first occurrence is replaced.
func replaceText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not say %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o644))
}

// writeHashes is the command `hashes FILE DIR`: it writes the name and SHA-256 of each
// file directly below DIR to FILE.
func writeHashes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hashes FILE DIR")
	}
	entries, err := os.ReadDir(ts.MkAbs(args[1]))
	ts.Check(err)
	var list strings.Builder
	for _, e := range entries {
		if e.IsDir() {
			continue
		}
		body, err := os.ReadFile(filepath.Join(ts.MkAbs(args[1]), e.Name()))
		ts.Check(err)
		fmt.Fprintf(&list, "%x %s\n", sha256.Sum256(body), e.Name())
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(list.String()), 0o644))
}

// countLines is the command `lines N`: the last command printed N lines on stderr.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lines N")
	}
	if got := fmt.Sprint(strings.Count(ts.ReadFile("stderr"), "\n")); got != args[0] {
		ts.Fatalf("%s lines on stderr, want %s:\n%s", got, args[0], ts.ReadFile("stderr"))
	}
}

// exitStatus is the command `status N COMMAND...`: the command exits with status N, and
// what it prints on stderr is added to the file "messages", below the command.
func exitStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N COMMAND...")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || fmt.Sprint(exit.ExitCode()) != args[0] {
		ts.Fatalf("%v, want exit status %s", err, args[0])
	}
	f, err := os.OpenFile(ts.MkAbs("messages"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	ts.Check(err)
	_, err = fmt.Fprintf(f, "$ %s\n%s", strings.Join(args[1:], " "), strings.ReplaceAll(ts.ReadFile("stderr"), ts.Getenv("WORK"), "$WORK"))
	ts.Check(errors.Join(err, f.Close()))
}
