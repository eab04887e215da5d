package demoshop

import (
	"math"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

func drawWatch(c *studio.Canvas) {
	c.Rect(0, 0, 1600, 1600).FillLinear(0, 0, 1600, 1600, "#f1ded6", "#e6c8bc")
	c.Polygon(0, 1600, 0, 1030, 1600, 560, 1600, 1600).Shadow(0, -6, 14, "#7a4a3a33").FillLinear(300, 700, 900, 1600, "#d7a795", "#c48c79")
	c.Rect(0, 0, 1600, 1600).FillRadial(500, 420, 1300, "#ffffff4d", "#ffffff00")
	vignette(c, 1600, 1600)

	c.Turn(14, 800, 790, func() {
		watchStrap(c)
		c.Stretch(1, -1, 800, 790, func() { watchStrap(c) })
		watchCase(c)
		watchDial(c)
		watchHands(c)
		c.Circle(800, 790, 262).Inside(func() {
			c.Polygon(420, 420, 760, 420, 520, 1160, 420, 1160).Fill("#ffffff14")
			c.Polygon(800, 420, 860, 420, 620, 1160, 560, 1160).Fill("#ffffff10")
		})
	})
}

// watchStrap is the half of the strap above the case.
func watchStrap(c *studio.Canvas) {
	strap := c.Path("M668 600 L690 130 C692 96 716 84 740 84 H860 C884 84 908 96 910 130 L932 600 Z")
	strap.Shadow(26, 30, 22, "#4a231866").FillAcross("#5d2f18", "#8d4d28", "#a9633a", "#9a572f", "#6b3519", "#4d2512")
	c.Path("M690 580 L710 140 C712 116 726 106 744 106 H856 C874 106 888 116 890 140 L910 580").Dashes(5, 16, 13, "#f0c79c")
	for i := range 4 {
		c.Ellipse(800, 170+float64(i)*58, 9, 12).Fill("#3a1a0c").Stroke(2, "#b8744a66")
	}
	strap.Inside(func() { c.Rect(640, 470, 320, 160).FillDown("#2a110500", "#2a1105a6") })
}

func watchCase(c *studio.Canvas) {
	lugs := c.Path("M640 640 L664 470 H712 L716 640 Z").And(c.Path("M960 640 L936 470 H888 L884 640 Z")).
		And(c.Path("M640 940 L664 1110 H712 L716 940 Z")).And(c.Path("M960 940 L936 1110 H888 L884 940 Z"))
	lugs.Shadow(14, 16, 12, "#4a231859").FillAcross("#8f969b", "#eef1f2", "#b9c0c4", "#f5f7f7", "#81898f")
	c.Round(1112, 752, 62, 76, 14).Shadow(10, 14, 10, "#4a231866").FillDown("#dfe3e5", "#8f969b", "#f2f4f4", "#737b80")
	for i := range 6 {
		c.Line(1128, 762+float64(i)*11, 1172, 762+float64(i)*11).Stroke(3, "#5a616666")
	}
	c.Circle(800, 790, 330).Shadow(34, 40, 30, "#4a231880").FillLinear(560, 560, 1040, 1030, "#ffffff", "#c3cacd", "#7f878c", "#d5dadc")
	c.Circle(800, 790, 306).FillLinear(590, 580, 1010, 1000, "#848c91", "#dfe3e5", "#fbfcfc")
	c.Circle(800, 790, 284).FillLinear(600, 590, 1000, 990, "#10202f", "#243c52")
}

func watchDial(c *studio.Canvas) {
	dial := c.Circle(800, 790, 266).FillRadial(720, 700, 420, "#3e6a8c", "#23466a", "#142b45")
	dial.Inside(func() {
		for i := range 90 { // the brushed sunburst
			sin, cos := math.Sincos(float64(i) * math.Pi / 45)
			shine := []string{"#ffffff0d", "#0000000f", "#ffffff08"}[i%3]
			c.Line(800, 790, 800+290*cos, 790+290*sin).Stroke(11, shine)
		}
	})
	for i := range 60 {
		c.Turn(float64(i)*6, 800, 790, func() {
			switch {
			case i == 30: // under the small seconds
			case i == 0:
				c.Round(783, 552, 12, 56, 4).Fill("#f3e6cf")
				c.Round(805, 552, 12, 56, 4).Fill("#f3e6cf")
			case i%5 == 0:
				c.Round(793, 552, 14, 54, 4).Shadow(2, 3, 2, "#00000066").FillDown("#fdf5e6", "#d8c39c")
			default:
				c.Round(798, 540, 4, 16, 2).Fill("#c9d8e4b3")
			}
		})
	}
	c.Circle(800, 906, 72).FillRadial(790, 890, 100, "#1c3a5a", "#10263e").Stroke(3, "#c9d8e480")
	for i := range 12 {
		c.Turn(float64(i)*30, 800, 906, func() { c.Round(798.5, 842, 3, 12, 1).Fill("#c9d8e4") })
	}
	c.Path("M778 690 L793 664 L801 676 L812 656 L830 690 Z").Fill("#f3e6cf")
}

func watchHands(c *studio.Canvas) {
	c.Turn(132, 800, 906, func() { c.Round(797.5, 852, 5, 66, 2).Fill("#e8b04a") })
	c.Circle(800, 906, 6).Fill("#e8b04a")
	c.Turn(-56, 800, 790, func() {
		c.Path("M790 830 L788 640 L800 622 L812 640 L810 830 Z").Shadow(5, 8, 5, "#00000080").FillAcross("#cdbb98", "#fff9ec", "#e9d7b2")
	})
	c.Turn(58, 800, 790, func() {
		c.Path("M792 840 L791 572 L800 552 L809 572 L808 840 Z").Shadow(5, 8, 6, "#00000080").FillAcross("#cdbb98", "#fff9ec", "#e9d7b2")
	})
	c.Circle(800, 790, 20).Shadow(2, 4, 4, "#00000080").FillLinear(786, 776, 814, 804, "#fff9ec", "#bfa878")
	c.Circle(800, 790, 7).Fill("#8a764e")
}
