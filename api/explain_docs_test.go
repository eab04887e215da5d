package api_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/adloom/adloom/api"
	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/renderer"
)

// The document names every key of an explanation, and every word that it may hold.
func TestExplainDocs(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../docs/explain.md")
	if err != nil {
		t.Fatal(err)
	}
	words := keysOf(reflect.TypeFor[api.Explanation](), map[reflect.Type]bool{})
	for _, why := range []renderer.Why{renderer.WhyCondition, renderer.WhyGroup, renderer.WhyEmptyGroup, renderer.WhyTransparent, renderer.WhyEmpty,
		renderer.WhyNoPhoto, renderer.WhyNoAsset, renderer.WhyPhotoFailed, renderer.WhyNoFont, renderer.WhyNoGlyphs, renderer.WhyOverflow,
		renderer.WhyOutside, renderer.WhyFailed} {
		words = append(words, string(why))
	}
	for _, state := range []fetcher.Freshness{fetcher.Absent, fetcher.Fresh, fetcher.Aging, fetcher.Resting, fetcher.Stale, fetcher.Refused,
		fetcher.Doubted, fetcher.Expired, fetcher.Gone} {
		words = append(words, string(state))
	}
	for _, word := range words {
		if !strings.Contains(string(data), "`"+word+"`") {
			t.Errorf("docs/explain.md does not name %q", word)
		}
	}
}

// keysOf lists the JSON keys of a type of this package that is exported, and of those in it.
func keysOf(of reflect.Type, seen map[reflect.Type]bool) []string {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice:
		return keysOf(of.Elem(), seen)
	case reflect.Struct:
	default:
		return nil
	}
	if seen[of] || !strings.HasPrefix(of.Name(), "Expla") { // problems stand in http.md
		return nil
	}
	seen[of] = true
	var keys []string
	for i := range of.NumField() {
		f := of.Field(i)
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if key == "" {
			continue
		}
		keys = append(append(keys, key), keysOf(f.Type, seen)...)
	}
	return keys
}
