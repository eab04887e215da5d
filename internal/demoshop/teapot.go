package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawTeapot(c *studio.Canvas) {
	sweep(c, 1600, 1200, 800, [2]string{"#dfe8d2", "#c6d6b4"}, [2]string{"#d3c3a2", "#b89d74"})
	c.Circle(800, 470, 360).FillDown("#f4f5e6", "#d8e2c4")
	ground(c, 780, 968, 330, "#3c2a14")
	ground(c, 1250, 1010, 90, "#3c2a14")

	handle := c.Path("M540 470 C560 120 1000 120 1020 470")
	handle.StrokeShadow(44, 10, 14, 12, "#2a2f1e40").Stroke(44, "#7a4a22").Stroke(34, "#c48a4c")
	handle.Dashes(34, 4, 40, "#7a4a22b0")
	c.Path("M556 400 C590 180 850 160 930 270").Stroke(7, "#f3cf9a99")

	spout := c.Path("M480 760 C400 740 390 560 300 520 C290 500 330 478 352 490 C440 530 470 600 560 610 Z")
	spout.Shadow(6, 20, 16, "#2a2f1e4d").FillLinear(340, 500, 460, 740, "#5c86a8", "#2c5578", "#173149")
	c.Ellipse(325, 506, 32, 14).Fill("#0f2334")
	c.Path("M372 520 C430 560 452 620 520 650").Stroke(10, "#cfe4f266")

	body := c.Path("M430 700 C430 540 570 452 780 452 C990 452 1130 540 1130 700 C1130 870 1000 968 780 968 C560 968 430 870 430 700 Z")
	body.FillRadial(640, 590, 560, "#7fa9c8", "#467398", "#274f72", "#153049", "#0f2334")
	body.Inside(func() { teapotPattern(c) })
	lid := c.Path("M600 470 C620 410 690 390 780 390 C870 390 940 410 960 470 C900 500 660 500 600 470 Z")
	lid.Shadow(0, 10, 10, "#0a182480").FillRadial(700, 410, 260, "#8db4d1", "#3f6c91", "#1c3d5a")
	c.Path("M622 462 C660 418 720 408 780 408").Stroke(7, "#e3f1fa80")
	c.Ellipse(780, 388, 34, 14).Fill("#173149")
	c.Circle(780, 356, 36).FillRadial(768, 342, 54, "#e7b97b", "#b87a3c", "#7a4a22")
	lugs(c)
	teacup(c, 1250, 900)
}

// teapotPattern draws waves of scales over the lower half, in the manner of seigaiha.
func teapotPattern(c *studio.Canvas) {
	for row := range 7 {
		y := 760 + float64(row)*34
		for i := range 18 {
			x := 400 + float64(i)*48
			if row%2 == 1 {
				x += 24
			}
			for _, r := range []float64{34, 23, 12} {
				c.Arc(x, y, r, r, 180, 360).Stroke(3.5, "#d7e8f033")
			}
		}
	}
	c.Path("M420 742 C600 790 960 790 1140 742").Stroke(8, "#d7e8f066")
	c.Ellipse(800, 1010, 420, 110).Shadow(0, 0, 40, "#06101a8c")
	c.Path("M500 640 C530 560 620 510 700 498").Stroke(26, "#ffffff3d")
	c.Path("M510 632 C536 568 600 530 650 514").Stroke(9, "#ffffffa6")
	c.Path("M1100 640 C1118 730 1090 830 1010 890").Stroke(16, "#9cc3dd40")
}

// lugs hold the handle.
func lugs(c *studio.Canvas) {
	for _, x := range []float64{540, 1020} {
		c.Round(x-30, 440, 60, 74, 24).Shadow(3, 6, 6, "#0a182466").FillAcross("#6f98b8", "#2c5578", "#173149")
		c.Circle(x, 470, 11).Fill("#c48a4c")
	}
}

func teacup(c *studio.Canvas, x, y float64) {
	c.Move(x, y, func() {
		cup := c.Path("M-92 0 C-88 76 -60 112 0 112 C60 112 88 76 92 0 Z")
		cup.FillAcross("#b9c6cc", "#f7f6ef", "#ffffff", "#e6e6dd", "#9fb0b8")
		cup.Inside(func() {
			c.Path("M-110 70 H110 V130 H-110 Z").FillAcross("#1b3b57", "#467398", "#153049")
			c.Path("M-62 18 C-56 52 -44 74 -34 84").Stroke(9, "#ffffffb3")
		})
		c.Ellipse(0, 0, 92, 24).FillAcross("#dfe5e4", "#ffffff", "#c2ced2")
		c.Ellipse(0, 4, 80, 17).FillDown("#6f7a2c", "#b5b455")
		c.Path("M-46 6 C-20 14 10 15 34 10").Stroke(4, "#eef0b080")
	})
}
