package renderer

import (
	"math"

	"github.com/adloom/adloom/templates"
)

// arrange gives every node its box on the canvas. dx and dy move the nodes: a
// group's place.
func (d *Design) arrange(nodes []Node, dx, dy float64) error {
	for _, node := range nodes {
		base := node.Common()
		node.move(box{base.X + dx, base.Y + dy, base.Width, base.Height})
		if err := d.settle(node); err != nil {
			return err
		}
	}
	return nil
}

// settle makes a text without a width or a height as large as its lines and the padding
// of its background, in whole pixels, so that edges of its neighbours stay sharp, and
// arranges what a group holds.
func (d *Design) settle(node Node) error {
	frame := node.frame()
	switch n := node.(type) {
	case *Words:
		if n.Height > 0 && n.Width > 0 {
			return nil
		}
		layout, err := d.fonts.lay(n)
		if err != nil {
			return err
		}
		padding := [4]float64{}
		if n.Backdrop != nil {
			padding = n.Backdrop.Padding
		}
		if n.Height == 0 {
			frame.h = math.Ceil(layout.Height + padding[0] + padding[2] - hair)
		}
		if n.Width == 0 {
			frame.w = math.Ceil(layout.Width + padding[1] + padding[3] - hair)
		}
		n.move(frame)
	case *Cluster:
		if err := d.arrange(n.Nodes, frame.x, frame.y); err != nil {
			return err
		}
		if n.Stack != nil {
			return d.stack(n)
		}
	}
	return nil
}

// stack places a group's nodes one after the other.
func (d *Design) stack(n *Cluster) error {
	room, s := n.frame(), n.Stack
	used := s.Gap * float64(len(n.Nodes)-1)
	for _, child := range n.Nodes {
		used += along(child.frame(), s)
	}
	length, breadth := room.w, room.h
	if s.Direction == templates.StackColumn {
		length, breadth = breadth, length
	}
	at, gap := (length-used)*before(s.Justify), s.Gap
	if s.Justify == templates.StackBetween && len(n.Nodes) > 1 {
		gap += max(0, length-used) / float64(len(n.Nodes)-1)
	}
	for _, child := range n.Nodes {
		frame := child.frame()
		if s.Direction == templates.StackRow {
			frame.x, frame.y = room.x+at, room.y+(breadth-frame.h)*before(s.Align)
		} else {
			frame.x, frame.y = room.x+(breadth-frame.w)*before(s.Align), room.y+at
		}
		child.move(frame)
		if err := d.settle(child); err != nil { // what it holds moves with it
			return err
		}
		at += along(frame, s) + gap
	}
	return nil
}

func along(frame box, s *templates.Stack) float64 {
	if s.Direction == templates.StackRow {
		return frame.w
	}
	return frame.h
}

// before is the share of the free room that lies before what is placed.
func before(a templates.StackAlign) float64 {
	switch a {
	case templates.StackMiddle:
		return 0.5
	case templates.StackEnd:
		return 1
	}
	return 0
}
