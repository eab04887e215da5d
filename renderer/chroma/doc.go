// Package chroma decides at what resolution a JPEG should keep the colours of a picture.
//
// JPEG may halve the resolution of colour each way (4:2:0), which photos hide and flat shapes show: the colour of a red
// letter on white runs a pixel or two into its surroundings. [Smears] looks for edges of that kind. It computes with
// integers alone, so every machine decides alike.
package chroma
