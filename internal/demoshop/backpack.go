package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawBackpack(c *studio.Canvas) {
	sweep(c, 1200, 1600, 1230, [2]string{"#cfdccd", "#b3c8b4"}, [2]string{"#c3d2bf", "#9fb7a0"})
	c.Path("M190 1232 V620 C190 150 1010 150 1010 620 V1232 Z").FillDown("#e3ecdf", "#bfd1bd")
	ground(c, 600, 1322, 340, "#23321f")

	loop := c.Path("M500 380 C500 270 700 270 700 380")
	loop.StrokeShadow(34, 8, 12, 8, "#3a250c59").StrokeAcross(34, "#6b3a1c", "#a5652f", "#6b3a1c").Dashes(3, 12, 10, "#f0c79c99")
	for _, side := range []float64{1, -1} {
		c.Stretch(side, 1, 600, 0, func() {
			pocket := c.Path("M880 900 C960 910 972 960 968 1060 L960 1230 C956 1280 930 1296 880 1300 Z")
			pocket.Shadow(6, 10, 10, "#3a250c4d").FillAcross("#b5761b", "#c98a26", "#8f5a12")
			c.Path("M882 940 C930 944 958 966 962 1000").Stroke(7, "#f4cf7e66")
		})
	}

	body := c.Path("M300 600 C300 440 400 350 600 350 C800 350 900 440 900 600 L914 1200" +
		" C914 1290 870 1326 790 1326 H410 C330 1326 286 1290 286 1200 Z")
	body.Shadow(20, 16, 22, "#3a250c59")
	body.FillAcross("#a86c16", "#cf932c", "#e9b650", "#e3aa40", "#c98a26", "#9a6214")
	body.Inside(func() {
		c.Ellipse(600, 1370, 420, 90).Shadow(0, 0, 34, "#4a2b0880")
		c.Path("M340 640 C352 820 350 980 346 1150").Stroke(26, "#ffe7ad40")
		c.Path("M820 700 C840 860 800 900 846 1040").Stroke(18, "#7a4a0c33")
	})
	frontPocket(c)
	flap(c)
	for _, x := range []float64{450, 750} {
		buckledStrap(c, x)
	}
}

func frontPocket(c *studio.Canvas) {
	pocket := c.Path("M366 950 C366 920 386 906 416 906 H784 C814 906 834 920 834 950 L842 1190 C842 1240 812 1262 768 1262 H432 C388 1262 358 1240 358 1190 Z")
	pocket.Shadow(8, 14, 12, "#4a2b0873").FillAcross("#b5761b", "#e0a63c", "#f0c264", "#e0a63c", "#a86c16")
	c.Path("M382 952 C382 932 396 922 418 922 H782 C804 922 818 932 818 952 L826 1188 C826 1228 804 1246 768 1246 H432 C396 1246 374 1228 374 1188 Z").
		Dashes(4, 15, 11, "#8a5610b3")
	c.Line(392, 986, 808, 986).Stroke(15, "#7a4a0c80").Stroke(7, "#d9c8a4").Dashes(7, 4, 5, "#8a7a58")
	c.Round(786, 976, 16, 62, 7).Shadow(3, 5, 4, "#3a250c80").FillDown("#c98750", "#7d441f")
	label := c.Round(540, 1090, 120, 82, 10)
	label.Shadow(3, 5, 5, "#4a2b0866").FillDown("#9a572f", "#7d441f").Dashes(3, 9, 7, "#f0c79c80")
	c.Path("M566 1148 L592 1108 L606 1128 L614 1116 L634 1148 Z").Fill("#f3dcb8")
}

func flap(c *studio.Canvas) {
	top := c.Path("M286 640 C282 420 392 326 600 326 C808 326 918 420 914 640 L904 790 C902 830 880 846 840 846 H360 C320 846 298 830 296 790 Z")
	top.Shadow(8, 22, 16, "#4a2b088c").FillRadial(480, 470, 620, "#f6cf7c", "#e5ad45", "#c98a26", "#995f12")
	top.Inside(func() {
		c.Path("M360 520 C400 420 480 376 590 370").Stroke(22, "#fff2cf66")
		c.Path("M300 640 C420 690 780 690 900 640").Shadow(0, 0, 16, "#7a4a0c1f")
	})
	c.Path("M314 640 C312 440 410 346 600 346 C790 346 888 440 886 640 L878 782 C876 812 862 824 832 824 H368 C338 824 324 812 322 782 Z").
		Dashes(4, 15, 11, "#8a5610b3")
}

func buckledStrap(c *studio.Canvas, x float64) {
	strap := c.Path("M0 0 H60 V300 L30 330 L0 300 Z")
	c.Move(x-30, 620, func() {
		strap.Shadow(6, 10, 8, "#3a250c80").FillAcross("#6b3519", "#a9633a", "#b87347", "#5d2f18")
		c.Line(10, 8, 10, 294).Dashes(3, 12, 9, "#f0c79ca6")
		c.Line(50, 8, 50, 294).Dashes(3, 12, 9, "#f0c79ca6")
		for i := range 3 {
			c.Ellipse(30, 230+float64(i)*32, 5, 6).Fill("#351709")
		}
		frame := c.Round(-14, 140, 88, 66, 12)
		frame.StrokeShadow(13, 4, 7, 5, "#3a250c99").StrokeDown(13, "#f6e3b4", "#b08a44", "#e9cf95", "#8a682c")
		c.Round(26, 136, 9, 72, 4).FillAcross("#f6e3b4", "#a37f3b")
	})
}
