package demoshop

import "github.com/adloom/adloom/internal/demoshop/studio"

func drawShoe(c *studio.Canvas) {
	c.Rect(0, 0, 1600, 1000).FillDown("#cfe4ee", "#f3e9dc", "#f7dcc2")
	c.Circle(1180, 250, 110).Shadow(0, 0, 60, "#fff6dcb3").Fill("#fff4dc")
	c.Path("M0 560 L180 380 L300 470 L520 250 L700 430 L830 330 L1060 520 L1240 380 L1440 540 L1600 430 V1000 H0 Z").FillDown("#b9cfd8", "#dfe3dd")
	c.Path("M0 680 L160 560 L340 660 L560 500 L800 650 L1000 560 L1260 680 L1440 580 L1600 660 V1000 H0 Z").FillDown("#93b1b6", "#c4d0c4")
	c.Path("M0 800 C240 720 500 760 800 770 C1100 780 1360 720 1600 790 V1000 H0 Z").FillDown("#7d8f78", "#5d6f5b")
	rock(c)
	vignette(c, 1600, 1000)
	c.Stretch(0.93, 0.93, 800, 790, func() { c.Turn(-2.4, 810, 820, func() { c.Move(0, -16, func() { shoe(c) }) }) })
}

func rock(c *studio.Canvas) {
	slab := c.Path("M180 900 L260 812 L470 790 L1290 752 L1420 800 L1500 900 L1560 1000 H120 Z")
	slab.Shadow(0, 0, 16, "#2b352b59").FillDown("#b3aca2", "#857d74")
	c.Path("M260 812 L470 790 L1290 752 L1420 800 L1100 860 L560 880 Z").FillDown("#d6cfc3", "#bcb4a8")
	c.Path("M560 880 L1100 860 L1180 1000 H480 Z").FillDown("#948c82", "#6f675f")
	c.Path("M1100 860 L1420 800 L1500 900 L1180 1000 Z").FillDown("#7f776e", "#5f5851")
	c.Turn(-2.4, 810, 820, func() {
		c.Ellipse(840, 826, 470, 22).Shadow(0, 0, 14, "#241f1ab3")
		c.Ellipse(790, 820, 430, 10).Shadow(0, 0, 5, "#120e0bcc")
	})
}

func shoe(c *studio.Canvas) {
	c.Stretch(1, 0.86, 0, 716, func() {
		c.Path("M440 352 C520 352 600 330 668 286 C690 300 706 320 704 350 C690 430 620 470 556 470 C500 470 450 440 440 352 Z").
			FillDown("#7a2c1e", "#35110d") // the lining of the far side
		c.Path("M660 340 C664 284 690 238 734 234 C772 234 800 268 812 330 L760 400 Z").FillLinear(670, 240, 790, 380, "#6f8593", "#3f5261", "#2b3841")
		upper := c.Path("M392 352 C386 440 362 520 366 640 L366 726 L1262 726 C1276 656 1236 612 1150 586" +
			" C1080 566 1020 530 960 478 C900 424 838 352 778 308 C748 286 716 290 704 316 C684 362 630 430 556 430 C500 430 462 400 448 366 C436 332 398 326 392 352 Z")
		upper.FillLinear(560, 300, 700, 740, "#ff9a6b", "#ee6a41", "#c9432a")
		upper.Inside(func() { upperDetail(c) })
		c.Path("M448 366 C462 400 500 430 556 430 C630 430 684 362 704 316").Stroke(15, "#2f3b46").Stroke(4, "#6d8191")
		c.Path("M392 350 C360 330 356 286 380 278 C404 276 416 316 426 342").StrokeShadow(11, 3, 4, 4, "#00000059").Stroke(13, "#ffd166")
		laces(c)
	})
	sole(c)
}

