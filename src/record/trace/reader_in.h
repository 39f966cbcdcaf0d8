/* Shared by the reader's files: trace/reader.c, reader_load.c,
 * reader_index.c, reader_members.c, reader_head.c. */
#ifndef TRACE_READER_IN_H
#define TRACE_READER_IN_H

#include "base/map.h"
#include "base/spool.h"
#include "trace/members.h"
#include "trace/reader.h"

/* One record of the index: 24 bytes. */
struct trace_entry {
	uint64_t offset : 48; /* of its line */
	uint64_t kind : 8;
	uint64_t retx : 8; /* it has this member */
	int64_t t;
	uint32_t cause;
	uint32_t node; /* its number */
};

/* Some of the trace's bytes, whole lines; it never moves. */
struct trace_block {
	uint64_t from;          /* of the whole text */
	struct spool_text text; /* owned */
};

/* Of a mapped text some stretches at a time are in memory. */
#define STRETCH (64u << 10) /* so much comes at once, at least */

struct trace_looked {
	unsigned n; /* stretches looked at since all rested */
	bool at[];  /* which */
};

/* Where the members of each record stand.  A record whose line can't be noted
 * has none, and is walked. */
struct trace_members {
	struct trace_member *list; /* of all records, one behind the other */
	size_t cap;
	uint32_t *ends; /* by record: behind its last in `list` */
	size_t ends_cap;
	size_t nends; /* of so many records, the first; the others are walked */
};

struct trace {
	/* One behind the other; a file that was loaded is one block. */
	struct trace_block *blocks;
	size_t nblocks, blocks_cap;
	struct trace_looked *looked; /* owned; NULL: nothing is mapped */
	char *file; /* of a trace that grows: its name, for sentences */

	struct trace_head head;
	struct trace_node *nodes;
	struct trace_link *links;
	struct trace_face *faces; /* of all nodes */
	size_t nfaces;
	struct buf pool; /* the head's strings that had escapes */

	struct map *numbers; /* a node's name to its number + 1; NULL before
				the head was read */
	struct str *names;   /* owned; by number */
	size_t nnames, names_cap;
	uint32_t recent; /* of the last record that had a node: most often the
			    same again */

	struct trace_entry *index; /* one more than there are records: its
				      offset is the end */
	size_t count, cap;
	struct trace_members members;
	uint32_t first[TRACE_KIND_COUNT]; /* record of each kind; 0: none */
	bool complete;
	bool cut; /* by trace_cut */
};

/* Where a mistake stands. */
struct trace_place {
	const char *file;
	unsigned line;
	struct diag *diag;
};

/* Writes the fault at the place AT into its diag; ERR_SYNTAX. */
#define TRACE_WRONG(at, ...) \
	diag_set((at)->diag, ERR_SYNTAX, (at)->file, (at)->line, __VA_ARGS__)

/* "found X" for a sentence: the first bytes of S, in OUT. */
#define TRACE_FOUND 48
const char *trace_put_found(struct str s, char out[TRACE_FOUND]);

/* The sentence about a line that json_read rejected at LEFT. */
int
trace_bad_json(const struct trace_place *at, struct str line, struct str left);

/* Reads the first line into T->head; 0 or an error that was said. */
int
trace_read_head(struct trace *t, struct str line, const struct trace_place *at);
/* Frees what the head and the names hold. */
void trace_clear_head(struct trace *t);
/* Room in the index for one more record and the end. */
int trace_grow_index(struct trace *t, const struct trace_place *at);
/* Reads the records from OFFSET on, all of one block; 0 or an error that was
 * said. */
int trace_read_records(
    struct trace *t, size_t offset, const struct trace_place *at);
/* Takes LINE (without newline) as the next record; the one after it begins at
 * NEXT.  0, or an error that was said, and the trace is as it was.  *CUT: the
 * line ends in the middle, and nothing was said. */
int trace_read_record(struct trace *t, struct str line, uint64_t next,
    const struct trace_place *at, bool *cut);
/* The same of LINE that tells of W: it is not walked where W fits.  0, or an
 * error that was said. */
int trace_take_written(struct trace *t, struct str line, uint64_t next,
    const struct trace_written *w, const struct trace_place *at);

/* The number of NAME, given now where it has none; 0 or ERR_NOMEM. */
int trace_number_name(struct trace *t, struct str name, uint32_t *number);

/* BUF, which is not compressed, as the text of T; BUF is empty afterwards. */
int trace_take_plain(
    struct trace *t, struct buf *buf, const struct trace_place *at);
/* The trace that T's text tells to *TP, or ERR, which was said, and T is gone.
 */
int trace_finish_loading(struct trace **tp, struct trace *t, int err,
    const char *name, struct diag *d);

/* Says that memory ran out. */
int trace_fail_memory(const struct trace_place *at);

/* reader_members.c: room for the members of one more record; 0 or ERR_NOMEM.
 * Then the record behind the last has NOTES. */
int trace_grow_members(struct trace *t);
void trace_keep_notes(struct trace *t, const struct trace_notes *notes);
void trace_free_members(struct trace *t);

/* reader_load.c: the bytes. */
uint64_t trace_text_size(const struct trace *t);
/* Makes TEXT, which it takes, the whole text; 0 or ERR_NOMEM. */
int trace_text_take(struct trace *t, struct spool_text *text);
/* AT of a text that may be mapped is looked at now. */
void trace_text_look(const struct trace *t, uint64_t at);
/* Room for N bytes behind the text, in one piece; NULL when out of memory. */
char *trace_text_room(struct trace *t, size_t n);
/* What was written there, N bytes, now belongs to the text. */
void trace_text_commit(struct trace *t, size_t n);
void trace_text_free(struct trace *t);
/* Bytes FROM … before TO, which lie in one block. */
struct str trace_text_slice(const struct trace *t, uint64_t from, uint64_t to);

#endif
