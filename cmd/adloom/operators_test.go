package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/adloom/adloom/templates"
)

// tab is a browser's tab.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// openTab starts a Chromium for one test.
func openTab(t *testing.T) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(tool(t, "chromium", "chromium")), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // it ends with the test in any case
		leave()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil { // the browser lives as long as this context
		t.Fatal(err)
	}
	return &tab{t, ctx}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// until waits for an expression to hold in the page, which may be about to be another.
func (b *tab) until(expression string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	for {
		holds, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")"))
		if holds && err == nil {
			return
		}
		if ctx.Err() != nil {
			text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body.innerText.slice(0, 2000)`))
			b.t.Fatalf("never true: %s: %v\nthe page says:\n%s", expression, err, text)
		}
	}
}

// press clicks what a selector finds, when it is there.
func (b *tab) press(selector string) {
	b.t.Helper()
	b.until(fmt.Sprintf(`document.querySelector(%q) && !document.querySelector(%[1]q).disabled`, selector))
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`void document.querySelector(%q).click()`, selector)))
}

// An operator signs in; a flood shows as its customer's, with its reason, within two seconds; limits that are changed on
// the page hold for the next request; what was done stands in the list; and a failure leads to its explanation.
func TestOperatorSeesAFloodAndEndsIt(t *testing.T) {
	data := t.TempDir()
	publish(t, data)
	p := startServer(t, data, "--start-limit", "1", "--customer-limit", "1", "--max-wait", "20ms", "--log-sample", "0", "--photo-cache", "0")
	photo := noisyJPEG(t)
	var slow atomic.Bool
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slow.Load() { // each holds its lease for a while
			select {
			case <-time.After(300 * time.Millisecond):
			case <-r.Context().Done():
			}
		}
		_, _ = w.Write(photo)
	}))
	defer shop.Close()
	token, err := os.ReadFile(filepath.Join(data, "admin-token"))
	if err != nil {
		t.Fatal(err)
	}

	b := openTab(t)
	b.do(chromedp.Navigate(p.admin + "/"))
	b.until(`location.pathname === "/ops/login" && document.querySelector("input[name=token]")`)
	b.do(chromedp.SendKeys("input[name=token]", strings.TrimSpace(string(token))+"\n"))
	b.until(`location.pathname === "/ops/" && document.querySelector("#link")?.dataset.live === "true"`)

	var number atomic.Int64
	ask := func() int {
		i := number.Add(1)
		status, _, _ := get(t, sign(t, data, p.base, "link", templates.Fields{"title": "Hat", "price": "10 USD", "image_link": fmt.Sprintf("%s/%d.jpg", shop.URL, i)}))
		return status
	}
	if status := ask(); status != http.StatusOK {
		t.Fatalf("before the flood: %d", status)
	}
	b.until(`document.querySelector("#customers-table tbody tr")?.innerText.includes("acme")`)

	slow.Store(true)
	flood, end := context.WithCancel(t.Context())
	defer end()
	var refused atomic.Int64
	var crowd sync.WaitGroup
	began := time.Now()
	for range 4 {
		crowd.Go(func() {
			for flood.Err() == nil {
				if ask() == http.StatusTooManyRequests {
					refused.Add(1)
				}
			}
		})
	}
	b.until(`/429|refused|busy|at once|own limit|customer_concurrency/i.test(document.querySelector("#customers-table tbody tr")?.innerText ?? "") && document.querySelector("#filters [data-filter=refused]")?.innerText.includes("1")`)
	took := time.Since(began)
	if took > 2*time.Second+300*time.Millisecond { // the first refusal comes when the first photo is on its way
		t.Errorf("the flood showed after %v; want within two seconds", took)
	}
	t.Logf("the flood showed after %v, with %d refused", took, refused.Load())

	b.press("#customers-table tbody tr")
	b.press(`[data-act=limits]`)
	b.until(`document.querySelector("[data-limit=concurrency]")`)
	b.do(chromedp.Evaluate[chromedp.Void](`void (() => { const i = document.querySelector("[data-limit=concurrency]"); i.value = "50"; i.dispatchEvent(new Event("input", { bubbles: true })); })()`))
	b.press(`dialog.confirm button[type=submit]`)
	b.until(`document.querySelector("dialog.confirm .result")?.dataset.tone === "done"`)
	end()
	crowd.Wait()
	var together sync.WaitGroup
	for range 6 {
		together.Go(func() {
			if status := ask(); status != http.StatusOK {
				t.Errorf("after the limit was raised: %d", status)
			}
		})
	}
	together.Wait()
	if out := must(t, "customer", "limits", "acme", "--data", data); !strings.Contains(out, "concurrency    50") {
		t.Errorf("limits: %s", out)
	}
	b.until(`document.querySelector("#audit-table")?.innerText.includes("acme")`)
	// A failure leads to the very request.
	if status, _, _ := get(t, sign(t, data, p.base, "link", templates.Fields{"price": "11 USD"})); status != http.StatusUnprocessableEntity {
		t.Fatalf("a product without a title: %d", status)
	}
	b.until(`document.querySelector("#templates-failures a")?.hash.includes("price%3D11")`)
	b.press("#templates-failures a")
	b.until(`document.querySelector("#explain-url").value === "/r/acme/link@1.jpg?price=11%20USD" && /title/.test(document.querySelector("#explain-answer").innerText)`)

	record, err := os.ReadFile(filepath.Join(data, "audit.jsonl"))
	if err != nil || !strings.Contains(string(record), `"action":"limits","target":"acme","detail":"concurrency the node's -`) {
		t.Errorf("record %s, %v", record, err)
	}
}
