package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawNotebooks(c *studio.Canvas) {
	c.Rect(0, 0, 1600, 1600).FillLinear(0, 0, 1600, 1600, "#ded9ee", "#c3bbdf")
	c.Rect(0, 0, 1600, 1600).FillRadial(420, 360, 1300, "#ffffff8c", "#ffffff00")
	for i := range 4 { // light through blinds
		y := 140 + float64(i)*330
		c.Polygon(-100, y+300, 1700, y-300, 1700, y-150, -100, y+450).Shadow(0, 0, 18, "#ffffff2b")
	}
	vignette(c, 1600, 1600)

	c.Turn(-17, 800, 1100, func() { notebook(c, 440, 400, "#2c5a63", "#3f7f88", "#1f434b"); dots(c) })
	c.Turn(-3, 800, 1100, func() { notebook(c, 500, 370, "#d9a23a", "#efc368", "#b07d22"); waves(c) })
	c.Turn(11, 800, 1100, func() { notebook(c, 560, 360, "#c8553f", "#e27d63", "#9a3a28"); peaks(c) })
	c.Turn(24, 1240, 800, func() { pencil(c) })
	clips(c)
}

// notebook is a closed book of 560 x 780 from its top left corner, with rounded corners on the right.
func notebook(c *studio.Canvas, x, y float64, tone, light, dark string) {
	c.Move(x, y, func() {
		outline := "M0 0 H536 C552 0 560 8 560 24 V756 C560 772 552 780 536 780 H0 Z"
		c.Path(outline).Shadow(22, 28, 26, "#2b1f4a73").Shadow(4, 6, 5, "#2b1f4a59")
		c.Move(7, 9, func() { c.Path(outline).Fill("#f3ecdd").Stroke(2, "#cfc3ab") }) // the pages
		cover := c.Path(outline)
		cover.FillLinear(0, 0, 560, 780, light, tone, dark)
		cover.Inside(func() {
			c.Rect(0, 0, 62, 780).FillAcross(dark, tone, dark)
			c.Rect(62, 0, 5, 780).Fill("#00000033")
			c.Rect(67, 0, 4, 780).Fill("#ffffff2e")
			c.Path("M0 0 H560 V300 L0 700 Z").FillLinear(0, 0, 420, 500, "#ffffff33", "#ffffff00")
		})
		c.Path("M3 3 H536 C550 3 557 10 557 24").Stroke(3, "#ffffff59")
	})
}

func dots(c *studio.Canvas) {
	for row := range 9 {
		for col := range 6 {
			c.Circle(560+float64(col)*78, 450+float64(row)*80, 9).Fill("#f3ecdd8c")
		}
	}
}

func waves(c *studio.Canvas) {
	for row := range 9 {
		y := 430 + float64(row)*76
		c.Move(0, y, func() {
			c.Path("M590 0 Q620 -34 650 0 Q680 34 710 0 Q740 -34 770 0 Q800 34 830 0 Q860 -34 890 0 Q920 34 950 0 Q980 -34 1010 0").Stroke(9, "#fff3d499")
		})
	}
}

// peaks is the cover on top: a landscape, a label and an elastic band.
func peaks(c *studio.Canvas) {
	c.Path("M640 1130 L760 900 L830 1010 L930 820 L1090 1130 Z").Fill("#f7d9c4e6")
	c.Path("M930 820 L1090 1130 H960 L916 960 L950 910 Z").Fill("#7d2a1a33")
	c.Circle(770, 810, 46).Fill("#f2b84b")
	label := c.Round(690, 470, 300, 170, 12)
	label.Shadow(2, 5, 6, "#4a120866").FillDown("#fffaf0", "#f3e6cf")
	c.Round(704, 484, 272, 142, 6).Stroke(3, "#c8553f99")
	for i, w := range []float64{190, 150, 110} {
		c.Round(840-w/2, 520+float64(i)*30, w, 8, 4).Fill("#5b4a42b3")
	}
	c.Rect(1056, 356, 20, 790).Shadow(5, 3, 5, "#2b0a0480").FillAcross("#2b2030", "#5b4a60", "#2b2030")
	c.Polygon(640, 1136, 666, 1136, 666, 1232, 653, 1212, 640, 1232).Shadow(4, 6, 5, "#2b1f4a66").FillAcross("#e8c05a", "#c99a30") // the ribbon
}

func pencil(c *studio.Canvas) {
	c.Round(1222, 330, 40, 900, 6).Shadow(20, 22, 16, "#2b1f4a80")
	c.Round(1222, 318, 40, 62, 12).FillAcross("#d98fa0", "#f7c3cd", "#c06f82")
	c.Rect(1220, 372, 44, 54).FillAcross("#8a8f99", "#f4f6f8", "#a3a9b3", "#6d727c")
	for _, y := range []float64{384, 398, 412} {
		c.Line(1222, y, 1262, y).Stroke(3, "#5a5f6966")
	}
	c.Rect(1222, 424, 14, 700).Fill("#2b6a74")
	c.Rect(1235, 424, 14, 700).Fill("#4fa3ab")
	c.Rect(1248, 424, 14, 700).Fill("#1f525b")
	c.Path("M1222 1120 C1226 1130 1232 1130 1235 1120 C1239 1130 1245 1130 1249 1120 C1252 1130 1258 1130 1262 1120 L1246 1216 H1238 Z").FillAcross("#d9b384", "#f7e0bd", "#c49a68")
	c.Polygon(1236, 1196, 1248, 1196, 1242, 1232).Fill("#2b2a33")
}

func clips(c *studio.Canvas) {
	for _, p := range [][3]float64{{250, 1180, -30}, {330, 1290, 48}, {210, 1340, 100}} {
		c.Turn(p[2], p[0], p[1], func() {
			c.Move(p[0], p[1], func() {
				wire := c.Path("M-12 60 V-40 C-12 -64 26 -64 26 -40 V64 C26 96 -30 96 -30 64 V-56 C-30 -92 40 -92 40 -56 V44")
				wire.StrokeShadow(7, 5, 7, 4, "#2b1f4a73").StrokeDown(8, "#f6dc9a", "#b98a2e", "#f0cd7a")
			})
		})
	}
}
