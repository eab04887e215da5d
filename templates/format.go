package templates

// Format is an output picture format, named by its file extension.
type Format string

const (
	JPEG Format = "jpg"
	PNG  Format = "png"
	WebP Format = "webp"
)

// Formats lists every format that a render URL may ask for.
func Formats() []Format { return []Format{JPEG, PNG, WebP} }

// ParseFormat reads a file extension without its dot. "jpeg" is not an alias:
// one picture has one URL.
func ParseFormat(ext string) (Format, bool) {
	switch f := Format(ext); f {
	case JPEG, PNG, WebP:
		return f, true
	}
	return "", false
}

// ContentType is the format's media type.
func (f Format) ContentType() string {
	if f == JPEG {
		return "image/jpeg"
	}
	return "image/" + string(f)
}
