package strict

import "net/url"

// URL returns a string of at most so many characters that is the address of a page.
func (t *Table) URL(key string, most int) string {
	s := t.Text(key, most)
	if s == "" {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		t.Bad(key, Quote(s)+" is not the address of a page", `write it as "https://host/path"`)
		return ""
	}
	return s
}
