package launch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/client"

	"github.com/assay-bench/assay/harness/target"
)

// standin is the path of the test program, built once.
var standin string

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "launch-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	standin = filepath.Join(dir, "standin")
	cmd := exec.Command("go", "build", "-o", standin, "./testdata/standin")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if output, err := cmd.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the stand-in: %v\n%s", err, output)
		return 1
	}
	code := m.Run()
	if err := removeTestImages(); err != nil {
		fmt.Fprintf(os.Stderr, "remove the test's images: %v\n", err)
		return 1
	}
	return code
}

// patience is how long a test waits for what must happen; passing does not depend on it.
const patience = 60 * time.Second

func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	return ctx
}

func newTestProcess(t *testing.T, stateDir string) *Process {
	t.Helper()
	p, err := NewProcess(Options{Root: "/", AgentBinary: standin, StateDir: stateDir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return p
}

// newTestDocker skips where no engine answers, unless ASSAY_REQUIRE_DOCKER=1.
func newTestDocker(t *testing.T, where ...client.Opt) *Docker {
	t.Helper()
	d, err := newDocker(testContext(t), Options{Root: "/", AgentBinary: standin, RunID: "launch-test"}, where...)
	if err != nil {
		if os.Getenv("ASSAY_REQUIRE_DOCKER") == "1" {
			t.Fatalf("ASSAY_REQUIRE_DOCKER=1, but: %v", err)
		}
		t.Skipf("no Docker engine answers: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

// removeTestImages removes the images that this test program is in, and no other.
func removeTestImages() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	d, err := newDocker(ctx, Options{AgentBinary: standin})
	if err != nil {
		return nil // no engine, no images
	}
	errs := []error{}
	ours := labelTarget + "=launch-test"
	for _, labels := range [][]string{{ours, labelRole + "=held"}, {ours}, {labelSource + "=" + d.agentHash}} { // what others are built on goes last
		found, err := d.api.ImageList(ctx, client.ImageListOptions{Filters: client.Filters{}.Add("label", labels...)})
		errs = append(errs, err)
		for _, image := range found.Items {
			_, err := d.api.ImageRemove(ctx, image.ID, client.ImageRemoveOptions{PruneChildren: true})
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, d.Close())...)
}

// testTarget makes the source of a target whose program is the stand-in under the given
// name, which decides how it behaves.
func testTarget(t *testing.T, name string) target.Target {
	t.Helper()
	dir := t.TempDir()
	program, err := os.ReadFile(standin)
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "prebuilt", name), string(program), 0o755)
	writeFile(t, filepath.Join(dir, "Dockerfile"), fmt.Sprintf(
		"FROM scratch\nCOPY prebuilt/%s /%s\nEXPOSE 8080\nENTRYPOINT [\"/%s\"]\n", name, name, name), 0o644)
	return target.Target{
		ID: "launch-test", Dir: strings.TrimPrefix(dir, "/"),
		Build: target.Build{
			Command: []string{"sh", "-c", fmt.Sprintf("mkdir -p bin && cp prebuilt/%s bin/%s && echo copied", name, name)},
			Binary:  "bin/" + name,
		},
	}
}

func writeFile(t *testing.T, name, content string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}

func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func prepare(t *testing.T, l Launcher, tgt target.Target) Build {
	t.Helper()
	var log bytes.Buffer
	b, err := l.Prepare(testContext(t), tgt, &log)
	if err != nil {
		t.Fatalf("prepare: %v\n%s", err, &log)
	}
	return b
}

// launchTest prepares and launches the stand-in; the instance is stopped with the test.
func launchTest(t *testing.T, l Launcher, name string, place target.Placement) Instance {
	t.Helper()
	tgt := testTarget(t, name)
	i, err := l.Launch(testContext(t), prepare(t, l, tgt), tgt, place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := i.Stop(canceled()); err != nil {
			t.Errorf("stop: %v", err)
		}
	})
	return i
}

// eventually polls until ok, and fails the test when patience ends.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(pollEvery) {
		if time.Now().After(deadline) {
			t.Fatalf("did not happen: %s", what)
		}
	}
}

func wantIn(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("want %q in:\n%s", part, text)
		}
	}
}

func errorText(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	return err.Error()
}
