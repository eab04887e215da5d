package reqlog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/adloom/adloom/reqlog"
)

func full() reqlog.Entry {
	return reqlog.Entry{
		Record: &reqlog.Record{
			Time: time.Date(2026, 11, 29, 7, 30, 15, 250e6, time.FixedZone("", 3600)), RequestID: "0123456789abcdef", Customer: "acme", Signed: true,
			Template: "link", Version: 3, Format: "jpg", Fields: map[string]string{"title": "Hat", "price": "9.99 EUR"},
			Status: 424, Error: "photo_unavailable", Detail: "the shop does not answer", Reason: "origin_limited", Cache: "miss",
			Client: "192.0.2.7", Agent: "facebookcatalog/1.0", Bytes: 1234, Width: 1200, Height: 628,
			Photos:   []reqlog.Photo{{URL: "https://shop.example/hat.jpg", Took: 1500 * time.Microsecond, Bytes: 7, Width: 8, Height: 9, Cached: true, Error: "timeout"}},
			Degraded: true, Cut: []string{"title"}, Missing: "帽", Total: 12345 * time.Microsecond,
			Stages: []reqlog.Stage{{Name: "wait", Took: time.Millisecond}, {Name: "render", Took: 2 * time.Millisecond}},
		},
		Weight: 2.5, Node: "node-1", Network: "meta_catalog",
	}
}

// The keys are what searches and dashboards are made of: they do not change.
func TestEncode(t *testing.T) {
	t.Parallel()
	const want = `{"time":"2026-11-29T06:30:15.250Z","request_id":"0123456789abcdef","node":"node-1","weight":2.5,"customer":"acme","event":"request",` +
		`"template":"link","version":3,"format":"jpg","client":"192.0.2.7","network":"meta_catalog","user_agent":"facebookcatalog/1.0",` +
		`"status":424,"failed":true,"error":"photo_unavailable","detail":"the shop does not answer","reason":"origin_limited","cache":"miss",` +
		`"bytes":1234,"width":1200,"height":628,"degraded":true,"missing_glyphs":"帽","total_ms":12.345,"text_cut":["title"],` +
		`"wait_ms":1,"render_ms":2,"photos":[{"url":"https://shop.example/hat.jpg","took_ms":1.5,"bytes":7,"width":8,"height":9,"cached":true,"error":"timeout"}],` +
		`"fields":{"price":"9.99 EUR","title":"Hat"}}` + "\n"
	if got := string(reqlog.Encode(nil, full())); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	const little = `{"time":"0001-01-01T00:00:00.000Z","request_id":"","weight":1,"event":"request","network":"none","status":0,"failed":false,"total_ms":0}` + "\n"
	if got := string(reqlog.Encode(nil, reqlog.Entry{Record: &reqlog.Record{}, Weight: 1, Network: "none"})); got != little {
		t.Errorf("got  %s\nwant %s", got, little)
	}
}

// hostile is a record with something unpleasant in each place.
func hostile(bad string) reqlog.Entry {
	e := full()
	e.Customer, e.Template, e.Format, e.Error, e.Detail, e.Reason, e.Cache = bad, bad, bad, bad, bad, bad, bad
	e.RequestID, e.Client, e.Agent, e.Missing, e.Cut, e.Node = bad, bad, bad, bad, []string{bad, bad}, bad
	e.Fields = map[string]string{bad: bad, "title": bad}
	e.Photos = []reqlog.Photo{{URL: bad, Error: bad}}
	e.Stages = []reqlog.Stage{{Name: bad}}
	return e
}

// Whatever comes from outside: one line, valid, without what terminals obey. On a terminal, too.
func TestHostileText(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"\x1b[31mred\x1b]0;title\x07", "a\nb\r\nc", "\x00", "\xff\xfe\xc0\xaf", "\u009b31m", "\u2028\u2029\u0085", "\u202egnp.exe", `","status":200,"x":"`,
		"{{7*7}}${jndi:ldap://x}", "<script>alert(1)</script>", strings.Repeat("\x01", 5000), strings.Repeat("帽", 5000), "%!s(MISSING)\x7f",
	} {
		line := reqlog.Encode(nil, hostile(bad))
		var console bytes.Buffer
		config := zap.NewProductionEncoderConfig()
		config.EncodeLevel = zapcore.CapitalLevelEncoder
		logger := zap.New(zapcore.NewCore(zapcore.NewConsoleEncoder(config), zapcore.AddSync(&console), zapcore.DebugLevel))
		reqlog.ToZap(logger.Named("request")).Write(hostile(bad))
		var parsed map[string]any
		if err := json.Unmarshal(line, &parsed); err != nil || parsed["status"] != 424.0 || parsed["failed"] != true {
			t.Errorf("%.40q: %v in %s", bad, err, line)
		}
		for form, text := range map[string][]byte{"json": line, "console": console.Bytes()} {
			if !utf8.Valid(text) || bytes.Count(text, []byte("\n")) != 1 || len(text) > 32<<10 {
				t.Errorf("%.40q as %s: %d bytes, %.200q", bad, form, len(text), text)
			}
			for _, r := range string(bytes.TrimSuffix(text, []byte("\n"))) {
				if r < ' ' && (r != '\t' || form == "json") || r >= 0x7f && r < 0xa0 || r == '\u2028' || r == '\u202e' {
					t.Errorf("%.40q as %s: %q was let through", bad, form, r)
					break
				}
			}
		}
	}
}

