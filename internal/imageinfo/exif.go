package imageinfo

import (
	"bytes"
	"encoding/binary"
)

const (
	exifHeader     = "Exif\x00\x00"
	tagOrientation = 0x0112
	typeShort      = 3
)

// exifOrientation reads the orientation out of an EXIF block, with or without its "Exif" header. Ok says that the
// block held a usable one; the value is 1 otherwise.
func exifOrientation(block []byte) (orientation int, ok bool) {
	tiff := bytes.TrimPrefix(block, []byte(exifHeader))
	if len(tiff) < 8 {
		return 1, false
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1, false
	}
	first := uint64(order.Uint32(tiff[4:]))
	if first+2 > uint64(len(tiff)) {
		return 1, false
	}
	entries := int(order.Uint16(tiff[first:]))
	dir := tiff[first+2:]
	for ; entries > 0 && len(dir) >= 12; entries, dir = entries-1, dir[12:] {
		if order.Uint16(dir) != tagOrientation {
			continue
		}
		if value := int(order.Uint16(dir[8:])); order.Uint16(dir[2:]) == typeShort && value >= 1 && value <= 8 {
			return value, true
		}
		return 1, false
	}
	return 1, false
}
