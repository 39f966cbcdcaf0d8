/*
 * What became of a run with faults, held against the run without: whether the
 * protocol has mended it, and how; who gave up, and with which status; or which
 * invariant is broken.
 */
#ifndef SEARCH_JUDGE_H
#define SEARCH_JUDGE_H

#include "base/field.h"
#include "search/invariants.h"

/* X(ID, word in files, what became of it) */
#define SEARCH_OUTCOMES(X)                                            \
	X(SAME, "same", N_("no effect"))                              \
	X(ABSORBED, "absorbed", N_("taken without harm"))             \
	X(MENDED, "mended", N_("mended"))                             \
	X(GIVEN_UP, "given-up", N_("given up"))                       \
	X(BROKEN, "broken", N_("broken"))                             \
	X(FAILED, "failed", N_("the run itself ended with an error")) \
	X(IMPOSSIBLE, "impossible", N_("not possible then"))

enum search_outcome {
#define X(id, word, text) OUTCOME_##id,
	SEARCH_OUTCOMES(X)
#undef X
	    SEARCH_OUTCOME_COUNT
};

const char *outcome_word(enum search_outcome o);
const char *outcome_text(enum search_outcome o); /* in the user's language */

struct verdict {
	enum search_outcome outcome;
	enum invariant invariant; /* of BROKEN */
	uint32_t node;            /* who gave up, where it is broken: its
				     place in the head, or TRACE_NO_NODE */
	unsigned goal; /* that is broken, or has failed itself: which, from 1;
			  0 */
	unsigned hole; /* of BROKEN: into which of holes.h; 0: no row has it
			*/
	/* Of GIVEN_UP: what was, and the final status; 0: none came. */
	enum measure_kind attempt;
	unsigned status;
	char timer[24];   /* of MENDED: "ICT A", the first that helped */
	char crash[48];   /* of FAILED: how its process ended; "": it did not */
	int64_t later_ns; /* than without faults, at most; 0 or more */
	uint64_t record;  /* that shows it */
	uint64_t messages; /* that were sent */
	/* Of all that was done, without what numbers and faults say: of equal
	 * ones the same was done at the same time. */
	uint64_t print;
	/* The same with all that came, and what persons did: what may befall
	 * the one run later may befall the other, with the same end. */
	uint64_t whole;
};

extern const struct field verdict_fields[];

#define JUDGE_GOALS_MAX 8

/* What a lab itself asks of each run. */
struct judge_goals {
	size_t n;
	/* Whether each of them holds of T, and the record that shows it, or 0.
	 * What it answers follows from T alone.  0, or D's error and *FAILED:
	 * the goal, from 0, that ended with it. */
	int (*ask)(void *arg, const struct trace *t,
	    bool holds[JUDGE_GOALS_MAX], uint64_t records[JUDGE_GOALS_MAX],
	    size_t *failed, struct diag *d);
	const char *(*text)(void *arg, size_t i); /* NULL: none */
	uint64_t hash; /* of what they are: others are another search */
	void *arg;
};

/* A timer that fired, and how many times; its texts are of the trace. */
struct judge_fired {
	uint32_t node;
	struct json_value machine, name;
	size_t times;
};

struct judge_fireds {
	struct judge_fired *list; /* owned */
	size_t n, cap;
};

/* A run that others are held against, or that is held against it. */
struct judged {
	const struct trace *t; /* borrowed */
	struct state_at *state;
	struct measures *measures;
	struct traffic traffic;
	struct findings findings;
	struct judge_fireds fired; /* of the usual traffic alone */
	uint64_t print, whole;     /* as in a verdict */
};

/* USUAL, or NULL where T itself is the usual traffic.  Free J in any case.  0
 * or ERR_NOMEM. */
int judged_make(
    struct judged *j, const struct trace *t, const struct traffic *usual);
void judged_free(struct judged *j);
/* Adds to J's findings the goals of G, which may be NULL, that do not hold.  As
 * `ask`, *FAILED from 1; or ERR_NOMEM. */
int judged_ask(struct judged *j, const struct judge_goals *g, unsigned *failed,
    struct diag *d);

/* NOW against USUAL, the run without faults; 0 or ERR_NOMEM. */
int judge_compare_runs(
    const struct judged *usual, const struct judged *now, struct verdict *v);

#endif
