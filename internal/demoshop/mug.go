package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawMug(c *studio.Canvas) {
	sweep(c, 1600, 1600, 1130, [2]string{"#f7dcc8", "#f0c4a6"}, [2]string{"#f3d0b6", "#e9b593"})
	c.Circle(800, 720, 520).FillDown("#fbeadd", "#f6d3bb")
	c.Stretch(1.18, 1.18, 790, 1100, func() { mug(c) })
}

func mug(c *studio.Canvas) {
	ground(c, 770, 1216, 270, "#6b3318")
	handle := c.Path("M1000 740 C1190 690 1220 1010 990 1040")
	handle.StrokeShadow(74, 18, 22, 14, "#6b331840")
	handle.StrokeAcross(74, "#9d8a75", "#f4eadb", "#b5a28d")
	handle.StrokeAcross(40, "#cdbda9", "#fffaf1", "#d8c9b6")

	body := c.Path("M500 620 L518 1130 C520 1192 566 1226 760 1226 C954 1226 1000 1192 1002 1130 L1020 620 Z")
	body.FillAcross("#c9b8a3", "#efe5d6", "#fffaf1", "#f6ede0", "#e6d8c5", "#b8a48c")
	body.Inside(func() {
		mugGlaze(c)
		scatter(150, func(i int, u, v float64) {
			c.Circle(490+u*540, 640+v*590, 2+float64(i%4)).Fill("#5b442f4d")
		})
		c.Ellipse(760, 1240, 300, 60).Shadow(0, 0, 26, "#1e2a2a80")
		c.Path("M566 690 C572 860 578 1000 590 1130").Stroke(34, "#ffffff2e")
		c.Path("M560 700 C566 850 572 980 580 1090").Stroke(12, "#ffffff66")
	})

	c.Ellipse(760, 620, 260, 58).FillAcross("#d9cab6", "#fffdf8", "#f3e9db", "#c6b49d")
	c.Ellipse(760, 622, 236, 46).FillDown("#8d7a66", "#d9cab6").Inside(func() {
		c.Ellipse(760, 648, 226, 42).FillDown("#3a1d0f", "#6f3d1e")
		c.Ellipse(760, 650, 214, 36).Stroke(6, "#a8693a80")
		c.Path("M640 646 C690 668 790 672 850 654").Stroke(6, "#d9a06a66")
	})
	steam(c, 690, 566)
	steam(c, 800, 540)
}

// mugGlaze is the coloured half of the mug, with the runs that a dipped glaze has.
func mugGlaze(c *studio.Canvas) {
	glaze := c.Path("M480 880 C520 850 560 930 610 900 C660 872 690 880 720 930 C742 972 772 960 792 912" +
		" C820 860 880 872 920 900 C960 926 1000 860 1040 884 V1300 H480 Z")
	glaze.Shadow(0, 6, 8, "#1b3b3d80")
	glaze.FillAcross("#1d4e50", "#2f7d7b", "#4ba09a", "#2f7d7b", "#226260", "#123a3d")
	glaze.Stroke(5, "#8fd0c680")
}

func steam(c *studio.Canvas, x, y float64) {
	c.Move(x, y, func() {
		c.Path("M-6 0 C-56 -60 52 -100 0 -170 C-40 -226 26 -260 4 -300 C64 -250 0 -224 40 -166 C88 -92 -20 -60 18 0 Z").
			Shadow(0, 0, 13, "#ffffff8c")
	})
}
