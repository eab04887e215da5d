package templates

import "errors"

// ErrNotFound is a customer, template or version that a store does not have.
var ErrNotFound = errors.New("template not found")
