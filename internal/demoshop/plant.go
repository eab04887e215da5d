package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawPlant(c *studio.Canvas) {
	sweep(c, 1200, 1600, 1240, [2]string{"#f3e3dc", "#e8cdc2"}, [2]string{"#e9d3c6", "#d3b3a2"})
	c.Path("M250 1244 V560 C250 100 950 100 950 560 V1244 Z").FillDown("#fdf4ee", "#f2ddd2")
	c.Stretch(0.9, 0.9, 600, 980, func() { plant(c) })
}

func plant(c *studio.Canvas) {
	ground(c, 600, 1370, 220, "#4a2a1c")
	for _, l := range []struct {
		x, y, turn, size float64
		tone             int
	}{ // from the back to the front
		{600, 900, -58, 0.86, 0}, {600, 900, 56, 0.9, 0}, {600, 880, -22, 1.08, 1}, {600, 880, 24, 1.04, 0},
		{600, 900, 2, 1.16, 2}, {590, 930, -84, 0.72, 1}, {610, 930, 84, 0.74, 2}, {585, 950, -40, 0.7, 2}, {615, 950, 42, 0.72, 1},
	} {
		c.Turn(l.turn, l.x, l.y, func() { c.Stretch(l.size, l.size, l.x, l.y, func() { c.Move(l.x, l.y, func() { leaf(c, l.tone) }) }) })
	}
	pot(c)
}

// leaf is a rubber plant's leaf that grows upwards from the origin.
func leaf(c *studio.Canvas, tone int) {
	pairs := [][4]string{
		{"#1d4a38", "#2f6b52", "#3f8566", "#27594a"},
		{"#285c43", "#42825f", "#5ca07a", "#336b52"},
		{"#316b4b", "#57996d", "#7bb88a", "#3f7d5c"},
	}
	t := pairs[tone]
	c.Curve(0, 60, -4, -60, 0, -160).StrokeAcross(13, "#6b3a34", "#a5655a", "#6b3a34")
	blade := c.Path("M0 -130 C-130 -190 -150 -420 0 -600 C150 -420 130 -190 0 -130 Z")
	blade.Shadow(12, 18, 18, "#1d2a1f59")
	blade.FillAcross(t[1], t[2], t[1])
	blade.Inside(func() {
		c.Path("M0 -120 C130 -190 150 -420 0 -610 L200 -610 V-120 Z").FillAcross(t[0], t[1], t[3])
		for i := range 9 {
			y := -180 - float64(i)*44
			c.Curve(0, y, -60, y-26, -130, y-74).Stroke(3, "#dff0df38")
			c.Curve(0, y, 60, y-26, 130, y-74).Stroke(3, "#dff0df26")
		}
		c.Curve(-66, -250, -92, -370, -50, -480).StrokeShadow(26, 0, 0, 11, "#ffffff6b")
	})
	c.Curve(0, -120, 3, -360, 0, -590).Stroke(7, "#e7f2dcb3").Stroke(3, "#b97a6aa6")
}

func pot(c *studio.Canvas) {
	c.Ellipse(600, 1372, 208, 30).FillDown("#b8573a", "#7f3420")
	body := c.Path("M392 980 H808 L770 1330 C766 1366 740 1376 600 1376 C460 1376 434 1366 430 1330 Z")
	body.FillAcross("#8a3c25", "#c9674a", "#e88f6e", "#dd7d5b", "#c05e40", "#7d331e")
	body.Inside(func() {
		c.Path("M380 1130 L450 1060 L520 1130 L590 1060 L660 1130 L730 1060 L800 1130 L830 1100 V1190 L800 1200 L730 1130 L660 1200 L590 1130 L520 1200 L450 1130 L380 1200 Z").
			Fill("#fbe6d6d9")
		c.Rect(380, 1238, 440, 16).Fill("#fbe6d6d9")
		c.Rect(380, 1270, 440, 7).Fill("#fbe6d699")
		c.Rect(380, 960, 440, 420).FillAcross("#5b1f0e80", "#5b1f0e00", "#ffffff26", "#5b1f0e00", "#5b1f0e2b", "#5b1f0ea6")
		c.Rect(380, 1010, 440, 60).FillDown("#5b1f0e80", "#5b1f0e00")
		c.Ellipse(600, 1392, 260, 34).Shadow(0, 0, 16, "#3a120799")
	})
	rim := c.Round(372, 930, 456, 92, 18)
	rim.Shadow(4, 8, 8, "#3a120759").FillAcross("#9a452b", "#d97a5a", "#f5a584", "#e88f6e", "#cb6a4a", "#8a3c25")
	c.Path("M392 942 H700").Stroke(6, "#ffe0cf8c")
}
