package colorglyph

import (
	"github.com/go-text/typesetting/font/opentype/tables"

	"github.com/adloom/adloom/renderer/path"
)

// transform is the matrix of a paint that places another, in the y-up space of fonts, where positive angles turn
// against the clock; false for any other paint.
func (v variation) transform(p tables.PaintTable) (inner tables.PaintTable, m path.Matrix, ok bool) {
	switch p := p.(type) {
	case tables.PaintTransform:
		t := p.Transform
		return p.Paint, affine(t.Xx, t.Yx, t.Xy, t.Yy, t.Dx, t.Dy, still), true
	case tables.PaintVarTransform:
		t := p.Transform
		return p.Paint, affine(t.Xx, t.Yx, t.Xy, t.Yy, t.Dx, t.Dy, v.at(t.VarIndexBase)), true
	case tables.PaintTranslate:
		return p.Paint, path.Translate(float64(p.Dx), float64(p.Dy)), true
	case tables.PaintVarTranslate:
		d := v.at(p.VarIndexBase)
		return p.Paint, path.Translate(float64(p.Dx)+d(0), float64(p.Dy)+d(1)), true
	case tables.PaintScale:
		return p.Paint, scale(p.ScaleX, p.ScaleY, still), true
	case tables.PaintVarScale:
		return p.Paint, scale(p.ScaleX, p.ScaleY, v.at(p.VarIndexBase)), true
	case tables.PaintScaleAroundCenter:
		return p.Paint, around(scale(p.ScaleX, p.ScaleY, still), p.CenterX, p.CenterY, still, 2), true
	case tables.PaintVarScaleAroundCenter:
		d := v.at(p.VarIndexBase)
		return p.Paint, around(scale(p.ScaleX, p.ScaleY, d), p.CenterX, p.CenterY, d, 2), true
	case tables.PaintScaleUniform:
		return p.Paint, uniform(p.Scale, still), true
	case tables.PaintVarScaleUniform:
		return p.Paint, uniform(p.Scale, v.at(p.VarIndexBase)), true
	case tables.PaintScaleUniformAroundCenter:
		return p.Paint, around(uniform(p.Scale, still), p.CenterX, p.CenterY, still, 1), true
	case tables.PaintVarScaleUniformAroundCenter:
		d := v.at(p.VarIndexBase)
		return p.Paint, around(uniform(p.Scale, d), p.CenterX, p.CenterY, d, 1), true
	case tables.PaintRotate:
		return p.Paint, rotate(p.Angle, still), true
	case tables.PaintVarRotate:
		return p.Paint, rotate(p.Angle, v.at(p.VarIndexBase)), true
	case tables.PaintRotateAroundCenter:
		return p.Paint, around(rotate(p.Angle, still), p.CenterX, p.CenterY, still, 1), true
	case tables.PaintVarRotateAroundCenter:
		d := v.at(p.VarIndexBase)
		return p.Paint, around(rotate(p.Angle, d), p.CenterX, p.CenterY, d, 1), true
	case tables.PaintSkew:
		return p.Paint, skew(p.XSkewAngle, p.YSkewAngle, still), true
	case tables.PaintVarSkew:
		return p.Paint, skew(p.XSkewAngle, p.YSkewAngle, v.at(p.VarIndexBase)), true
	case tables.PaintSkewAroundCenter:
		return p.Paint, around(skew(p.XSkewAngle, p.YSkewAngle, still), p.CenterX, p.CenterY, still, 2), true
	case tables.PaintVarSkewAroundCenter:
		d := v.at(p.VarIndexBase)
		return p.Paint, around(skew(p.XSkewAngle, p.YSkewAngle, d), p.CenterX, p.CenterY, d, 2), true
	}
	return nil, path.Matrix{}, false
}

func affine(xx, yx, xy, yy, dx, dy tables.Float1616, d deltas) path.Matrix {
	m := path.Matrix{float64(xx), float64(yx), float64(xy), float64(yy), float64(dx), float64(dy)}
	for i := range m {
		m[i] += d(uint32(i)) / (1 << 16)
	}
	return m
}

func scale(x, y tables.Fixed214, d deltas) path.Matrix {
	return path.Scale(f2dot14(x, d(0)), f2dot14(y, d(1)))
}

func uniform(s tables.Fixed214, d deltas) path.Matrix {
	f := f2dot14(s, d(0))
	return path.Scale(f, f)
}

func rotate(angle tables.Fixed214, d deltas) path.Matrix {
	return path.Rotate(180 * f2dot14(angle, d(0)))
}

func skew(x, y tables.Fixed214, d deltas) path.Matrix {
	return path.Skew(-180*f2dot14(x, d(0)), 180*f2dot14(y, d(1)))
}

// around applies m about a centre, whose deltas begin at first.
func around(m path.Matrix, x, y int16, d deltas, first uint32) path.Matrix {
	cx, cy := float64(x)+d(first), float64(y)+d(first+1)
	return path.Translate(cx, cy).Mul(m).Mul(path.Translate(-cx, -cy))
}
