/*
 * A record as it is told: what stands in a table of records, in an explanation,
 * in their JSON (docs/JSON.md).
 */
#ifndef WORDS_RECORD_JSON_H
#define WORDS_RECORD_JSON_H

#include "base/field.h"
#include "trace/reader.h"

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
 * which is begun anew, is to be freed; its error, where it has one, is *ERR's
 * then. */
void record_tell(const struct trace *t, const struct trace_rec *rec, bool why,
    struct record_told *told);
void record_told_free(struct record_told *told, int *err);

/* Appends REC as an object: what is told, and the trace's own line. */
void record_put_json(const struct trace *t, const struct trace_rec *rec,
    bool why, struct buf *out);

/* Appends why record SEQ happened (words/explain_doc.h) as an object and a
 * newline. */
void explain_put_json(const struct trace *t, uint64_t seq, struct buf *out);

#endif
