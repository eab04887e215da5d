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
	want(p, `document.querySelector("#templates-failures a").hash`, "#/explain?url=%2Fr%2Fkicks24%2Fstory%404.jpg%3Fcount%3D0%26price%3D12%2520EUR")
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

	// A render that takes as long as it may is waited for.
	want(p, `(() => { const timeout = AbortSignal.timeout.bind(AbortSignal); AbortSignal.timeout = (ms) => { window.waits = ms; return timeout(ms); }; return true; })()`, true)
	p.do(goTo("#/explain?url=/r/a/b.jpg"))
	p.until(`document.querySelector("[data-part=layers] tbody tr")`)
	want(p, `window.waits > 60000`, true)
}

// What modules make of one value is asked of them alone.
func testModules(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	f := func(module, expression, expected string) {
		t.Helper()
		want(p, fmt.Sprintf(`import("./assets/%s.js").then((m) => String(%s))`, module, expression), expected)
	}
	f("links", `m.explainHash({ customer: "a/b", template: "c?d" })`, "#/explain?url=%2Fr%2Fa%252Fb%2Fc%253Fd.jpg")
	f("links", `m.explainHash({ url: "/r/a/b@3.jpg?x=1&y=2" })`, "#/explain?url=%2Fr%2Fa%2Fb%403.jpg%3Fx%3D1%26y%3D2")
	f("explained", `m.explainedParts({ paused: "template" })[0].textContent.includes("An operator has paused the template: ad networks get")`, "true")
	f("explained", `m.explainedParts({ paused: "" }).length`, "1")
	f("links", `m.place(m.customerHash("a&b=c?#")).parameters.get("id")`, "a&b=c?#")
	f("format", `[0, 0.004, 0.02, 4.12, 41.64, 187.4, 12345].map(m.rate)`, "0,0,0.02,4.1,41.6,187,12.3k")
	f("format", `[0, 9812, 12345, 1.3e6, NaN, null].map(m.count)`, "0,9,812,12.3k,1.3M,–,–")
	f("format", `[0, 999, 1e6, 4.9e6].map(m.bytes)`, "0 B,999 B,1.0 MB,4.9 MB")
	f("format", `[0.04, 6.4, 38, 2210, 458000].map(m.ms)`, "0.0 ms,6.4 ms,38 ms,2.2 s,7 min 38 s")
	f("format", `[0, 45, 190, 86400, 284400].map(m.span)`, "0 s,45 s,3 min 10 s,1 d,3 d 7 h")
	f("format", `[m.zone("2026-01-01T00:00:00.5+05:30"), m.clock("2026-01-01T00:00:00Z"), m.zoneName()].slice(1)`, "05:30:00,+05:30")
	f("words", `[m.reason("constructor").short, m.error("__proto__").short, m.stage("toString")]`, "constructor,__proto__,toString")
}

// The page asks nobody but its node.
func testOwnResources(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	want(p, `performance.getEntriesByType("resource").filter((r) => new URL(r.name).origin !== location.origin).length`, 0)
	if n := eval[int](p, `performance.getEntriesByType("resource").length`); n < 20 {
		t.Errorf("only %d resources were loaded: this test sees too little", n)
	}
}

// Names of templates, stages and shops differ at their ends, and some have no panel that tells them whole.
const clippedNames = `[...document.querySelectorAll(".two .who")].filter((name) => name.scrollWidth > name.clientWidth + 1).length`

func testNarrow(t *testing.T, chromium context.Context) {
	for _, scene := range []string{"flood", "redis", "many", "nodes"} {
		p := open(t, chromium, scene, view{width: 360, height: 740, touch: true}).live()
		want(p, `document.documentElement.scrollWidth`, 360)
		// No column that is shown is lost at the right.
		want(p, `[...document.querySelectorAll("#customers-table .table, [data-table=Stages]")].filter((t) => t.scrollWidth > t.clientWidth + 1).length`, 0)
		want(p, clippedNames, 0)
	}
	want(open(t, chromium, "flood", view{}).live(), clippedNames, 0)
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
		heights := `String([...new Set([...document.querySelectorAll("#customers-table tbody tr")].map((tr) => tr.offsetHeight))])`
		height := eval[string](p, heights)
		if strings.Contains(height, ",") {
			t.Errorf("at %d pixels rows have the heights %s", v.width, height)
		}
		r := rand.New(rand.NewPCG(3, 3))
		for range 9 { // less than what brings a new order
			p.node.Step(r)
		}
		p.until(fmt.Sprintf(`document.querySelector("#link-text").textContent.startsWith("live %s")`, p.scene.State.Time.Add(9e9).Format("15:04:05")))
		eval[bool](p, `new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))`)
		want(p, heights, height)
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
