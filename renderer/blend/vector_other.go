//go:build !amd64

package blend

func overRow(dst, src []uint8)                     { overPortable(dst, src) }
func overFadedRow(dst, src []uint8, opacity uint8) { overFadedPortable(dst, src, opacity) }
func overMaskedRow(dst, src, mask []uint8)         { overMaskedPortable(dst, src, mask) }
func tintRow(dst, mask []uint8, c uint32)          { tintPortable(dst, mask, c) }
func flattenRow(px []uint8, c uint32)              { flattenPortable(px, c) }
func fadeRow(px []uint8, opacity uint8)            { fadePortable(px, opacity) }
func maskRow(px, mask []uint8)                     { maskPortable(px, mask) }
func crossfadeRow(dst, src []uint8, opacity uint8) { crossfadePortable(dst, src, opacity) }

func (f formula) blend(out, below, above []uint8) { f.blendPortable(out, below, above) }
