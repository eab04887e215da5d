//go:build !race

package fastpng_test

const raceEnabled = false
