package main

import (
	"context"
	"encoding/base64"
	"fmt"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/renderurl"
	"github.com/adloom/adloom/templates"
)

// linkFlags say which URLs to make.
type linkFlags struct {
	dataFlags
	engineFlags
	Customer string `required:"" help:"Customer that owns the template."`
	Template string `required:"" help:"Template, such as link, or one version of it, such as link@3."`
	BaseURL  string `default:"http://127.0.0.1:8080" help:"What the URLs begin with, as ad networks see the server."`
	Format   string `enum:"jpg,png" default:"jpg" help:"Picture format: ${enum}."`
	Floating bool   `help:"Leave the version out: the URL shows whatever is published then, from all fields that the template declares now."`
	KeyID    bool   `name:"with-key-id" help:"Name the key in the URL."`
	Secret   string `placeholder:"BASE64URL" help:"Key to sign with instead of the customer's own."`
}

func (f linkFlags) linker(ctx context.Context) (*linker, error) {
	id, version, err := parseTemplateName(f.Template)
	if err != nil {
		return nil, err
	}
	s, err := f.templates()
	if err != nil {
		return nil, err
	}
	t, err := s.Template(ctx, f.Customer, id, version)
	if err != nil {
		return nil, err
	}
	design, err := f.engine(imageinfo.DefaultLimits(), renderer.DefaultBudgets()).Compile(ctx, t)
	if err != nil {
		return nil, err
	}
	key, err := f.key()
	if err != nil {
		return nil, err
	}
	l := &linker{design: design, format: templates.Format(f.Format), floating: f.Floating,
		builder: &renderurl.Builder{Base: f.BaseURL, Key: key, WithKeyID: f.KeyID}}
	return l, l.builder.Validate()
}

func (f linkFlags) key() (renderurl.Key, error) {
	if f.Secret != "" {
		secret, err := base64.RawURLEncoding.DecodeString(f.Secret)
		if err != nil {
			return renderurl.Key{}, wrongUse("--secret: expected base64url without padding")
		}
		return renderurl.Key{ID: "k1", Secret: secret}, nil
	}
	list, err := f.customers()
	if err != nil {
		return renderurl.Key{}, err
	}
	customer, err := list.Customer(f.Customer)
	if err != nil {
		return renderurl.Key{}, fmt.Errorf("%w; \"adloom customer add %s\" adds it", err, f.Customer)
	}
	if len(customer.Keys) == 0 {
		return renderurl.Key{}, fmt.Errorf("customer %s has no key; \"adloom customer rotate %s\" makes one", f.Customer, f.Customer)
	}
	return customer.Keys[0], nil
}
