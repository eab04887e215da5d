//go:build linux && (amd64 || arm64)

package libwebp

import (
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/ebitengine/purego"
)

// soname is the file that the dynamic linker looks for. All of libwebp 0.5 to 1.6 carry it, and a struct of the
// interface cannot change its size without changing this name.
const soname = "libwebp.so.7"

// decoderABI is WEBP_DECODER_ABI_VERSION of the headers that the structs in config_linux.go were taken from. The
// library refuses a caller whose upper byte is another.
const decoderABI = 0x0209

// Library is a loaded libwebp. The C names are in Load; int is int32 and size_t uintptr on the machines of
// this file.
type Library struct {
	path     string
	straight sync.Pool // *[]byte, copies with straight colours

	version        func() int32
	initConfig     func(config *decoderConfig, abi int32) int32
	features       func(data *byte, size uintptr, features *bitstreamFeatures, abi int32) int32
	decode         func(data *byte, size uintptr, config *decoderConfig) int32
	encode         func(rgba *byte, width, height, stride int32, quality float32, output **byte) uintptr
	encodeLossless func(rgba *byte, width, height, stride int32, output **byte) uintptr
	free           func(memory *byte)
}

// Load finds and loads the library. The error wraps [ErrUnavailable] and says what would help.
//
// Releases before 1.3.2 write past their memory for some lossless files (CVE-2023-4863) unless the system has
// mended them, as Debian has; the number alone does not tell.
func Load() (*Library, error) {
	so, err := purego.Dlopen(soname, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, fmt.Errorf("%w: %s not found (on Debian: apt-get install libwebp7): %w", ErrUnavailable, soname, err)
	}
	l := &Library{path: mappedPath(), straight: sync.Pool{New: func() any { return new([]byte) }}}
	for name, function := range map[string]any{
		"WebPGetDecoderVersion":         &l.version,
		"WebPInitDecoderConfigInternal": &l.initConfig,
		"WebPGetFeaturesInternal":       &l.features,
		"WebPDecode":                    &l.decode,
		"WebPEncodeRGBA":                &l.encode,
		"WebPEncodeLosslessRGBA":        &l.encodeLossless,
		"WebPFree":                      &l.free,
	} {
		symbol, err := purego.Dlsym(so, name)
		if err != nil {
			return nil, fmt.Errorf("%w: %s is older than libwebp 0.5.1: %w", ErrUnavailable, l.path, err)
		}
		purego.RegisterFunc(function, symbol)
	}
	if l.initConfig(new(decoderConfig), decoderABI) == 0 {
		return nil, fmt.Errorf("%w: %s is %s, which speaks another interface than %#x", ErrUnavailable, l.path, l.Version(), decoderABI)
	}
	return l, nil
}

// Path is the file that was loaded, for display.
func (l *Library) Path() string { return l.path }

// Version is what the library says about itself, such as "1.2.4", for display.
func (l *Library) Version() string {
	v := l.version()
	return fmt.Sprintf("%d.%d.%d", v>>16&0xff, v>>8&0xff, v&0xff)
}

// mappedPath asks the kernel which file the linker chose.
func mappedPath() string {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return soname
	}
	for line := range strings.Lines(string(maps)) {
		if i := strings.IndexByte(line, '/'); i >= 0 && strings.Contains(line, "/libwebp.so") {
			return strings.TrimSpace(line[i:])
		}
	}
	return soname
}
