package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/adloom/adloom/api"
)

// printExplanation writes an explanation for people: first what came of the render, then
// what it depends on. Texts of products stand in quotes and on one line.
func printExplanation(w io.Writer, x *api.Explanation) error {
	var b bytes.Buffer
	p := sheet{tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)}
	p.head(x)
	p.fields(x)
	p.values("conditions", x.Conditions)
	p.values("expressions", x.Expressions)
	p.layers(x)
	p.texts(x)
	p.photos(x)
	if err := p.Flush(); err != nil {
		return err
	}
	if _, err := w.Write(trimLines(b.Bytes())); err != nil {
		return fmt.Errorf("write explanation: %w", err)
	}
	return nil
}

// trimLines takes out the space that tables leave at the end of lines.
func trimLines(text []byte) []byte {
	lines := bytes.Split(text, []byte("\n"))
	for i := range lines {
		lines[i] = bytes.TrimRight(lines[i], " ")
	}
	return bytes.Join(lines, []byte("\n"))
}

// sheet is what is written.
type sheet struct{ *tabwriter.Writer }

// row writes a line of columns. Whatever a cell holds, it breaks no line and turns no
// text around it.
func (p sheet) row(cells ...string) {
	for i := range cells {
		cells[i] = strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Bidi_Control, r) {
				return unicode.ReplacementChar
			}
			return r
		}, oneLine(cells[i]))
	}
	_, _ = fmt.Fprintln(p, strings.Join(cells, "\t")) // into memory
}

func (p sheet) title(title string) {
	_ = p.Flush() // columns are as wide as their own table needs
	p.row("")
	p.row(title)
}

func (p sheet) head(x *api.Explanation) {
	p.row("render", outcomeText(x))
	p.row("url", x.Canonical)
	p.row("signature", join(", ", x.Signature, x.SignatureDetail))
	if x.Paused != "" {
		p.row("paused", "an operator has paused the "+x.Paused)
	}
	name := x.Request.Customer + "/" + x.Request.Template
	if t := x.Template; t != nil {
		published := "none is published"
		if t.Published > 0 {
			published = fmt.Sprintf("%d is published", t.Published)
		}
		p.row("template", fmt.Sprintf("%s@%d, %s; %q, %dx%d, %s", name, t.Version, published, t.Name, t.Width, t.Height, t.Locale))
		for _, s := range t.Substitutes {
			p.row("font", fmt.Sprintf("%s has no %s here, %s", s.Layer, s.Wanted, cmp.Or(s.Used, "so it is hidden")))
		}
	} else {
		p.row("template", name)
	}
	if pic := x.Picture; pic != nil {
		p.row("picture", fmt.Sprintf("%s, %dx%d, %d bytes, %s", pic.ContentType, pic.Width, pic.Height, pic.Bytes, pic.ETag))
	}
	var stages []string
	for _, s := range x.Timings {
		stages = append(stages, fmt.Sprintf("%s %.1f", s.Stage, s.MS))
	}
	p.row("timings", fmt.Sprintf("%.1f ms: %s", x.Render.TotalMS, strings.Join(stages, ", ")))
}

func outcomeText(x *api.Explanation) string {
	text := x.Render.Outcome
	if e := x.Render.Error; e != nil {
		text += fmt.Sprintf(": %d %s: %s", e.Status, e.Type, e.Detail)
	}
	if e := x.Render.Refused; e != nil {
		text += fmt.Sprintf(": %d %s: %s", e.Status, e.Reason, e.Detail)
	}
	return text
}

func (p sheet) fields(x *api.Explanation) {
	p.title("fields")
	for _, f := range x.Fields {
		use := "not read"
		switch {
		case !f.Declared:
			use = "not declared"
		case f.Read:
			use = "read"
		}
		value := "-"
		if f.Given != "" {
			value = quoted(f.Given)
		}
		if f.Normal != "" && f.Normal != f.Given {
			value += " as " + quoted(f.Normal)
		}
		p.row("  "+f.Name, use, join("; ", value, f.Error))
	}
}

func (p sheet) values(title string, values []api.ExplainedValue) {
	p.title(title)
	for _, v := range values {
		use := ""
		if !v.Used {
			use = "(layer hidden)"
		}
		value := v.Error
		switch v.Kind {
		case "error":
		case "missing":
			value = "missing"
		case "text", "money":
			value = quoted(v.Text)
		default:
			value = v.Text
		}
		p.row("  "+v.Layer, v.Source, "= "+value, use)
	}
}

func (p sheet) layers(x *api.Explanation) {
	p.title("layers")
	for _, l := range x.Layers {
		depth := strings.Count(l.Path, ".") + 1
		what, box := "drawn", ""
		if !l.Drawn {
			what = l.Why
		}
		if b := l.Box; b != nil {
			box = fmt.Sprintf("%v,%v %vx%v", b.X, b.Y, b.Width, b.Height)
		}
		content := l.Content
		if l.Fallback {
			content += " (stands in)"
		}
		p.row(strings.Repeat("  ", depth)+l.ID, l.Type, what, box, join("; ", content, l.Error))
	}
}

func (p sheet) texts(x *api.Explanation) {
	p.title("texts")
	for _, t := range x.Texts {
		size := fmt.Sprintf("%v px", t.Size)
		if t.SmallestSize != t.LargestSize {
			size += fmt.Sprintf(" of %v to %v", t.SmallestSize, t.LargestSize)
		}
		fonts := strings.Join(t.FontsUsed, ", ")
		if len(t.StandIns) > 0 {
			fonts += " (asked for " + strings.Join(t.FontsWanted, ", ") + ")"
		}
		lines := fmt.Sprintf("%d lines", len(t.Lines))
		if len(t.Lines) == 1 {
			lines = "1 line"
		}
		var cut, missing string
		if !t.Whole {
			cut = "cut"
			if t.Cut != "" {
				cut += ": " + quoted(t.Cut)
			}
		}
		if len(t.Missing) > 0 {
			missing = "no font has " + strings.Join(t.Missing, ", ")
		}
		p.row("  "+t.Layer, lines, size, fonts, join("; ", quoted(t.Text), cut, missing))
	}
}

func (p sheet) photos(x *api.Explanation) {
	p.title("photos")
	for _, f := range x.Photos {
		got := "not fetched"
		if f.Fetched {
			got = fmt.Sprintf("%s %dx%d, %d bytes in %.1f ms", f.Format, f.Width, f.Height, f.Bytes, f.TookMS)
		}
		reason := ""
		if f.Error != nil {
			reason = join(": ", f.Error.Reason, f.Error.Detail)
		}
		p.row("  "+strings.Join(f.Layers, ", "), got, join("; ", f.URL, reason))
	}
}

// quoted is a text that shows where it begins and ends, and on one line.
func quoted(s string) string { return fmt.Sprintf("%q", s) }

// join joins what is not empty.
func join(separator string, parts ...string) string {
	var full []string
	for _, part := range parts {
		if part != "" {
			full = append(full, part)
		}
	}
	return strings.Join(full, separator)
}
