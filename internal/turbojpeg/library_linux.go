//go:build linux && (amd64 || arm64)

package turbojpeg

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"unsafe"

	"github.com/ebitengine/purego"
)

// soname is the file that the dynamic linker looks for. Versions 2 and 3 of libjpeg-turbo both carry it, and
// both have the functions of TurboJPEG 2 that are called here.
const soname = "libturbojpeg.so.0"

// Library is a loaded libturbojpeg. What is called for every picture is the address of a C function, for
// purego.SyscallN: a call leaves a hundred bytes of garbage, where a typed function leaves many pieces. The C
// prototype is beside each; int is int32 and unsigned long uintptr on the machines of this file.
type Library struct {
	path       string
	scales     []scale // all that the library has
	fastScales []scale // those with SIMD code

	decompressHeader uintptr // int tjDecompressHeader3(handle, data, unsigned long size, int *width, *height, *subsampling, *space)
	decompress       uintptr // int tjDecompress2(handle, data, unsigned long size, dst, int width, pitch, height, format, flags)
	decompressPlanes uintptr // int tjDecompressToYUVPlanes(handle, data, unsigned long size, **planes, int width, *strides, int height, flags)
	compress         uintptr // int tjCompress2(handle, src, int width, pitch, height, format, **dst, unsigned long *size, int subsampling, quality, flags)
	bufSize          uintptr // unsigned long tjBufSize(int width, height, subsampling)

	initDecompress uintptr // tjhandle tjInitDecompress(void)
	destroyHandle  uintptr // int tjDestroy(handle)

	initCompress func() uintptr // tjhandle
	errorText    func(h uintptr) string
	errorCode    func(h uintptr) int32
}

// Load finds and loads the library. The error wraps [ErrUnavailable] and says what would help.
func Load() (*Library, error) {
	so, err := purego.Dlopen(soname, purego.RTLD_NOW|purego.RTLD_LOCAL)
	if err != nil {
		return nil, fmt.Errorf("%w: %s not found (on Debian: apt-get install libturbojpeg0): %w", ErrUnavailable, soname, err)
	}
	l := &Library{path: mappedPath()}
	var scalingFactors func(n *int32) *scale
	for name, function := range map[string]any{
		"tjDecompressHeader3":     &l.decompressHeader,
		"tjDecompress2":           &l.decompress,
		"tjDecompressToYUVPlanes": &l.decompressPlanes,
		"tjCompress2":             &l.compress,
		"tjBufSize":               &l.bufSize,
		"tjGetScalingFactors":     &scalingFactors,
		"tjInitDecompress":        &l.initDecompress,
		"tjInitCompress":          &l.initCompress,
		"tjGetErrorStr2":          &l.errorText,
		"tjGetErrorCode":          &l.errorCode,
		"tjDestroy":               &l.destroyHandle,
	} {
		symbol, err := purego.Dlsym(so, name)
		if err != nil {
			return nil, fmt.Errorf("%w: %s is older than TurboJPEG 2.0: %w", ErrUnavailable, l.path, err)
		}
		if address, ok := function.(*uintptr); ok {
			*address = symbol
			continue
		}
		purego.RegisterFunc(function, symbol)
	}
	var n int32
	if first := scalingFactors(&n); first != nil {
		l.scales = slices.Clone(unsafe.Slice(first, n))
	}
	l.fastScales = slices.DeleteFunc(slices.Clone(l.scales), func(s scale) bool { return !s.fast() })
	return l, nil
}

// Path is the file that was loaded, for display.
func (l *Library) Path() string { return l.path }

// Version is what the file says about itself, such as "2.1.5", for display; "unknown" if it says nothing.
func (l *Library) Version() string {
	const mark = "libjpeg-turbo version "
	// TurboJPEG 2 has no function for this, but the text is in the file.
	content, err := os.ReadFile(l.path)
	if err != nil {
		return "unknown"
	}
	_, after, found := bytes.Cut(content, []byte(mark))
	if !found {
		return "unknown"
	}
	if end := bytes.IndexAny(after, " \x00"); end >= 0 {
		after = after[:end]
	}
	return string(after)
}

// mappedPath asks the kernel which file the linker chose.
func mappedPath() string {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return soname
	}
	for line := range strings.Lines(string(maps)) {
		if i := strings.IndexByte(line, '/'); i >= 0 && strings.Contains(line, "/libturbojpeg.so") {
			return strings.TrimSpace(line[i:])
		}
	}
	return soname
}

// decompressor makes a handle; 0 when it cannot.
func (l *Library) decompressor() uintptr {
	h, _, _ := purego.SyscallN(l.initDecompress)
	return h
}

func (l *Library) destroy(h uintptr) { _, _, _ = purego.SyscallN(l.destroyHandle, h) }

// lastError says what went wrong on h, and whether the library could go on all the same.
func (l *Library) lastError(h uintptr) (text string, warning bool) {
	return l.errorText(h), l.errorCode(h) == 0 // TJERR_WARNING
}
