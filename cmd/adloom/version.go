package main

import "runtime/debug"

// release is the version of a source tree without version control.
const release = "0.1.0"

// version is the release, with the commit when the binary knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return release + "+" + s.Value[:12]
		}
	}
	return release
}
