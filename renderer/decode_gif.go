package renderer

import (
	"compress/lzw"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"

	"github.com/adloom/adloom/internal/imageinfo"
)

const (
	gifScreen     = 13 // bytes of the header and the screen descriptor
	gifDescriptor = 10 // bytes of a frame's, with what introduces it
)

var errGIFEnd = errors.New("expected a frame; found the end of the data")

// gifColours are the pixels of all indices.
type gifColours [256]uint32

// gifFrame is the first frame of a file.
type gifFrame struct {
	rect       image.Rectangle // on the canvas
	interlaced bool
	colours    *gifColours
	pixels     []byte // from the size of the codes on
}

// decodeGIF reads the first frame on its whole canvas. What the frame leaves of the
// canvas is transparent, as in browsers; and as they do it passes over extensions
// that it does not know, takes colours beyond the table for black, and leaves what
// follows the last pixel.
func decodeGIF(data []byte, info imageinfo.Info) (image.Image, error) {
	frame, err := firstGIFFrame(data)
	if err != nil {
		return nil, err
	}
	canvas := image.NewRGBA(image.Rect(0, 0, info.Width, info.Height))
	if frame.rect.Empty() || !frame.rect.In(canvas.Rect) {
		return nil, fmt.Errorf("expected a frame inside %v; found %v", canvas.Rect, frame.rect)
	}
	width, height := frame.rect.Dx(), frame.rect.Dy()
	codes := int(frame.pixels[0])
	if codes < 2 || codes > 8 {
		return nil, fmt.Errorf("expected pixels of 2 to 8 bits; found %d", codes)
	}
	unpacked := lzw.NewReader(&gifBlocks{rest: frame.pixels[1:]}, lzw.LSB, codes)
	defer unpacked.Close()
	row := make([]byte, width)
	for i := range height {
		if _, err := io.ReadFull(unpacked, row); err != nil {
			return nil, fmt.Errorf("row %d of %d: %w", i, height, err)
		}
		y := i
		if frame.interlaced {
			y = interlacedRow(i, height)
		}
		to := canvas.Pix[canvas.PixOffset(frame.rect.Min.X, frame.rect.Min.Y+y):]
		for x, index := range row {
			binary.LittleEndian.PutUint32(to[4*x:], frame.colours[index])
		}
	}
	return canvas, nil
}

// firstGIFFrame walks the blocks before it.
func firstGIFFrame(data []byte) (gifFrame, error) {
	if len(data) < gifScreen {
		return gifFrame{}, errGIFEnd
	}
	global, rest := gifTable(data[gifScreen:], data[gifScreen-3])
	pierced, transparent := false, byte(0)
	for len(rest) > gifDescriptor {
		switch rest[0] {
		case '!': // an extension
			if body := rest[3:]; rest[1] == 0xf9 && rest[2] >= 4 && body[0]&1 != 0 {
				pierced, transparent = true, body[3]
			}
			blocks := gifBlocks{rest: rest[2:]}
			if _, err := io.Copy(io.Discard, &blocks); err != nil {
				return gifFrame{}, errGIFEnd
			}
			rest = blocks.rest
		case ',':
			at := func(i int) int { return int(binary.LittleEndian.Uint16(rest[i:])) }
			flags := rest[9]
			f := gifFrame{interlaced: flags&0x40 != 0, rect: image.Rect(0, 0, at(5), at(7)).Add(image.Pt(at(1), at(3)))}
			local, pixels := gifTable(rest[gifDescriptor:], flags)
			if f.colours = local; local == nil {
				f.colours = global
			}
			switch {
			case len(pixels) == 0:
				return gifFrame{}, errGIFEnd
			case f.colours == nil:
				return gifFrame{}, errors.New("expected a colour table; found none")
			}
			if pierced {
				f.colours[transparent] = 0
			}
			f.pixels = pixels
			return f, nil
		default:
			return gifFrame{}, fmt.Errorf("expected an extension or a frame; found a block %#x", rest[0])
		}
	}
	return gifFrame{}, errGIFEnd
}

// gifTable reads the table that a descriptor's flags announce, if any.
func gifTable(data []byte, flags byte) (table *gifColours, rest []byte) {
	if flags&0x80 == 0 {
		return nil, data
	}
	n := 2 << (flags & 7)
	if len(data) < 3*n {
		return nil, nil
	}
	table = new(gifColours)
	for i := range table {
		table[i] = 0xff000000
		if i < n {
			c := data[3*i:][:3]
			table[i] |= uint32(c[0]) | uint32(c[1])<<8 | uint32(c[2])<<16
		}
	}
	return table, data[3*n:]
}

// interlacedRow is where the i-th row of the file stands in the frame.
func interlacedRow(i, height int) int {
	for _, pass := range [...]struct{ from, step int }{{0, 8}, {4, 8}, {2, 4}} {
		n := max(0, (height-pass.from+pass.step-1)/pass.step)
		if i < n {
			return pass.from + i*pass.step
		}
		i -= n
	}
	return 1 + 2*i
}

// gifBlocks reads a chain of blocks that begin with their length, up to the empty one.
type gifBlocks struct {
	rest  []byte
	block []byte
	ended bool
}

func (b *gifBlocks) Read(p []byte) (int, error) {
	if err := b.fill(); err != nil {
		return 0, err
	}
	n := copy(p, b.block)
	b.block = b.block[n:]
	return n, nil
}

// ReadByte spares lzw a buffer of its own.
func (b *gifBlocks) ReadByte() (byte, error) {
	if err := b.fill(); err != nil {
		return 0, err
	}
	v := b.block[0]
	b.block = b.block[1:]
	return v, nil
}

func (b *gifBlocks) fill() error {
	switch {
	case len(b.block) > 0:
		return nil
	case b.ended:
		return io.EOF
	case len(b.rest) == 0 || len(b.rest) <= int(b.rest[0]):
		return io.ErrUnexpectedEOF
	}
	n := int(b.rest[0])
	b.block, b.rest = b.rest[1:1+n], b.rest[1+n:]
	if n == 0 {
		b.ended = true
		return io.EOF
	}
	return nil
}
