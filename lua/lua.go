// Package lua holds the scripts that run inside Redis, one file each.
//
// A script's first lines are its contract: what it does, its KEYS, its ARGV
// and what it returns. Key names are built by the package that owns them,
// never in a script.
package lua

import (
	"embed"
	"fmt"
)

//go:embed *.lua
var files embed.FS

// Source returns the text of the script with the given name, which is its
// file's name without ".lua". It panics when there is no such script: names
// are written in the program, so a wrong one is a mistake in the program.
func Source(name string) string {
	text, err := files.ReadFile(name + ".lua")
	if err != nil {
		panic(fmt.Sprintf("lua: no script %q: %v", name, err))
	}
	return string(text)
}
