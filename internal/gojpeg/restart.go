package gojpeg

// mcu is called before each MCU, and goes past restart markers (T.81, E.2.4).
func (d *decoder) mcu(s *scan) (restarted bool, err error) {
	if s.restart == 0 {
		return false, nil
	}
	if s.left > 0 {
		s.left--
		return false, nil
	}
	if err := d.spent(); err != nil {
		return false, err
	}
	marker, err := d.nextMarker()
	if err != nil {
		return false, err
	}
	if marker != s.marker {
		return false, corrupt("expected restart marker FF%02X; found FF%02X", s.marker, marker)
	}
	if err := d.load(s); err != nil {
		return false, err
	}
	s.marker = markerRST0 + (marker+1)&7
	s.left--
	return true, nil
}

// spent makes sure that no data is left over: a decoder that lost its way seldom comes out at the end.
func (d *decoder) spent() error {
	if d.bits.spent() {
		return nil
	}
	return corrupt("scan %d: expected a marker at byte %d; found data", d.scans, d.pos)
}
