/*
 * The faults that a search tries: what may happen to a message, a node or a
 * link at a moment of a run, a row each.  A fault becomes acts of a person's
 * (inputs/inputs.h), so that what was found is a run like any other.
 */
#ifndef SEARCH_FAULT_H
#define SEARCH_FAULT_H

#include "base/buf.h"
#include "inputs/inputs.h"
#include "trace/reader.h"

/* X(ID, word, its object, its act, the act that ends it); an act possible at
 * any time (ACT) names itself. */
#define SEARCH_FAULTS(X)                                  \
	X(DROP, "drop", MESSAGE, "drop", NULL)            \
	X(DOUBLE, "double", MESSAGE, "duplicate", NULL)   \
	X(LATE, "late", MESSAGE, "delay", NULL)           \
	X(OVERTAKEN, "overtaken", MESSAGE, "delay", NULL) \
	X(CRASH, "crash", NODE, "crash", NULL)            \
	X(RESTART, "restart", NODE, "crash", "restart")   \
	X(DOWN, "down", LINK, "down", "up")               \
	X(REST, "rest", NODE, "crash", "restart")         \
	X(ACT, "act", ACT, NULL, NULL)

enum fault_kind {
#define X(id, word, on, act, end) FAULT_##id,
	SEARCH_FAULTS(X)
#undef X
	    FAULT_KIND_COUNT
};

/* A bit for each kind. */
#define FAULT_ALL ((1u << FAULT_KIND_COUNT) - 1)

enum fault_on { FAULT_ON_MESSAGE, FAULT_ON_NODE, FAULT_ON_LINK, FAULT_ON_ACT };

struct fault_row {
	const char *word;
	enum fault_on on;
	const char *act, *end; /* NULL: that of the act; nothing ends it */
};

extern const struct fault_row fault_rows[FAULT_KIND_COUNT];

/*
 * One fault.  AFTER is a record of the run in which the faults before it are:
 * the `send` of the message, else the record behind whose event it comes.
 */
struct found_fault {
	enum fault_kind kind;
	uint64_t after;
	int64_t at_ns; /* of a link: it goes down then; 0: right behind AFTER */
	int64_t by_ns; /* how late, or how long; 0 where that is nothing */
	uint32_t on; /* the node or link, by its place in the head, or the act,
		      * by its place in the list of acts tried */
};

/* By how much F delays its message: "489ms". */
void fault_put_by(const struct found_fault *f, struct buf *out);
/* "bob", "alice--router"; "" of a message and of an act.  HEAD is that of any
 * of the runs. */
void fault_put_on(const struct found_fault *f, const struct trace_head *head,
    struct buf *out);

/* *KIND whose word WORD is; false where there is none. */
bool fault_find_kind(struct str word, enum fault_kind *kind);
/* The kinds in WORDS, with commas between, as bits.  0 or D's error. */
int fault_find_kinds(const char *words, unsigned *kinds, struct diag *d);

/* Faults of one run, at most. */
#define ATTEMPT_FAULTS 3

/*
 * An attempt: a run with some faults. What ends a fault after a while, a
 * restart or a link that comes up, finds its place while the run goes: its act
 * names the last record before its time.
 */
struct attempt {
	struct inputs in;    /* with all acts: it is the run */
	struct trace *trace; /* complete, unless ENDLESS */
	bool endless;        /* it wrote more records than it may */
	/* What it is doubtful about, and what its programs did wrong; owned. */
	struct diag *doubts;
	size_t ndoubts;
};

/*
 * The run of IN with N FAULTS, in the order of their records, at most
 * MAX_RECORDS long; HEAD is that of any run of IN, and NULL without faults;
 * TRIED has the acts that faults may be.
 * Free A in any case.  0, ERR_NOTFOUND where a fault can't be, as in a node
 * that is down, or D's error.
 */
int attempt_make(struct attempt *a, const struct inputs *in,
    const struct trace_head *head, const struct inputs *tried,
    const struct found_fault *faults, size_t n, uint64_t max_records,
    struct diag *d);
void attempt_free(struct attempt *a);

#endif
