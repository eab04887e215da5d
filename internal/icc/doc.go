// Package icc turns the colours of pictures with an embedded ICC profile into sRGB.
//
// [Extract] finds the profile in a file, [Parse] reads it, [Profile.IsSRGB] says whether anything is to be done, as
// for most pictures nothing is, and [Profile.Transform] makes the tables that [Transform.RGB] and
// [Transform.CMYK] run pixels through:
//
//	data, err := icc.Extract("jpeg", file)
//	profile, err := icc.Parse(data)
//	if !profile.IsSRGB() {
//		transform, err := profile.Transform()
//		err = transform.RGB(img.Pix)
//	}
//
// Read are profiles of version 2 and 4 (ICC.1:2022) for RGB, gray and CMYK, as a matrix with tone curves or as a
// table of colours (lut8Type, lut16Type, lutAToBType). Colours that sRGB cannot show are cut, white stays white
// (relative colorimetric), and the table for the perceptual intent is preferred where a profile has several. Black
// is moved only for tables of version 4, where the specification says how dark black is.
//
// A profile that is broken or of a kind not read here gives an error, after which the colours are best taken for
// sRGB, and those of CMYK for what [Press] prints. Profiles are hostile like any other input: a transform takes at
// most a few MB and some tenths of a second to make, whatever the profile says.
package icc

import "errors"

// MaxProfile bounds the bytes of a profile. Those for print reach 3 MB, the others a few kB.
const MaxProfile = 8 << 20

var (
	// ErrCorrupt means that a profile, or the part of a file that holds it, is broken.
	ErrCorrupt = errors.New("corrupt ICC profile")
	// ErrUnsupported means a kind of profile that this package does not read.
	ErrUnsupported = errors.New("unsupported ICC profile")
	// ErrMismatch means pixels of another kind than the profile is for.
	ErrMismatch = errors.New("ICC profile for another kind of pixels")
)
