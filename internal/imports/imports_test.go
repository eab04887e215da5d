package imports_test

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adloom/adloom/internal/imports"
)

const root = "../.."

// table reads the imports of all packages of the module. It reads the files itself rather than asking
// "go list", because the go command caches what a test finds by the files that the test itself opens.
func table(t *testing.T) imports.Table {
	t.Helper()
	out := imports.Table{}
	err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if dir != root && !isPackageDir(dir) {
			return fs.SkipDir
		}
		pkg, err := build.ImportDir(dir, 0)
		if none := new(build.NoGoError); errors.As(err, &none) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, dir)
		if err != nil {
			return err
		}
		out[path.Join(imports.Module, filepath.ToSlash(rel))] = pkg.Imports // those of tests are apart
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// isPackageDir leaves out what the go command leaves out, and folders with a million files of JavaScript.
func isPackageDir(dir string) bool {
	name := filepath.Base(dir)
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "node_modules" || name == "vendor" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "go.mod")) // a module of its own
	return errors.Is(err, fs.ErrNotExist)
}

func TestImportRules(t *testing.T) {
	t.Parallel()
	found := table(t)
	if len(found[imports.Module+"/internal/imports"]) == 0 || len(found) < 4 {
		t.Fatalf("found only %v", found)
	}
	for _, b := range imports.Check(imports.Module, found, imports.Rules(), imports.Guards()) {
		t.Error(b)
	}
}

// The engine must be able to move into the browser one day.
func TestPortablePackagesCompileForTheBrowser(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles the engine for another machine")
	}
	found := table(t)
	args := []string{"build", "-o", os.DevNull}
	for _, pkg := range imports.Portable() {
		if _, ok := found[pkg]; ok {
			args = append(args, pkg)
		}
	}
	if len(args) == 3 {
		t.Skip("no portable packages yet")
	}
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("for js/wasm, %v: %v\n%s", args, err, out)
	}
}
