/*
 * Equal ladders: two ladders are equal when they have the same messages, the
 * same order within each directed pair of nodes, and each message after its
 * cause; other interleaving is free.
 *
 * A ladder comes from a trace, from lines of text, or is added up message by
 * message (from a reference, say).
 */
#ifndef TRACE_COMPARE_H
#define TRACE_COMPARE_H

#include "base/diag.h"
#include "trace/reader.h"

#define LADDER_NONE SIZE_MAX

/* An arrow.  Slices belong to the ladder. */
struct ladder_message {
	struct str from, to;
	struct str start;       /* "INVITE", "180" */
	struct str cseq_method; /* empty where it is unknown */
	size_t cause;  /* index of the message it follows from, LADDER_NONE */
	uint64_t seq;  /* of the send in the trace, else 0 */
	unsigned line; /* of the text, else 0 */
};

struct ladder;

int ladder_create(struct ladder **l); /* 0 or ERR_NOMEM */
void ladder_destroy(struct ladder *l);
/* Copies M; its cause is an earlier message or LADDER_NONE (ERR_RANGE). */
int ladder_add(struct ladder *l, const struct ladder_message *m);
size_t ladder_count(const struct ladder *l);
const struct ladder_message *ladder_get(const struct ladder *l, size_t i);

struct ladder_options {
	const char *proto;    /* NULL: "sip" */
	bool retransmissions; /* keep them */
	uint64_t to_seq;      /* up to this record; 0: all */
};

/*
 * The sends of a trace.  A message's cause is the nearest message of the
 * ladder among its ancestors.  OPTIONS may be NULL.  0 or ERR_NOMEM.
 */
int ladder_from_trace(struct ladder **l, const struct trace *t,
    const struct ladder_options *options);

/*
 * One line: "alice -> atl INVITE", "atl -> alice 100", with the method of the
 * CSeq behind a status where it matters, "bil -> atl 200 BYE", and with the
 * message it must follow, counted from 1, where that matters, "bil -> bob
 * INVITE after 3".  Empty lines and those that begin with '#' say nothing.
 * 0, ERR_NOMEM, or ERR_SYNTAX with FILE and LINE in D.
 */
int ladder_add_line(struct ladder *l, struct str text, const char *file,
    unsigned line, struct diag *d);
/* Many lines, the first of them LINE 1. */
int ladder_add_lines(
    struct ladder *l, struct str text, const char *file, struct diag *d);

/* "alice -> atl INVITE", unsanitised. */
void ladder_write(const struct ladder_message *m, struct buf *out);

/* What the wanted ladder calls THEIRS is OURS in the other. */
struct ladder_name {
	const char *theirs, *ours;
};

enum ladder_verdict {
	LADDER_GOOD,    /* wanted and there */
	LADDER_OTHER,   /* BAD: another message in its place */
	LADDER_SWAPPED, /* BAD: there, but in another order within its pair */
	LADDER_EARLY,   /* BAD: there, but before its cause */
	LADDER_MISSING, /* wanted and not there */
	LADDER_EXTRA,   /* BAD: there and not wanted */
};

/* One finding; WANT and GOT are indexes into the two ladders or LADDER_NONE. */
struct ladder_finding {
	enum ladder_verdict verdict;
	size_t want, got;
	size_t cause; /* EARLY: which it must follow, in the ladder GOT */
};

struct ladder_diff {
	struct ladder_finding *findings;
	size_t count;
	size_t good, bad, missing;
	bool equal;
};

/*
 * Compares.  The findings are in the order of WANT, with what is too much in
 * GOT between them where it happened.  NAMES may be NULL.  0 or ERR_NOMEM.
 */
int ladder_compare(struct ladder_diff *diff, const struct ladder *want,
    const struct ladder *got, const struct ladder_name *names, size_t nnames);
void ladder_diff_free(struct ladder_diff *diff);

/*
 * A line a finding: "GOOD     alice -> atl INVITE", "BAD      …", "MISSING  …",
 * safe for a terminal.  Without GOODS the good ones are left out.
 */
void ladder_explain(const struct ladder_diff *diff, const struct ladder *want,
    const struct ladder *got, bool goods, struct buf *out);

#endif
