package demoshop

import (
	"math"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

func drawBicycle(c *studio.Canvas) {
	c.Rect(0, 0, 1600, 1000).FillDown("#f7d488", "#f2bd62")
	c.Rect(0, 0, 1600, 1000).FillRadial(560, 280, 1000, "#fff4d480", "#fff4d400")
	for row := range 9 { // a few bricks show through the plaster
		for col := range 4 {
			if (row*5+col*3)%7 < 2 {
				x := float64(col)*430 + float64(row%3)*120 - 40
				c.Round(x, 60+float64(row)*78, 92, 34, 6).Fill("#d98f4226").Stroke(2, "#c87a2f26")
			}
		}
	}
	c.Rect(0, 800, 1600, 200).FillDown("#b9a78f", "#96846d")
	c.Rect(0, 786, 1600, 22).FillDown("#e8dcc8", "#c5b59c")
	vignette(c, 1600, 1000)
	c.Ellipse(820, 862, 480, 18).Shadow(0, 0, 14, "#3a2c1a99")
	c.Ellipse(544, 858, 90, 7).Shadow(0, 0, 5, "#1c140cb3")
	c.Ellipse(1076, 858, 90, 7).Shadow(0, 0, 5, "#1c140cb3")

	c.Stretch(0.95, 0.95, 806, 858, func() {
		c.Move(0, 16, func() {
			wheel(c, 530, 650)
			wheel(c, 1090, 650)
			frame(c)
			drivetrain(c)
			saddle(c)
			handlebar(c)
			basket(c)
		})
	})
}

func wheel(c *studio.Canvas, x, y float64) {
	c.Circle(x, y, 182).StrokeShadow(18, 14, 8, 10, "#7a4a1266")
	for i := range 28 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 14)
		sin1, cos1 := math.Sincos(float64(i)*math.Pi/14 + 0.9*float64(1-2*(i%2)))
		c.Line(x+12*cos1, y+12*sin1, x+174*cos, y+174*sin).Stroke(2, "#e9edee")
	}
	c.Circle(x, y, 188).StrokeDown(23, "#3d3833", "#191614", "#2b2723")
	c.Circle(x, y, 194).Stroke(3, "#6b625a80")
	c.Circle(x, y, 173).StrokeDown(9, "#fbfcfc", "#a9b1b4", "#e9edee")
	c.Circle(x, y, 18).FillDown("#f4f6f6", "#8b9498")
	c.Circle(x, y, 7).Fill("#4a5256")
	c.Arc(x, y, 208, 208, 196, 330).StrokeAcross(11, "#0f5a5a", "#3fa6a0", "#0f5a5a") // the mudguard
}

// tube is a round pipe: dark edges, a light along the upper side.
func tube(c *studio.Canvas, width, x0, y0, x1, y1 float64) {
	s := c.Line(x0, y0, x1, y1)
	s.StrokeShadow(width, 9, 7, 8, "#7a4a1240").Stroke(width, "#0f5557").Stroke(width*0.72, "#1f8a86")
	c.Move(-width*0.12, -width*0.18, func() { c.Line(x0, y0, x1, y1).Stroke(width*0.2, "#a6e3dcb3") })
}

func frame(c *studio.Canvas) {
	tube(c, 13, 530, 650, 772, 662) // chain stay
	tube(c, 12, 530, 650, 712, 420) // seat stay
	c.Curve(1006, 372, 1034, 500, 1060, 590, 1090, 650).StrokeShadow(17, 9, 7, 8, "#7a4a1240").Stroke(17, "#0f5557").Stroke(12, "#1f8a86")
	c.Curve(1002, 372, 1030, 500, 1056, 590, 1086, 648).Stroke(3.5, "#a6e3dcb3")
	tube(c, 22, 772, 662, 1018, 436) // down tube
	tube(c, 19, 722, 452, 1004, 392) // top tube
	tube(c, 21, 772, 662, 704, 384)  // seat tube
	tube(c, 27, 1000, 350, 1022, 446)
	c.Line(703, 380, 690, 326).StrokeAcross(13, "#8b9498", "#fbfcfc", "#8b9498")
	c.Turn(-42.5, 895, 549, func() { c.Round(848, 543, 94, 12, 6).Fill("#f7e6c0") })
}

