package main

import (
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/adloom/adloom/internal/atomicfile"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
)

type textCmd struct {
	fontFlags
	Cases string `arg:"" type:"existingfile" help:"Cases: a JSON list of {id, lang, text, size, width, weight, families}."`
	Out   string `required:"" type:"path" help:"Folder for cases.json, with the lines as they were set, and a picture of each case."`
}

// textCase is a text and how it is set: white-space, breaks and direction as in a
// browser's div with dir=auto, overflow-wrap: break-word and a line-height of 1.25.
type textCase struct {
	ID        string     `json:"id"`
	Lang      string     `json:"lang"`
	Text      string     `json:"text"`
	Size      float64    `json:"size"`
	Width     float64    `json:"width"`
	Weight    int        `json:"weight"`
	Families  []string   `json:"families"`
	Direction string     `json:"direction"`
	Lines     []textLine `json:"lines"`
}

type textLine struct {
	Text  string  `json:"text"`
	Left  float64 `json:"left"`  // of its ink, from that of the box, pixels
	Width float64 `json:"width"` // without space at its end
}

// caseLineHeight is that of all cases, as a multiple of the size.
const caseLineHeight = 1.25

// largestCase bounds the pictures.
const largestCase = 16 << 20 // pixels

// Run sets each case and writes what came out.
func (c *textCmd) Run(ctx context.Context, o out) error {
	data, err := os.ReadFile(c.Cases)
	if err != nil {
		return fmt.Errorf("read cases: %w", err)
	}
	var cases []textCase
	if err := json.Unmarshal(data, &cases); err != nil {
		return fmt.Errorf("read %s: expected a JSON list of cases: %w", c.Cases, err)
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("write cases: %w", err)
	}
	fonts := typeset.NewFonts(c.scan())
	setter, lacking := typeset.New(fonts, renderer.DefaultBudgets().Text), map[string]bool{}
	for i := range cases {
		if err := ctx.Err(); err != nil {
			return err
		}
		missing, err := cases[i].run(setter, c.Out)
		if err != nil {
			return fmt.Errorf("case %d (%s): %w", i+1, cases[i].ID, err)
		}
		if len(missing) > 0 {
			fmt.Fprintf(o.stderr, "%s: no font has %q\n", cases[i].ID, string(missing))
		}
		for _, family := range cases[i].Families {
			if _, _, err := fonts.Find([]string{family}); err != nil && !lacking[family] {
				lacking[family] = true
				fmt.Fprintf(o.stderr, "font %s is not on this machine; others stand in\n", family)
			}
		}
	}
	if data, err = json.MarshalIndent(cases, "", " "); err != nil {
		return fmt.Errorf("write cases: %w", err)
	}
	return atomicfile.WriteBytes(filepath.Join(c.Out, "cases.json"), 0o644, append(data, '\n'))
}

// run sets one case and draws it. It returns the characters that no font has.
func (c *textCase) run(setter *typeset.Setter, folder string) (missing []rune, err error) {
	if c.ID == "" || !filepath.IsLocal(c.ID) || filepath.Base(c.ID) != c.ID {
		return nil, fmt.Errorf("expected an id that can be a file name; found %q", c.ID)
	}
	words := strings.Join(strings.FieldsFunc(c.Text, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }), " ")
	style := typeset.Style{
		Font:     typeset.Font{Families: strings.Join(c.Families, ","), Weight: c.Weight},
		Language: c.Lang, Size: c.Size, LineHeight: caseLineHeight, Width: c.Width, NoHyphens: true,
	}
	layout, err := setter.Layout(words, style)
	if err != nil {
		return nil, err
	}
	c.describe(layout, words)
	size := image.Pt(int(math.Ceil(c.Width)), int(math.Ceil(layout.Height)))
	if size.X < 1 || size.Y < 1 || size.X*size.Y > largestCase {
		return nil, fmt.Errorf("expected a picture of 1 to %d pixels; found one of %dx%d", largestCase, size.X, size.Y)
	}
	picture := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(picture, picture.Rect, image.White, image.Point{}, draw.Src)
	setter.Draw(picture, layout, typeset.Ink{Width: c.Width, Dress: typeset.Dress{Color: color.NRGBA{A: 255}}})
	return layout.Missing, atomicfile.Write(filepath.Join(folder, c.ID+".png"), 0o644, func(w io.Writer) error { return png.Encode(w, picture) })
}

// describe fills in what was chosen.
func (c *textCase) describe(layout *typeset.Layout, words string) {
	c.Direction, c.Lines = "ltr", make([]textLine, len(layout.Lines))
	if layout.Backward {
		c.Direction = "rtl"
	}
	runes := typeset.Runes(words)
	for i, line := range layout.Lines {
		c.Lines[i] = textLine{Text: string(runes[line.Start:line.End]), Width: hundredths(line.Width)}
		if layout.Backward {
			c.Lines[i].Left = hundredths(c.Width - line.Width)
		}
	}
}

func hundredths(v float64) float64 { return math.Round(v*100) / 100 }
