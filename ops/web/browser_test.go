package web_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"github.com/adloom/adloom/ops"
	"github.com/adloom/adloom/ops/web/internal/fixture"
)

// patience is how long a test waits for what it expects of the page, on a machine that is busy with other things.
const patience = 20 * time.Second

// browser starts a Chromium for one test and those within it.
func browser(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a Chromium")
	}
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("these tests need Chromium, and there is none in PATH: install the Debian package chromium (make deps-test), or run them with -short")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(t.TempDir()))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, leave := chromedp.NewContext(allocator)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil {
			t.Log(err)
		}
		leave()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// page is a tab that shows the page, and the node behind it.
type page struct {
	t     *testing.T
	ctx   context.Context
	node  *fixture.Server
	scene fixture.Scene
	url   string
}

type view struct {
	width, height int64
	dark, touch   bool
	still         bool   // prefers-reduced-motion
	at            string // what follows /ops/
}

// open shows a scene. Whatever the page says on its console when the test ends fails it, unless it is about the node
// being away.
func open(t *testing.T, browser context.Context, name string, v view) *page {
	t.Helper()
	scene, err := fixture.Play(name)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{t: t, node: fixture.New(scene), scene: scene}
	server := httptest.NewServer(p.node)
	t.Cleanup(server.Close)
	p.url = server.URL
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	t.Cleanup(func() { p.node.Away(true) }) // streams end, or the server waits for them
	p.ctx = ctx
	messages := make(chan string, 1024)
	console := chromedp.Console(ctx)
	go func() {
		defer close(messages)
		for m, err := range console {
			if err != nil {
				return
			}
			select {
			case messages <- m.String():
			default:
			}
		}
	}()
	t.Cleanup(func() {
		cancel()
		for m := range messages {
			if !strings.Contains(m, "net::ERR_") && !strings.Contains(m, "responded with a status of") {
				t.Errorf("the page's console: %s", m)
			}
		}
	})
	if v.width == 0 {
		v.width, v.height = 1440, 900
	}
	var size []chromedp.EmulateViewportOption
	if v.touch {
		size = append(size, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "no-preference"}}
	if v.dark {
		features[0].Value = "dark"
	}
	if v.still {
		features[1].Value = "reduce"
	}
	p.do(chromedp.EmulateViewport(v.width, v.height, size...))
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(p.url + "/ops/" + v.at))
	return p
}

// live waits for the first state.
func (p *page) live() *page {
	p.t.Helper()
	p.until(`document.querySelector("#link").dataset.live === "true"`)
	return p
}

func (p *page) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatal(err)
	}
}

// until waits for an expression to be true, also across a navigation.
func (p *page) until(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+expression+")"))
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			p.t.Fatalf("never true: %s: %v\nthe page says:\n%s", expression, err, eval[string](p, `document.body?.innerText.slice(0, 600) ?? ""`))
		}
	}
}

// eval gives the value of an expression.
func eval[T any](p *page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// want compares an expression with what it should be.
func want[T comparable](p *page, expression string, expected T) {
	p.t.Helper()
	if found := eval[T](p, expression); found != expected {
		p.t.Errorf("%s: expected %v, found %v", expression, expected, found)
	}
}

func (p *page) press(keys string) { p.t.Helper(); p.do(chromedp.KeyEvent(keys)) }

func (p *page) click(selector string) {
	p.t.Helper()
	p.until(fmt.Sprintf(`document.querySelector(%q) && !document.querySelector(%q).disabled`, selector, selector))
	p.do(chromedp.Click(selector))
}

// slash presses the key as people do: a page that takes the key for a command gets no character. (A key event of chromedp
// brings one whatever the page does.)
func (p *page) slash() {
	p.t.Helper()
	for _, kind := range []input.DispatchKeyEventType{input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp} {
		key := input.DispatchKeyEventParams{Type: kind, Key: "/", Code: "Slash", WindowsVirtualKeyCode: 191}
		if kind == input.DispatchKeyEventTypeKeyDown {
			key.Text = "/"
		}
		if _, err := chromedp.Call(p.ctx, input.DispatchKeyEvent, key); err != nil {
			p.t.Fatal(err)
		}
	}
}

// send changes the state and sends it.
func (p *page) send(change func(*ops.State)) {
	change(&p.scene.State)
	p.node.Send(p.scene.State)
}

// shoot keeps a picture of the whole page in the folder that ADLOOM_SCREENSHOTS names.
func (p *page) shoot(name string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(os.Getenv("ADLOOM_SCREENSHOTS"), name+".png"), png, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// goTo sets the address within the page.
func goTo(hash string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`void (location.hash = %q)`, hash))
}

// focus steps into an element.
func focus(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`void document.querySelector(%q).focus()`, selector))
}
