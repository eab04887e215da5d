package icc_test

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/adloom/adloom/internal/icc"
)

// build makes a profile of tags.
func build(version byte, class, space, pcs string, tags map[string]string) []byte {
	out := make([]byte, 128)
	out[8] = version
	copy(out[12:], class)
	copy(out[16:], space)
	copy(out[20:], pcs)
	copy(out[36:], "acsp")
	out = binary.BigEndian.AppendUint32(out, uint32(len(tags)))
	offset := len(out) + 12*len(tags)
	var bodies []byte
	for _, name := range slices.Sorted(maps.Keys(tags)) {
		out = append(out, name...)
		out = binary.BigEndian.AppendUint32(out, uint32(offset+len(bodies)))
		out = binary.BigEndian.AppendUint32(out, uint32(len(tags[name])))
		bodies = append(bodies, pad(tags[name])...)
	}
	out = append(out, bodies...)
	binary.BigEndian.PutUint32(out, uint32(len(out)))
	return out
}

func pad(s string) string {
	for len(s)%4 != 0 {
		s += "\x00"
	}
	return s
}

func s15(values ...float64) string {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint32(out, uint32(int32(math.Round(v*65536))))
	}
	return string(out)
}

// u16 writes 0 to 1.
func u16(values ...float64) string {
	var out []byte
	for _, v := range values {
		out = binary.BigEndian.AppendUint16(out, uint16(math.Round(min(max(v, 0), 1)*65535)))
	}
	return string(out)
}

func u32(n int) string { return string(binary.BigEndian.AppendUint32(nil, uint32(n))) }

func xyz(x, y, z float64) string { return "XYZ \x00\x00\x00\x00" + s15(x, y, z) }

func para(kind byte, values ...float64) string {
	return "para\x00\x00\x00\x00\x00" + string([]byte{kind}) + "\x00\x00" + s15(values...)
}

func gamma(g float64) string {
	return "curv\x00\x00\x00\x00" + u32(1) + string(binary.BigEndian.AppendUint16(nil, uint16(math.Round(g*256))))
}

func sampled(n int, f func(x float64) float64) string {
	out := "curv\x00\x00\x00\x00" + u32(n)
	for i := range n {
		out += u16(f(float64(i) / float64(n-1)))
	}
	return out
}

// light is the tone curve of sRGB.
func light(x float64) float64 {
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

func srgbPara() string { return para(3, 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045) }

func shaperTags(curve string, r, g, b string) map[string]string {
	return map[string]string{"rTRC": curve, "gTRC": curve, "bTRC": curve, "rXYZ": r, "gXYZ": g, "bXYZ": b}
}

func srgbProfile(curve string) []byte {
	return build(2, "mntr", "RGB ", "XYZ ", shaperTags(curve,
		xyz(0.43607, 0.22249, 0.01392), xyz(0.38515, 0.71687, 0.09708), xyz(0.14307, 0.06061, 0.71410)))
}

func p3Profile() []byte {
	return build(4, "mntr", "RGB ", "XYZ ", shaperTags(srgbPara(),
		xyz(0.51512, 0.24120, -0.00105), xyz(0.29198, 0.69225, 0.04189), xyz(0.15710, 0.06657, 0.78407)))
}

func adobeProfile() []byte {
	return build(2, "mntr", "RGB ", "XYZ ", shaperTags(gamma(2.19921875),
		xyz(0.60974, 0.31111, 0.01947), xyz(0.20528, 0.62567, 0.06087), xyz(0.14919, 0.06322, 0.74457)))
}

// mft2 is a lut16Type without curves; f gives the values of a node.
func mft2(channels, points int, f func(at []float64) []float64) string {
	out := "mft2\x00\x00\x00\x00" + string([]byte{byte(channels), 3, byte(points), 0}) + s15(1, 0, 0, 0, 1, 0, 0, 0, 1)
	out += "\x00\x02\x00\x02"
	for range channels {
		out += u16(0, 1)
	}
	out += string(grid(channels, points, f))
	return out + u16(0, 1, 0, 1, 0, 1)
}

// grid writes the nodes, the last channel fastest.
func grid(channels, points int, f func(at []float64) []float64) []byte {
	var out []byte
	n := int(math.Pow(float64(points), float64(channels)))
	at := make([]float64, channels)
	for i := range n {
		rest := i
		for c := channels - 1; c >= 0; c-- {
			at[c] = float64(rest%points) / float64(max(points-1, 1))
			rest /= points
		}
		out = append(out, u16(f(at)...)...)
	}
	return out
}

// mab is a lutAToBType; parts that are "" are left out.
func mab(channels int, b, matrix, m, grid, a string) string {
	out, offsets := "", ""
	for _, part := range []string{b, matrix, m, grid, a} {
		if part == "" {
			offsets += u32(0)
			continue
		}
		offsets += u32(32 + len(out))
		out += pad(part)
	}
	return "mAB \x00\x00\x00\x00" + string([]byte{byte(channels), 3, 0, 0}) + offsets + out
}

func three(curve string) string { return pad(curve) + pad(curve) + pad(curve) }

func transform(t testing.TB, profile []byte) *icc.Transform {
	t.Helper()
	p, err := icc.Parse(profile)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := p.Transform()
	if err != nil {
		t.Fatal(err)
	}
	return tr
}
