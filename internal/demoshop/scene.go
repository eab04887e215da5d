package demoshop

import (
	"math"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

// sweep is a studio backdrop: a wall that turns softly into the floor at the horizon, lit from the upper left.
func sweep(c *studio.Canvas, w, h, horizon float64, wall, floor [2]string) {
	c.Rect(0, 0, w, horizon+1).FillDown(wall[0], wall[1])
	c.Rect(0, horizon, w, h-horizon).FillDown(floor[0], floor[1])
	c.Rect(-w, horizon-3, 3*w, 6).Shadow(0, 0, 16, floor[0]+"66")
	c.Rect(0, 0, w, h).FillRadial(w*0.36, h*0.3, w*0.8, "#ffffff59", "#ffffff1f", "#ffffff00")
	vignette(c, w, h)
}

// vignette darkens the corners a little.
func vignette(c *studio.Canvas, w, h float64) {
	c.Rect(0, 0, w, h).FillRadial(w/2, h*0.48, math.Hypot(w, h)*0.6,
		"#2b141000", "#2b141000", "#2b141000", "#2b141004", "#2b14100a", "#2b141014", "#2b141022", "#2b141034")
}

// ground is the shadow of a thing of half width r that stands at (x, y): tight where it touches, and a soft one that
// falls to the right.
func ground(c *studio.Canvas, x, y, r float64, tone string) {
	c.Ellipse(x+r*0.35, y+r*0.03, r*1.3, r*0.16).Shadow(0, 0, r*0.13, tone+"40")
	c.Ellipse(x+r*0.08, y, r*1.02, r*0.1).Shadow(0, 0, r*0.06, tone+"66")
	c.Ellipse(x, y-r*0.01, r*0.94, r*0.05).Shadow(0, 0, r*0.02, tone+"99")
}

// scatter calls draw for n points spread evenly, yet without a visible grid, over the unit square.
func scatter(n int, draw func(i int, u, v float64)) {
	for i := range n {
		_, u := math.Modf(0.5 + float64(i)*0.7548776662466927)
		_, v := math.Modf(0.5 + float64(i)*0.5698402909980532)
		draw(i, u, v)
	}
}
