package feed

// listed is how many errors and warnings a Report names.
const listed = 20

// Report is what a conversion has done. Rows are products: comments and empty
// lines do not count.
type Report struct {
	Dialect    Dialect
	Encoding   Encoding
	Duplicates []string // columns that came more than once, of which the first was used

	Rows    int64 // read
	Linked  int64 // written with the link that was made
	Kept    int64 // written with the link they had, because none could be made
	Skipped int64 // left out, because no link could be made

	Ragged      int64 // rows with too few or too many cells
	StrayQuotes int64 // cells that begin with a quote and are not quoted
	Repaired    int64 // bytes that are not UTF-8, read as windows-1252
	BytesRead   int64 // of the input as it is stored

	Errors   []*RowError // the first links that could not be made
	Warnings []*RowError // the first ragged rows and stray quotes
}

// add takes over the counts and the lists of a later part of the feed.
func (r *Report) add(part *Report) {
	r.Rows += part.Rows
	r.Linked += part.Linked
	r.Kept += part.Kept
	r.Skipped += part.Skipped
	r.Ragged += part.Ragged
	r.StrayQuotes += part.StrayQuotes
	for _, e := range part.Errors {
		r.Errors = list(r.Errors, e)
	}
	for _, w := range part.Warnings {
		r.Warnings = list(r.Warnings, w)
	}
}

// inspect counts what is wrong with a row before it is linked.
func (r *Report) inspect(row Row) {
	if len(r.Warnings) < listed { // a feed may be wrong in every row
		for _, err := range row.warnings() {
			r.Warnings = list(r.Warnings, row.failure(err))
		}
	}
	if row.total != len(row.columns.names) {
		r.Ragged++
	}
	if row.stray.end > 0 {
		r.StrayQuotes++
	}
}

func list(errs []*RowError, e *RowError) []*RowError {
	if len(errs) < listed {
		errs = append(errs, e)
	}
	return errs
}
