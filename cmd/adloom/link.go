package main

import (
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// linker makes render URLs that carry only what a product's picture depends on.
type linker struct {
	design   *renderer.Design
	builder  *renderurl.Builder
	format   templates.Format
	floating bool // without the version: the URL follows what is published
}

func (l *linker) link(product templates.Fields) (string, error) {
	fields, err := l.design.Minimal(product)
	if err != nil {
		return "", err
	}
	t := l.design.Template
	request := renderurl.Request{Customer: t.Customer, Template: t.ID, Version: t.Version, Fields: fields, Format: l.format}
	if l.floating {
		request.Version = 0
	}
	return l.builder.Build(request)
}
