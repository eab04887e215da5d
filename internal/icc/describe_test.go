package icc_test

import (
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/icc"
)

func TestDescription(t *testing.T) {
	t.Parallel()
	f := func(desc, want string) {
		t.Helper()
		profile, err := icc.Parse(build(4, "mntr", "RGB ", "XYZ ", map[string]string{"desc": desc}))
		if err != nil {
			t.Fatal(err)
		}
		if got := profile.Description(); got != want {
			t.Errorf("%q: %q; want %q", desc, got, want)
		}
	}
	const zero = "\x00\x00\x00\x00"
	localized := func(length, offset int, text string) string {
		return "mluc" + zero + u32(1) + u32(12) + "enUS" + u32(length) + u32(offset) + text
	}
	f("desc"+zero+u32(6)+"Adobe\x00", "Adobe")
	f("desc"+zero+u32(1<<30)+"Adobe\x00", "Adobe")
	f("desc"+zero+u32(2)+"Adobe\x00", "Ad")
	f("desc"+zero+u32(4)+"\xff\xff \x00", "?")
	f("desc"+zero+u32(9999)+strings.Repeat("a", 9999), strings.Repeat("a", 1024))
	f("text"+zero+"Adobe\x00", "Adobe")
	f(localized(6, 28, "\x00P\x003\x20\xac"), "P3€")
	f(localized(1<<30, 28, "\x00P\x003"), "P3")
	f(localized(6, 1<<30, "\x00P\x003"), "")
	f("mluc"+zero+u32(0)+u32(12), "")
	f("desc", "")
	f("what"+zero+zero+"more", "")
}
