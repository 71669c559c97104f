package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// nginxConfig lets one process answer a constant, without a log and without a bound on a connection's requests.
const nginxConfig = `daemon off;
master_process off;
pid "%[1]s/nginx.pid";
error_log "%[1]s/error.log";
events { worker_connections %[2]d; }
http {
  access_log off;
  default_type application/json;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  client_body_temp_path "%[1]s/body";
  proxy_temp_path "%[1]s/proxy";
  fastcgi_temp_path "%[1]s/fastcgi";
  uwsgi_temp_path "%[1]s/uwsgi";
  scgi_temp_path "%[1]s/scgi";
  server {
    listen 127.0.0.1:%[3]d backlog=4096;
    location = /item { return 200 '%[4]s'; }
    location = /healthz { return 200 "ok\n"; }
  }
}
`

// nginxPlaces are where it may be; a user's PATH often lacks the folders of daemons.
func nginxPlaces() []string { return []string{"nginx", "/usr/sbin/nginx", "/usr/local/sbin/nginx"} }

// findNginx returns the first of these programs that is here.
func findNginx(places []string) (string, error) {
	for _, name := range places {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("nginx is not here; install it (Debian and Ubuntu: apt install nginx-light) to have it measured")
}

// nginxVersion is what `nginx -v` says.
func nginxVersion(ctx context.Context, path string) string {
	out, _ := exec.CommandContext(ctx, path, "-v").CombinedOutput()
	return strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(string(out)), "nginx version:"))
}

// writeNginx writes a configuration into dir and returns a program without arguments that serves it in the foreground:
// launchers start servers by their path alone.
func writeNginx(dir, binary string, port, openFiles int) (program string, err error) {
	config := filepath.Join(dir, "nginx.conf")
	text := fmt.Sprintf(nginxConfig, dir, openFiles, port, fixedItem())
	if err := os.WriteFile(config, []byte(text), 0o644); err != nil {
		return "", err
	}
	program = filepath.Join(dir, "nginx.sh")
	script := fmt.Sprintf("#!/bin/sh\nexec '%s' -p '%s' -c '%s'\n", binary, dir, config)
	return program, os.WriteFile(program, []byte(script), 0o755)
}
