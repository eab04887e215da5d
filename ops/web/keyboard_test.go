package web_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

const focused = `document.activeElement.closest("tr")?.querySelector(".name")?.textContent`

func testKeyboard(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "flood", view{}).live()
	p.slash()
	p.until(`document.activeElement.id === "search"`)
	want(p, `document.activeElement.value`, "")

	// From the search, Tab comes to the heads of the columns that sort, and then to one row.
	for range 30 {
		if eval[bool](p, `document.activeElement.matches("#customers-table tbody tr")`) {
			break
		}
		p.press(kb.Tab)
	}
	want(p, focused, "acme")
	if outline := eval[string](p, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
		t.Errorf("the row in focus has the outline %q, expected a solid one", outline)
	}
	p.press(kb.ArrowDown)
	want(p, focused, "nordhaus")
	p.press(kb.ArrowDown)
	want(p, focused, "velvet-home")
	p.press(kb.Enter)
	p.until(`document.querySelector("dialog.sheet .range")`)
	want(p, `document.querySelector("dialog.sheet h2").textContent`, "velvet-home")
	want(p, `location.hash`, "#/customer?id=velvet-home")
	want(p, `document.querySelector("dialog.sheet").contains(document.activeElement)`, true)
	want(p, `document.querySelector(".reasons").textContent.includes("slow downloads (customer_slow_downloads)")`, true)

	// "/" is no command while a dialog is open; Esc closes and goes back to the row.
	p.slash()
	want(p, `document.querySelector("dialog.sheet").contains(document.activeElement)`, true)
	p.press(kb.Escape)
	p.until(`!document.querySelector("dialog")`)
	want(p, focused, "velvet-home")
	want(p, `location.hash`, "#/")
	p.press(kb.End)
	want(p, focused, "demo")
}

func testSearch(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "many", view{}).live()
	const rows = `document.querySelectorAll("#customers-table tbody tr").length`
	want(p, rows, 20)
	p.slash()
	p.press("shop-19")
	p.until(rows + ` === 10`)
	p.press(kb.Escape)
	p.until(rows + ` === 20`)

	// Who has not asked lately is not in the table, and can be paused all the same.
	p.press("Quiet-1")
	p.until(rows + ` === 0`)
	p.press(kb.Enter)
	p.until(`document.querySelector("dialog.sheet [data-act=pause]")?.disabled === false`)
	want(p, `document.querySelector("dialog.sheet h2").textContent`, "quiet-1")
	p.press(kb.Escape)
	p.until(`document.activeElement.id === "search"`)
	p.press(kb.Escape)
	p.until(rows + ` === 20`)

	p.click(`[data-filter=refused]`)
	p.until(rows + ` === 12`)
	p.click(`[data-filter=all]`)
	p.until(rows + ` === 20`)
	p.click(`#customers-table button.link`)
	p.until(rows + ` === 200`)
	want(p, fmt.Sprintf(`document.querySelector(%q).textContent`, ".finding-what"), "shop-003 and 11 others are refused 21.3 times a second: too many at once")
}

// The cursor walks through all tiles at once, with times of the node's own zone.
func testTileCursor(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	const note = `document.querySelector("[data-tile=%s] .tile-note").textContent`
	p.do(focus(`[data-tile=p99]`))
	p.press(kb.End)
	p.until(fmt.Sprintf(note, "rate") + ` === "03:02:11"`)
	p.press(kb.ArrowLeft)
	p.until(fmt.Sprintf(note, "bytes") + ` === "03:02:01"`)
	p.press(kb.Home)
	p.until(fmt.Sprintf(note, "p99") + ` === "02:02:21"`)
	p.do(focus(`#search`))
	p.until(fmt.Sprintf(note, "p99") + `.startsWith("peak ")`)
}
