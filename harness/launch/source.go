package launch

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"

	"github.com/assay-bench/assay/harness/source"
	"github.com/assay-bench/assay/harness/target"
)

// A listing is the list of files that a target is built from: what its hash covers is
// exactly what the engine gets to see.
type listing struct {
	dir   string
	files []sourceFile // in lexical order
}

type sourceFile struct {
	path string // relative to dir, slashes
	mode fs.FileMode
}

// listSource lists the files below t's directory, less what .dockerignore names, the
// folder that the build writes into (the first element of Build.Binary), and .git.
func listSource(root string, t target.Target) (listing, error) {
	s := listing{dir: filepath.Join(root, t.Dir)}
	ignored, err := ignorePatterns(s.dir, t)
	if err != nil {
		return listing{}, err
	}
	err = filepath.WalkDir(s.dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(s.dir, name)
		if err != nil || rel == "." {
			return err
		}
		skip, err := ignored.MatchesOrParentMatches(rel)
		if err != nil {
			return err
		}
		skip = skip && rel != "Dockerfile" // the engine needs it whatever .dockerignore says
		switch {
		case skip && entry.IsDir() && !ignored.Exclusions():
			return fs.SkipDir
		case skip || entry.IsDir():
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		s.files = append(s.files, sourceFile{path: filepath.ToSlash(rel), mode: info.Mode()})
		return nil
	})
	if err != nil {
		return listing{}, fmt.Errorf("read the source of %s: %w", t.ID, err)
	}
	return s, nil
}

func ignorePatterns(dir string, t target.Target) (*patternmatcher.PatternMatcher, error) {
	var patterns []string
	f, err := os.Open(filepath.Join(dir, ".dockerignore"))
	switch {
	case err == nil:
		defer f.Close()
		if patterns, err = ignorefile.ReadAll(f); err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name(), err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("read the source of %s: %w", t.ID, err)
	}
	patterns = append(patterns, ".git")
	if t.Build.Binary != "" {
		output, _, _ := strings.Cut(path.Clean(filepath.ToSlash(t.Build.Binary)), "/")
		patterns = append(patterns, output)
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, ".dockerignore"), err)
	}
	return matcher, nil
}

// hash digests names, kinds, executable bits and contents (SHA-256, hexadecimal). Times
// and owners do not enter: they differ between two checkouts of the same commit.
func (s listing) hash() (string, error) {
	sum := sha256.New()
	for _, f := range s.files {
		content, err := s.content(f)
		if err != nil {
			return "", err
		}
		digest := sha256.Sum256(content)
		fmt.Fprintf(sum, "%q %v %t %x\n", f.path, f.mode.Type(), f.mode&0o111 != 0, digest)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// archive writes the files as the tar archive that a Docker build takes.
func (s listing) archive() (*bytes.Reader, error) {
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	for _, f := range s.files {
		content, err := s.content(f)
		if err != nil {
			return nil, err
		}
		header := &tar.Header{Name: f.path, Mode: int64(f.mode.Perm()), Typeflag: tar.TypeReg, Size: int64(len(content))}
		if f.mode&fs.ModeSymlink != 0 {
			header.Typeflag, header.Linkname, header.Size, content = tar.TypeSymlink, string(content), 0, nil
		}
		if err := errors.Join(w.WriteHeader(header), writeAll(w, content)); err != nil {
			return nil, fmt.Errorf("pack %s: %w", f.path, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("pack %s: %w", s.dir, err)
	}
	return bytes.NewReader(out.Bytes()), nil
}

// content is what a file holds; of a symbolic link, where it points.
func (s listing) content(f sourceFile) ([]byte, error) {
	name := filepath.Join(s.dir, filepath.FromSlash(f.path))
	switch {
	case f.mode&fs.ModeSymlink != 0:
		to, err := os.Readlink(name)
		return []byte(filepath.ToSlash(to)), err
	case !f.mode.IsRegular():
		return nil, fmt.Errorf("%s is neither a file nor a link; a source cannot hold it", name)
	}
	return os.ReadFile(name)
}

// count counts lines and modules but of the files uncounted; nil where the language has no counter.
func (s listing) count(language string, uncounted []string) (*source.Count, error) {
	files := make([]source.File, 0, len(s.files))
	for _, f := range s.files {
		body, err := s.content(f)
		if err != nil {
			return nil, err
		}
		files = append(files, source.File{Path: f.path, Body: body})
	}
	c, ok, err := source.Of(language, files, uncounted)
	if err != nil {
		return nil, fmt.Errorf("count the source in %s: %w", s.dir, err)
	}
	if !ok {
		return nil, nil
	}
	return &c, nil
}

// copyTo writes the files below a folder, which is made; symbolic links stay links.
func (s listing) copyTo(dir string) error {
	for _, f := range s.files {
		content, err := s.content(f)
		if err != nil {
			return err
		}
		name := filepath.Join(dir, filepath.FromSlash(f.path))
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			return err
		}
		if f.mode&fs.ModeSymlink != 0 {
			err = os.Symlink(string(content), name)
		} else {
			err = os.WriteFile(name, content, f.mode.Perm()|0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func writeAll(w io.Writer, p []byte) error {
	_, err := w.Write(p)
	return err
}

// fileDigest returns the SHA-256 (hexadecimal) and the size of a file.
func fileDigest(name string) (sum string, size int64, err error) {
	f, err := os.Open(name)
	if err != nil {
		return "", 0, err
	}
	defer f.Close()
	h := sha256.New()
	if size, err = io.Copy(h, f); err != nil {
		return "", 0, err
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}
