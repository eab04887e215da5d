// Package diskcache keeps files on local disk and an index of them in Redis.
//
// # On disk
//
// A key's file is <dir>/ab/cd/<40 hex digits>, the first 160 bits of the key's SHA-256. A file is written under
// <dir>/tmp, synced, and renamed into place: a reader sees all of it or none. One folder for unfinished files, on the
// same file system, lets the janitor find leftovers without a walk. The folder itself is not synced: a rename lost in a
// power cut is a miss, and a file that is there has its bytes, which is all that a cache owes. A file's modification
// time is its last use, renewed at most once per Config.TouchEvery. Only regular files with such a name in such a place
// are ever read, counted or removed; what else lies in the folder is left alone.
//
// # The index
//
// One sorted set, 20 bytes a name. Its score holds last use and size together: seconds times 2^21 plus the size in
// blocks of 4 KiB, which fills the 53 bits that a score holds exactly, up to the year 2106 and files of 8 GiB. So the
// order is that of last use, a name costs no more than without a size (about 120 bytes of Redis's memory), and the
// scripts keep the sum of all sizes exact, also when a file is replaced, without asking the disk.
//
// The janitor (Run) takes the oldest names out of the index and removes their files when free space is below the low
// mark, until it would be at the high mark, or while the files are more than Config.MaxBytes. Several processes of one
// node may share folder and index.
//
// # When Redis is away
//
// The disk is the truth. Get serves and Put writes as ever; what could not be noted in the index is counted, and the
// index is not asked again for a second, so that a Redis that hangs costs a fraction of a second and not one per call.
// If space runs out meanwhile, the janitor finds the oldest files by walking the disk.
//
// An index that is lost (restart, FLUSHALL) lacks its mark of completeness; one that missed a file is found wanting by
// the process that could not add it. Either way one process of the node rebuilds it: under a lock, it walks the disk
// once, at Config.RebuildRate, while all serve. Until it is done, space is made by walking.
//
// Three things may leave the index and the disk apart until the next rebuild, all harmless: a process that dies between
// taking a name out of the index and removing the file, or between renaming and indexing, leaves a file that only a Get
// notes again; a file removed behind the cache's back leaves a name that frees nothing when its turn comes; and a file
// replaced at the moment of its eviction is lost like one that was evicted a little later.
package diskcache
