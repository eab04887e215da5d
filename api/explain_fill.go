package api

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/adloom/adloom/fetcher"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
)

func contentType(format string) string { return templates.Format(format).ContentType() }

const (
	mostTexts = 4 << 20 // bytes of texts that an explanation tells in full
	cutText   = 200     // bytes of each text beyond those
)

// allowance is what is left of mostTexts: a document may repeat a long field in so many
// places that to tell them all would take a node's memory.
type allowance int

// tell returns a text, or its beginning when no more may be told.
func (a *allowance) tell(text string) string {
	if *a -= allowance(len(text)); *a >= 0 || len(text) <= cutText {
		return text
	}
	return strings.ToValidUTF8(text[:cutText], "") + "…"
}

// explain keeps what the engine says; photos are known from it before the render.
func (x *Explanation) explain(explained *renderer.Explanation) {
	x.explained = explained
	for _, l := range explained.Layers {
		if l.Type != "image" || !l.Drawn && l.Why != renderer.WhyOutside || strings.HasPrefix(l.Content, "asset:") {
			continue
		}
		i := slices.IndexFunc(x.Photos, func(p ExplainedPhoto) bool { return p.URL == l.Content })
		if i < 0 {
			i = len(x.Photos)
			x.Photos = append(x.Photos, ExplainedPhoto{URL: l.Content})
		}
		x.Photos[i].Layers = append(x.Photos[i].Layers, l.ID)
	}
}

// photos asks what is cached of them, before the render changes it.
func (e *Explainer) photos(ctx context.Context, x *Explanation) {
	if e.States == nil {
		return
	}
	for i := range x.Photos {
		s, err := e.States.State(ctx, x.Photos[i].URL)
		state := &ExplainedPhotoState{State: s.State, AgeMS: ms(s.Age), RecheckMS: ms(s.Recheck), Bytes: s.Bytes}
		switch {
		case err != nil:
			state.State, state.Error = "unknown", err.Error()
		case s.Failure != nil:
			state.Error = s.Failure.Error()
		}
		x.Photos[i].Cache = state
	}
}

func (p *ExplainedPhoto) fetched(photo *fetcher.Photo) {
	p.Fetched, p.FromCache, p.Bytes = true, photo.FromCache, len(photo.Data)
	p.Width, p.Height = photo.Info.Upright()
	p.Format, p.Orientation, p.Space = photo.Info.Format, photo.Info.Orientation, photo.Info.Space
}

// describe writes what the engine says, once the render is through.
func (x *Explanation) describe() {
	if x.explained == nil {
		return
	}
	left := allowance(mostTexts)
	for _, f := range x.explained.Fields {
		field := ExplainedField{Name: f.Name, Type: string(f.Type), Declared: f.Declared, Required: f.Required,
			Given: f.Given, Normal: f.Normal, Read: f.Read}
		if f.Wrong != nil {
			field.Error = f.Wrong.Error()
		}
		x.Fields = append(x.Fields, field)
	}
	for _, v := range x.explained.Evaluations {
		if v.Condition {
			x.Conditions = append(x.Conditions, valueOf(v, &left))
		} else {
			x.Expressions = append(x.Expressions, valueOf(v, &left))
		}
	}
	for _, l := range x.explained.Layers {
		layer := ExplainedLayer{ID: l.ID, Type: l.Type, Path: l.Path, Group: l.Group, Drawn: l.Drawn, Why: string(l.Why),
			Content: left.tell(l.Content), Fallback: l.Fallback, Error: textOf(l.Err)}
		if l.Placed {
			layer.Box = &ExplainedBox{l.X, l.Y, l.Width, l.Height}
		}
		x.Layers = append(x.Layers, layer)
	}
	for _, t := range x.explained.Texts {
		x.Texts = append(x.Texts, textOutcomeOf(t, &left))
	}
}

func valueOf(v renderer.Evaluation, left *allowance) ExplainedValue {
	e := ExplainedValue{Layer: v.Layer, Path: v.Path, Source: v.Source, Reads: orEmpty(v.Reads),
		Used: v.Used, Kind: v.Kind(), Value: v.Value, Text: left.tell(v.Text), Error: textOf(v.Err)}
	switch value := v.Value.(type) {
	case *templates.Money:
		e.Value = value.String()
	case string:
		e.Value = left.tell(value)
	}
	if v.Err != nil {
		e.Kind = "error"
	}
	return e
}

func textOutcomeOf(t renderer.TextUse, left *allowance) ExplainedText {
	e := ExplainedText{Layer: t.Layer, Text: left.tell(t.Text), Lines: []string{}, Whole: t.Whole, Cut: left.tell(t.Cut),
		Size: t.Size, LargestSize: t.LargestSize, SmallestSize: t.SmallestSize, Width: t.Width, Height: t.Height,
		FontsWanted: orEmpty(t.Wanted), FontsUsed: orEmpty(t.Families), StandIns: orEmpty(t.StandIn), Missing: []string{}}
	for _, line := range t.Lines {
		e.Lines = append(e.Lines, left.tell(line))
	}
	for _, r := range t.Missing {
		e.Missing = append(e.Missing, fmt.Sprintf("%c (U+%04X)", r, r))
	}
	return e
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// noNulls makes lists that have nothing empty ones.
func (x *Explanation) noNulls() {
	x.Fields, x.Conditions, x.Expressions = orEmpty(x.Fields), orEmpty(x.Conditions), orEmpty(x.Expressions)
	x.Layers, x.Texts, x.Photos, x.Timings = orEmpty(x.Layers), orEmpty(x.Texts), orEmpty(x.Photos), orEmpty(x.Timings)
}
