package demoshop

import (
	"bytes"
	"fmt"
	"image/jpeg"
	"image/png"
	"path"

	"github.com/adloom/adloom/internal/demoshop/studio"
)

// picture is how to draw one photo, in units of a pixel.
type picture struct {
	width, height int
	draw          func(*studio.Canvas)
}

// pictures are the photos of the shop by file name.
func pictures() map[string]picture {
	return map[string]picture{
		"armchair.jpg":     {1600, 1200, drawArmchair},
		"backpack.jpg":     {1200, 1600, drawBackpack},
		"beanie.jpg":       {1200, 1200, drawBeanie},
		"bicycle.jpg":      {1600, 1000, drawBicycle},
		"desk-lamp.jpg":    {1200, 1600, drawLamp},
		"headphones.png":   {1400, 1400, drawHeadphones},
		"linen-shirt.jpg":  {1200, 1600, drawShirt},
		"mug.jpg":          {1600, 1600, drawMug},
		"notebooks.jpg":    {1600, 1600, drawNotebooks},
		"rubber-plant.jpg": {1200, 1600, drawPlant},
		"sunglasses.jpg":   {1600, 1000, drawSunglasses},
		"teapot.jpg":       {1600, 1200, drawTeapot},
		"trail-shoe.jpg":   {1600, 1000, drawShoe},
		"watch.jpg":        {1600, 1600, drawWatch},
	}
}

// Photo draws the photo with a file name, as Handler serves it.
func Photo(name string) ([]byte, error) {
	p, ok := pictures()[name]
	if !ok {
		return nil, fmt.Errorf("draw photo: expected the picture of a product, found %q", name)
	}
	return p.encode(name, 1)
}

// encode draws the picture at scale pixels per unit, in the format that its file name says.
func (p picture) encode(name string, scale float64) ([]byte, error) {
	c := studio.New(p.width, p.height, scale)
	p.draw(c)
	var b bytes.Buffer
	var err error
	switch ext := path.Ext(name); ext {
	case ".jpg":
		err = jpeg.Encode(&b, c.Image(), &jpeg.Options{Quality: 90})
	case ".png":
		err = png.Encode(&b, c.Image())
	default:
		err = fmt.Errorf("expected .jpg or .png, found %q", ext)
	}
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", name, err)
	}
	return b.Bytes(), nil
}
