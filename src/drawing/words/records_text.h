/*
 * Records as text: a table with one line each, and one record with everything
 * it says.
 */
#ifndef WORDS_RECORDS_TEXT_H
#define WORDS_RECORDS_TEXT_H

#include "draw/theme.h"
#include "words/record_filter.h"

/* How exactly a list that is written in parts has said its times. */
struct records_times {
	unsigned decimals; /* 0: nothing is written yet */
	int64_t last;      /* ns: of the last record */
};

struct records_options {
	size_t width; /* lines are clipped to it; 0: not */
	enum theme theme;
	bool messages;  /* every send with its whole text below */
	bool json;      /* for programs, an object (words/record_json.h) */
	uint64_t first; /* the record to begin with; 0: the first */
	/* Of a list that goes on with one before, and is gone on with; the
	 * caller's.  NULL: this is the whole. */
	struct records_times *times;
};

/*
 * The records that F (NULL: all) lets through, as a table; *SHOWN (may be
 * NULL) how many.  O may be NULL.  0 or ERR_NOMEM.
 */
int records_write(const struct trace *t, const struct record_filter *f,
    const struct records_options *o, size_t *shown, struct buf *out);

/* Record SEQ (1 … trace_count): its line, and all it says.  0 or ERR_NOMEM. */
int records_write_one(const struct trace *t, uint64_t seq,
    const struct records_options *o, struct buf *out);

#endif
