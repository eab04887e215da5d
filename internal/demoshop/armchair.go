package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawArmchair(c *studio.Canvas) {
	sweep(c, 1600, 1200, 930, [2]string{"#efd9cf", "#e3bfb0"}, [2]string{"#c99b78", "#a87652"})
	for i := range 6 { // floor boards
		y := 956 + float64(i*i)*9 + float64(i)*8
		c.Line(-10, y, 1610, y).Stroke(2.5, "#6b42244d")
	}
	c.Rect(0, 906, 1600, 26).FillDown("#f6e9e2", "#dfc4b7")
	c.Ellipse(800, 1056, 640, 92).FillDown("#f3e7da", "#dcc7b2").Stroke(6, "#c2a88e")
	c.Ellipse(800, 1056, 600, 78).Dashes(4, 18, 14, "#b28f6f")
	painting(c)
	floorPlant(c)

	c.Ellipse(830, 1056, 400, 40).Shadow(0, 0, 24, "#2b1a1099")
	for _, x := range []float64{500, 1100} {
		c.Polygon(x-24, 930, x+24, 930, x+(x-800)/18+9, 1062, x+(x-800)/18-9, 1062).FillAcross("#6b3f1e", "#c08850", "#6b3f1e")
	}
	chair(c)
}

func chair(c *studio.Canvas) {
	velvet := []string{"#5b9a83", "#347360", "#1f5345", "#123a30"}
	back := c.Path("M470 820 V430 C470 290 560 230 800 230 C1040 230 1130 290 1130 430 V820 Z")
	back.Shadow(18, 20, 24, "#3a1f1459").FillRadial(640, 340, 640, velvet...)
	back.Inside(func() {
		for i := range 5 { // the channels of the back
			x := 536 + float64(i)*132
			c.Move(x, 0, func() {
				channel := c.Path("M0 220 C-10 400 -6 600 0 840")
				channel.StrokeShadow(16, 8, 0, 12, "#06201a80").Stroke(4, "#0d332a8c")
				channel.StrokeShadow(30, 60, 0, 18, "#9fd0bb33")
			})
		}
		c.Ellipse(800, 830, 330, 60).Shadow(0, 0, 26, "#06201ab3")
	})
	c.Path("M492 470 C494 320 570 262 760 254").Stroke(16, "#b5dccb59")

	seat := c.Path("M500 730 C500 690 520 676 560 676 H1040 C1080 676 1100 690 1100 730 V830 H500 Z")
	seat.Shadow(0, -10, 12, "#06201a80").FillDown("#5b9a83", "#3a7c67", "#265f4f")
	c.Path("M530 700 C640 684 960 684 1070 700").Stroke(12, "#b5dccb66")
	c.Path("M504 764 C640 780 960 780 1096 764").Stroke(4, "#0d332a99")
	c.Path("M460 800 H1140 V890 C1140 930 1110 946 1070 946 H530 C490 946 460 930 460 890 Z").FillDown("#2d6b59", "#164438")
	c.Path("M500 804 H1100").Stroke(10, "#06201a66")
	cushion(c)
	for _, side := range []float64{1, -1} {
		c.Stretch(side, 1, 800, 0, func() { arm(c, side) })
	}
}

func arm(c *studio.Canvas, side float64) {
	front := c.Path("M1060 640 C1060 570 1100 536 1150 536 C1206 536 1240 574 1240 640 V880 C1240 926 1216 946 1180 946 H1110 C1078 946 1060 930 1060 900 Z")
	front.Shadow(-14*side, 10, 16, "#06201a99")
	if side > 0 {
		front.FillAcross("#1c4f41", "#3a7c67", "#2a6655", "#123a30")
	} else {
		front.FillAcross("#2a6655", "#5b9a83", "#3f8670", "#1c4f41") // mirrored: the lit arm
	}
	front.Inside(func() { c.Rect(1040, 880, 220, 80).FillDown("#06201a00", "#06201a80") })
	c.Path("M1084 640 C1084 590 1110 560 1150 560 C1192 560 1216 590 1216 640 V900").Dashes(3, 10, 8, "#b5dccb59")
	c.Path("M1082 600 C1096 560 1120 548 1150 548").Stroke(12, "#cfeadd73")
}

func cushion(c *studio.Canvas) {
	c.Turn(-9, 700, 620, func() {
		pad := c.Path("M560 500 C640 520 760 520 850 496 C836 580 836 660 856 740 C760 722 650 722 554 744 C574 660 574 580 560 500 Z")
		pad.Shadow(14, 18, 16, "#06201aa6").FillRadial(650, 560, 260, "#f9d9a0", "#e9b563", "#c4863a")
		pad.Inside(func() {
			for i := range 9 {
				x := 520 + float64(i)*44
				c.Line(x, 480, x+10, 760).Stroke(7, "#fff3d666")
			}
		})
		pad.Stroke(5, "#b87a34")
	})
}

func painting(c *studio.Canvas) {
	c.Rect(226, 200, 210, 280).Shadow(8, 12, 12, "#5b2f1e59").Fill("#b98556")
	c.Rect(238, 212, 186, 256).Fill("#fbf4ea")
	c.Rect(262, 240, 138, 200).FillDown("#f3c9a8", "#f7e3cb").Inside(func() {
		c.Circle(350, 300, 32).Fill("#e2725b")
		c.Path("M240 440 L300 350 L340 396 L380 340 L430 440 Z").Fill("#5b8a80")
		c.Path("M240 450 C300 400 360 420 430 404 V460 H240 Z").Fill("#2f5d58")
	})
}

func floorPlant(c *studio.Canvas) {
	c.Ellipse(1420, 1000, 90, 14).Shadow(14, 0, 12, "#2b1a1099")
	for i, turn := range []float64{-44, -20, 4, 28, 52} {
		c.Turn(turn, 1410, 860, func() {
			leaf := c.Path("M1410 860 C1350 720 1360 560 1410 470 C1460 560 1470 720 1410 860 Z")
			leaf.Shadow(6, 8, 10, "#3a1f1433")
			leaf.FillAcross([]string{"#35684f", "#4b8063"}[i%2], "#6fa583", "#2c5a45")
			c.Line(1410, 850, 1410, 500).Stroke(4, "#d6ead05e")
		})
	}
	c.Path("M1330 840 H1490 L1474 1000 H1346 Z").FillAcross("#b9aa9c", "#fbf6ef", "#ece2d6", "#a8978a")
	c.Round(1320, 826, 180, 34, 10).FillAcross("#c9bbae", "#fffdf9", "#efe6dc", "#b5a598")
}
