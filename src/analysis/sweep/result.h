/*
 * The result of one run: a line of JSON, from measures/ of its trace, or why
 * there is none.
 */
#ifndef SWEEP_RESULT_H
#define SWEEP_RESULT_H

#include "base/field.h"
#include "base/buf.h"
#include "measures/measures.h"
#include "sweep/experiment.h"

/* A result is at most so long; a run that makes a longer one has failed. */
#define SWEEP_LINE_MAX ((size_t)1 << 20)

/* X(ID, word in the file, what happened): how a run ended.  Of two results of
 * one run the first of these counts. */
#define SWEEP_ENDS(X)                                             \
	X(OK, "ok", N_("finished"))                               \
	X(ERROR, "error", N_("ended with an error"))              \
	X(CRASH, "crash", N_("crashed"))                          \
	X(MEMORY, "memory", N_("exceeded its memory limit"))      \
	X(CPU, "cpu", N_("exceeded its limit of processor time")) \
	X(TIMEOUT, "timeout", N_("exceeded its time limit"))

enum sweep_end {
#define X(id, word, text) SWEEP_##id,
	SWEEP_ENDS(X)
#undef X
	    SWEEP_END_COUNT
};

const char *sweep_end_text(enum sweep_end end); /* in the user's language */

/* An attempt: the status of its final response, or an enum measure_end, and how
 * long it took (measure_delay). */
struct sweep_attempt {
	unsigned status;
	uint32_t retx;
	int64_t delay_ns; /* -1: there is none */
	int64_t wait_ns;  /* in a queue (measure_wait); -1: there is none */
};

struct sweep_result {
	size_t point;
	uint64_t seed;
	enum sweep_end end;
	struct buf what; /* why, a sentence; may be empty */
	/* By kind. */
	struct sweep_attempt *attempts[MEASURE_KIND_COUNT];
	size_t n[MEASURE_KIND_COUNT], cap[MEASURE_KIND_COUNT];
	struct measure_stream *streams; /* without their nodes */
	size_t nstreams, streams_cap;
};

/* The line; next to it stand `of`, `what` and the attempts. */
extern const struct field sweep_result_fields[];

/* Zeroed is an empty one. */
void sweep_result_free(struct sweep_result *r);
/* Empty; memory is kept. */
void sweep_result_clear(struct sweep_result *r);
/* Adds what M has.  0 or ERR_NOMEM. */
int sweep_result_take(struct sweep_result *r, const struct measures *m);
/* The line with its newline, of experiment ID. */
void
sweep_result_write(const struct sweep_result *r, uint64_t id, struct buf *out);
/* LINE without its newline.  0, ERR_SYNTAX (it is not a result), ERR_NOTFOUND
 * (it is another experiment's) or ERR_NOMEM. */
int sweep_result_read(struct sweep_result *r, uint64_t id, struct str line);

#endif