func TestFieldsAreBounded(t *testing.T) {
	t.Parallel()
	f := func(what string, fields map[string]string, most int, cut bool) {
		t.Helper()
		var got struct {
			Fields map[string]string `json:"fields"`
			Cut    bool              `json:"fields_cut"`
		}
		line := reqlog.Encode(nil, reqlog.Entry{Record: &reqlog.Record{Fields: fields}})
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatal(err)
		}
		bytes := 0
		for name, value := range got.Fields {
			if len(name) > 64 || len(value) > 256 || !utf8.ValidString(value) {
				t.Errorf("%s: %q is %d bytes", what, name, len(value))
			}
			if strings.Count(string(line), fmt.Sprintf("%q:", name)) != 1 {
				t.Errorf("%s: %q stands twice in %s", what, name, line)
			}
			bytes += len(name) + len(value)
		}
		if bytes > 4096 || len(got.Fields) > most || got.Cut != cut {
			t.Errorf("%s: %d fields of %d bytes, cut %v", what, len(got.Fields), bytes, got.Cut)
		}
	}
	f("none", nil, 0, false)
	f("a few", map[string]string{"title": "Hat", "price": ""}, 2, false)
	f("a long value", map[string]string{"title": strings.Repeat("é", 200)}, 1, true)
	f("a long name", map[string]string{strings.Repeat("n", 100): "x"}, 1, true)
	f("an empty name", map[string]string{"": "x"}, 0, true)
	f("names that are cut to the same", map[string]string{strings.Repeat("n", 100): "x", strings.Repeat("n", 101): "y", "\x00": "z", "\x7f": "z"}, 2, true)
	many, large := map[string]string{}, map[string]string{}
	for i := range 200 {
		many[fmt.Sprintf("field_%03d", i)] = "x"
		large[fmt.Sprintf("field_%03d", i)] = strings.Repeat("x", 256)
	}
	f("many", many, 50, true)
	f("large ones", large, 15, true)
}

