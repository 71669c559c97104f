package main

import (
	"strings"
	"testing"
)

// The line that makes a run again names its article, unless a run takes it by default.
func TestReproducingNamesTheArticle(t *testing.T) {
	t.Parallel()
	if got := articleFlag(defaultArticle); got != "" {
		t.Errorf("the default article is named: %q", got)
	}
	cmd := (&console{}).runCmd()
	if err := cmd.ParseFlags(strings.Fields(articleFlag("another"))); err != nil {
		t.Fatal(err)
	}
	if got := cmd.Flags().Lookup("article").Value.String(); got != "another" {
		t.Errorf("article %q", got)
	}
}
