/*
 * The name of a record, which is read wherever a record's number is:
 *
 *	55              record 55
 *	INVITE@atl      the first INVITE that atl sends
 *	INVITE@atl#2    the second, repetitions counted
 *	180@bob         the first response with that status that bob sends
 *	200/BYE@alice   the first 200 to a BYE
 *
 * Numbers differ from run to run and from detail to detail; names stay.
 * docs/TRACE.md has the same for users.
 */
#ifndef TRACE_RECORD_NAME_H
#define TRACE_RECORD_NAME_H

#include "trace/reader.h"

struct trace_record_name {
	uint64_t seq;            /* the number; 0: find it by content */
	struct str method, node; /* borrowed; METHOD may be empty of a status */
	unsigned status;         /* 0: a request */
	uint64_t nth;            /* from 1 */
	/* How far trace_record_name_next has looked. */
	uint64_t seen, found;
};

/* ERR_SYNTAX with a sentence in D (may be NULL), or 0. */
int trace_record_name_read(
    struct trace_record_name *s, struct str text, struct diag *d);

/* TEXT begins as a number or names a message: something like INVITE@atl, and
 * not like alice@example.com. */
bool trace_record_name_is(struct str text);

/* Looks at the records of T that came since the last time; the number of the
 * one that is meant, or 0 while T has none. */
uint64_t trace_record_name_next(
    struct trace_record_name *s, const struct trace *t, struct buf *scratch);

/* The nodes of T, "alice, atl, …", at most a dozen. */
void trace_put_nodes(const struct trace *t, struct buf *out);

/* Says that T has none of that name, and which names there are.
 * ERR_NOTFOUND. */
int trace_record_name_missing(
    const struct trace_record_name *s, const struct trace *t, struct diag *d);

/* The message that NUMBER, a status, may mean as well: "180@bob" into OUT;
 * nothing where T has none. */
void trace_record_name_put_status(
    const struct trace *t, struct str number, struct buf *out);

/* The number of the record that TEXT names in T.  0, or with a
 * sentence in D ERR_SYNTAX, ERR_NOTFOUND, of a number ERR_RANGE; ERR_NOMEM. */
int trace_record_name_find(
    const struct trace *t, struct str text, uint64_t *seq, struct diag *d);

/* T has a node of that NAME, or knows none by name: 0, else ERR_NOTFOUND with a
 * sentence in D. */
int trace_check_node(const struct trace *t, struct str name, struct diag *d);

#endif