func TestSecretsAreRedacted(t *testing.T) {
	t.Parallel()
	f := func(text, want string) {
		t.Helper()
		e := full()
		e.Photos[0].URL, e.Detail, e.Fields = text, "shop says: "+text+" (twice)", map[string]string{"image_link": text}
		var got struct {
			Detail string
			Photos []struct{ URL string }
			Fields map[string]string
		}
		line := reqlog.Encode(nil, e)
		if err := json.Unmarshal(line, &got); err != nil {
			t.Fatal(err)
		}
		if got.Photos[0].URL != want || got.Fields["image_link"] != want || got.Detail != "shop says: "+want+" (twice)" {
			t.Errorf("%q became %q, %q, %q; expected %q", text, got.Photos[0].URL, got.Fields["image_link"], got.Detail, want)
		}
		if strings.Contains(string(line), "S3CRET") {
			t.Errorf("%q: told in %s", text, line)
		}
	}
	f("https://shop.example/a.jpg?w=3&h=4#x", "https://shop.example/a.jpg?w=3&h=4#x")
	f("https://shop.example/@user/a=b.jpg", "https://shop.example/@user/a=b.jpg")
	f("https://user:S3CRET@shop.example/a.jpg", "https://***@shop.example/a.jpg")
	f("//S3CRET@shop.example", "//***@shop.example")
	f("https://a@b:S3CRET@shop.example:443/a.jpg", "https://***@shop.example:443/a.jpg")
	f("https://user:S3CRET%40shop.example/a.jpg", "https://***%40shop.example/a.jpg")
	f("https://shop.example/a.jpg?token=S3CRET&w=3", "https://shop.example/a.jpg?token=***&w=3")
	f("https://shop.example/a.jpg?w=3&X-Amz-Signature=S3CRET", "https://shop.example/a.jpg?w=3&X-Amz-Signature=***")
	f("https://shop.example/a.jpg?X-Amz-Credential=S3CRET/eu&X-Amz-Security-Token=S3CRET%3D%3D", "https://shop.example/a.jpg?X-Amz-Credential=***&X-Amz-Security-Token=***")
	f("https://shop.example/a.jpg?%73ig=S3CRET", "https://shop.example/a.jpg?%73ig=***")
	f("https://shop.example/a.jpg?SIG=S3CRET;api_key=S3CRET", "https://shop.example/a.jpg?SIG=***;api_key=***")
	f("https://shop.example/a.jpg?access_token=S3CRET=S3CRET", "https://shop.example/a.jpg?access_token=***")
	f("https://proxy.example/?url=https%3A%2F%2Fu%3AS3CRET%40shop.example%2Fa.jpg%3Fkey%3DS3CRET%26w%3D3", "https://proxy.example/?url=https%3A%2F%2F***%40shop.example%2Fa.jpg%3Fkey%3D***%26w%3D3")
	f("/r/acme/link@3.jpg?title=Hat&sig=S3CRET", "/r/acme/link@3.jpg?title=Hat&sig=***")
	f("http://[::1]:99/%zz?password=S3CRET", "http://[::1]:99/%zz?password=***")
	f("https://u:S3CRET@one.example/ https://u:S3CRET@two.example/?pwd=S3CRET ok", "https://***@one.example/ https://***@two.example/?pwd=*** ok")
	f("https://cdn.example/a.jpg?hdnea=st=1~acl=/*~hmac=S3CRET&w=3", "https://cdn.example/a.jpg?hdnea=***&w=3")
	f("https://cdn.example/a.jpg?auth_key=1-0-S3CRET&subscription-key=S3CRET", "https://cdn.example/a.jpg?auth_key=***&subscription-key=***")
	f("https://cdn.example/a.jpg?access_key=S3CRET&AWSAccessKeyId=S3CRET&Key-Pair-Id=S3CRET", "https://cdn.example/a.jpg?access_key=***&AWSAccessKeyId=***&Key-Pair-Id=***")
	f("https://cdn.example/a.jpg?sign=S3CRET&md5=S3CRET&hash=S3CRET&verify=1-S3CRET&s=S3CRET&code=S3CRET", "https://cdn.example/a.jpg?sign=***&md5=***&hash=***&verify=***&s=***&code=***")
	f("https://shop.example/a.jpg;jsessionid=S3CRET?x=1", "https://shop.example/a.jpg;jsessionid=***?x=1")
	f("https://a.example/?u=https%253A%252F%252Fu%253AS3CRET%2540b.example%252Fa.jpg%253Ftoken%253DS3CRET%2526w%253D3", "https://a.example/?u=https%253A%252F%252F***%2540b.example%252Fa.jpg%253Ftoken%253D***%2526w%253D3")
	f("https://user:S3CRET/S3CRET@shop.example/a.jpg", "https://***@shop.example/a.jpg")
	f("https://user:S3CRET#S3CRET?S3CRET@shop.example:99/a.jpg", "https://***@shop.example:99/a.jpg")
	f("https://us%2Fer%20:S3CRET%2FS3CRET@shop.example/a.jpg", "https://***@shop.example/a.jpg")
	f("https://shop.example:8080/@user/a.jpg", "https://shop.example:8080/@user/a.jpg")
	f("100 % cotton, =50= & more? me@home", "100 % cotton, =50= & more? me@home")
}

// A secret is taken out before a text is cut, so that no piece of it stays.
func TestSecretsAreRedactedBeforeTheCut(t *testing.T) {
	t.Parallel()
	for _, most := range []int{200, 250, 256, 500, 510, 600, 16_000, 16_384, 17_000} {
		e := full()
		text := "https://" + strings.Repeat("S3CRET", most/6) + "@shop.example/"
		e.Photos[0].URL, e.Fields = text, map[string]string{"image_link": text, "link": "https://x/?" + strings.Repeat("a", most) + "&sig=S3CRET"}
		if line := string(reqlog.Encode(nil, e)); strings.Contains(line, "S3CRET") {
			t.Errorf("with %d bytes: %.300s", len(text), line)
		}
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("title", "https://u:p@h/?sig=1&%3d%3f")
	f.Add("\x00%", "//%2f%2f@%40%")
	f.Fuzz(func(t *testing.T, name, text string) {
		e := hostile(text)
		e.Fields[name] = text
		line := reqlog.Encode(nil, e)
		if !json.Valid(line) || !utf8.Valid(line) || bytes.Count(line, []byte("\n")) != 1 {
			t.Errorf("%q", line)
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	e := full()
	var line []byte
	b.ReportAllocs()
	for b.Loop() {
		line = reqlog.Encode(line[:0], e)
		_, _ = io.Discard.Write(line)
	}
}

// BenchmarkFlood is what each failure costs of a customer whose budget is used up.
func BenchmarkFlood(b *testing.B) {
	cfg := config()
	cfg.Budget = reqlog.ForAll(600)
	l := open(b, cfg)
	r := failure("acme", 1)
	for range 1000 {
		l.Add(r)
	}
	b.ReportAllocs()
	for b.Loop() {
		l.Add(r)
	}
}

// BenchmarkSampledOut is what a success costs that its share leaves out.
func BenchmarkSampledOut(b *testing.B) {
	cfg := config()
	cfg.Share = reqlog.ForAll(1e-9)
	l := open(b, cfg)
	r := &reqlog.Record{RequestID: "0123456789abcdef", Customer: "acme", Signed: true}
	b.ReportAllocs()
	for b.Loop() {
		l.Add(r)
	}
}
