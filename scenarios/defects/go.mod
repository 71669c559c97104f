// The programs of the corpus are a module of their own, so that ./... of the main module, whose code must build, does not
// reach them: some must not build.
module github.com/assay-bench/assay/scenarios/defects

go 1.26.0
