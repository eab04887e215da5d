package templates

import (
	"encoding/json"
	"fmt"
	"image/color"
	"math"
	"slices"
	"sort"
	"strings"
)

// object reads the keys of one JSON object, notes what is wrong with them and,
// in done, which keys nobody asked for.
type object struct {
	path  string
	keys  map[string]any
	asked []string
	r     *report
}

func asObject(path string, v any, r *report) (*object, bool) {
	keys, ok := v.(map[string]any)
	if !ok {
		r.add(path, "an object", show(v))
	}
	return &object{path: path, keys: keys, r: r}, ok
}

func (o *object) get(key string) (any, bool) {
	if !slices.Contains(o.asked, key) {
		o.asked = append(o.asked, key)
	}
	v, ok := o.keys[key]
	return v, ok
}

func (o *object) wrong(key, expected string, v any) {
	o.r.add(join(o.path, key), expected, show(v))
}

func (o *object) need(key, expected string) {
	o.r.add(join(o.path, key), expected, "nothing")
}

// done reports the keys that no reader asked for.
func (o *object) done() {
	var unknown []string
	for key := range o.keys {
		if !slices.Contains(o.asked, key) {
			unknown = append(unknown, key)
		}
	}
	sort.Strings(unknown)
	sort.Strings(o.asked)
	for _, key := range unknown {
		o.r.add(join(o.path, key), "one of the keys "+strings.Join(o.asked, ", "), fmt.Sprintf("the unknown key %q", shorten(key)))
	}
}

func (o *object) text(key, fallback string) string {
	v, ok := o.get(key)
	if !ok {
		return fallback
	}
	s, ok := v.(string)
	if !ok {
		o.wrong(key, "a text", v)
	}
	return s
}

// name reads a required short text.
func (o *object) name(key, expected string, valid func(string) bool) string {
	v, ok := o.get(key)
	if !ok {
		o.need(key, expected)
		return ""
	}
	s, ok := v.(string)
	if !ok || !valid(s) {
		o.wrong(key, expected, v)
		return ""
	}
	return s
}

func (o *object) boolean(key string) bool {
	v, ok := o.get(key)
	if !ok {
		return false
	}
	b, ok := v.(bool)
	if !ok {
		o.wrong(key, "true or false", v)
	}
	return b
}

// number reads a number from low to high; without a fallback the key is required.
func (o *object) number(key string, low, high float64, fallback ...float64) float64 {
	return o.bounded(key, "a number", low, high, fallback)
}

// whole reads a whole number from low to high.
func (o *object) whole(key string, low, high int, fallback ...float64) int {
	n := o.bounded(key, "a whole number", float64(low), float64(high), fallback)
	if n != math.Trunc(n) {
		o.wrong(key, fmt.Sprintf("a whole number from %d to %d", low, high), o.keys[key])
	}
	return int(n)
}

func (o *object) bounded(key, kind string, low, high float64, fallback []float64) float64 {
	expected := fmt.Sprintf("%s from %v to %v", kind, low, high)
	v, ok := o.get(key)
	if !ok {
		if len(fallback) > 0 {
			return fallback[0]
		}
		o.need(key, expected)
		return low
	}
	n, ok := toNumber(v)
	if !ok || n < low || n > high {
		o.wrong(key, expected, v)
		return low
	}
	return n
}

func toNumber(v any) (float64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	f, err := n.Float64()
	return f, err == nil
}

// choose reads one of a few words; without a fallback ("") the key is required.
func choose[T ~string](o *object, key string, fallback T, words ...T) T {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	expected := "one of " + strings.Join(list, ", ")
	v, ok := o.get(key)
	if !ok {
		if fallback == "" {
			o.need(key, expected)
		}
		return fallback
	}
	s, _ := v.(string)
	if !slices.Contains(list, s) {
		o.wrong(key, expected, v)
		return fallback
	}
	return T(s)
}

func (o *object) color(key string, fallback color.NRGBA) color.NRGBA {
	v, ok := o.get(key)
	if !ok {
		return fallback
	}
	return parseColorAt(join(o.path, key), v, o.r)
}

func parseColorAt(path string, v any, r *report) color.NRGBA {
	s, ok := v.(string)
	if ok {
		if c, err := ParseColor(s); err == nil {
			return c
		}
	}
	r.add(path, colorForms, show(v))
	return color.NRGBA{}
}

// list reads a list; a missing key is an empty one.
func (o *object) list(key string, most int) []any {
	v, ok := o.get(key)
	if !ok {
		return nil
	}
	l, ok := v.([]any)
	if !ok {
		o.wrong(key, "a list", v)
		return nil
	}
	if len(l) > most {
		o.r.add(join(o.path, key), fmt.Sprintf("at most %d", most), fmt.Sprint(len(l)))
		return l[:most]
	}
	return l
}

// pair reads [x, y] with both numbers from low to high.
func pair(path string, v any, low, high float64, r *report) [2]float64 {
	expected := fmt.Sprintf("two numbers [x, y] from %v to %v", low, high)
	l, ok := v.([]any)
	if !ok || len(l) != 2 {
		r.add(path, expected, show(v))
		return [2]float64{}
	}
	var p [2]float64
	for i := range p {
		n, ok := toNumber(l[i])
		if !ok || n < low || n > high {
			r.add(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("a number from %v to %v", low, high), show(l[i]))
		}
		p[i] = n
	}
	return p
}

// share reads a point as fractions of a box; the middle if the key is missing.
func (o *object) share(key string) [2]float64 {
	v, ok := o.get(key)
	if !ok {
		return [2]float64{0.5, 0.5}
	}
	return pair(join(o.path, key), v, 0, 1, o.r)
}

// percent reads a tolerance above 0: true stands for the usual one, false or a
// missing key for 0.
func (o *object) percent(key string, usual float64) float64 {
	v, ok := o.get(key)
	if !ok || v == false {
		return 0
	}
	if v == true {
		return usual
	}
	n, ok := toNumber(v)
	if !ok || n <= 0 || n > 100 {
		o.wrong(key, "true, false or a tolerance above 0 up to 100 percent", v)
	}
	return n
}

// radii reads one radius for all corners, or four clockwise from the upper left.
func (o *object) radii(key string) [4]float64 {
	v, ok := o.get(key)
	if !ok {
		return [4]float64{}
	}
	if n, ok := toNumber(v); ok && n >= 0 && n <= MaxSide {
		return [4]float64{n, n, n, n}
	}
	return four(join(o.path, key), v, fmt.Sprintf("a number from 0 to %d, or four of them clockwise from the upper left corner", MaxSide), 0, MaxSide, o.r)
}

// numbers reads a list of numbers from low to high.
func (o *object) numbers(key string, most int, low, high float64) []float64 {
	var numbers []float64
	for i, v := range o.list(key, most) {
		n, ok := toNumber(v)
		if !ok || n < low || n > high {
			o.r.add(fmt.Sprintf("%s[%d]", join(o.path, key), i), fmt.Sprintf("a number from %v to %v", low, high), show(v))
		}
		numbers = append(numbers, n)
	}
	return numbers
}

func four(path string, v any, expected string, low, high float64, r *report) (out [4]float64) {
	l, _ := v.([]any)
	for i := range min(len(l), 4) {
		n, ok := toNumber(l[i])
		if !ok || n < low || n > high {
			l = nil
			break
		}
		out[i] = n
	}
	if len(l) != 4 {
		r.add(path, expected, show(v))
	}
	return out
}
