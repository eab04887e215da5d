package imageinfo

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// FormatError says that the data is no picture in a supported format.
type FormatError struct {
	Found string // "HTML", "SVG", "PDF", "TIFF", "AVIF", "lossless JPEG", ..., "text", "empty" or "unknown data"
}

func (e *FormatError) Error() string {
	return fmt.Sprintf("expected a JPEG, PNG, GIF or WebP picture, found %s", e.Found)
}

// Picture says whether what was found is a picture after all, in a format that is not supported.
func (e *FormatError) Picture() bool {
	switch e.Found {
	case "", "a video", "empty", "gzip", "HTML", "JSON", "PDF", "PostScript", "text", "unknown data", "XML", "ZIP":
		return false
	}
	return true
}

var magics = []struct{ prefix, name string }{
	{"%PDF-", "PDF"},
	{"II*\x00", "TIFF"}, {"MM\x00*", "TIFF"}, {"II+\x00", "TIFF"}, {"MM\x00+", "TIFF"},
	{"\xff\x0a", "JPEG XL"}, {"\x00\x00\x00\x0cJXL ", "JPEG XL"},
	{"\x00\x00\x00\x0cjP  ", "JPEG 2000"}, {"\xff\x4f\xff\x51", "JPEG 2000"},
	{"II\xbc\x01", "JPEG XR"},
	{"qoif", "QOI"}, {"BPG\xfb", "BPG"}, {"FLIF", "FLIF"}, {"DDS ", "DDS"}, {"icns", "ICNS"}, {"gimp xcf", "XCF"},
	{"\x8aMNG\r\n\x1a\n", "MNG"}, {"\x8bJNG\r\n\x1a\n", "JNG"},
	{"v/1\x01", "OpenEXR"}, {"#?RADIANCE", "Radiance HDR"}, {"#?RGBE", "Radiance HDR"},
	{"farbfeld", "farbfeld"}, {"AT&TFORM", "DjVu"}, {"\xd7\xcd\xc6\x9a", "WMF"},
	{"%!PS", "PostScript"}, {"\xc5\xd0\xd3\xc6", "PostScript"},
	{"\x1aE\xdf\xa3", "a video"},
	{"PK\x03\x04", "ZIP"}, {"PK\x05\x06", "ZIP"},
	{"\x1f\x8b", "gzip"},
	{"8BPS", "PSD"},
}

// sniff names what data is where its first bytes tell.
func sniff(data []byte) string {
	if len(data) == 0 {
		return "empty"
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.name
		}
	}
	switch {
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		return sniffBoxes(data)
	case len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "AVI ":
		return "a video"
	case isBMP(data):
		return "BMP"
	case isICO(data):
		return "ICO"
	case bytes.HasSuffix(data, []byte("TRUEVISION-XFILE.\x00")):
		return "TGA"
	case isNetpbm(data):
		return "Netpbm"
	}
	return sniffText(data[:min(len(data), 4096)])
}

// sniffBoxes tells the ISO base media files apart by their brands.
func sniffBoxes(data []byte) string {
	brands := string(data[8:min(len(data), 64)])
	switch {
	case strings.Contains(brands, "avif"), strings.Contains(brands, "avis"):
		return "AVIF"
	case strings.Contains(brands, "heic"), strings.Contains(brands, "heix"), strings.Contains(brands, "hevc"),
		strings.Contains(brands, "heim"), strings.Contains(brands, "heis"), strings.Contains(brands, "hevm"), strings.Contains(brands, "hevs"),
		strings.HasPrefix(brands, "mif1"), strings.HasPrefix(brands, "msf1"):
		return "HEIC"
	}
	return "a video"
}

// isBMP looks past the two letters at the size of the second header, since text may begin with BM too.
func isBMP(data []byte) bool {
	if len(data) < 18 || string(data[:2]) != "BM" {
		return false
	}
	size := data[14]
	return data[15] == 0 && data[16] == 0 && data[17] == 0 && (size == 12 || size >= 40 && size <= 124)
}

// isICO knows icons and cursors by a number of pictures, which a TGA has not at this place.
func isICO(data []byte) bool {
	return len(data) >= 6 && data[0] == 0 && data[1] == 0 && (data[2] == 1 || data[2] == 2) && data[3] == 0 && data[4]|data[5] != 0
}

// isNetpbm knows P1 to P7, which white space follows.
func isNetpbm(data []byte) bool {
	return len(data) >= 3 && data[0] == 'P' && data[1] >= '1' && data[1] <= '7' && (data[2] == '\n' || data[2] == ' ' || data[2] == '\r' || data[2] == '\t')
}

func sniffText(head []byte) string {
	text := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(string(head), "\ufeff")))
	if strings.HasPrefix(text, "<") {
		switch {
		case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<head"),
			strings.HasPrefix(text, "<body"), strings.HasPrefix(text, "<script"):
			return "HTML"
		case strings.Contains(text, "<svg"):
			return "SVG"
		case strings.Contains(text, "<html"):
			return "HTML"
		case strings.HasPrefix(text, "<?xml"), strings.HasPrefix(text, "<!"):
			return "XML"
		}
		return "text"
	}
	switch {
	case !isText(head):
	case strings.HasPrefix(text, "/* xpm */"):
		return "XPM"
	case strings.HasPrefix(text, "{"), strings.HasPrefix(text, "["):
		return "JSON"
	default:
		return "text"
	}
	return "unknown data"
}

// isText allows a rune that the cut at the end may have split.
func isText(head []byte) bool {
	for len(head) > 0 {
		r, size := utf8.DecodeRune(head)
		if r == utf8.RuneError && size == 1 {
			return len(head) < utf8.UTFMax && !utf8.FullRune(head)
		}
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return false
		}
		head = head[size:]
	}
	return true
}
