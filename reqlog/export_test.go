package reqlog

import "io"

// NewFileTo is a File that writes elsewhere.
func NewFileTo(w io.WriteCloser, report func(error)) *File {
	if report == nil {
		report = func(error) {}
	}
	return &File{to: w, report: report}
}