func drivetrain(c *studio.Canvas) {
	c.Line(530, 630, 772, 622).Stroke(5, "#4a4540")
	c.Line(530, 668, 772, 702).Stroke(5, "#4a4540")
	c.Circle(772, 662, 44).StrokeDown(11, "#f4f6f6", "#8b9498").Dashes(15, 6, 6, "#6d7579")
	for i := range 5 {
		c.Turn(float64(i)*72, 772, 662, func() { c.Line(772, 662, 772, 624).Stroke(8, "#c3cacd") })
	}
	c.Line(772, 662, 846, 716).StrokeShadow(13, 4, 6, 4, "#3a2c1a66").StrokeDown(14, "#f4f6f6", "#8b9498")
	c.Round(818, 712, 66, 17, 8).Shadow(4, 6, 4, "#3a2c1a66").FillDown("#4a4540", "#211d1a")
	c.Line(772, 662, 698, 608).StrokeDown(12, "#dfe4e5", "#8b9498")
	c.Round(660, 594, 60, 15, 7).FillDown("#4a4540", "#211d1a")
	c.Circle(772, 662, 13).FillDown("#fbfcfc", "#7f878c")
}

func saddle(c *studio.Canvas) {
	c.Path("M650 336 C660 350 740 350 764 330").Stroke(7, "#7f878c")
	seat := c.Path("M612 316 C604 290 640 282 676 290 C720 298 770 292 796 304 C806 312 800 324 784 324 C740 326 716 332 690 344 C660 354 620 346 612 316 Z")
	seat.Shadow(8, 10, 8, "#7a4a1259").FillDown("#b06f41", "#8a4d28", "#5d2f18")
	c.Path("M626 306 C650 296 690 306 772 308").Stroke(5, "#f0c79c8c")
}

func handlebar(c *studio.Canvas) {
	c.Line(1000, 352, 988, 296).StrokeAcross(15, "#8b9498", "#fbfcfc", "#8b9498")
	bar := c.Path("M1020 284 C1000 290 960 296 930 290 C890 282 880 310 862 326")
	bar.StrokeShadow(13, 6, 8, 7, "#7a4a1259").StrokeDown(14, "#fbfcfc", "#8b9498")
	c.Path("M896 296 C884 306 874 318 858 330").Stroke(21, "#8a4d28").Stroke(6, "#c98d5c80")
	c.Path("M930 306 C920 320 906 330 890 336").Stroke(5, "#c3cacd")
	c.Circle(958, 276, 15).Shadow(3, 5, 4, "#7a4a1259").FillRadial(953, 270, 22, "#fff3c9", "#e3b74a", "#9a7320")
}

func basket(c *studio.Canvas) {
	flowers := []struct {
		x, y, r float64
		tone    string
	}{{1072, 300, 24, "#e2725b"}, {1116, 272, 28, "#fdf5ea"}, {1164, 296, 25, "#e59ab0"}, {1196, 318, 20, "#fdf5ea"}, {1140, 314, 22, "#e2725b"}, {1092, 326, 20, "#e59ab0"}}
	for i, f := range flowers {
		c.Curve(1136, 390, (f.x+1136)/2+6, 350, f.x, f.y).Stroke(5, "#4f7d4a")
		c.Turn(float64(i)*28-60, 1136, 380, func() {
			c.Path("M1136 380 C1112 340 1116 300 1136 262 C1156 300 1160 340 1136 380 Z").FillAcross("#4f7d4a", "#7fae6f")
		})
	}
	for _, f := range flowers {
		for i := range 6 {
			sin, cos := math.Sincos(float64(i) * math.Pi / 3)
			c.Circle(f.x+cos*f.r*0.6, f.y+sin*f.r*0.6, f.r*0.5).Fill(f.tone)
		}
		c.Circle(f.x, f.y, f.r*0.34).Fill("#e8b04a")
	}
	box := c.Path("M1036 340 H1238 L1216 470 C1214 482 1206 486 1196 486 H1078 C1068 486 1060 482 1058 470 Z")
	box.Shadow(12, 14, 12, "#7a4a1266").FillAcross("#a8713a", "#d9a866", "#ecc88e", "#c28f50", "#8f5d2c")
	box.Inside(func() {
		for row := range 8 {
			for col := range 14 {
				x, y := 1030+float64(col)*16, 346+float64(row)*18
				c.Round(x+float64(row%2)*8, y, 12, 9, 4).FillDown("#f3d9a880", "#8f5d2c66")
			}
		}
	})
	c.Round(1028, 330, 218, 22, 11).FillDown("#e3b67a", "#9a6a34").Dashes(3, 8, 8, "#7a4f2280")
}
