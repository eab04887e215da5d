package imageinfo

import "fmt"

// Limits bound what a decoder may be asked to do. The zero value means the defaults.
type Limits struct {
	MaxPixels int64 // width times height; 0 means 50 million
	MaxScans  int   // of a JPEG; 0 means 100. A real progressive picture has about 10
}

const (
	defaultMaxPixels = 50_000_000
	defaultMaxScans  = 100
)

// DefaultLimits returns the defaults written out.
func DefaultLimits() Limits {
	return Limits{MaxPixels: defaultMaxPixels, MaxScans: defaultMaxScans}
}

// Check returns a *LimitError when info is past a limit.
func (l Limits) Check(info Info) error {
	if l.MaxPixels == 0 {
		l.MaxPixels = defaultMaxPixels
	}
	if l.MaxScans == 0 {
		l.MaxScans = defaultMaxScans
	}
	if n := info.Pixels(); n > l.MaxPixels {
		return &LimitError{Limit: "pixels", Max: l.MaxPixels, Found: n, Width: info.Width, Height: info.Height}
	}
	if info.Scans > l.MaxScans {
		return &LimitError{Limit: "scans", Max: int64(l.MaxScans), Found: int64(info.Scans), Width: info.Width, Height: info.Height}
	}
	return nil
}

// LimitError says which limit a picture is past, and by how much.
type LimitError struct {
	Limit         string // "pixels" or "scans"
	Max, Found    int64
	Width, Height int
}

func (e *LimitError) Error() string {
	if e.Limit == "pixels" {
		return fmt.Sprintf("picture of %dx%d has %.1f megapixels, expected at most %.1f",
			e.Width, e.Height, float64(e.Found)/1e6, float64(e.Max)/1e6)
	}
	return fmt.Sprintf("picture has %d %s, expected at most %d", e.Found, e.Limit, e.Max)
}
