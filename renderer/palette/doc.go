// Package palette turns pictures into forms that PNG keeps without loss: with a palette where a picture has few colours,
// else with straight alpha.
//
// Pictures come with premultiplied alpha. Straight colours are the nearest ones, so premultiplying them with rounding to
// the nearest gives the very pixels back.
package palette
