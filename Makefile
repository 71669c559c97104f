# `make bench` does all set-up and the main job; `make test` passes the tests.
# `make help` lists the targets.

ASSAY := bin/assay
ENGINEBENCH := bin/enginebench
# Without a repository that git can read there is no commit to stamp. Said outright, since a GOFLAGS of the host's may
# turn the stamping off, and go refuses to build where git refuses to answer.
STAMP := $(if $(shell git rev-parse --verify --quiet HEAD 2>/dev/null),auto,false)
# One static binary is both the command and the load agent inside containers.
GOBUILD := CGO_ENABLED=0 go build -trimpath -buildvcs=$(STAMP)
# Each target is a module of its own; a new one is found here by its manifest.
GO_TARGETS := $(patsubst %/go.mod,%,$(wildcard targets/*/go.mod))
RUST_TARGETS := $(patsubst %/Cargo.toml,%,$(wildcard targets/*/Cargo.toml))
# What lint and test compile of them; they share dependencies. What a run measures stays in the target's own target/.
CARGO_CHECKED := $(CURDIR)/bin/cargo
# Nothing runs side by side in these packages, and drawing, simulating and checking types take several times as long under the race
# detector.
SEQUENTIAL := harness harness/stats harness/verdict harness/report harness/report/chart

.PHONY: help bench quick nightly report engine-bench test lint clean
# go knows what a build is made of, embedded files and the commit among it, and leaves a binary that is up to date as it is.
.PHONY: $(ASSAY) $(ENGINEBENCH)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(ASSAY):
	$(GOBUILD) -o $@ ./harness/cmd/assay

bench: $(ASSAY) ## measure the article's claims and write the report (at most 15 minutes of trials)
	$(ASSAY) run $(ARGS)

quick: $(ASSAY) ## the same in at most 3 minutes, for fewer claims
	$(ASSAY) run --profile quick $(ARGS)

nightly: $(ASSAY) ## the same with more cells and blocks, at most 60 minutes
	$(ASSAY) run --profile nightly $(ARGS)

report: $(ASSAY) ## write the latest run's report again from its records
	$(ASSAY) report

$(ENGINEBENCH):
	$(GOBUILD) -o $@ ./harness/cmd/enginebench

engine-bench: $(ENGINEBENCH) ## compare the load engine with wrk and vegeta (9 minutes); writes docs/engine-bench.md
	$(ENGINEBENCH) $(ARGS)

# Without vet, which lint ran.
test: lint ## every check and test of the harness and of all targets
	go test -vet=off -race $$(go list ./... | grep -v $(SEQUENTIAL:%=-e '/%$$'))
	CGO_ENABLED=0 go test -vet=off -trimpath $(SEQUENTIAL:%=./%)
	CGO_ENABLED=0 go test -vet=off -trimpath ./harness/prove # the simulations, of which the race detector gets those alone that are about goroutines
	CGO_ENABLED=0 go test -vet=off -trimpath -run '^TestRecorded' ./harness/cmd/assay # what is drawn and verified of recorded runs
	@for m in $(GO_TARGETS); do echo "go test -race $$m"; (cd $$m && go test -vet=off -race ./...) || exit 1; done
	@for m in $(RUST_TARGETS); do echo "cargo test $$m"; (cd $$m && CARGO_TARGET_DIR=$(CARGO_CHECKED) cargo test --locked --quiet) || exit 1; done

# With the flags of GOBUILD: what is compiled for one is there for the other.
lint: export CGO_ENABLED := 0
lint: export GOFLAGS := $(GOFLAGS) -trimpath
lint: ## formatters and linters
	@unformatted=$$(gofmt -l harness $(GO_TARGETS)); test -z "$$unformatted" || { echo "gofmt would change:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go tool actionlint .github/workflows/*.yml
	@for m in $(GO_TARGETS); do echo "go vet, staticcheck $$m"; (cd $$m && go vet ./... && go tool -modfile=../../go.mod staticcheck ./...) || exit 1; done
	@for m in $(RUST_TARGETS); do echo "cargo fmt, clippy $$m"; (cd $$m && cargo fmt --check && CARGO_TARGET_DIR=$(CARGO_CHECKED) cargo clippy --locked --quiet --all-targets -- -D warnings) || exit 1; done

clean: ## remove what was built; runs under reports/ stay
	rm -rf bin $(GO_TARGETS:=/bin) $(RUST_TARGETS:=/target)
