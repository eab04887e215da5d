package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawShirt(c *studio.Canvas) {
	c.Rect(0, 0, 1200, 1600).FillLinear(0, 0, 1000, 1600, "#d99f80", "#c98462", "#ae6a4a")
	windowLight(c)
	vignette(c, 1200, 1600)
	c.Stretch(0.9, 0.9, 600, 830, func() { shirt(c) })
}

func shirt(c *studio.Canvas) {
	c.Path("M600 300 C600 260 650 262 650 226 C650 180 560 176 556 222").StrokeShadow(13, 12, 16, 9, "#4a1f104d").Stroke(13, "#6f7478").Stroke(5, "#c9ced1")
	hanger := c.Path("M600 296 C640 296 660 320 700 340 L930 440 C950 452 944 474 920 466 L600 350 L280 466 C256 474 250 452 270 440 L500 340 C540 320 560 296 600 296 Z")
	hanger.Shadow(14, 18, 12, "#4a1f104d").FillDown("#d9a36a", "#a96f3a")

	for _, side := range []float64{1, -1} {
		c.Stretch(side, 1, 600, 0, func() { sleeve(c, side) })
	}
	body := c.Path("M470 352 C400 384 330 410 268 446 C290 600 304 760 300 980 C298 1120 290 1230 286 1300" +
		" C380 1340 480 1332 600 1332 C720 1332 820 1340 914 1300 C910 1230 902 1120 900 980 C896 760 910 600 932 446 C870 410 800 384 730 352 C690 400 510 400 470 352 Z")
	body.Shadow(26, 30, 24, "#4a1f1066").FillAcross("#e6dbc7", "#f3ebdd", "#faf4e8", "#f5eee0", "#fbf6ec", "#efe6d5", "#ddd0b9")
	body.Inside(func() { linen(c); folds(c) })
	placket(c)
	collar(c)
	chestPocket(c)
}

// windowLight is the light of a window with four panes on the wall.
func windowLight(c *studio.Canvas) {
	for _, y := range []float64{-60, 400, 860} {
		for _, x := range []float64{-160, 300} {
			c.Polygon(x, y+260, x+400, y, x+400, y+390, x, y+650).Shadow(0, 0, 16, "#ffe3c238")
		}
	}
}

func sleeve(c *studio.Canvas, side float64) {
	arm := c.Path("M900 430 C950 452 968 500 980 580 L1034 960 C1038 990 1020 1000 990 1004 L906 1012 C890 1012 884 1004 880 980 L846 640 Z")
	arm.Shadow(24*side, 28, 20, "#4a1f1059").FillAcross("#c4b69c", "#e9dfcc", "#f5eee0", "#dfd3bd")
	arm.Inside(func() {
		linen(c)
		c.Path("M930 520 C950 640 930 760 970 900").Stroke(16, "#a8987a33")
		c.Path("M900 600 C910 720 900 800 930 960").Shadow(0, 0, 12, "#8f7e5f33")
	})
	c.Path("M890 948 L1030 930 L1036 968 C1038 990 1020 1000 990 1004 L906 1012 C890 1012 886 1004 884 984 Z").
		Shadow(0, -3, 4, "#7a694a4d").FillAcross("#d3c5ad", "#f7f0e2", "#d9ccb5").Stroke(2, "#b9aa9080")
	c.Circle(912, 980, 8).Fill("#a5835c")
}

// linen is the weave: fine threads both ways.
func linen(c *studio.Canvas) {
	for i := range 100 {
		v := float64(i)
		c.Line(200, 340+v*10, 1060, 340+v*10).Stroke(1.6, []string{"#8f7e5f14", "#ffffff3d", "#8f7e5f0d"}[i%3])
		if x := 220 + v*8.6; i < 98 {
			c.Line(x, 330, x, 1350).Stroke(1.4, []string{"#ffffff33", "#8f7e5f12", "#8f7e5f0a"}[i%3])
		}
	}
}

func folds(c *studio.Canvas) {
	for _, d := range []string{
		"M300 560 C380 640 420 700 430 820 C400 740 350 680 300 640 Z",
		"M910 540 C830 640 790 720 790 860 C820 760 860 700 910 650 Z",
		"M360 1330 C372 1160 400 1040 452 940 C420 1060 408 1180 410 1330 Z",
		"M800 1330 C806 1180 780 1060 740 960 C800 1040 838 1180 846 1330 Z",
		"M500 1330 C512 1240 516 1180 544 1100 C540 1180 540 1250 540 1330 Z",
	} {
		c.Path(d).Shadow(0, 0, 10, "#8a745047")
	}
	for _, d := range []string{"M470 960 C436 1060 426 1180 430 1320", "M770 900 C770 1000 770 1040 776 1100", "M450 700 C456 760 456 800 454 860"} {
		c.Path(d).StrokeShadow(14, 0, 0, 8, "#ffffffb3")
	}
	c.Ellipse(600, 1372, 380, 60).Shadow(0, 0, 26, "#7a694a8c")
}

func placket(c *studio.Canvas) {
	c.Rect(572, 410, 58, 922).Shadow(5, 0, 5, "#7a694a59").FillAcross("#efe6d6", "#fdf9f0", "#efe6d6").Inside(func() { linen(c) })
	c.Line(580, 420, 580, 1326).Dashes(2.5, 9, 7, "#b5a68a")
	c.Line(622, 420, 622, 1326).Dashes(2.5, 9, 7, "#b5a68a")
	for i := range 6 {
		y := 500 + float64(i)*142
		c.Circle(601, y, 15).Shadow(3, 5, 4, "#4a3a2080").FillRadial(596, y-5, 22, "#fffaf2", "#dccbb6", "#a5937a")
		for _, d := range [][2]float64{{-4, -4}, {4, -4}, {-4, 4}, {4, 4}} {
			c.Circle(601+d[0], y+d[1], 2.2).Fill("#6b5a40")
		}
	}
}

func collar(c *studio.Canvas) {
	c.Path("M476 350 C500 320 560 306 600 306 C640 306 700 320 724 350 C700 396 640 420 600 424 C560 420 500 396 476 350 Z").FillDown("#a8987c", "#cbbda3")
	c.Path("M500 350 C540 334 660 334 700 350 C680 372 640 384 600 384 C560 384 520 372 500 350 Z").FillDown("#8f7e5f", "#b5a68a")
	for _, side := range []float64{1, -1} {
		c.Stretch(side, 1, 601, 0, func() {
			wing := c.Path("M722 340 C744 364 756 392 756 424 L672 500 C650 470 622 436 601 412 C650 404 696 380 722 340 Z")
			wing.Shadow(5*side, 11, 8, "#5a4a2c80").FillLinear(640, 360, 720, 490, "#fffaf1", "#efe5d3", "#d9cbb3")
			c.Path("M740 394 L744 420 L674 484 C660 462 642 440 624 420").Dashes(2.5, 9, 7, "#b5a68a")
		})
	}
}

func chestPocket(c *studio.Canvas) {
	pocket := c.Path("M700 620 L836 612 L842 760 L776 796 L704 768 Z")
	pocket.Shadow(4, 8, 7, "#7a694a66").FillLinear(700, 610, 830, 790, "#faf4e8", "#e6dac4").Inside(func() { linen(c) })
	c.Path("M708 640 L830 633").Dashes(2.5, 9, 7, "#b5a68a")
	c.Path("M708 630 L712 762 L776 786 L834 754 L829 622").Dashes(2.5, 9, 7, "#b5a68a")
}
