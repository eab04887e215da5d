package web_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"github.com/adloom/adloom/ops/web/internal/fixture"
)

const (
	confirmed = `document.querySelector("dialog.confirm .result").dataset.tone === "done"`
	goButton  = `dialog.confirm button[type=submit]`
)

// asked compares the last action that the page asked for.
func (p *page) asked(path string, body map[string]any) {
	p.t.Helper()
	all := p.node.Asked()
	if len(all) == 0 || !reflect.DeepEqual(all[len(all)-1], fixture.Ask{Path: path, Body: body}) {
		p.t.Errorf("expected %s %v, found %v", path, body, all)
	}
}

// panel opens that of a customer.
func (p *page) panel(customer string) {
	p.do(goTo("#/customer?id=" + customer))
	p.until(`document.querySelector("dialog.sheet [data-act=limits]")?.disabled === false`)
}

func testLimits(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	p.panel("nordhaus")
	p.click(`[data-act=limits]`)
	p.until(`document.querySelector("dialog.confirm")`)
	want(p, `document.querySelector("[data-limit=concurrency]").value`, "24")
	want(p, `document.querySelector(".changes").textContent`, "")
	want(p, `document.querySelector("`+goButton+`").disabled`, true)

	p.do(focus(`[data-limit=slow_downloads]`))
	p.press("0")
	p.until(`document.querySelector("[data-choice='slow_downloads own']").checked`)
	want(p, `document.querySelector("`+goButton+`").disabled`, true) // no number that it may be
	p.press(kb.Backspace + "40")
	p.click(`[data-choice="slow_renders none"]`)
	p.click(`[data-choice="concurrency default"]`)
	p.until(`document.querySelector(".changes").innerText.replace(/\s+/g, " ") === "Running at once: 24 → node’s default Slow downloads: node’s default → 40 Slow renders: node’s default → no limit"`)
	if n := len(p.node.Asked()); n != 0 {
		t.Errorf("%d actions were asked for before the button was pressed", n)
	}
	p.click(goButton)
	p.until(confirmed)
	p.asked("/ops/limits", map[string]any{"customer": "nordhaus", "concurrency": 0.0, "slow_downloads": 40.0, "slow_renders": -1.0})
	p.until(`document.querySelector("#audit-table tbody tr").textContent.includes("limits nordhaus")`)
	p.until(`document.querySelector(".facts").textContent.includes("40 slow downloads, no limit of slow renders")`)

	// Only what is changed is sent: another operator may have changed the rest.
	p.press(kb.Escape)
	p.until(`!document.querySelector("dialog.confirm")`)
	p.click(`[data-act=limits]`)
	p.click(`[data-choice="slow_renders default"]`)
	p.click(goButton)
	p.until(confirmed)
	p.asked("/ops/limits", map[string]any{"customer": "nordhaus", "slow_renders": 0.0})
}

func testPause(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	p.panel("acme")
	p.click(`[data-act=pause]`)
	p.until(`document.activeElement.matches("dialog.confirm input")`)
	want(p, `document.querySelector(".says").textContent`, "Pause acme: its requests are answered 429 paused, or with kept pictures, on all nodes that share this data folder, within a second. It stays so until somebody resumes it.")
	p.press(kb.Escape)
	p.until(`!document.querySelector("dialog.confirm")`)
	if n := len(p.node.Asked()); n != 0 {
		t.Errorf("%d actions were asked for by a dialog that was closed", n)
	}
	p.click(`[data-act=pause]`)
	p.until(`document.activeElement.matches("dialog.confirm input")`)
	p.press("floods us\r")
	p.until(confirmed)
	p.asked("/ops/pause", map[string]any{"customer": "acme", "why": "floods us"})
	p.until(`document.querySelector(".paused-why").textContent === "Paused since 09-14 03:02:11: floods us"`)
	p.press(kb.Enter) // closes: the focus is there
	p.until(`!document.querySelector("dialog.confirm")`)
	p.until(cell("acme", 0) + `.includes("paused")`)

	p.click(`[data-act=pause]`)
	p.until(`document.querySelector("dialog.confirm h2")?.textContent === "Resume acme?"`)
	p.click(goButton)
	p.until(confirmed)
	p.asked("/ops/resume", map[string]any{"customer": "acme"})
	p.press(kb.Escape)

	p.click(`button[aria-label="Pause template story"]`)
	p.until(`document.querySelector("dialog.confirm h2")?.textContent === "Pause template story of acme?"`)
	p.click(goButton)
	p.until(confirmed)
	p.asked("/ops/pause", map[string]any{"customer": "acme", "template": "story", "why": ""})
	p.press(kb.Escape)
	p.until(`document.querySelector('button[aria-label="Resume template story"]')`)
}

func testDrain(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	p.click(`#drain`)
	p.until(`document.activeElement.matches("[data-drain]")`)
	p.press("fra-2\r")
	want(p, `document.querySelector("`+goButton+`").disabled`, true)
	p.press(kb.Backspace + "3")
	p.until(`!document.querySelector("` + goButton + `").disabled`)
	if n := len(p.node.Asked()); n != 0 {
		t.Errorf("%d actions were asked for with the wrong name", n)
	}
	p.press(kb.Enter)
	p.until(confirmed)
	p.asked("/ops/drain", map[string]any{"node": "fra-3"})
	p.press(kb.Escape)
	p.until(`document.querySelector("#drain-text").textContent === "Stop draining…"`)

	p.click(`#drain`)
	p.until(`document.querySelector("dialog.confirm h2")?.textContent === "Stop draining fra-3?"`)
	p.click(goButton)
	p.until(confirmed)
	p.asked("/ops/undrain", map[string]any{"node": "fra-3"})
	p.until(`document.querySelector("#drain-text").textContent === "Drain…"`)
}

func testRefusedAction(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	p.node.Refuse(&fixture.Problem{Type: "internal", Title: "Internal", Status: 500, Detail: "write customers/acme.json: <b>disk full</b>"})
	p.panel("acme")
	p.click(`[data-act=pause]`)
	p.click(goButton)
	p.until(`document.querySelector("dialog.confirm .result").textContent === "write customers/acme.json: <b>disk full</b>"`)
	p.until(`!document.querySelector("` + goButton + `").disabled`) // for another try
	p.node.Refuse(nil)
	p.click(goButton)
	p.until(confirmed)

	p.press(kb.Escape)
	p.until(`!document.querySelector("dialog.confirm")`)
	p.click(`[data-act=limits]`)
	p.click(`[data-choice="concurrency none"]`)
	p.node.SignOut()
	p.until(`document.querySelector("dialog.confirm") === null || location.pathname === "/ops/login"`)
}
