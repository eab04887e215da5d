// Package diskcache keeps files on local disk and an index of them in Redis.
//
// # On disk
//
// A key's file is <dir>/ab/cd/<40 hex digits>, the first 160 bits of the key's SHA-256. A file is written under
// <dir>/tmp, synced (Config.Sync), and renamed into place: a reader sees all of it or none. One folder for unfinished
// files, on the same file system, lets the janitor find leftovers without a walk. The folder itself is not synced: a
// rename lost in a power cut is a miss, and a file that is there has its bytes, which is all that a cache owes. A file's
// modification time is its last use, renewed at most once per Config.TouchEvery. Only regular files with such a name in
// such a place are ever counted or removed, links are not followed, and what else lies in the folder is left alone. So a
// second cache may have its folder inside the first, as "results": it needs a Config.Node of its own, and free-space
// marks above the other's when its files are to go first.
//
// # The index
//
// One sorted set, 20 bytes a name. Its score holds last use and size together: seconds times 2^21 plus the size in
// blocks of 4 KiB, which fills the 53 bits that a score holds exactly, up to the year 2106 and files of 8 GiB. So the
// order is that of last use, a name costs no more than without a size (about 130 bytes of Redis's memory), and the
// scripts keep the sum of all sizes exact, also when a file is replaced, without asking the disk.
//
// The index is told of puts and uses in batches: 100 ms after the first, or when there are 256, by a goroutine of Run,
// which does so a last time when it ends. A render costs no round trip. Where no Run is running, each Put tells the index
// itself. It needs Redis 6.2.
//
// The janitor (Run) takes the oldest names out of the index and removes their files when the disk has less free space, or
// room for fewer files, than the low mark, until it would be at the high mark, or while the files are more than
// Config.MaxBytes. It does so in batches, with a pause as long as each batch has taken. Several processes of one node may
// share folder and index; one of them makes space at a time.
//
// # When Redis is away
//
// The disk is the truth. Get serves and Put writes as ever; what could not be noted in the index is counted, and the
// index is not asked again for a second, so that a Redis that hangs costs a fraction of a second and not one per call.
// If space runs out meanwhile, or Redis is out of memory, the janitor finds the oldest files by walking the disk.
//
// An index that is lost (restart, FLUSHALL) lacks its mark of completeness; one that missed a file is found wanting by
// the process that could not add it. Either way one process of the node rebuilds it: under a lock, it walks the disk
// once while all serve, so that it is not felt (see aside). Until it is done, space is made by walking.
//
// # When the disk is in trouble
//
// A disk that is full (of bytes or of inodes), read-only, broken or not mounted fails a Put, which leaves nothing behind;
// Get serves what can be read. After such a failure puts fail at once, with a *RefusedError, for a second; then one is
// tried, and while it fails the wait doubles up to 15 s. A full disk wakes the janitor, and when that has removed files,
// the next Put is tried at once. Files that cannot be removed stay in the index as they were. Where the folder is missing
// it is made again if that is on the disk where it was, else nothing is written, swept or rebuilt until the disk is back.
// Config.Report is told each trouble once.
//
// Three things may leave the index and the disk apart until the next rebuild, all harmless: a process that is killed
// between taking names out of the index and removing the files, or within the 100 ms between renaming and telling the
// index, leaves files that only a Get notes again; a file removed behind the cache's back leaves a name that frees nothing
// when its turn comes; and a file replaced at the moment of its eviction is lost like one that was evicted a little later.
package diskcache
