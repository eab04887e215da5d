package reqlog

import (
	"io"
	"os"
	"sync/atomic"

	"gopkg.in/natefinch/lumberjack.v2"
)

// FileConfig says where records are written, and what is kept of old files.
type FileConfig struct {
	Path  string
	Size  int // megabytes from which a file is set aside
	Age   int // days that old files are kept; 0: any
	Count int // old files that are kept; 0: any
	// Report is told of the first of failures in a row, and of nil when it can be written again.
	Report func(error)
}

// File is a sink that writes JSON lines to a file, which is set aside when it has grown. When others rename, remove or
// empty it (logrotate), the next record goes to a file of its name again. A file that cannot be written, or whose folder
// is missing and cannot be made, costs the records meanwhile; each is tried and counted.
type File struct {
	to     io.WriteCloser
	report func(error)
	line   []byte

	path   string      // empty: no file of ours
	opened os.FileInfo // what is written to; nil: not known
	size   int64       // that it has at least

	failing, torn bool // the last write failed, or went half way
	failed        atomic.Uint64
}

// NewFile returns a sink that writes to a file. Nothing is opened yet.
func NewFile(cfg FileConfig) *File {
	f := &File{path: cfg.Path, to: &lumberjack.Logger{Filename: cfg.Path, MaxSize: cfg.Size, MaxAge: cfg.Age, MaxBackups: cfg.Count}, report: cfg.Report}
	if f.report == nil {
		f.report = func(error) {}
	}
	return f
}

// Write writes one line.
func (f *File) Write(e Entry) {
	f.line = f.line[:0]
	if f.torn {
		f.line = append(f.line, '\n') // so that it costs one record and not two
	}
	f.line = Encode(f.line, e)
	f.follow()
	n, err := f.to.Write(f.line)
	f.size += int64(n)
	if err != nil {
		f.torn = f.torn && n == 0 || n > 0
		f.failed.Add(1)
		if !f.failing {
			f.failing = true
			f.report(err)
		}
		return
	}
	if f.failing {
		f.failing = false
		f.report(nil)
	}
	f.torn = false
}

// follow lets go of a file that is not the one of its name any more, or is shorter than what was written to it.
func (f *File) follow() {
	if f.path == "" {
		return
	}
	now, err := os.Stat(f.path)
	if err == nil && f.opened != nil && os.SameFile(now, f.opened) && now.Size() >= f.size {
		return
	}
	_ = f.to.Close() // what is written next opens it, or says why not
	f.opened, f.size = nil, 0
	if err == nil {
		f.opened, f.size = now, now.Size()
	}
}

// NewStream is a File that writes to what is open already, and does not close it.
func NewStream(w io.Writer) *File {
	return &File{to: kept{w}, report: func(error) {}}
}

type kept struct{ io.Writer }

func (kept) Close() error { return nil }

// Failed is how many records could not be written.
func (f *File) Failed() uint64 { return f.failed.Load() }

// Close closes the file. No Write may follow.
func (f *File) Close() error { return f.to.Close() }
