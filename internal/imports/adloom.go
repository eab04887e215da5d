package imports

// Module is the path of this module.
const Module = "github.com/adloom/adloom"

const (
	redis    = "github.com/redis/go-redis/..."
	pgx      = "github.com/jackc/pgx/..."
	elastic  = "github.com/olivere/elastic/..."
	embedded = "github.com/alicebob/miniredis/..."
)

// Rules are the rules of this module for what a package imports.
func Rules() []Rule {
	inOut := []string{"net", "net/http/...", "os/...", redis, embedded, pgx, elastic}
	rules := []Rule{
		{Package: ours("templates"), Strict: true, Never: inOut,
			Why: "the template document is the word that all others share, and does no I/O"},
		{Package: ours("lua"), Strict: true, Never: []string{redis, embedded},
			Why: "lua only holds the text of scripts; who runs them owns the connection"},
		{Package: ours("reqlog"), Strict: true, Never: []string{"net/http/...", redis, embedded, pgx, elastic},
			Why: "request records are plain data, so that any package can be logged without being known"},
		{Package: ours("reqlog/elastic"), Strict: true, Ours: all("reqlog"), Never: []string{redis, embedded, pgx},
			Why: "a sink knows records and where they go, and nothing that makes them"},
		{Package: ours("ops"), Strict: true, Ours: all("reqlog"), Never: []string{"net", "net/http/...", redis, embedded, pgx, elastic},
			Why: "what operators see is counted from request records, and asked of functions that cmd gives"},
		{Package: ours("ops/web"), Strict: true,
			Why: "the page is files"},
		{Package: ours("internal/tracing"), Strict: true, Ours: all("reqlog"), Never: []string{redis, embedded, pgx, elastic},
			Why: "spans are made from request records alone"},
		{Package: ours("api/admin"), Strict: true, Ours: all("ops", "ops/web"), Never: []string{redis, embedded, pgx, elastic},
			Why: "operators are answered from the console; what else they see are handlers that cmd gives"},
		{Package: ours("renderurl"), Strict: true, Ours: all("templates"), Never: inOut,
			Why: "render URLs are parsed and built without I/O, in a server as in a feed"},
		{Package: ours("internal/imageinfo"), Strict: true, Never: inOut,
			Why: "headers of pictures are read from bytes, by pure and by impure packages"},
		{Package: ours("internal/flight"), Strict: true, Never: inOut,
			Why: "who shares a run is one question, what the run does another"},
		{Package: ours("renderer"), Strict: true,
			Ours: append(all("templates", "internal/imageinfo", "internal/icc", "internal/libwebp", "internal/fastpng", "internal/gojpeg", "internal/jpegplanes", "internal/bytecache"), drawing()...), Never: inOut,
			Why: "the engine is pure: the same scene gives the same bytes anywhere, in a browser too"},
		{Package: ours("renderer/typeset"), Strict: true,
			Ours: all("renderer/bidi", "renderer/linebreak", "renderer/fontfile", "renderer/colorglyph", "renderer/path", "renderer/svg", "renderer/resample", "internal/fastpng", "renderer/blend", "internal/bytecache"), Never: inOut,
			Why: "text is set without knowing templates"},
		{Package: ours("renderer/colorglyph"), Strict: true, Ours: all("renderer/path", "renderer/svg", "renderer/blend", "renderer/resample", "internal/fastpng"), Never: inOut,
			Why: "a glyph in colours is a small drawing, and knows no text"},
		{Package: ours("renderer/svg"), Strict: true, Ours: all("renderer/path"), Never: inOut,
			Why: "a drawing is paths and paints, and refers to nothing outside"},
		{Package: ours("fetcher"), Strict: true, Ours: all("internal/imageinfo", "internal/flight"), Never: []string{redis, pgx},
			Why: "the fetcher declares the cache that it needs and knows no store"},
		{Package: ours("resultcache"), Strict: true, Never: inOut,
			Why: "rendered pictures are kept as bytes, in whatever store cmd gives it"},
		{Package: ours("throttle"), Strict: true, Ours: all("lua"), Never: []string{pgx},
			Why: "siblings meet only in cmd"},
		{Package: ours("diskcache"), Strict: true, Ours: all("lua"), Never: []string{pgx},
			Why: "siblings meet only in cmd"},
		{Package: ours("templates/store"), Never: all("api/..."),
			Why: "arrows point from transport to domain, never back"},
		{Package: ours("templates/postgres"), Never: all("api/..."),
			Why: "arrows point from transport to domain, never back"},
		{Package: ours("api"), Never: append(all("diskcache", "lua", "templates/store", "templates/postgres"), redis, embedded, pgx),
			Why: "api asks interfaces; cmd decides what stands behind them"},
	}
	for _, pixels := range []string{"renderer/resample", "renderer/blend", "renderer/mask", "renderer/path", "renderer/trim", "renderer/cutout", "renderer/crop", "renderer/chroma",
		"renderer/bidi", "renderer/linebreak", "renderer/fontfile"} {
		rules = append(rules, Rule{Package: ours(pixels), Strict: true, Never: inOut, Why: "it knows its own trade and nothing else"})
	}
	return rules
}

// drawing are the parts of the engine.
func drawing() []string {
	return all("renderer/resample", "renderer/blend", "renderer/mask", "renderer/path", "renderer/svg", "renderer/typeset", "renderer/bidi", "renderer/linebreak", "renderer/fontfile", "renderer/colorglyph",
		"renderer/trim", "renderer/cutout", "renderer/crop", "renderer/chroma", "renderer/palette")
}

// Guards are the rules of this module for who imports a package.
func Guards() []Guard {
	return []Guard{
		{Package: ours("cmd/..."), Why: "commands are wiring, and nobody's library"},
		{Package: elastic, By: all("reqlog/elastic"), Why: "one sink speaks to Elasticsearch; all others write records"},
		{Package: ours("internal/turbojpeg"), By: all("cmd/...", "renderer/..."),
			Why: "the machine's codec is chosen once, at start-up; all others see the renderer's interface"},
	}
}

// Portable are the packages that must compile for a browser (GOOS=js GOARCH=wasm).
func Portable() []string { return append(all("renderer", "templates", "renderurl"), drawing()...) }

func ours(path string) string { return Module + "/" + path }

func all(paths ...string) []string {
	out := make([]string, len(paths))
	for i, p := range paths {
		out[i] = ours(p)
	}
	return out
}
