package main

import (
	"path/filepath"

	"github.com/adloom/adloom/internal/customers"
	"github.com/adloom/adloom/templates/store"
)

// dataFlags name the folder that holds all that the service keeps.
type dataFlags struct {
	Data string `default:"./data" type:"path" help:"Folder of templates, customers and cached photos."`
}

func (f dataFlags) templates() (*store.Store, error) {
	return store.Open(filepath.Join(f.Data, "templates"))
}

func (f dataFlags) customers() (*customers.Customers, error) {
	return customers.Open(filepath.Join(f.Data, "customers"))
}
