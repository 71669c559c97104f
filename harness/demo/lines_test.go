package demo

import (
	"strings"
	"testing"
)

const (
	goLine     = `{"work":"add","side":"go","calls":10,"ns_per_call":1.5,"answer":"0f"}` + "\n"
	borderLine = `{"work":"add","side":"border","calls":10,"ns_per_call":30,"answer":"0f"}` + "\n"
	rustLine   = `{"work":"add","side":"rust","calls":10,"ns_per_call":1,"answer":"0f"}` + "\n"
)

func TestReadCalls(t *testing.T) {
	got, err := readCalls(3, borderLine+goLine+rustLine)
	if err != nil || len(got) != 3 || got[0].Side != "go" || got[1].Nanos != 30 || got[2].Round != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	all := goLine + borderLine + rustLine
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {"", "timed 0 works"},
		"no JSON":         {"hello\n", "line 1 of what the programs printed"},
		"another key":     {strings.Replace(all, `"calls"`, `"call"`, 1), `unknown field "call"`},
		"no name":         {strings.Replace(all, `"add"`, `""`, 1), `work ""`},
		"no side":         {strings.Replace(all, `"go"`, `"c"`, 1), `side "c": there are go, border, rust`},
		"no call":         {strings.Replace(all, `10`, `0`, 1), `0 calls of "add"`},
		"no time":         {strings.Replace(all, `1.5`, `0`, 1), `0 ns a call of "add"`},
		"no answer":       {strings.Replace(all, `"0f"`, `""`, 1), `no answer of "add"`},
		"a side left out": {goLine + borderLine, `0 lines of "add" on side "rust"`},
		"a side twice":    {all + rustLine, `2 lines of "add" on side "rust"`},
		"unlike calls":    {goLine + strings.Replace(borderLine, "10", "11", 1) + rustLine, `11 calls on side "border", 10 on side "go"`},
	} {
		if _, err := readCalls(1, c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func FuzzReadCalls(f *testing.F) {
	f.Add(goLine + borderLine + rustLine)
	f.Add(goLine + "x")
	f.Fuzz(func(t *testing.T, text string) {
		calls, err := readCalls(1, text)
		if err == nil && (len(calls) == 0 || len(calls)%3 != 0) {
			t.Errorf("%d lines of three sides", len(calls))
		}
	})
}
