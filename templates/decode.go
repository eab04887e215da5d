package templates

import (
	"fmt"
	"regexp"
	"sort"
	"strings"

	"golang.org/x/text/language"
)

// Schema is the newest document schema that this build reads.
const Schema = 1

// Budgets of one template.
const (
	MaxDocument = 1 << 20 // bytes
	MaxSide     = 4096    // pixels
	MaxLayers   = 100
	MaxNesting  = 8
	MaxPhotos   = 20
	MaxTurned   = 2 // rotated groups inside each other
	MaxFields   = 100
)

var (
	fieldName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)
	layerID   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$`)
	assetName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)
)

// reserved names belong to the render URL and to the expression language.
var reserved = map[string]bool{"sig": true, "kid": true, "true": true, "false": true, "nil": true,
	"not": true, "and": true, "or": true, "in": true, "let": true, "if": true, "else": true,
	"matches": true, "contains": true}

// ValidAssetName tells whether a file may be an asset: a plain file name.
func ValidAssetName(name string) bool { return assetName.MatchString(name) }

// Decode reads a template document and the assets that belong to it. Its error
// is Mistakes: everything that is wrong, at once.
func Decode(doc []byte, assets map[string][]byte) (*Template, error) {
	r := &report{}
	if len(doc) > MaxDocument {
		r.add("", fmt.Sprintf("at most %d bytes", MaxDocument), fmt.Sprintf("%d bytes", len(doc)))
		return nil, r.err()
	}
	tree, ok := parseJSON(doc, r)
	if !ok {
		return nil, r.err()
	}
	o, ok := asObject("", tree, r)
	if !ok {
		return nil, r.err()
	}
	if schema, found := o.get("schema"); !found {
		o.need("schema", fmt.Sprintf("the schema number, %d", Schema))
		return nil, r.err()
	} else if n, _ := toNumber(schema); n != Schema {
		o.wrong("schema", fmt.Sprintf("schema %d, the only one so far", Schema), schema)
		return nil, r.err()
	}
	t := decodeTemplate(o, assets)
	return t, r.err()
}

func decodeTemplate(o *object, assets map[string][]byte) *Template {
	t := &Template{
		Name:   o.name("name", "a name of 1 to 200 characters", func(s string) bool { return len(s) > 0 && len([]rune(s)) <= 200 }),
		Width:  o.whole("width", 1, MaxSide),
		Height: o.whole("height", 1, MaxSide),
		Locale: o.text("locale", "en"),
		Assets: assets,
	}
	tag, err := language.Parse(t.Locale)
	if err != nil {
		o.r.add("locale", "a language tag such as en-US or de", fmt.Sprintf("%q", shorten(t.Locale)))
		tag = language.English
	}
	t.FallbackFonts = o.families("fallbackFonts", nil)
	t.Background = Paint{Kind: Solid, Color: white}
	if v, ok := o.get("background"); ok {
		t.Background = decodePaint("background", v, o.r)
	}
	t.Output = decodeOutput(o)
	t.Fields = decodeFields(o)
	d := &layerDecoder{
		r: o.r, compiler: newCompiler(t.Fields, tag, o.r), assets: assets, ids: map[string]string{}, locale: tag, fallback: t.FallbackFonts,
		width: float64(t.Width), height: float64(t.Height),
	}
	if _, ok := o.get("layers"); !ok {
		o.need("layers", "a list of layers")
	}
	t.Layers = d.layers("layers", o.list("layers", MaxLayers), 1)
	d.checkBudgets()
	o.done()
	return t
}

func decodeOutput(o *object) Output {
	out := Output{Quality: 85, Subsampling: SubsamplingAuto}
	v, ok := o.get("output")
	if !ok {
		return out
	}
	if o, ok := asObject("output", v, o.r); ok {
		out.Quality = o.whole("quality", 1, 100, 85)
		out.Subsampling = choose(o, "subsampling", SubsamplingAuto, SubsamplingAuto, SubsamplingFull, SubsamplingHalf)
		out.Progressive = o.boolean("progressive")
		out.Lossless = o.boolean("lossless")
		out.MaxBytes = o.whole("maxBytes", 0, 100<<20, 0)
		if out.MaxBytes > 0 && out.MaxBytes < 1000 {
			o.wrong("maxBytes", "at least 1000 bytes, or 0 for any size", o.keys["maxBytes"])
		}
		o.done()
	}
	return out
}

func decodeFields(o *object) []Field {
	var fields []Field
	seen := map[string]bool{}
	for i, v := range o.list("fields", MaxFields) {
		path := fmt.Sprintf("fields[%d]", i)
		f, ok := asObject(path, v, o.r)
		if !ok {
			continue
		}
		const expected = "a field name such as sale_price: a-z, 0-9 and _, at most 64"
		field := Field{
			Name:     f.name("name", expected, fieldName.MatchString),
			Type:     choose(f, "type", "", TextField, MoneyField, NumberField, ImageField),
			Required: f.boolean("required"),
			Sample:   f.text("sample", ""),
		}
		f.done()
		switch {
		case field.Name == "":
			continue
		case reserved[field.Name]:
			f.wrong("name", "a name that is not a word of URLs or expressions", field.Name)
		case seen[field.Name]:
			f.wrong("name", "each field once", field.Name)
		}
		seen[field.Name] = true
		if field.Sample != "" && field.Type != "" {
			if _, _, err := parseField(field, field.Sample); err != nil {
				o.r.add(path+".sample", err.Expected, fmt.Sprintf("%q", shorten(field.Sample)))
			}
		}
		fields = append(fields, field)
	}
	return fields
}

func (d *layerDecoder) checkBudgets() {
	if d.count > MaxLayers {
		d.r.add("layers", fmt.Sprintf("at most %d layers in all", MaxLayers), fmt.Sprint(d.count))
	}
	if d.photos > MaxPhotos {
		d.r.add("layers", fmt.Sprintf("at most %d photos", MaxPhotos), fmt.Sprint(d.photos))
	}
}

// checkAsset reports a reference to an asset that did not come with the template.
func (d *layerDecoder) checkAsset(path, ref string) {
	name, ok := strings.CutPrefix(ref, "asset:")
	if !ok {
		return
	}
	if _, ok := d.assets[name]; ok {
		return
	}
	names := make([]string, 0, len(d.assets))
	for n := range d.assets {
		names = append(names, n)
	}
	sort.Strings(names)
	expected := "an asset of this template (" + strings.Join(names, ", ") + ")"
	if len(names) == 0 {
		expected = "an asset of this template (it has none)"
	}
	d.r.add(path, expected, fmt.Sprintf("%q", shorten(name)))
}
