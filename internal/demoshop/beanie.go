package demoshop

import (
	"math"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

func drawBeanie(c *studio.Canvas) {
	c.Rect(0, 0, 1200, 1200).FillDown("#dcebf3", "#bcd5e4")
	c.Rect(0, 0, 1200, 1200).FillRadial(440, 340, 900, "#ffffffb3", "#ffffff00")
	scatter(70, func(i int, u, v float64) {
		c.Circle(u*1200, v*1000, 4+float64(i%4)*3).Shadow(0, 0, 2+float64(i%3)*2, "#ffffffd9")
	})
	c.Path("M0 990 C240 930 420 980 640 968 C880 950 1040 930 1200 980 V1200 H0 Z").Shadow(0, -4, 10, "#7fa5bd40").FillDown("#ffffff", "#dbe8f0")
	vignette(c, 1200, 1200)
	c.Ellipse(640, 1036, 370, 30).Shadow(0, 0, 22, "#34566b80")

	pompom(c, 600, 262, 118)
	crown := c.Path("M262 850 C236 560 340 330 600 330 C860 330 964 560 938 850 Z")
	crown.Shadow(16, 14, 20, "#34566b4d").FillRadial(480, 500, 560, "#e0525c", "#bf2f3f", "#8f1c2e")
	crown.Inside(func() { knitting(c) })
	cuff(c)
}

// knitting is rows of V stitches that lean towards the top of the head, with a band of snow-white peaks.
func knitting(c *studio.Canvas) {
	const rows, cols = 22, 34
	for row := range rows {
		y := 330 + float64(row)*25
		width := 690 * math.Sqrt(math.Sin(min(1, (float64(row)+1.5)/13)*math.Pi/2))
		for col := range cols {
			u := (float64(col)+0.5)/cols*2 - 1
			x := 600 + math.Sin(u*math.Pi/2)*width/2 // the stitches crowd together at the sides
			w := width / cols * max(0.3, math.Pi/2*math.Cos(u*math.Pi/2))
			light, dark := "#f0737a", "#8a1a2b"
			if peak(row, col) {
				light, dark = "#fffaf3", "#c9b3ac"
			}
			c.Move(x, y, func() { c.Stretch(w/26, 1, 0, 0, func() { stitch(c, light, dark) }) })
		}
	}
	c.Path("M262 850 C236 560 340 330 600 330").StrokeShadow(60, 0, 0, 26, "#5b0e1e66")
	c.Path("M938 850 C964 560 860 330 600 330").StrokeShadow(90, 0, 0, 34, "#4a0918a6")
	c.Ellipse(480, 500, 90, 130).Shadow(0, 0, 50, "#ffd9d64d")
}

// stitch is two leaning drops of wool.
func stitch(c *studio.Canvas, light, dark string) {
	for _, side := range []float64{1, -1} {
		c.Stretch(side, 1, 0, 0, func() {
			drop := c.Path("M1 26 C-3 14 -12 6 -12 -4 C-12 -12 -4 -10 1 0 C3 8 3 18 1 26 Z")
			drop.FillLinear(-10, -6, 4, 24, light, dark)
		})
	}
}

// peak says whether a stitch belongs to the white zigzag.
func peak(row, col int) bool {
	wave := col % 6
	height := min(wave, 6-wave)
	return row == 13-height || row == 16-height || row == 19
}

func cuff(c *studio.Canvas) {
	fold := c.Path("M230 816 C226 790 240 776 270 776 H930 C960 776 974 790 970 816 L960 980 C956 1016 940 1030 900 1032 C700 1044 500 1044 300 1032 C260 1030 244 1016 240 980 Z")
	fold.Shadow(8, -8, 14, "#4a091880").FillAcross("#8f1c2e", "#c93a48", "#e0525c", "#c93a48", "#a32437", "#7a1424")
	fold.Inside(func() {
		for i := range 27 {
			u := (float64(i)+0.5)/27*2 - 1
			x := 600 + math.Sin(u*math.Pi/2)*368
			w := 26*math.Cos(u*math.Pi/2) + 5
			rib := c.Round(x-w*0.38, 770, w*0.76, 280, w*0.3)
			rib.FillAcross("#a32437", "#ea6a72", "#8a1a2b")
			for k := range 10 {
				y := 792 + float64(k)*25
				c.Curve(x-w*0.34, y-7, x, y, x+w*0.34, y-7).Stroke(2.5, "#6b0f2073")
			}
		}
		c.Rect(220, 770, 760, 40).FillDown("#ffd9d640", "#ffd9d600")
		c.Rect(220, 960, 760, 90).FillDown("#4a091800", "#4a0918a6")
		c.Rect(220, 770, 760, 290).FillAcross("#4a091880", "#4a091800", "#4a091800", "#4a091800", "#4a09184d", "#4a0918b3")
	})
	label := c.Round(716, 880, 112, 80, 8)
	label.Shadow(3, 6, 6, "#2b040db3").FillDown("#c98d5c", "#a5683a").Dashes(3, 8, 6, "#6b3a1ab3")
	c.Path("M738 938 L764 900 L778 920 L788 906 L808 938 Z").Fill("#fbeedd")
}

func pompom(c *studio.Canvas, x, y, r float64) {
	c.Circle(x, y, r*0.94).Shadow(10, 16, 16, "#34566b59").FillRadial(x-30, y-36, r*1.5, "#ffffff", "#efe2da", "#bfa9a0")
	scatter(420, func(i int, u, v float64) {
		angle, far := u*2*math.Pi, math.Sqrt(v)*r*0.93
		sin, cos := math.Sincos(angle)
		px, py := x+cos*far, y+sin*far
		tone := []string{"#ffffffcc", "#f3e8e1cc", "#cdb9b0a6", "#fffaf6cc"}[i%4]
		if sin+cos > 0.9 && far > r*0.5 {
			tone = "#b59d93a6"
		}
		c.Line(px, py, px+cos*15+float64(i%5-2)*2, py+sin*15+float64(i%3-1)*3).Stroke(4, tone)
	})
}
