package web_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/ops/web/internal/fixture"
)

// row is a customer's row in the table, and cell the text of one of its cells.
const row = `[...document.querySelectorAll("#customers-table tbody tr")].find((tr) => tr.querySelector(".name").textContent === %q)`

func cell(customer string, column int) string {
	return fmt.Sprintf(row+`?.children[%d].textContent`, customer, column)
}

const customerOrder = `[...document.querySelectorAll("#customers-table .name")].map((n) => n.textContent).join(" ")`

// flood has a customer refused.
func flood(customer string) func(*ops.State) {
	return func(s *ops.State) {
		s.Time = s.Time.Add(time.Second)
		s.Customers = append([]ops.Customer(nil), s.Customers...)
		for i := range s.Customers {
			if c := &s.Customers[i]; c.ID == customer {
				c.Rate, c.Refused = 150, 140
				c.Refusals = []ops.Refusal{{Reason: "customer_concurrency", Rate: 140, Count: 280, Left: 900}}
			}
		}
	}
}

func testFlood(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	want(p, `document.querySelector("#verdict").dataset.level`, "good")
	want(p, cell("acme", 4), "0")
	sent := time.Now()
	p.send(flood("acme"))
	p.until(cell("acme", 4) + ` === "140"`)
	if took := time.Since(sent); took > 2*time.Second {
		t.Errorf("the flood showed after %v, expected 2 s at most", took)
	}
	want(p, fmt.Sprintf(row+`.querySelector(".chip").dataset.reason`, "acme"), "customer_concurrency")
	want(p, cell("acme", 6), "too many at once1 s")
	want(p, `document.querySelector(".finding").textContent`,
		"acme is refused 140 times a second: too many at once, another 1 sWhose: the customerKnob: its limit “running at once” (--customer-limit, --start-limit for all)")
	want(p, `document.querySelector("#verdict").dataset.level`, "warn")
	want(p, `document.querySelector("[data-filter=refused] .filter-count").textContent`, "1")
}

// Rows stay where they are for a while, longer under a pointer, and longest while somebody has stepped in.
func testOrder(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	const before, after = "nordhaus velvet-home acme kicks24 maison-leone demo", "acme nordhaus velvet-home kicks24 maison-leone demo"
	want(p, customerOrder, before)
	p.send(flood("acme"))
	p.until(cell("acme", 4) + ` === "140"`)
	want(p, customerOrder, before)

	later := func(rate float64) {
		p.send(func(s *ops.State) {
			s.Time = s.Time.Add(20 * time.Second)
			s.Totals.Rate = rate
		})
		p.until(fmt.Sprintf(`document.querySelector("[data-tile=rate] .tile-value").textContent === "%.0f"`, rate))
	}
	p.do(hover(p, `#customers-table tbody tr`))
	later(201)
	want(p, customerOrder, before)
	want(p, `getComputedStyle(document.querySelector("#customers-held")).visibility`, "visible")

	p.do(hover(p, `#verdict`), chromedp.Evaluate[chromedp.Void](`void document.querySelector("#customers-table tbody tr").focus()`))
	later(202)
	want(p, customerOrder, before)
	p.do(chromedp.Evaluate[chromedp.Void](`void document.activeElement.blur()`))
	later(203)
	want(p, customerOrder, after)

	p.click(`#customers-table th:first-child .sort`)
	want(p, customerOrder, "acme demo kicks24 maison-leone nordhaus velvet-home")
	want(p, `document.querySelector("#customers-table th").ariaSort`, "ascending")
}

// hover moves the pointer over the middle of an element.
func hover(p *page, selector string) chromedp.Action[chromedp.Void] {
	p.t.Helper()
	at := eval[[]float64](p, fmt.Sprintf(`(() => { const b = document.querySelector(%q).getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()`, selector))
	return chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at[0], at[1])
}

func testFindingsStay(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	calm := p.scene.State.Customers
	p.send(flood("acme"))
	p.until(`document.querySelector(".finding[data-level=warn]")`)
	over := func(after time.Duration) {
		p.send(func(s *ops.State) { s.Time, s.Customers = s.Time.Add(after), calm })
	}
	over(time.Second)
	p.until(`document.querySelector(".finding[data-level=over]")?.textContent.includes("over")`)
	want(p, `document.querySelector("#verdict").dataset.level`, "good")
	over(time.Minute)
	p.until(`!document.querySelector(".finding")`)
	want(p, `document.querySelector(".verdict-sentence").textContent`, "All is well: 41.4 pictures a second, nobody is refused.")
}

func testReconnect(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "redis", view{}).live()
	if text := eval[string](p, `document.querySelector(".verdict-sentence").textContent`); !strings.HasPrefix(text, "Redis (127.0.0.1:6379) does not answer") {
		t.Errorf("the sentence is %q", text)
	}
	p.node.Away(true)
	p.until(`document.querySelector("#link-text").textContent.startsWith("reconnecting since ")`)
	want(p, cell("acme", 4), "0") // what was known is still there
	p.node.Away(false)
	p.live()
	if n := p.node.Streams(); n != 1 {
		t.Errorf("the page listens to %d streams, expected 1", n)
	}
}

func testSignedOut(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	p.node.SignOut()
	p.until(`location.pathname === "/ops/login"`)
}

func testLogin(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "calm", view{}).live()
	p.click(`#sign-out`)
	p.until(`location.pathname === "/ops/login" && document.activeElement.id === "token"`)
	want(p, `document.querySelector("#wrong").hidden`, true)
	p.press("wrong\r")
	p.until(`document.querySelector("#wrong")?.textContent === "That is not this node’s admin token."`)
	p.until(`document.activeElement.id === "token"`)
	p.press(fixture.Token + "\r")
	p.until(`location.pathname === "/ops/" && document.querySelector("#link")?.dataset.live === "true"`)
}

// A node that runs for ten minutes has no line before that.
func testYoungNode(t *testing.T, chromium context.Context) {
	p := open(t, chromium, "young", view{}).live()
	want(p, `document.querySelector("[data-tile=rate] .spark-line").getAttribute("d").startsWith("M60 ")`, true)
}
