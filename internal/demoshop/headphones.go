package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

// drawHeadphones leaves the ground transparent, as many shops cut their products out.
func drawHeadphones(c *studio.Canvas) {
	c.Ellipse(720, 1286, 380, 26).Shadow(0, 0, 20, "#00000066")
	c.Turn(-8, 700, 760, func() {
		band(c)
		cup(c)
		c.Stretch(-1, 1, 700, 0, func() { cup(c) })
	})
}

func band(c *studio.Canvas) {
	c.Arc(700, 720, 402, 450, 186, 354).StrokeShadow(40, 8, 16, 14, "#00000059").
		StrokeAcross(70, "#a8482d", "#e07a55", "#f7a07c", "#e07a55", "#a23f26")
	c.Arc(700, 720, 418, 467, 188, 352).Stroke(12, "#ffc9ad8c")
	c.Arc(700, 722, 392, 438, 200, 340).StrokeAcross(38, "#2c2320", "#584641", "#2c2320") // the padding
	c.Arc(700, 722, 392, 438, 203, 337).Dashes(38, 5, 44, "#1c1412b3")
	c.Arc(700, 720, 402, 450, 232, 270).Stroke(15, "#fff0e673")
}

// cup is the right ear cup with its fork.
func cup(c *studio.Canvas) {
	c.Line(1104, 700, 1110, 880).StrokeShadow(22, 5, 8, 6, "#00000066").StrokeDown(24, "#f2f4f4", "#9aa3a7", "#dfe4e5")
	c.Line(1099, 706, 1105, 876).Stroke(5, "#ffffff99")
	c.Path("M1084 690 H1126 V740 C1126 756 1084 756 1084 740 Z").FillAcross("#a8482d", "#f7a07c", "#a23f26")
	c.Turn(-7, 1080, 960, func() {
		pad := c.Path("M1046 790 C1004 796 966 850 962 960 C960 1074 1000 1136 1046 1142 C1066 1130 1070 800 1046 790 Z")
		pad.Shadow(-6, 16, 14, "#00000059").FillAcross("#1d1614", "#4a3a35", "#6b5750", "#3a2d29")
		for _, x := range []float64{990, 1018} {
			c.Curve(x+14, 822, x-4, 960, x+18, 1112).Stroke(4, "#120d0c80")
		}
		c.Curve(996, 852, 980, 950, 990, 1060).Stroke(11, "#a58d8366")
		shell := c.Path("M1050 772 C1130 772 1196 840 1196 964 C1196 1090 1130 1160 1050 1160 C1034 1160 1030 1140 1030 1120 V812 C1030 790 1034 772 1050 772 Z")
		shell.Shadow(10, 18, 14, "#00000066").FillRadial(1096, 880, 320, "#ffc1a0", "#ee8a63", "#cf5f3b", "#8f3820")
		shell.Inside(func() {
			c.Path("M1030 760 H1072 V1180 H1020 Z").FillAcross("#7d2f1a", "#e07a55", "#c2552f")
			c.Path("M1074 760 V1180").Stroke(5, "#7d2f1a80")
			c.Ellipse(1160, 968, 44, 106).Shadow(0, 0, 10, "#fff0e633")
		})
		c.Curve(1094, 806, 1144, 850, 1166, 930).Stroke(12, "#fff0e6a6")
		c.Circle(1052, 1090, 9).Fill("#5a2111")
		c.Round(1042, 1000, 20, 56, 10).FillDown("#f6d9c9", "#b98a73")
	})
	c.Circle(1110, 884, 25).Shadow(4, 6, 6, "#00000066").FillLinear(1092, 864, 1128, 904, "#ffffff", "#c3cacd", "#7f878c")
	c.Circle(1110, 884, 9).FillLinear(1104, 878, 1116, 890, "#7f878c", "#e6eaeb")
}
