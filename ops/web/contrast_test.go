package web_test

import (
	"context"
	_ "embed"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// lowContrast lists the texts in sight that have less contrast with their ground than WCAG 2.2 AA asks for.
//
//go:embed testdata/contrast.js
var lowContrast string

func testContrast(t *testing.T, chromium context.Context) {
	for _, dark := range []bool{false, true} {
		for _, scene := range []string{"flood", "redis", "nodes", "drain"} {
			p := open(t, chromium, scene, view{dark: dark}).live()
			check := func(what string) {
				t.Helper()
				if low := eval[[]string](p, lowContrast); len(low) > 0 {
					t.Errorf("%s, dark %v, %s:\n%s", scene, dark, what, strings.Join(low, "\n"))
				}
			}
			check("page")
			if scene != "flood" {
				continue
			}
			p.panel("velvet-home")
			p.until(`document.querySelector("dialog.sheet .range")`)
			p.do(chromedp.Evaluate[chromedp.Void](`void document.getAnimations().forEach((a) => a.finish())`))
			check("panel")
			p.click(`[data-act=limits]`)
			p.click(`[data-choice="concurrency none"]`)
			check("limits")
			p = open(t, chromium, scene, view{dark: dark, at: "#/explain?url=/r/a/b.jpg"}).live()
			p.until(`document.querySelector("[data-part=layers] tbody tr")`)
			check("explanation")
			p = open(t, chromium, scene, view{dark: dark, at: "login?wrong=token"})
			p.until(`document.querySelector("#wrong:not([hidden])")`)
			check("login")
		}
	}
}
