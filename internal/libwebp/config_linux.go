//go:build linux && (amd64 || arm64)

package libwebp

// The structs of decode.h as a 64-bit C compiler lays them out.

// bitstreamFeatures is WebPBitstreamFeatures.
type bitstreamFeatures struct {
	width, height int32
	hasAlpha      int32
	_             int32 // has_animation
	format        int32
	_             [5]uint32
}

// decBuffer is WebPDecBuffer with the RGBA side of its union.
type decBuffer struct {
	colorspace       int32
	_, _             int32 // width, height
	isExternalMemory int32

	rgba   *byte
	stride int32
	_      int32
	size   uintptr
	_      [56]byte // what the YUVA side has more

	_ [4]uint32
	_ uintptr // private_memory
}

// decoderOptions is WebPDecoderOptions.
type decoderOptions struct {
	_                         [7]int32 // bypass_filtering, no_fancy_upsampling, cropping
	useScaling                int32
	scaledWidth, scaledHeight int32
	_                         [4]int32 // use_threads, dithering_strength, flip, alpha_dithering_strength
	_                         [5]uint32
}

// decoderConfig is WebPDecoderConfig.
type decoderConfig struct {
	_       bitstreamFeatures
	output  decBuffer
	options decoderOptions
	_       [256]byte // so that a library with a longer struct would still write into ours
}

// Values of decode.h.
const (
	formatLossy = 1 // of bitstreamFeatures: 1 = lossy, 2 = lossless
	modeRGBA    = 1 // MODE_RGBA, straight

	statusOutOfMemory        = 1 // VP8_STATUS_OUT_OF_MEMORY
	statusUnsupportedFeature = 4 // VP8_STATUS_UNSUPPORTED_FEATURE
)

// statusText is the rest of a status's name in VP8StatusCode.
func statusText(status int32) string {
	texts := []string{"ok", "out of memory", "invalid parameter", "bitstream error", "unsupported feature", "suspended", "user abort", "not enough data"}
	if status < 0 || int(status) >= len(texts) {
		return "unknown status"
	}
	return texts[status]
}
