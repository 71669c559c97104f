module github.com/assay-bench/assay/targets/go-server

go 1.26
