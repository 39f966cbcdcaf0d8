/*
 * A record with all it says: a sentence, the rule behind it, its fields, its
 * message.
 */
#ifndef WORDS_RECORD_DOC_H
#define WORDS_RECORD_DOC_H

#include "base/field.h"
#include "draw/doc.h"
#include "draw/grid.h"
#include "draw/theme.h"
#include "trace/reader.h"
#include "words/record_filter.h"

/* Appends record SEQ (1 … trace_count, else nothing) to D, in lines of at
 * most WIDTH cells; D's err tells of missing memory.  Fields that name another
 * record lead to it. */
void
record_doc(const struct trace *t, uint64_t seq, size_t width, struct doc *d);

/* Its parts: the sentence and the rule; the bytes of the message that it
 * carries. */
void record_doc_says(const struct trace *t, const struct trace_rec *rec,
    size_t width, struct doc *d);

/*
 * A record in words: as in a table of records, in an explanation, in their JSON
 * (docs/TRACE.md).
 */
struct record_told {
	int64_t seq, t;
	struct str node;
	unsigned kind;
	struct buf summary, text, rule;
	/* Of a step of an explanation alone. */
	struct buf own_reason, made_of, transport;
};

extern const struct field record_told_fields[], explain_fields[];

/* Tells REC in the user's language; WHY: as a step of an explanation.  TOLD,
 * which is begun again, is to be freed; its error, where it has one, is *ERR's
 * then. */
void record_tell(const struct trace *t, const struct trace_rec *rec, bool why,
    struct record_told *told);
void record_told_free(struct record_told *told, int *err);

/* Appends why record SEQ happened (words/explain_doc.h) as an object and a
 * newline. */
void explain_put_json(const struct trace *t, uint64_t seq, struct buf *out);

/*
 * A record as one line of a table: number, time, node, kind, summary. The
 * columns are measured once for a trace, so that any line can be drawn
 * alone.
 */
struct record_columns {
	size_t seq, time, node; /* cells */
	unsigned decimals;      /* of times: 3, 6 or 9 */
};

/* Looks at the head and the last record alone. */
void record_columns_measure(
    struct record_columns *m, const struct trace *t, unsigned decimals);

/* Draws REC on A, a line of spaces.  0 or ERR_NOMEM. */
int record_line(const struct trace *t, const struct record_columns *m,
    const struct trace_rec *rec, const struct grid_area *a);

/* ---- records as text: a table, or one in full ---- */

/* How exactly a list that is written in parts has said its times. */
struct records_times {
	unsigned decimals; /* 0: nothing is written yet */
	int64_t last;      /* ns: of the last record */
};

struct records_options {
	size_t width; /* lines are clipped to it; 0: not */
	enum theme theme;
	bool messages;  /* every send with its whole text below */
	bool json;      /* for programs, an object (words/record_doc.h) */
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
