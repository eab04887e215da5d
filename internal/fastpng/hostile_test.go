package fastpng_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/png"
	"math/rand/v2"
	"testing"

	"github.com/adloom/adloom/internal/fastpng"
)

// However much is cut off, the picture is whole or refused.
func TestTruncated(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(21, 22))
	const end = 12 // bytes of the chunk IEND
	for _, s := range []shape{
		{width: 20, height: 9, depth: 8, colour: 6, filter: 5, level: 6, smooth: true},
		{width: 20, height: 9, depth: 8, colour: 2, filter: 5, level: 0, pieces: 50},
		{width: 13, height: 7, depth: 4, colour: 3, filter: 5, level: -2, interlaced: true, transparent: true},
	} {
		file := s.encode(r)
		for n := range file {
			_, _, err := fastpng.Decode(file[:n], nil)
			if whole := n >= len(file)-end; (err == nil) != whole {
				t.Fatalf("%+v: %d of %d bytes: found error %v", s, n, len(file), err)
			}
		}
	}
}

// Packed bytes that end early in a file that is otherwise whole are refused too.
func TestTruncatedStream(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(23, 24))
	s := shape{width: 20, height: 9, depth: 8, colour: 6, filter: 5, smooth: true}
	for level := -2; level < 10; level++ {
		packed := pack(s.raw(r), level)
		for n := range packed {
			if _, _, err := fastpng.Decode(frame(20, 9, 8, 6, packed[:n]), nil); err == nil {
				t.Fatalf("level %d: expected an error for %d of %d packed bytes", level, n, len(packed))
			}
		}
	}
}

func TestChunks(t *testing.T) {
	t.Parallel()
	const header = "\x89PNG\r\n\x1a\n"
	chunk := func(name, body string) string { return string(appendChunk(nil, name, []byte(body))) }
	size := func(w, h uint32, rest string) string {
		b := binary.BigEndian.AppendUint32(nil, w)
		return chunk("IHDR", string(binary.BigEndian.AppendUint32(b, h))+rest)
	}
	grayHead, rgbHead, indexHead := size(1, 1, "\x08\x00\x00\x00\x00"), size(1, 1, "\x08\x02\x00\x00\x00"), size(1, 1, "\x01\x03\x00\x00\x00")
	two := chunk("IDAT", string(pack([]byte{0, 1}, 6)))
	four := chunk("IDAT", string(pack([]byte{0, 1, 2, 3}, 6)))
	plte := chunk("PLTE", "abcdef")
	bad := func(c string) string { return c[:len(c)-1] + string([]byte{c[len(c)-1] ^ 1}) }
	for name, c := range map[string]struct {
		chunks string
		ok     bool
	}{
		"whole":                   {grayHead + two + chunk("IEND", ""), true},
		"no end":                  {grayHead + two, true},
		"half an end":             {grayHead + two + "\x00\x00", true},
		"unread text":             {grayHead + bad(chunk("tEXt", "abc")) + two, true},
		"cut off text":            {grayHead + two + chunk("tEXt", "abcdef")[:14], true},
		"text between pixels":     {grayHead + chunk("IDAT", string(pack([]byte{0, 1}, 6)[:5])) + chunk("tIME", "") + chunk("IDAT", string(pack([]byte{0, 1}, 6)[5:])), true},
		"empty pixels":            {grayHead + chunk("IDAT", "") + two + chunk("IDAT", ""), true},
		"more pixels than needed": {grayHead + four, true},
		"palette of true colour":  {rgbHead + plte + four, true},
		"indexed":                 {indexHead + plte + chunk("tRNS", "a") + two, true},
		"behind the end":          {grayHead + two + chunk("IEND", "") + "anything", true},

		"nothing":                 {"", false},
		"no header":               {two, false},
		"two headers":             {grayHead + grayHead + two, false},
		"short header":            {chunk("IHDR", "\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00"), false},
		"no pixels":               {grayHead + chunk("IEND", ""), false},
		"no width":                {size(0, 1, "\x08\x00\x00\x00\x00") + two, false},
		"too large":               {size(1<<31-1, 1<<31-1, "\x10\x06\x00\x00\x00") + two, false},
		"too large for its bytes": {size(100_000, 100_000, "\x01\x00\x00\x00\x00") + two, false},
		"bad depth":               {size(1, 1, "\x04\x02\x00\x00\x00") + two, false},
		"bad type":                {size(1, 1, "\x08\x05\x00\x00\x00") + two, false},
		"bad compression":         {size(1, 1, "\x08\x00\x01\x00\x00") + two, false},
		"bad filters":             {size(1, 1, "\x08\x00\x00\x01\x00") + two, false},
		"bad interlace":           {size(1, 1, "\x08\x00\x00\x00\x02") + two, false},
		"bad checksum":            {grayHead + bad(two), false},
		"bad header checksum":     {bad(grayHead) + two, false},
		"bad palette checksum":    {indexHead + bad(plte) + two, false},
		"no palette":              {indexHead + two, false},
		"palette not of three":    {indexHead + chunk("PLTE", "abcd") + two, false},
		"bad row":                 {grayHead + chunk("IDAT", string(pack([]byte{5, 1}, 6))), false},
		"bad sum":                 {grayHead + chunk("IDAT", bad(string(pack([]byte{0, 1}, 6)))), false},
		"cut off sum":             {grayHead + chunk("IDAT", string(pack([]byte{0, 1}, 6)[:9])), false},
	} {
		_, _, err := fastpng.Decode([]byte(header+c.chunks), nil)
		if (err == nil) != c.ok {
			t.Errorf("%s: expected success %v; found error %v", name, c.ok, err)
		}
	}
	alphaHead := size(1, 1, "\x08\x06\x00\x00\x00")
	five := chunk("IDAT", string(pack([]byte{0, 1, 2, 3, 4}, 6)))
	for name, c := range map[string]struct{ chunks, like string }{
		"palette too long":             {indexHead + chunk("PLTE", "abcdefghi") + two, indexHead + plte + two},
		"palette of gray":              {grayHead + plte + two, grayHead + two},
		"palette of no whole colours":  {rgbHead + chunk("PLTE", "abcd") + four, rgbHead + four},
		"palette late":                 {rgbHead + four + plte, rgbHead + four},
		"transparency early":           {indexHead + chunk("tRNS", "a") + plte + two, indexHead + plte + two},
		"transparency late":            {grayHead + two + chunk("tRNS", "\x00\x01"), grayHead + two},
		"transparency long":            {grayHead + chunk("tRNS", "\x00\x01\x00") + two, grayHead + two},
		"transparency of more colours": {indexHead + plte + chunk("tRNS", "abc") + two, indexHead + plte + two},
		"transparency twice":           {grayHead + chunk("tRNS", "\x00\x01") + chunk("tRNS", "\x00\x02") + two, grayHead + chunk("tRNS", "\x00\x01") + two},
		"transparency beside alpha":    {alphaHead + chunk("tRNS", "\x00\x01\x00\x02\x00\x03") + five, alphaHead + five},
	} {
		got, _, err := fastpng.Decode([]byte(header+c.chunks), nil)
		want, _, wantErr := fastpng.Decode([]byte(header+c.like), nil)
		if err != nil || wantErr != nil || !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s: found %v, %v, or pixels unlike those without it", name, err, wantErr)
		}
	}
}

