package web_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

func testHostileText(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "hostile", view{}).live()
	p.do(goTo("#/customer?id=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"))
	p.until(`document.querySelector("dialog.sheet .range")`)
	want(p, `document.querySelector("dialog.sheet h2").textContent`, "<img src=x onerror=alert(1)>")
	p.click(`[data-act=pause]`)
	p.until(`document.querySelector("dialog.confirm h2")?.textContent === "Pause <img src=x onerror=alert(1)>?"`)
	want(p, `document.querySelectorAll("img:not(.logo), b b, script:not([src])").length`, 0)
	want(p, `[...document.querySelectorAll("a")].filter((a) => !a.href.startsWith(location.origin + "/ops/#/")).length`, 0)
	// What turns the direction of writing does not reach what stands around it.
	want(p, `/[\u202a-\u202e\u2066-\u2069\u0000-\u0008]/.test([...document.querySelectorAll("*")].map((e) => [e.title, e.ariaLabel, ...[...e.childNodes].map((n) => n.data)].join()).join())`, false)
	p = open(t, chromium, "hostile", view{width: 360, height: 740, touch: true}).live()
	want(p, `document.documentElement.scrollWidth`, 360)
}

func testExplain(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "flood", view{}).live()
	want(p, `document.querySelector("#templates-cost a").hash`, "#/explain?url=%2Fr%2Fnordhaus%2Flink.jpg")
	p.click(`#templates-cost a`)
	p.until(`document.querySelector("[data-part=layers] tbody tr")`)
	want(p, `document.querySelector("#explain-url").value`, "/r/nordhaus/link.jpg")
	want(p, `document.querySelector("#overview").hidden`, true)
	want(p, `document.querySelector("[data-part=conditions] tbody tr").innerText.trim().replace(/\s+/g, " ")`, "was sale_price < price does not hold price, sale_price")
	p.until(`document.querySelector("[data-part=picture] img").naturalWidth === 480`)
	want(p, `[...document.querySelectorAll("[data-part=layers] tr[data-shown=no] th")].map((th) => th.querySelector("p").textContent).join()`, "was,ribbon")

	p.do(focus(`#explain-url`))
	p.press("nonsense\r")
	p.until(`!document.querySelector("#explain-problem").hidden || document.querySelector("#explain-url").value.includes("nonsense")`)
	p.do(goTo("#/explain?url=nonsense"))
	p.until(`document.querySelector("#explain-problem").textContent === "expected /r/{customer}/{template}.{jpg|png|webp}"`)
	want(p, `document.querySelector("#explain-answer").childElementCount`, 0)
}

// The page asks nobody but its node.
func testOwnResources(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	want(p, `performance.getEntriesByType("resource").filter((r) => new URL(r.name).origin !== location.origin).length`, 0)
	if n := eval[int](p, `performance.getEntriesByType("resource").length`); n < 20 {
		t.Errorf("only %d resources were loaded: this test sees too little", n)
	}
}

func testNarrow(t *testing.T, chromium context.Context) {
	for _, scene := range []string{"flood", "redis", "many", "nodes"} {
		p := open(t, chromium, scene, view{width: 360, height: 740, touch: true}).live()
		want(p, `document.documentElement.scrollWidth`, 360)
		// No column that is shown is lost at the right.
		want(p, `[...document.querySelectorAll("#customers-table .table, [data-table=Stages]")].filter((t) => t.scrollWidth > t.clientWidth + 1).length`, 0)
	}
	p := open(t, chromium, "flood", view{width: 360, height: 740, touch: true}).live()
	p.panel("velvet-home")
	want(p, `document.querySelector("dialog.sheet").scrollWidth <= 360`, true)
	p.click(`[data-act=limits]`)
	p.until(`document.querySelector("dialog.confirm")`)
	want(p, `document.querySelector("dialog.confirm").getBoundingClientRect().right <= 360`, true)
}

// Numbers change, nothing moves.
func testSteady(t *testing.T, chromium context.Context) {
	for _, v := range []view{{}, {width: 390, height: 844, touch: true}} {
		p := open(t, chromium, "flood", v).live()
		eval[bool](p, `new Promise((done) => {
			window.shifts = [];
			new PerformanceObserver((list) => { for (const e of list.getEntries()) window.shifts.push(e.value + " " + e.sources.map((s) => s.node?.id || s.node?.className || s.node?.nodeName).join()); }).observe({ type: "layout-shift" });
			requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
		})`)
		r := rand.New(rand.NewPCG(3, 3))
		for range 9 { // less than what brings a new order
			p.node.Step(r)
		}
		p.until(fmt.Sprintf(`document.querySelector("#link-text").textContent.startsWith("live %s")`, p.scene.State.Time.Add(9e9).Format("15:04:05")))
		eval[bool](p, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
		if shifts := eval[[]string](p, `window.shifts`); len(shifts) > 0 {
			t.Errorf("at %d pixels things moved: %s", v.width, strings.Join(shifts, "; "))
		}
	}
}

func testReducedMotion(t *testing.T, chromium context.Context) {
	const moving = `getComputedStyle(document.querySelector("dialog.sheet")).animationName`
	p := open(t, chromium, "calm", view{still: true}).live()
	p.panel("acme")
	want(p, moving, "none")
	p = open(t, chromium, "calm", view{}).live()
	p.panel("acme")
	want(p, moving, "slide")
}
