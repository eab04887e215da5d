package main

import (
	"context"
	"io"
	"io/fs"
)

// noCache remembers no photo: one picture needs none twice.
type noCache struct{}

func (noCache) Get(context.Context, string) (io.ReadCloser, error) { return nil, fs.ErrNotExist }

func (noCache) Put(_ context.Context, _ string, body io.Reader) error {
	_, err := io.Copy(io.Discard, body)
	return err
}