// A size that the packed bytes cannot fill costs no memory.
func TestBomb(t *testing.T) {
	t.Parallel()
	alloc := func(n int) []byte {
		t.Errorf("expected no memory to be asked for; found %d bytes", n)
		return make([]byte, n)
	}
	if _, _, err := fastpng.Decode(frame(30_000, 30_000, 8, 6, pack(make([]byte, 1<<20), 9)), alloc); err == nil {
		t.Error("expected an error")
	}
}

// FuzzDecode compares with image/png: what that decodes, Decode does too, to the same pixels. Checksums are made right
// first, as nothing would come of damage otherwise.
func FuzzDecode(f *testing.F) {
	r := rand.New(rand.NewPCG(25, 26))
	for colour, depths := range map[int][]int{0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}} {
		for _, depth := range depths {
			for i := range 3 {
				s := shape{width: 1 + r.IntN(20), height: 1 + r.IntN(9), depth: depth, colour: colour, filter: 5, smooth: true,
					interlaced: i == 1, transparent: i == 2 && colour < 4, level: 3 * i, pieces: 60 * (i % 2)}
				f.Add(s.encode(r))
			}
		}
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		repair(file)
		if len(file) < 26 || uint64(binary.BigEndian.Uint32(file[16:]))*uint64(binary.BigEndian.Uint32(file[20:])) > 1<<20 {
			return
		}
		want, wantErr := png.Decode(bytes.NewReader(file))
		got, _, err := fastpng.Decode(file, garbage)
		if wantErr != nil {
			return
		}
		if err != nil {
			t.Fatalf("expected the picture of image/png; found error %v", err)
		}
		if d := difference(got, want); d != "" && !keyTooLarge(file) {
			t.Fatal(d)
		}
	})
}

// keyTooLarge says that a transparent value has more bits than a sample: image/png takes all of them.
func keyTooLarge(file []byte) bool {
	at := bytes.Index(file, []byte("tRNS"))
	return at > 0 && file[24] < 16 && (file[25] == 0 || file[25] == 2)
}

func repair(file []byte) {
	for at := 8; at+12 <= len(file); {
		n := int(binary.BigEndian.Uint32(file[at:]))
		if n > len(file)-at-12 {
			return
		}
		binary.BigEndian.PutUint32(file[at+8+n:], crc32.ChecksumIEEE(file[at+4:at+8+n]))
		at += 12 + n
	}
}

// frame is a file with packed bytes as they are.
func frame(width, height uint32, depth, colour byte, packed []byte) []byte {
	head := binary.BigEndian.AppendUint32(nil, width)
	head = append(binary.BigEndian.AppendUint32(head, height), depth, colour, 0, 0, 0)
	out := appendChunk([]byte("\x89PNG\r\n\x1a\n"), "IHDR", head)
	return appendChunk(appendChunk(out, "IDAT", packed), "IEND", nil)
}
