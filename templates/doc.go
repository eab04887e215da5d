// Package templates is the template document: layers, fields, expressions and
// their validation. It does no I/O; stores live in the packages below it.
//
// Decode is the only door for JSON. It checks everything at once and compiles
// every condition and every {{…}} against the declared fields, so that a
// *Template that exists can be rendered: what may still go wrong is the product.
package templates
