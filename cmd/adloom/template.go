package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/adloom/adloom/internal/imageinfo"
	"github.com/adloom/adloom/renderer"
	"github.com/adloom/adloom/templates"
	"github.com/adloom/adloom/templates/store"
)

type templateCmd struct {
	Push    templatePush    `cmd:"" help:"Add a version of a template from a file or folder."`
	Publish templatePublish `cmd:"" help:"Make a version the published one; an older one rolls back."`
	Lint    templateLint    `cmd:"" help:"Check a template file."`
	List    templateList    `cmd:"" help:"List the versions of a template."`
}

type templatePush struct {
	dataFlags
	engineFlags
	File     string `arg:"" type:"path" help:"template.json, or the folder that has it. Assets lie in assets/ beside it."`
	Customer string `required:"" help:"Customer that owns the template."`
	ID       string `required:"" help:"ID of the template."`
	Publish  bool   `help:"Publish the version too."`
}

func (c *templatePush) Run(ctx context.Context, o out) error {
	doc, assets, err := readTemplate(c.File)
	if err != nil {
		return err
	}
	t, err := templates.Decode(doc, assets)
	if err == nil {
		_, err = c.engine(imageinfo.DefaultLimits(), renderer.DefaultBudgets()).Compile(ctx, t) // a version that cannot be drawn is none
	}
	if err != nil {
		return fmt.Errorf("%s:\n%w", c.File, err)
	}
	s, err := c.templates()
	if err != nil {
		return err
	}
	version, err := s.Push(ctx, c.Customer, c.ID, doc, assets)
	if err != nil {
		return fmt.Errorf("%s:\n%w", c.File, err)
	}
	if c.Publish {
		if err := s.Publish(ctx, c.Customer, c.ID, version); err != nil {
			return err
		}
	}
	fmt.Fprintf(o.stdout, "%s/%s@%d\n", c.Customer, c.ID, version)
	return nil
}

type templatePublish struct {
	dataFlags
	Template string `arg:"" help:"Template and version, such as link@3."`
	Customer string `required:"" help:"Customer that owns the template."`
}

func (c *templatePublish) Run(ctx context.Context, o out) error {
	id, version, err := parseTemplateName(c.Template)
	if err != nil {
		return err
	}
	if version == 0 {
		return wrongUse("expected a version to publish, such as %s@3; found none", id)
	}
	s, err := c.templates()
	if err != nil {
		return err
	}
	return s.Publish(ctx, c.Customer, id, version)
}

type templateLint struct {
	engineFlags
	Files []string `arg:"" type:"path" help:"Template files or folders."`
}

func (c *templateLint) Run(ctx context.Context, o out) error {
	engine := c.engine(imageinfo.DefaultLimits(), renderer.DefaultBudgets())
	bad := 0
	for _, file := range c.Files {
		doc, assets, err := readTemplate(file)
		if err == nil {
			var t *templates.Template
			if t, err = templates.Decode(doc, assets); err == nil {
				_, err = engine.Compile(ctx, t)
			}
		}
		if err != nil {
			bad++
			fmt.Fprintf(o.stderr, "%s:\n%v\n", file, err)
			continue
		}
		fmt.Fprintf(o.stdout, "%s: right\n", file)
	}
	if bad > 0 {
		return fmt.Errorf("%d of %d templates have mistakes", bad, len(c.Files))
	}
	return nil
}

type templateList struct {
	dataFlags
	Template string `arg:"" help:"ID of the template."`
	Customer string `required:"" help:"Customer that owns the template."`
}

func (c *templateList) Run(ctx context.Context, o out) error {
	s, err := c.templates()
	if err != nil {
		return err
	}
	versions, err := s.Versions(ctx, c.Customer, c.Template)
	if err != nil {
		return err
	}
	published, _ := s.Published(ctx, c.Customer, c.Template) // none is published: nothing is marked
	for _, v := range slices.Backward(versions) {
		mark := ""
		if v == published {
			mark = "\tpublished"
		}
		fmt.Fprintf(o.stdout, "%s@%d%s\n", c.Template, v, mark)
	}
	return nil
}

// readTemplate reads a template file, or the template.json of a folder, with the
// assets beside it.
func readTemplate(path string) (doc []byte, assets map[string][]byte, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read template: %w", err)
	}
	if info.IsDir() {
		return store.Read(os.DirFS(path))
	}
	if doc, err = os.ReadFile(path); err != nil {
		return nil, nil, fmt.Errorf("read template: %w", err)
	}
	assets, err = store.ReadAssets(os.DirFS(filepath.Dir(path)))
	return doc, assets, err
}