func upperDetail(c *studio.Canvas) {
	for row := range 26 { // the mesh
		for col := range 56 {
			x := 350 + float64(col)*17 + float64(row%2)*8.5
			c.Circle(x, 290+float64(row)*17, 3.2).Fill("#7a1f1230")
		}
	}
	c.Path("M340 340 C420 420 470 520 470 740 H340 Z").Shadow(4, 0, 6, "#5b1f1666").FillLinear(350, 420, 480, 700, "#3f5261", "#26333e")
	c.Path("M404 400 C440 480 452 600 452 720").Dashes(4, 12, 9, "#ffd166b3")
	c.Path("M1300 560 C1180 560 1080 620 1060 740 H1320 Z").Shadow(-4, 0, 6, "#5b1f1666").FillLinear(1120, 580, 1200, 720, "#3f5261", "#26333e")
	c.Path("M1180 572 C1110 600 1080 660 1076 720").Dashes(4, 12, 9, "#ffd166b3")
	c.Path("M540 740 L680 500 L756 606 L816 540 L950 740 Z").Shadow(3, 5, 5, "#5b1f164d").FillDown("#fff5e6", "#f3d9bd")
	c.Path("M622 740 L688 610 L758 706 L816 650 L866 740 Z").FillDown("#f28a5c", "#d9532f")
	c.Path("M690 330 C790 390 880 470 980 540 L930 590 C840 530 760 450 668 380 Z").Shadow(2, 4, 5, "#5b1f1666").FillLinear(700, 320, 940, 580, "#35454f", "#50636f", "#2b3841")
	c.Path("M790 340 C880 420 980 526 1120 590").Stroke(9, "#ffffff40")
	c.Path("M350 732 H1290").Shadow(0, 0, 14, "#3a0f0a80").Stroke(30, "#3a0f0a40")
}

func laces(c *studio.Canvas) {
	for i := range 6 {
		t := float64(i)
		x, y := 728+t*42, 360+t*36
		c.Circle(x-26, y+34, 8).Fill("#11181d")
		c.Line(x-24, y+32, x+30, y-8).StrokeShadow(13, 2, 5, 4, "#0000008c").Stroke(15, "#d9dfe3").Stroke(8, "#ffffff")
		c.Circle(x+31, y-8, 7).Fill("#ffffff")
	}
	c.Path("M742 326 C700 262 636 276 658 320 C676 350 720 340 742 326 C790 286 846 288 836 330 C826 358 780 346 742 326").
		StrokeShadow(9, 3, 6, 4, "#00000066").Stroke(11, "#e2e7ea").Stroke(5, "#ffffff")
	c.Path("M742 328 C764 384 736 424 704 444").StrokeShadow(9, 3, 5, 4, "#00000059").Stroke(9, "#e9edef")
}

func sole(c *studio.Canvas) {
	c.Path("M346 764 L362 824 L1150 824 C1240 816 1290 786 1306 738 Z").FillDown("#2b3841", "#161d22")
	for i := range 15 {
		x := 364 + float64(i)*60
		lift := max(0, float64(i)-11) * 10
		c.Move(x, 812-lift, func() { c.Path("M0 0 H46 L36 30 H10 Z").FillDown("#202a31", "#10161a") })
	}
	midsole := c.Path("M350 670 C328 716 322 770 350 790 C400 812 560 802 700 806 C900 810 1120 820 1220 790" +
		" C1290 770 1320 732 1296 690 C1200 704 1100 714 900 710 C700 706 480 712 350 670 Z")
	midsole.Shadow(0, -4, 6, "#2b0a0680").FillDown("#ffffff", "#fffaf2", "#efe5d6", "#c9bdad")
	midsole.Inside(func() {
		c.Path("M320 764 C520 786 700 762 900 772 C1080 782 1230 776 1320 726").Stroke(12, "#ee6a41")
		for i := range 22 {
			x := 384 + float64(i)*40
			c.Line(x, 724, x-12, 748).Stroke(5, "#b9ad9c66")
		}
	})
}
