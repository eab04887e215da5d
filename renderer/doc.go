// Package renderer turns a template and a product's fields into a picture.
//
// It works in three steps. Compile makes a Design from a template: its assets
// decoded, its fonts found, what never changes painted once. Resolve makes a Scene
// from a Design and a product: conditions decided, hidden layers gone, texts and
// photo URLs final. Paint draws a Scene, and Encode writes the picture. Nothing
// depends on time, place, chance or map order, nor on what is in a cache: the same
// scene and photos give the same bytes.
//
// The package is pure. It reads no file and opens no connection, and it compiles
// for GOOS=js GOARCH=wasm.
package renderer
