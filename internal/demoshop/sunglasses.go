package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawSunglasses(c *studio.Canvas) {
	c.Rect(0, 0, 1600, 1000).FillLinear(0, 0, 1600, 1000, "#a9ddd8", "#6fbfbd")
	c.Polygon(0, 1000, 0, 720, 1600, 520, 1600, 1000).FillLinear(400, 560, 800, 1000, "#fbe3c4", "#f2c796")
	c.Rect(0, 0, 1600, 1000).FillRadial(500, 260, 1100, "#ffffff66", "#ffffff00")
	palm(c, 1420, -60, 100)
	palm(c, 60, 1060, -80)
	vignette(c, 1600, 1000)

	c.Stretch(0.92, 0.92, 800, 500, func() { c.Turn(-6, 800, 480, func() { glasses(c) }) })
}

func glasses(c *studio.Canvas) {
	bothSides(c, func(side float64) { // the frame's shadow, and the coloured light that falls through the lenses
		c.Path(rimPath).Shadow(40*side, 104, 13, "#4a230a8c")
		c.Path(lensPath).Shadow(40*side, 104, 13, "#ffb25ca6")
	})
	bothSides(c, func(float64) { temple(c) })
	bridge(c)
	bothSides(c, func(side float64) { rim(c, side); glass(c) })
}

// rimPath and lensPath are the outlines of the right eye; the left one mirrors them.
const (
	rimPath = "M852 398 C880 352 960 338 1050 340 C1150 342 1236 352 1262 376 C1274 390 1270 416 1256 428" +
		" C1262 560 1180 664 1056 664 C930 664 852 570 846 462 C842 436 842 416 852 398 Z"
	lensPath = "M888 428 C906 388 970 376 1050 378 C1130 380 1196 388 1214 416 C1228 520 1160 626 1056 626 C954 626 886 548 882 460 C882 446 884 438 888 428 Z"
)

func bothSides(c *studio.Canvas, draw func(side float64)) {
	for _, side := range []float64{1, -1} {
		c.Stretch(side, 1, 800, 0, func() { draw(side) })
	}
}

// palm is the blurred shadow of a fan of leaves from (x, y), the middle one turned by so many degrees.
func palm(c *studio.Canvas, x, y, turn float64) {
	for i := range 9 {
		c.Turn(turn+float64(i-4)*17-90, x, y, func() {
			c.Move(x, y, func() {
				c.Path("M0 0 C120 -50 340 -44 560 0 C340 44 120 50 0 0 Z").Shadow(0, 0, 11, "#0f4a4a26")
			})
		})
	}
}

// temple is an arm of the frame, folded behind the lenses.
func temple(c *studio.Canvas) {
	c.Path("M1250 396 C1210 332 1040 300 700 330 C650 336 640 362 680 366 C900 350 1130 360 1200 404 Z").
		Shadow(0, 12, 8, "#3a1c0a66").FillDown("#8a4f1f", "#3f1d0a")
	c.Curve(1226, 366, 1080, 326, 880, 324, 700, 337).Stroke(4, "#e9b87a80")
}

func rim(c *studio.Canvas, side float64) {
	frame := c.Path(rimPath)
	frame.Shadow(3*side, 9, 8, "#3a1c0a8c").FillDown("#b26a2d", "#9a5522", "#c47f3d", "#8a4a1c")
	frame.Inside(func() {
		scatter(90, func(i int, u, v float64) { // tortoiseshell
			x, y := 830+u*450, 330+v*350
			c.Turn(float64(i*37%180), x, y, func() {
				tone := []string{"#351605b3", "#f0b766a6", "#4f240ca6"}[i%3]
				c.Ellipse(x, y, 13+float64(i%4)*4, 8+float64(i%3)*3).Shadow(0, 0, 3, tone)
			})
		})
	})
	c.Curve(866, 396, 940, 358, 1050, 353, 1160, 358, 1244, 378).Stroke(6, "#ffe3b3b3")
	c.Curve(864, 500, 890, 570, 946, 622).Stroke(5, "#ffe3b366")
	c.Circle(1244, 398, 8).FillLinear(1238, 392, 1250, 404, "#ffffff", "#b98a3e")
}

func glass(c *studio.Canvas) {
	lens := c.Path(lensPath)
	lens.FillLinear(960, 370, 1110, 640, "#3b2113", "#8a4a1c", "#e08f3c", "#f7c070")
	lens.Inside(func() {
		c.Path("M960 340 H1060 L930 680 H830 Z").Fill("#ffffff26")
		c.Path("M1086 340 H1112 L982 680 H956 Z").Fill("#ffffff1c")
		c.Path(lensPath).StrokeShadow(24, 2, 6, 8, "#2b1205b3")
		c.Ellipse(1080, 620, 130, 40).Shadow(0, 0, 22, "#ffe9c4a6")
	})
	lens.StrokeDown(4, "#4a230a", "#e9b87a")
}

func bridge(c *studio.Canvas) {
	b := c.Path("M730 398 C764 372 836 372 870 398 V452 C842 412 758 412 730 452 Z")
	b.Shadow(0, 8, 6, "#3a1c0a66").FillDown("#b26a2d", "#7d4318")
	c.Curve(744, 396, 800, 382, 856, 396).Stroke(5, "#ffe3b3b3")
}
