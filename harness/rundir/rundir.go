package rundir

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/assay-bench/assay/harness/plan"
	"github.com/assay-bench/assay/harness/trial"
)

// Names of the files that are never derived.
const (
	planFile   = "plan.json"
	envFile    = "env.json"
	trialsFile = "trials.jsonl"
	rawDir     = "raw"
)

// Dir is a run directory.
type Dir struct {
	path string
}

// Path is where the directory is.
func (d *Dir) Path() string { return d.path }

// Name is the run's ID: "20261123T214700Z-1a2b3c4d".
func (d *Dir) Name() string {
	abs, err := filepath.Abs(d.path)
	if err != nil {
		return filepath.Base(d.path)
	}
	return filepath.Base(abs)
}

// Name is a run's ID: "20261123T214700Z-1a2b3c4d". A run keeps it when its directory is
// renamed.
func Name(started time.Time, planSHA256 string) string {
	return started.UTC().Format("20060102T150405Z") + "-" + planSHA256[:8]
}

// Create makes <parent>/<UTC time>-<plan hash>/ with plan.json and env.json. The directory appears under its name
// when it is whole; if it cannot be made whole, as on a full disk, nothing of it stays.
func Create(parent string, now time.Time, p plan.Plan, env trial.Environment) (*Dir, error) {
	planBody, err := encode(p)
	if err != nil {
		return nil, err
	}
	envBody, err := encode(env)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return nil, err
	}
	path := filepath.Join(parent, Name(now, artifact(planFile, planBody).SHA256))
	part, err := os.MkdirTemp(parent, ".part-")
	if err != nil {
		return nil, err
	}
	if err := fill(part, planBody, envBody); err != nil {
		return nil, errors.Join(err, os.RemoveAll(part))
	}
	if err := os.Rename(part, path); err != nil {
		return nil, errors.Join(fmt.Errorf("a run directory of this second and plan exists already: %w", err), os.RemoveAll(part))
	}
	return &Dir{path: path}, nil
}

// fill writes what a run directory holds before its first trial.
func fill(path string, planBody, envBody []byte) error {
	if err := os.Chmod(path, 0o755); err != nil { // temporary directories are their owner's alone
		return err
	}
	if err := writeOnce(filepath.Join(path, planFile), planBody); err != nil {
		return err
	}
	if err := writeOnce(filepath.Join(path, envFile), envBody); err != nil {
		return err
	}
	return os.Mkdir(filepath.Join(path, rawDir), 0o755)
}

// Open returns the run directory at path. It must hold a plan, or records, whose plan was lost, and be of no later version.
func Open(path string) (*Dir, error) {
	for _, name := range []string{planFile, trialsFile} {
		_, err := os.Stat(filepath.Join(path, name))
		if err == nil {
			if err := refuseNewer(path); err != nil {
				return nil, err
			}
			return &Dir{path: path}, nil
		}
		if !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("%s is no run directory: it has no %s", path, planFile)
}

// Latest returns the run directory under parent that was made last, by its name.
func Latest(parent string) (*Dir, error) {
	found, err := filepath.Glob(filepath.Join(parent, "2*Z-*", planFile))
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, fmt.Errorf("no run under %s yet; `assay run` makes one", parent)
	}
	return Open(filepath.Dir(found[len(found)-1]))
}

// Hash returns the SHA-256 of a file of the directory, in hexadecimal, and its size.
func (d *Dir) Hash(name string) (trial.Artifact, error) {
	body, err := readFile(filepath.Join(d.path, filepath.FromSlash(name)))
	if err != nil {
		return trial.Artifact{}, err
	}
	return artifact(name, body), nil
}

// Sources returns the hashes of the files that everything else derives from.
func (d *Dir) Sources() ([]trial.Artifact, error) {
	var all []trial.Artifact
	for _, name := range []string{planFile, envFile, trialsFile} {
		a, err := d.Hash(name)
		if errors.Is(err, os.ErrNotExist) && name == trialsFile {
			continue // no trial yet
		}
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// WriteDerived writes a file that can be made again. It replaces the old one whole.
func (d *Dir) WriteDerived(name string, body []byte) error {
	path := filepath.Join(d.path, name)
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, body, 0o644); err != nil {
		return errors.Join(err, os.Remove(tmp))
	}
	return os.Rename(tmp, path)
}

func writeOnce(path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(body)
	return errors.Join(err, f.Sync(), f.Close())
}

func encode(v any) ([]byte, error) {
	body, err := json.MarshalIndent(v, "", "  ")
	return append(body, '\n'), err
}

func artifact(name string, body []byte) trial.Artifact {
	return trial.Artifact{Path: name, SHA256: sum(body), Bytes: int64(len(body))}
}

// Holds tells whether a name is that of a source file of a run, or of the folder of its raw data.
func Holds(name string) bool {
	return name == planFile || name == envFile || name == trialsFile || name == rawDir
}

// IsSource reports whether a file of a run directory, by its name there, was written while it was measured; what else there is follows
// from those.
func IsSource(name string) bool {
	return name == planFile || name == envFile || name == trialsFile || name == rawDir || strings.HasPrefix(name, rawDir+"/")
}
