package templates

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

const maxDepth = 64

// parseJSON reads one JSON value strictly: unlike encoding/json it reports
// repeated keys, which would otherwise lose what the author wrote. Some editors put
// a byte order mark in front, which readers may ignore (RFC 8259, section 8.1).
func parseJSON(doc []byte, r *report) (any, bool) {
	doc = bytes.TrimPrefix(doc, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(doc))
	dec.UseNumber()
	v, err := parseValue(dec, "", 0, r)
	if err == nil {
		if _, next := dec.Token(); !errors.Is(next, io.EOF) {
			err = errors.New("something after the document's end")
		}
	}
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = errors.New("an unfinished document")
		}
		r.add("", "valid JSON", fmt.Sprintf("%v (at byte %d)", err, dec.InputOffset()))
		return nil, false
	}
	return v, true
}

func parseValue(dec *json.Decoder, path string, depth int, r *report) (any, error) {
	if depth > maxDepth {
		return nil, fmt.Errorf("more than %d levels of nesting", maxDepth)
	}
	token, err := dec.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		object := map[string]any{}
		for dec.More() {
			key, err := dec.Token()
			if err != nil {
				return nil, err
			}
			name := key.(string) // the decoder lets nothing else stand here
			value, err := parseValue(dec, join(path, name), depth+1, r)
			if err != nil {
				return nil, err
			}
			if _, twice := object[name]; twice {
				r.add(join(path, name), "each key once", "the key a second time")
			}
			object[name] = value
		}
		_, err := dec.Token()
		return object, err
	case json.Delim('['):
		list := []any{}
		for dec.More() {
			value, err := parseValue(dec, fmt.Sprintf("%s[%d]", path, len(list)), depth+1, r)
			if err != nil {
				return nil, err
			}
			list = append(list, value)
		}
		_, err := dec.Token()
		return list, err
	}
	return token, nil
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// show writes a JSON value as a person should read it in a mistake.
func show(v any) string {
	switch v := v.(type) {
	case map[string]any:
		return "an object"
	case []any:
		return fmt.Sprintf("a list of %d", len(v))
	case nil:
		return "null"
	case string:
		return fmt.Sprintf("%q", shorten(v))
	}
	return shorten(fmt.Sprint(v))
}

func shorten(s string) string {
	const most = 80
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
