// Package crop places a crop of given proportions where the product is.
//
// A crop of maximal size can move along one axis only. Find therefore works on a profile: how much each column, or
// each row, of a small copy of the picture draws the eye. A pixel draws it by its distance to the colours of the
// picture's rim, by its edges, by its saturation and, less so, by lying near the middle, after the simpler of the
// cues of Itti, Koch and Niebur, A Model of Saliency-Based Visual Attention, 1998.
//
// If what stands out fits, the crop contains it all and is centred on it; the rest of the picture counts little. If
// not, the crop keeps as much of it as it can, the middle of the crop counting more than its rims.
//
// Only integers are used after the crop's size is known: the same picture gives the same crop on every machine.
package crop
