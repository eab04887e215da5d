package main

import (
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// linker makes render URLs. They carry only what the product's picture depends on,
// or, when they follow what is published, all fields that the template declares.
type linker struct {
	design   *renderer.Design
	builder  *renderurl.Builder
	format   templates.Format
	floating bool // without the version: the URL follows what is published
}

func (l *linker) link(product templates.Fields) (string, error) {
	t := l.design.Template
	fields, err := l.design.Minimal(product)
	if err != nil {
		return "", err
	}
	if l.floating { // another version may show what this one does not
		fields = t.Values(product).Normal()
	}
	request := renderurl.Request{Customer: t.Customer, Template: t.ID, Version: t.Version, Fields: fields, Format: l.format}
	if l.floating {
		request.Version = 0
	}
	return l.builder.Build(request)
}
