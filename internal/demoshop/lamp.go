package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawLamp(c *studio.Canvas) {
	c.Rect(0, 0, 1200, 1600).FillDown("#1d3a44", "#2a505b")
	c.Rect(0, 0, 1200, 1600).FillRadial(700, 760, 760, "#ffd98a80", "#e9b86a33", "#1d3a4400")
	c.Rect(0, 1270, 1200, 330).FillDown("#8a5a36", "#5b3620")
	c.Rect(0, 1270, 1200, 330).FillRadial(760, 1330, 560, "#ffdf9fb3", "#f0b86a59", "#5b362000")
	for i := range 7 { // the grain of the table
		y := 1300 + float64(i*i)*5 + float64(i)*8
		c.Curve(-20, y, 300, y+5, 700, y-3, 1220, y+6).Stroke(2.5, "#3a1f1030")
	}
	c.Rect(0, 1252, 1200, 20).FillDown("#b98556", "#8a5a36")

	c.Stretch(0.92, 0.92, 610, 980, func() {
		books(c)
		c.Path("M640 690 L950 540 L1270 1380 C1100 1440 640 1440 470 1370 Z").Shadow(0, 0, 34, "#ffe2a030") // the beam
		c.Ellipse(800, 1372, 340, 52).Shadow(0, 0, 36, "#ffeabc99")
		lamp(c)
	})
	c.Rect(0, 0, 1200, 1600).FillRadial(640, 820, 1080, "#06121600", "#06121600", "#06121614", "#06121680")
}

func lamp(c *studio.Canvas) {
	ground(c, 400, 1372, 190, "#1c0d05")
	c.Path("M212 1350 C212 1300 290 1276 400 1276 C510 1276 588 1300 588 1350 V1362 C588 1388 510 1400 400 1400 C290 1400 212 1388 212 1362 Z").
		FillAcross("#8a3524", "#c95a40", "#f08a68", "#d96a4c", "#8a3524", "#6b2417")
	c.Ellipse(400, 1338, 186, 44).FillRadial(460, 1322, 200, "#f7a382", "#d96a4c", "#b04a32")
	c.Path("M240 1330 C280 1306 350 1298 410 1298").Stroke(6, "#ffd9c680")

	brass := []string{"#8a652a", "#f3d58f", "#b98a3e"}
	c.Line(400, 1320, 300, 850).StrokeShadow(26, 10, 8, 8, "#0000004d").StrokeAcross(26, brass...)
	c.Line(340, 1180, 270, 900).Stroke(5, "#d9b56a99") // the spring's rod
	c.Line(300, 850, 700, 520).StrokeShadow(26, 8, 14, 8, "#0000004d").StrokeDown(26, "#f7dfa4", "#b98a3e")
	c.Line(330, 800, 640, 540).Stroke(5, "#fff1c999")
	for _, p := range [][3]float64{{300, 850, 40}, {400, 1312, 34}, {700, 520, 34}} {
		c.Circle(p[0], p[1], p[2]).Shadow(4, 6, 6, "#00000066").FillLinear(p[0]-26, p[1]-30, p[0]+26, p[1]+30, "#fae7b5", "#c99b4c", "#7d5a22")
		c.Circle(p[0], p[1], p[2]*0.4).FillLinear(p[0]-10, p[1]-10, p[0]+10, p[1]+10, "#7d5a22", "#f3d58f")
	}
	c.Path("M300 880 C250 1000 280 1180 330 1260 C350 1300 330 1330 250 1346").Stroke(6, "#15252bb3")
	c.Turn(-26, 760, 560, func() { shade(c) })
}

// shade is the head of the lamp, upright: its mouth looks down.
func shade(c *studio.Canvas) {
	c.Round(716, 390, 88, 70, 20).FillAcross("#8a652a", "#f3d58f", "#a87c35", "#7d5a22")
	c.Ellipse(760, 700, 214, 48).FillDown("#fff7dc", "#ffe2a0")
	c.Circle(760, 700, 66).Shadow(0, 0, 26, "#fffbe8").Fill("#fffdf2")
	cone := c.Path("M700 446 H820 C840 446 850 456 858 474 L980 690 C900 716 620 716 540 690 L662 474 C670 456 680 446 700 446 Z")
	cone.Shadow(6, 8, 10, "#00000040").FillAcross("#8a3524", "#c95a40", "#f49a78", "#e27655", "#b04a32", "#6b2417")
	cone.Inside(func() {
		c.Path("M676 480 L590 690").Stroke(16, "#ffe3d666")
		c.Ellipse(760, 716, 226, 30).Shadow(0, 0, 8, "#ffcf8acc")
	})
	c.Path("M541 691 C620 716 900 716 979 691").Stroke(7, "#fff0c4")
}

func books(c *studio.Canvas) {
	c.Ellipse(860, 1366, 190, 16).Shadow(14, 0, 14, "#1c0d05b3")
	for _, b := range []struct {
		x, y, w, h  float64
		dark, light string
	}{{690, 1300, 340, 62, "#274b44", "#4d8577"}, {720, 1246, 300, 54, "#8f6a2c", "#e3b75e"}, {704, 1202, 270, 44, "#7a3b46", "#c77a84"}} {
		c.Round(b.x, b.y, b.w, b.h, 10).Shadow(4, 6, 8, "#1c0d0566").FillAcross(b.dark, b.light, b.light, b.dark)
		c.Rect(b.x+b.w-40, b.y+8, 36, b.h-16).FillDown("#fff3d9", "#d9bd90")
		c.Rect(b.x+34, b.y, 8, b.h).Fill("#ffffff40")
		c.Rect(b.x+54, b.y, 4, b.h).Fill("#ffffff33")
	}
}
