package renderer

import (
	"context"
	"fmt"

	"github.com/adloom/adloom/templates"
)

// TooLargeError is a picture that takes more bytes than its template allows, at the least quality if the format has one.
type TooLargeError struct {
	Format     templates.Format
	Bytes, Max int
	Lossless   bool // the format, or the way it is written, has no quality to lower
}

func (e *TooLargeError) Error() string {
	text := fmt.Sprintf("output.maxBytes: expected a %s of at most %d bytes; found %d", e.Format, e.Max, e.Bytes)
	switch {
	case !e.Lossless:
		return text + fmt.Sprintf(" at quality %d: allow more, or make the picture smaller or plainer", leastQuality)
	case e.Format == templates.WebP:
		return text + " without loss: allow more, or switch lossless off"
	}
	return text + " without loss: allow more, or ask for jpg or webp"
}

const (
	// leastQuality is where the search for a quality ends: below it, photos fall into blocks.
	leastQuality = 30
	// mostTries bounds the search, after the first encoding and that at leastQuality.
	mostTries = 4
)

// fit encodes at the quality that out asks for or, if that takes more than out.MaxBytes, at about the highest one that
// does not. Where none does, it returns the bytes of leastQuality (or of what out asks for, if that is less).
func fit(ctx context.Context, out templates.Output, encode func(quality int) ([]byte, error)) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	data, err := encode(out.Quality)
	if err != nil || out.MaxBytes <= 0 || len(data) <= out.MaxBytes || out.Quality <= leastQuality {
		return data, err
	}
	over, overBytes := out.Quality, len(data)
	under := leastQuality
	if data, err = encode(under); err != nil || len(data) > out.MaxBytes {
		return data, err
	}
	// Bytes grow with quality, and ever faster: a straight line from what fits to what does not gives a quality that
	// likely fits. A file within 3 % of the bound is near enough.
	for range mostTries {
		if over-under <= 1 || out.MaxBytes-len(data) < out.MaxBytes/32 {
			break
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		quality := under + (over-under)*(out.MaxBytes-len(data))/max(overBytes-len(data), 1)
		quality = min(max(quality, under+1), over-1)
		tried, err := encode(quality)
		if err != nil {
			return nil, err
		}
		if len(tried) <= out.MaxBytes {
			under, data = quality, tried
		} else {
			over, overBytes = quality, len(tried)
		}
	}
	return data, nil
}
