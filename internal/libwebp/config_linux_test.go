//go:build linux && (amd64 || arm64)

package libwebp

import (
	"testing"
	"unsafe"
)

// The wanted numbers are what a C compiler says of decode.h of libwebp 1.2.4.
func TestLayout(t *testing.T) {
	t.Parallel()
	var config decoderConfig
	f := func(name string, got, want uintptr) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %d, want %d", name, got, want)
		}
	}
	f("size of features", unsafe.Sizeof(bitstreamFeatures{}), 40)
	f("size of buffer", unsafe.Sizeof(config.output), 120)
	f("size of options", unsafe.Sizeof(config.options), 76)
	f("has_alpha", unsafe.Offsetof(bitstreamFeatures{}.hasAlpha), 8)
	f("format", unsafe.Offsetof(bitstreamFeatures{}.format), 16)
	f("output", unsafe.Offsetof(config.output), 40)
	f("options", unsafe.Offsetof(config.options), 160)
	f("is_external_memory", unsafe.Offsetof(config.output.isExternalMemory), 12)
	f("u.RGBA.rgba", unsafe.Offsetof(config.output.rgba), 16)
	f("u.RGBA.stride", unsafe.Offsetof(config.output.stride), 24)
	f("u.RGBA.size", unsafe.Offsetof(config.output.size), 32)
	f("use_scaling", unsafe.Offsetof(config.options.useScaling), 28)
	f("scaled_width", unsafe.Offsetof(config.options.scaledWidth), 32)
}
