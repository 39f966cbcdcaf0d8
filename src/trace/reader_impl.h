/* What the reader's files share: trace/reader.c, index.c, head.c. */
#ifndef TRACE_READER_IMPL_H
#define TRACE_READER_IMPL_H

#include "base/map.h"
#include "trace/reader.h"

/* One record of the index: 24 bytes. */
struct trace_entry {
	uint64_t offset : 48; /* of its line */
	uint64_t kind : 8;
	uint64_t has : 8; /* HAS_ flags */
	int64_t t;
	uint32_t cause;
	uint32_t node; /* its number */
};

#define HAS_WHY  1u
#define HAS_RULE 2u
#define HAS_RETX 4u

struct trace {
	struct buf text;
	struct trace_head head;
	struct trace_node *nodes;
	struct trace_link *links;
	struct buf pool; /* the head's strings that had escapes */

	struct map *numbers; /* a node's name to its number + 1 */
	struct str *names;   /* owned; by number */
	size_t nnames, names_cap;

	struct trace_entry *index; /* one more than there are records: its
				      offset is the end */
	size_t count, cap;
	bool complete;
};

/* Where a mistake stands. */
struct trace_place {
	const char *file;
	unsigned line;
	struct diag *diag;
};

/* "found X" for a sentence: the first bytes of S, in OUT. */
#define TRACE_FOUND 48
const char *trace_found(struct str s, char out[TRACE_FOUND]);

/* The sentence about a line that json_read refused at LEFT. */
int
trace_bad_json(const struct trace_place *at, struct str line, struct str left);

/* Reads the first line into T->head; 0 or an error that was said. */
int
trace_read_head(struct trace *t, struct str line, const struct trace_place *at);
/* Reads the records from OFFSET on; 0 or an error that was said. */
int trace_read_records(
    struct trace *t, size_t offset, const struct trace_place *at);

/* The number of NAME, given now where it has none; 0 or ERR_NOMEM. */
int trace_number_name(struct trace *t, struct str name, uint32_t *number);

#endif
