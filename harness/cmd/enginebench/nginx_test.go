package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A host without nginx measures the others, and says what is missing and how to get it.
func TestWithoutNginx(t *testing.T) {
	t.Parallel()
	m := maker{nginx: []string{"/no/such/nginx"}}
	_, left, err := m.makeAll(t.Context(), options{servers: []string{nginx}})
	if len(left) != 0 || err == nil || !strings.Contains(err.Error(), "no server to measure") {
		t.Errorf("alone: %q, %v", left, err)
	}
	if _, err := m.makeNginx(t.Context(), m.place); err == nil || !strings.Contains(err.Error(), "apt install nginx") {
		t.Errorf("%v does not say how to get it", err)
	}
}

func TestNginxProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	program, err := writeNginx(dir, "/usr/sbin/nginx", 18082, 4096)
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile(filepath.Join(dir, "nginx.conf"))
	if err != nil {
		t.Fatal(err)
	}
	item := fmt.Sprintf("location = /item { return 200 '%s'; }", fixedItem())
	for text, want := range map[string]string{
		string(script): "exec '/usr/sbin/nginx' -p '" + dir + "'",
		string(config): "listen 127.0.0.1:18082 backlog=4096;\n    " + item,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(string(config), "%!") || strings.ContainsAny(string(fixedItem()), `'\$`) {
		t.Errorf("nginx would not answer the item as it is:\n%s", config)
	}
}
