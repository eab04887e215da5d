package main

import (
	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderer/typeset"
)

// engineFlags say what the engine is made of.
type engineFlags struct {
	fontFlags
	Codecs string `default:"native" enum:"native,go" help:"native: libjpeg-turbo and libwebp where this machine has them. go: those built in."`
}

// engine returns a renderer that knows the fonts of the folders.
func (f engineFlags) engine(limits imageinfo.Limits, budgets renderer.Budgets) *renderer.Engine {
	return renderer.New(typeset.NewFonts(f.scan()), limits, f.codecs(), budgets)
}

func (f engineFlags) codecs() renderer.Codecs {
	if f.Codecs == "go" {
		return builtinCodecs()
	}
	return machineCodecs()
}

// memoryFlags bound what the engine keeps in memory between renders.
type memoryFlags struct {
	PhotoCache  int64 `default:"268435456" help:"Bytes of decoded photos kept in memory at their final size."`
	TextCache   int64 `default:"67108864" help:"Bytes of shaped text and glyphs kept in memory."`
	MaskCache   int64 `default:"67108864" help:"Bytes of corners, shadows and drawings kept in memory."`
	PlanCache   int64 `default:"67108864" help:"Bytes of weights for scaling photos kept in memory."`
	IdleMemory  int64 `default:"134217728" help:"Bytes of pixels that renders give back, kept for the next ones."`
	DesignCache int64 `default:"536870912" help:"Bytes of templates kept ready to draw. The one used last stays in any case."`
}

func (f memoryFlags) budgets() renderer.Budgets {
	return renderer.Budgets{Photos: f.PhotoCache, Text: f.TextCache, Masks: f.MaskCache, Plans: f.PlanCache, Idle: f.IdleMemory}
}

// builtinCodecs are those of the binary itself.
func builtinCodecs() renderer.Codecs { return renderer.Codecs{} }
